// Package query is the language in which readers search: it parses what they
// type into a [Query] and prints it again in one canonical form. The grammar
// stands in docs/query.md.
//
// It is a leaf at the side of the way of the data: web, API and command line
// hand text to it, package search and its engines read the tree. It knows no
// engine, no stemming and no index, stores nothing, and decides nothing about
// what a reader may see.
package query

import "strconv"

// Query is a parsed query or a part of it: one of [Word], [Phrase], [Prefix],
// [Fuzzy], [Near], [And], [Or], [Not], [Field], [Years] (only in a Field) and
// [InReport] (only at the top). A nil Query asks for everything.
type Query interface {
	// String prints the canonical form: Parse(q.String()) gives q again.
	String() string
	// binding says how tightly the printed form holds together.
	binding() int
}

// Word is one word as typed, without white space. An engine may find several
// tokens in it ("co-operation"): they must then stand side by side.
type Word struct{ Text string }

// Phrase is words side by side, separated by single spaces: "regime change".
type Phrase struct{ Text string }

// Prefix is the beginning of words: secur*.
type Prefix struct{ Text string }

// Fuzzy is a word and those at most Distance (1 or 2) edits away: hezbollah~2.
type Fuzzy struct {
	Text     string
	Distance int
}

// Near is words that stand, in any order, with at most Within other words
// between the first and the last: "arms embargo"~5.
type Near struct {
	Text   string
	Within int // 1 to 100
}

// And is two or more queries that must all match.
type And struct{ Of []Query }

// Or is two or more queries of which one must match.
type Or struct{ Of []Query }

// Not is a query that must not match.
type Not struct{ Of Query }

// Field is a query put to one field of the record: title:sanctions.
type Field struct {
	Name FieldName
	Of   Query // Years for [FieldYear]; never another Field
}

// Years is a range of years, both ends included: year:2016..2018. An open end
// is 0, so year:2016.. is {2016, 0}.
type Years struct{ From, To int }

// InReport widens the match from the page to the report: every term must be
// found somewhere in the report. It is written scope:report.
type InReport struct{ Of Query }

// FieldName names a field that can be asked for.
type FieldName string

// The fields.
const (
	FieldTitle      FieldName = "title"      // title and subtitle
	FieldAuthor     FieldName = "author"     // persons and bodies that wrote or spoke
	FieldPublisher  FieldName = "publisher"  // publishers, commissioning and hosting bodies
	FieldSubject    FieldName = "subject"    // headings
	FieldAbstract   FieldName = "abstract"   // the document's own abstract
	FieldLanguage   FieldName = "language"   // BCP 47: en, fr
	FieldType       FieldName = "type"       // report, brief, testimony
	FieldFormat     FieldName = "format"     // pdf
	FieldYear       FieldName = "year"       // of the date
	FieldIdentifier FieldName = "identifier" // DOI, ISBN, ISSN, report number, item code
)

// Fields gives every field name in the order of the documentation.
func Fields() []FieldName {
	return []FieldName{FieldTitle, FieldAuthor, FieldPublisher, FieldSubject, FieldAbstract,
		FieldLanguage, FieldType, FieldFormat, FieldYear, FieldIdentifier}
}

// Leaf reports whether q has no query inside.
func Leaf(q Query) bool {
	switch q.(type) {
	case And, Or, Not, Field, InReport:
		return false
	}
	return q != nil
}

// Map gives q with every leaf replaced by what change gives for it. A leaf
// inside a [Field] is handed over too.
func Map(q Query, change func(leaf Query) Query) Query {
	switch q := q.(type) {
	case And:
		return And{mapAll(q.Of, change)}
	case Or:
		return Or{mapAll(q.Of, change)}
	case Not:
		return Not{Map(q.Of, change)}
	case Field:
		return Field{q.Name, Map(q.Of, change)}
	case InReport:
		return InReport{Map(q.Of, change)}
	case nil:
		return nil
	}
	return change(q)
}

func mapAll(list []Query, change func(Query) Query) []Query {
	mapped := make([]Query, len(list))
	for i, q := range list {
		mapped[i] = Map(q, change)
	}
	return mapped
}

// year prints one end of a range; an open end is empty.
func year(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}
