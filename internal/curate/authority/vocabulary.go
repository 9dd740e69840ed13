package authority

import (
	"context"
	"slices"
	"sync"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Vocabulary holds all concepts in memory until a decision changes one: reading
// ten thousand of them takes longer than making a page of them. The zero value
// is ready; it is safe for concurrent use.
type Vocabulary struct {
	mu       sync.Mutex
	read     bool
	upTo     int64 // the decision up to which it is known that nothing changed
	concepts []greyshelf.Authority
}

// Concepts gives all concepts in the order of their labels, for reading only.
// Errors: those of the catalogue.
func (x *Vocabulary) Concepts(ctx context.Context, c Past) ([]greyshelf.Authority, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.read {
		last, err := c.Log(ctx, catalog.LogFilter{Limit: 1})
		if err != nil {
			return nil, err
		}
		x.upTo = 0
		if len(last) > 0 {
			x.upTo = last[0].Seq
		}
		return x.again(ctx, c)
	}
	changed := false
	for d, err := range c.Chain(ctx, x.upTo) {
		if err != nil {
			return nil, err
		}
		x.upTo = d.Seq
		changed = changed || slices.ContainsFunc(d.Records, func(r greyshelf.RecordChange) bool { return r.Kind == Kind })
	}
	if changed {
		return x.again(ctx, c)
	}
	return x.concepts, nil
}

func (x *Vocabulary) again(ctx context.Context, c Past) (_ []greyshelf.Authority, err error) {
	x.concepts, err = List(ctx, c, greyshelf.AuthorityConcept, 0, 0)
	x.read = err == nil
	return x.concepts, err
}
