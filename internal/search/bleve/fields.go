package bleve

import (
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/search"
)

// fieldSet gives the reports whose record answers the query in the field.
func (b builder) fieldSet(q query.Field) bitset {
	return b.cached(q.String(), func() bitset {
		switch q.Name {
		case query.FieldYear:
			return b.rowSet(q.Of, yearMatches)
		case query.FieldLanguage:
			return b.rowSet(q.Of, facetMatches(search.FacetLanguage))
		case query.FieldType:
			return b.rowSet(q.Of, facetMatches(search.FacetType))
		case query.FieldFormat:
			return b.rowSet(q.Of, facetMatches(search.FacetFormat))
		}
		return b.recordSet(q)
	})
}

// recordSet looks the query up in a field of the records, in every language.
func (b builder) recordSet(q query.Field) bitset {
	languages := []string{undetermined}
	if stems(q.Name) {
		languages = b.view.languages
	}
	set := newBitset(len(b.table.rows))
	for number, language := range languages {
		here := builder{b.evaluation, place{
			language: language, field: q.Name,
			terms: fieldTerms(q.Name, language), words: fieldWords(q.Name),
		}}
		part := here.build(q.Of, false)
		if part.p == nil {
			continue
		}
		records := newBoth([]postings{b.records(), part.p})
		for doc := records.seek(0); doc != none; doc = records.seek(doc + 1) {
			if ref := b.view.refs[doc]; !stems(q.Name) || int(ref.lang) == number {
				set.add(uint32(ref.report))
			}
		}
	}
	return set
}

// rowSet works a query out over the rows in memory.
func (b builder) rowSet(q query.Query, matches func(*row, query.Query) bool) bitset {
	set := newBitset(len(b.table.rows))
	for n, r := range b.table.rows {
		if r.present && holds(q, func(leaf query.Query) bool { return matches(r, leaf) }) {
			set.add(uint32(n))
		}
	}
	return set
}

// holds works out a query whose leaves a test decides.
func holds(q query.Query, leaf func(query.Query) bool) bool {
	switch q := q.(type) {
	case query.And:
		return !oneOf(q.Of, func(part query.Query) bool { return !holds(part, leaf) })
	case query.Or:
		return oneOf(q.Of, func(part query.Query) bool { return holds(part, leaf) })
	case query.Not:
		return !holds(q.Of, leaf)
	}
	return leaf(q)
}

func yearMatches(r *row, q query.Query) bool {
	years, ok := q.(query.Years)
	values := r.Facets[search.FacetYear]
	if !ok || len(values) == 0 {
		return false
	}
	year, _ := strconv.Atoi(values[0])
	return year >= years.From && (years.To == 0 || year <= years.To)
}

// facetMatches compares a leaf with the values of a facet, without regard to
// case; en matches en-GB too.
func facetMatches(facet string) func(*row, query.Query) bool {
	return func(r *row, q query.Query) bool {
		for _, value := range r.Facets[facet] {
			value = fold(value)
			switch q := q.(type) {
			case query.Word:
				if value == fold(q.Text) || strings.HasPrefix(value, fold(q.Text)+"-") {
					return true
				}
			case query.Phrase:
				if value == fold(q.Text) {
					return true
				}
			case query.Prefix:
				if strings.HasPrefix(value, fold(q.Text)) {
					return true
				}
			}
		}
		return false
	}
}
