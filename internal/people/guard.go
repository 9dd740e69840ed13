package people

import (
	"sync"
	"time"
)

const (
	freeAttempts = 5                // failures before the first wait
	firstWait    = 10 * time.Second // doubled with every failure
	longestWait  = 15 * time.Minute
	forgotten    = time.Hour // after the last failure
	mostWatched  = 10_000    // addresses and places; beyond, the whole table is forgotten
)

// guard slows guessing down: it counts the failures per address and per place
// of this process. The zero value is ready.
type guard struct {
	mu      sync.Mutex
	watched map[string]failures
}

type failures struct {
	n    int
	last time.Time
}

// wait says how long the next attempt must wait.
func (g *guard) wait(now time.Time, keys ...string) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	longest := time.Duration(0)
	for _, key := range keys {
		f := g.watched[key]
		if f.n < freeAttempts {
			continue
		}
		if now.Before(f.last) { // the clock was set back: the wait begins anew and ends
			f.last = now
			g.watched[key] = f
		}
		pause := min(longestWait, firstWait<<min(f.n-freeAttempts, 10))
		longest = max(longest, f.last.Add(pause).Sub(now))
	}
	return longest
}

// failed counts a failure.
func (g *guard) failed(now time.Time, keys ...string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.watched == nil || len(g.watched) >= mostWatched {
		g.watched = map[string]failures{}
	}
	for _, key := range keys {
		f := g.watched[key]
		if now.Sub(f.last) > forgotten {
			f.n = 0
		}
		g.watched[key] = failures{f.n + 1, now}
	}
}

// succeeded forgets the failures of an address.
func (g *guard) succeeded(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.watched, key)
}
