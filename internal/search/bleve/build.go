package bleve

import (
	"strings"

	"github.com/greyshelf/greyshelf/internal/query"
)

// place is where the words of a query are looked for.
type place struct {
	language string
	terms    string          // the engine's field of stemmed terms
	words    string          // the engine's field of folded words
	field    query.FieldName // of records; empty for the text of pages and records
}

func pageText(language string) place {
	return place{language: language, terms: textField + language, words: wordsField}
}

// builder turns a query into postings in one place.
type builder struct {
	*evaluation
	place
}

// built is what a part of a query became. p is nil where it asks for nothing
// in this language (stop words). text says that words of the text are asked
// for: without them a query finds records, not pages.
type built struct {
	p    postings
	text bool
}

// top builds a whole query; nil where it asks for nothing.
func (b builder) top(q query.Query) postings {
	part := b.build(q, false)
	if part.p == nil || part.text {
		return part.p
	}
	return newBoth([]postings{b.records(), part.p})
}

// build builds a part. narrowed says that words of the text are asked for
// beside it.
func (b builder) build(q query.Query, narrowed bool) built {
	switch q := q.(type) {
	case query.And:
		return b.and(q.Of, narrowed)
	case query.Or:
		return b.or(q.Of, narrowed)
	case query.Not:
		return b.and([]query.Query{q}, narrowed)
	case query.Field:
		return built{p: b.ofReports(b.fieldSet(q))}
	}
	return built{p: b.leaf(q), text: true}
}

func (b builder) and(list []query.Query, narrowed bool) built {
	var parts, nots []postings
	text := false
	for i, q := range list {
		if not, ok := q.(query.Not); ok {
			if part := b.build(not.Of, true); part.p != nil {
				nots = append(nots, part.p)
			}
			continue
		}
		beside := narrowed || oneOf(list[:i], asksText) || oneOf(list[i+1:], asksText)
		if part := b.build(q, beside); part.p != nil {
			parts = append(parts, part.p)
			text = text || part.text
		}
	}
	switch {
	case len(parts) == 0 && len(nots) == 0:
		return built{}
	case len(parts) == 0:
		parts = append(parts, &filter{size: len(b.view.refs), holds: func(uint32) bool { return true }})
	}
	p := newBoth(parts)
	for _, not := range nots {
		p = &except{p, not}
	}
	return built{p, text}
}

func (b builder) or(list []query.Query, narrowed bool) built {
	var parts []postings
	mixed := oneOf(list, asksText)
	for _, q := range list {
		part := b.build(q, narrowed)
		if part.p == nil {
			continue
		}
		if mixed && !part.text && !narrowed {
			part.p = newBoth([]postings{b.records(), part.p})
		}
		parts = append(parts, part.p)
	}
	if len(parts) == 0 {
		return built{}
	}
	return built{newEither(parts), mixed}
}

// asksText reports whether the query asks for words of the text.
func asksText(q query.Query) bool {
	switch q := q.(type) {
	case query.And:
		return oneOf(q.Of, asksText)
	case query.Or:
		return oneOf(q.Of, asksText)
	case query.Not, query.Field:
		return false
	}
	return true
}

// leaf builds a word, phrase or the like; nil where it is stop words only.
func (b builder) leaf(q query.Query) postings {
	switch q := q.(type) {
	case query.Word:
		return b.word(q.Text)
	case query.Phrase:
		return b.together(q.Text, sideBySide)
	case query.Near:
		return b.together(q.Text, closeBy(q.Within))
	case query.Prefix:
		return b.expanded(q.String(), func(docs bitset) error { return b.beginningWith(q.Text, docs) })
	case query.Fuzzy:
		return b.expanded(q.String(), func(docs bitset) error { return b.similar(q.Text, q.Distance, docs) })
	}
	return empty{}
}

// read gives the tokens of a piece of the query.
func (b builder) read(text string) []token {
	if b.lower {
		text = strings.ToLower(text)
	}
	return b.analyser.tokens(b.language, text)
}

// word builds one word as typed. Where it has several tokens they stand side
// by side, or it is written as one.
func (b builder) word(text string) postings {
	tokens := b.read(text)
	var parts []postings
	for _, t := range tokens {
		if t.joined && t.term != "" {
			parts = append(parts, b.term1(t))
		}
	}
	if p := b.side(tokens, sideBySide); p != nil {
		parts = append(parts, p)
	}
	if len(parts) == 0 {
		return nil
	}
	return newEither(parts)
}

func (b builder) together(text string, count func([]*wordPlaces) int) postings {
	return b.side(b.read(text), count)
}

// longestPhrase is the number of words of a phrase that are looked for.
const longestPhrase = 100

// side builds words that stand together. Joined words are left out, stop words
// keep their place.
func (b builder) side(tokens []token, count func([]*wordPlaces) int) postings {
	var words []token
	for _, t := range tokens {
		if t.term != "" && !t.joined {
			words = append(words, t)
		}
	}
	switch len(words) {
	case 0:
		return nil
	case 1:
		return b.term1(words[0])
	}
	p := &phrasePostings{count: count, bm25: b.bm25}
	var all []postings
	shared := map[string]*places{} // a word that comes twice is read once
	for _, t := range words[:min(len(words), longestPhrase)] {
		if shared[t.term] == nil {
			all = append(all, &termPostings{walk: b.open(b.terms, t.term, false, false)})
			shared[t.term] = &places{walk: b.open(b.terms, t.term, true, true)}
			p.places = append(p.places, shared[t.term])
			p.weight += b.bm25.weight(b.frequency(t, b.place))
		}
		p.words = append(p.words, &wordPlaces{places: shared[t.term], offset: t.pos})
	}
	p.all = newBoth(all)
	return p
}

// term1 builds one term.
func (b builder) term1(t token) postings {
	return &termPostings{
		walk:   b.open(b.terms, t.term, true, false),
		weight: b.bm25.weight(b.frequency(t, b.place)),
		bm25:   b.bm25,
	}
}
