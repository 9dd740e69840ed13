package bleve

import (
	"context"
	"io"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/greyshelf/greyshelf/internal/query"
)

// evaluation is the work on one request, over one state of the index.
type evaluation struct {
	ctx      context.Context
	reader   *scorch.IndexSnapshot
	view     view
	table    *table
	analyser *analyser
	bm25     bm25
	closers  []io.Closer
	failed   error
	sets     map[string]bitset // expansions and fields worked out already
	lower    bool              // the query is all in capitals: they mean nothing

	dictionaries map[string][]segment.TermDictionary // by field
}

func (e *evaluation) fail(err error) {
	if e.failed == nil {
		e.failed = err
	}
}

// close closes the walks and then the snapshot that they read.
func (e *evaluation) close() {
	for _, c := range slices.Backward(e.closers) {
		_ = c.Close()
	}
}

// match is a document and its score.
type match struct {
	doc   uint32
	score float32
}

// matches runs the query and gives every document that matches. Every page is
// searched in its own language: the query is read anew in each of them.
func (e *evaluation) matches(q query.Query) []match {
	var found []match
	for number, language := range e.view.languages {
		for _, m := range e.inLanguage(q, language) {
			if len(e.view.languages) == 1 || int(e.view.refs[m.doc].lang) == number {
				found = append(found, m)
			}
		}
	}
	return found
}

func (e *evaluation) inLanguage(q query.Query, language string) []match {
	b := builder{evaluation: e, place: pageText(language)}
	var p postings
	switch wide, ok := q.(query.InReport); {
	case q == nil:
		p = e.records()
	case ok:
		p = b.inReport(wide.Of)
	default:
		p = b.top(q)
	}
	if p == nil {
		return nil
	}
	found := make([]match, 0, min(p.cost(), len(e.view.refs)))
	for doc := p.seek(0); doc != none; doc = p.seek(doc + 1) {
		found = append(found, match{doc, float32(p.score())})
		if len(found)%4096 == 0 && e.ctx.Err() != nil {
			e.fail(e.ctx.Err())
			return nil
		}
	}
	return found
}

// records are the record documents.
func (e *evaluation) records() postings {
	return &termPostings{walk: e.open(kindField, recordKind, false, false)}
}

// ofReports are all documents of the reports in the set.
func (e *evaluation) ofReports(set bitset) postings {
	refs := e.view.refs
	return &filter{size: len(refs), holds: func(doc uint32) bool { return set.has(uint32(refs[doc].report)) }}
}

// reportsWith gives the reports of which a document matches.
func (e *evaluation) reportsWith(p postings) bitset {
	set := newBitset(len(e.table.rows))
	for doc := p.seek(0); doc != none; doc = p.seek(doc + 1) {
		set.add(uint32(e.view.refs[doc].report))
	}
	return set
}

// frequency gives in how many documents the word stands, in the form that it
// takes in each language.
func (e *evaluation) frequency(t token, here place) int {
	n := e.count(here.terms, t.term)
	if here.field != "" {
		return n
	}
	for _, language := range e.view.languages {
		if term := e.term(language, t.word); term != "" && language != here.language {
			n += e.count(textField+language, term)
		}
	}
	return n
}

// count gives in how many documents the field has the term; removed ones count
// until the engine has cleaned up.
func (e *evaluation) count(field, term string) int {
	n := 0
	for _, dictionary := range e.dictionary(field) {
		list, err := dictionary.PostingsList([]byte(term), nil, nil)
		if err != nil {
			e.fail(err)
			return n
		}
		n += int(list.Count())
	}
	return n
}

// dictionary gives the dictionaries of the field, one per segment.
func (e *evaluation) dictionary(field string) []segment.TermDictionary {
	if list, ok := e.dictionaries[field]; ok {
		return list
	}
	var list []segment.TermDictionary
	for _, s := range e.reader.Segments() {
		dictionary, err := s.Segment().Dictionary(field)
		if err != nil {
			e.fail(err)
			return nil
		}
		list = append(list, dictionary)
	}
	e.dictionaries[field] = list
	return list
}

// term gives the term of a single word in a language, "" for a stop word.
func (e *evaluation) term(language, word string) string {
	tokens := e.analyser.tokens(language, word)
	if len(tokens) == 0 {
		return ""
	}
	return tokens[0].term
}

// cached gives the set with the key, making it once.
func (e *evaluation) cached(key string, make func() bitset) bitset {
	if set, ok := e.sets[key]; ok {
		return set
	}
	set := make()
	e.sets[key] = set
	return set
}

// union gives every report that is in one of the sets.
func union(size int, sets ...bitset) bitset {
	all := newBitset(size)
	for _, s := range sets {
		all.unite(s)
	}
	return all
}

// oneOf reports whether any part of the query satisfies the test.
func oneOf(list []query.Query, test func(query.Query) bool) bool {
	return slices.ContainsFunc(list, test)
}
