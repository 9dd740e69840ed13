package app

import (
	"context"
	"sync"
	"time"

	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// knownFor is how long what the library knows of bodies is held before it is
// read anew: a body that the desk named is recognised from then on.
const knownFor = time.Minute

// knowing is a describer that knows the library's own bodies too. The zero
// value is ready.
type knowing struct {
	mu        sync.Mutex
	plain     *describe.Describer // made when it is first needed
	describer *describe.Describer
	read      time.Time
}

// now gives the describer. Where the authorities cannot be read it is the one
// without them: a report is described a little worse, not refused.
func (k *knowing) now(ctx context.Context, l *Library) *describe.Describer {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.plain == nil {
		k.plain = describe.New()
	}
	at := l.Desk.Now()
	if k.describer != nil && at.Sub(k.read) < knownFor {
		return k.describer
	}
	authorities, err := authority.Bodies(ctx, l.Catalog)
	if err != nil {
		l.Log.Warn("the authorities cannot be read; reports are described without them", "err", err)
		return k.plain
	}
	var bodies []describe.Body
	for _, a := range authorities {
		bodies = append(bodies, describe.Body{Name: a.Label, Forms: a.Variants})
	}
	k.describer, k.read = k.plain.Knowing(bodies), at
	return k.describer
}
