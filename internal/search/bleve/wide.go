package bleve

import "github.com/greyshelf/greyshelf/internal/query"

// inReport builds a query whose words may stand anywhere in the report: the
// hits are the pages and records with at least one of the words, in the
// reports that have what the whole query asks for.
func (b builder) inReport(q query.Query) postings {
	if q == nil {
		return b.records()
	}
	set, ok := b.reportSet(q)
	if !ok {
		return nil
	}
	words := wanted(q)
	var parts []postings
	for _, leaf := range words {
		if p := b.leaf(leaf); p != nil {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return newBoth([]postings{b.records(), b.ofReports(set)})
	}
	return newBoth([]postings{newEither(parts), b.ofReports(set)})
}

// wanted gives the leaves of the query that are to be found in the text.
func wanted(q query.Query) []query.Query {
	switch q := q.(type) {
	case query.And:
		return wantedIn(q.Of)
	case query.Or:
		return wantedIn(q.Of)
	case query.InReport:
		return wanted(q.Of)
	case query.Not, query.Field, nil:
		return nil
	}
	return []query.Query{q}
}

func wantedIn(list []query.Query) []query.Query {
	var leaves []query.Query
	for _, q := range list {
		leaves = append(leaves, wanted(q)...)
	}
	return leaves
}

// reportSet gives the reports that have, on any page or in the record, what
// the query asks for; false where it asks for nothing.
func (b builder) reportSet(q query.Query) (bitset, bool) {
	switch q := q.(type) {
	case query.And:
		return b.reportsOfAll(q.Of)
	case query.Or:
		set, any := newBitset(len(b.table.rows)), false
		for _, part := range q.Of {
			if s, ok := b.reportSet(part); ok {
				set.unite(s)
				any = true
			}
		}
		return set, any
	case query.Not:
		return b.reportsOfAll([]query.Query{q})
	case query.Field:
		return union(len(b.table.rows), b.fieldSet(q)), true
	}
	p := b.leaf(q)
	if p == nil {
		return nil, false
	}
	return b.reportsWith(p), true
}

func (b builder) reportsOfAll(list []query.Query) (bitset, bool) {
	all, any := newBitset(len(b.table.rows)), false
	for n := range b.table.rows {
		all.add(uint32(n))
	}
	for _, q := range list {
		not, negative := q.(query.Not)
		if negative {
			q = not.Of
		}
		set, ok := b.reportSet(q)
		switch {
		case !ok:
			continue
		case negative:
			all.subtract(set)
		default:
			all.intersect(set)
		}
		any = true
	}
	return all, any
}
