package site

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// Pace bounds how often one place may send a form that anybody may send. It is
// kept in the memory of this process only. The zero value is ready.
type Pace struct {
	mu    sync.Mutex
	since time.Time
	sent  map[string]int
}

// Of each place, and of how many places at most; beyond, all share one count.
const (
	paceForms  = 10
	paceWindow = time.Hour
	pacePlaces = 10_000
)

// Allow counts a form of the visitor's and reports whether it may be taken. The
// desk is never slowed down.
func (p *Pace) Allow(v *Visit) bool {
	if v.Editor().Person != "" || v.Local {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := v.Now(); p.sent == nil || now.Sub(p.since) > paceWindow || now.Before(p.since) {
		p.since, p.sent = now, map[string]int{}
	}
	key := Place(v.R)
	if _, known := p.sent[key]; !known && len(p.sent) >= pacePlaces {
		key = ""
	}
	p.sent[key]++
	return p.sent[key] <= paceForms
}

// Place names where a request comes from: the address of the connection.
// Behind a proxy all come from one place.
func Place(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
