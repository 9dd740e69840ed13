package bleve

import (
	"context"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// none is the document number behind the last one.
const none = math.MaxUint32

// postings is a walk over the documents that match a part of a query, in the
// order of their numbers.
type postings interface {
	// seek moves to the first document from at on and gives its number, or
	// none. at is never smaller than in the call before.
	seek(at uint32) uint32
	// score gives the score of the document that seek gave last.
	score() float64
	// cost is about how many documents there are.
	cost() int
}

// empty matches nothing.
type empty struct{}

func (empty) seek(uint32) uint32 { return none }
func (empty) score() float64     { return 0 }
func (empty) cost() int          { return 0 }

// walk is the way through one term's postings in the engine.
type walk struct {
	reader index.TermFieldReader
	doc    index.TermFieldDoc
	at     uint32
	begun  bool
	target index.IndexInternalID
	failed *error // where the evaluation keeps its first error
	count  int
}

// open begins a walk; what it opens is closed with the evaluation.
func (e *evaluation) open(field, term string, freq, places bool) *walk {
	w := &walk{failed: &e.failed}
	reader, err := e.reader.TermFieldReader(context.Background(), []byte(term), field, freq, freq, places)
	if err != nil {
		e.fail(err)
		w.at, w.begun = none, true
		return w
	}
	e.closers = append(e.closers, reader)
	w.reader = reader
	w.count = int(reader.Count())
	return w
}

func (w *walk) seek(at uint32) uint32 {
	if w.begun && w.at >= at {
		return w.at
	}
	var doc *index.TermFieldDoc
	var err error
	if w.begun && at == w.at+1 || !w.begun && at == 0 {
		doc, err = w.reader.Next(&w.doc)
	} else {
		w.target = index.NewIndexInternalID(w.target, uint64(at))
		doc, err = w.reader.Advance(w.target, &w.doc)
	}
	w.begun = true
	if err != nil && *w.failed == nil {
		*w.failed = err
	}
	if err != nil || doc == nil {
		w.at = none
		return none
	}
	w.at = uint32(doc.ID.Value())
	return w.at
}

func (w *walk) cost() int { return w.count }

// termPostings are the documents with one term, scored by BM25.
type termPostings struct {
	*walk
	weight float64 // the rarer the term the more
	bm25   bm25
}

func (p *termPostings) score() float64 {
	if p.weight == 0 {
		return 0 // a filter: it has no ranking function and is worth nothing
	}
	return p.weight * p.bm25.frequency(float64(p.doc.Freq), lengthOf(p.doc.Norm))
}

// lengthOf gives the number of words from what the engine keeps of it.
func lengthOf(norm float64) float64 {
	if norm <= 0 {
		return 0
	}
	return 1 / (norm * norm)
}

// both are the documents that all parts match.
type both struct{ parts []postings }

// newBoth puts the rarest part first: it leads.
func newBoth(parts []postings) postings {
	if len(parts) == 1 {
		return parts[0]
	}
	slices.SortStableFunc(parts, func(a, b postings) int { return a.cost() - b.cost() })
	return &both{parts}
}

func (p *both) seek(at uint32) uint32 {
	at = p.parts[0].seek(at)
	for i := 1; i < len(p.parts) && at != none; i++ {
		if next := p.parts[i].seek(at); next == none {
			return none
		} else if next != at {
			at = p.parts[0].seek(next)
			i = 0
		}
	}
	return at
}

func (p *both) score() float64 {
	sum := 0.0
	for _, part := range p.parts {
		sum += part.score()
	}
	return sum
}

func (p *both) cost() int { return p.parts[0].cost() }

// either are the documents that at least one part matches.
type either struct {
	parts   []postings
	current []uint32
	at      uint32
}

func newEither(parts []postings) postings {
	if len(parts) == 1 {
		return parts[0]
	}
	return &either{parts: parts, current: make([]uint32, len(parts))}
}

func (p *either) seek(at uint32) uint32 {
	lowest := uint32(none)
	for i, part := range p.parts {
		if p.current[i] < at || at == 0 {
			p.current[i] = part.seek(at)
		}
		lowest = min(lowest, p.current[i])
	}
	p.at = lowest
	return lowest
}

func (p *either) score() float64 {
	sum := 0.0
	for i, part := range p.parts {
		if p.current[i] == p.at {
			sum += part.score()
		}
	}
	return sum
}

func (p *either) cost() int {
	sum := 0
	for _, part := range p.parts {
		sum += part.cost()
	}
	return sum
}

// except are the documents of one part that another does not match.
type except struct {
	postings
	not postings
}

func (p *except) seek(at uint32) uint32 {
	for {
		at = p.postings.seek(at)
		if at == none || p.not.seek(at) != at {
			return at
		}
		at++
	}
}
