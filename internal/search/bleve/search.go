package bleve

import (
	"context"
	"unicode"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/search"
)

// defaultLimit is the number of hits, or reports, given when a request names
// none.
const defaultLimit = 20

// Search answers a request. Errors: Unavailable (closed, damaged, given up by
// the caller).
func (x *Index) Search(ctx context.Context, r search.Request) (result search.Result, err error) {
	defer rescue("search", &err)
	x.open.RLock()
	defer x.open.RUnlock()
	e, err := x.begin(ctx)
	if err != nil {
		return search.Result{}, err
	}
	defer e.close()
	if r.Limit == 0 {
		r.Limit = defaultLimit
	}
	x.table.mu.RLock()
	defer x.table.mu.RUnlock()
	e.lower = shouted(r.Query)
	found := e.matches(r.Query)
	if e.failed != nil {
		return search.Result{}, greyshelf.E(greyshelf.Unavailable, "search", "", e.failed)
	}
	c := newCollector(e, &r)
	c.add(found)
	return c.result(), nil
}

// begin takes a snapshot for one request.
func (x *Index) begin(ctx context.Context) (*evaluation, error) {
	reader, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	e := &evaluation{ctx: ctx, reader: reader, table: x.table, analyser: x.analyser,
		sets: map[string]bitset{}, dictionaries: map[string][]segment.TermDictionary{}}
	e.closers = append(e.closers, reader)
	if e.view, err = x.views.view(reader, x.table); err != nil {
		e.close()
		return nil, greyshelf.E(greyshelf.Unavailable, "search", "", err)
	}
	x.table.mu.RLock()
	defer x.table.mu.RUnlock()
	e.bm25 = bm25{k1: defaultK1, b: defaultB, n: float64(max(x.table.texts, 1)),
		average: float64(max(x.table.length, 1)) / float64(max(x.table.texts, 1))}
	return e, nil
}

// shouted reports whether a query of several words is typed in capitals only.
// Capitals then do not mark acronyms.
func shouted(q query.Query) bool {
	words, lower := 0, false
	query.Map(q, func(leaf query.Query) query.Query {
		words++
		for _, r := range leaf.String() {
			lower = lower || unicode.IsLower(r)
		}
		return leaf
	})
	return words > 1 && !lower
}
