package query

import (
	"strconv"
	"strings"
)

// How tightly the printed forms hold together, loosest first.
const (
	bindsOr = iota
	bindsAnd
	bindsUnit
)

func (Word) binding() int     { return bindsUnit }
func (Phrase) binding() int   { return bindsUnit }
func (Prefix) binding() int   { return bindsUnit }
func (Fuzzy) binding() int    { return bindsUnit }
func (Near) binding() int     { return bindsUnit }
func (Not) binding() int      { return bindsUnit }
func (Field) binding() int    { return bindsUnit }
func (Years) binding() int    { return bindsUnit }
func (And) binding() int      { return bindsAnd }
func (InReport) binding() int { return bindsAnd }
func (Or) binding() int       { return bindsOr }

// String prints the word.
func (q Word) String() string { return q.Text }

// String prints the phrase in quotation marks.
func (q Phrase) String() string { return `"` + q.Text + `"` }

// String prints the beginning and a star.
func (q Prefix) String() string { return q.Text + "*" }

// String prints the word, a tilde and the distance.
func (q Fuzzy) String() string { return q.Text + "~" + strconv.Itoa(q.Distance) }

// String prints the words in quotation marks, a tilde and the width.
func (q Near) String() string { return `"` + q.Text + `"~` + strconv.Itoa(q.Within) }

// String prints the parts side by side; AND is implied.
func (q And) String() string { return join(q.Of, " ", bindsAnd) }

// String prints the parts separated by OR.
func (q Or) String() string { return join(q.Of, " OR ", bindsOr) }

// String prints the part after a minus sign.
func (q Not) String() string { return "-" + within(q.Of, bindsUnit-1) }

// String prints name, colon and value.
func (q Field) String() string { return string(q.Name) + ":" + within(q.Of, bindsUnit-1) }

// String prints the year, or the range with two stops.
func (q Years) String() string {
	if q.From == q.To {
		return year(q.From)
	}
	return year(q.From) + ".." + year(q.To)
}

// String prints scope:report before the query.
func (q InReport) String() string {
	if q.Of == nil {
		return "scope:report"
	}
	return "scope:report " + within(q.Of, bindsOr)
}

func join(list []Query, between string, binding int) string {
	parts := make([]string, len(list))
	for i, q := range list {
		parts[i] = within(q, binding)
	}
	return strings.Join(parts, between)
}

// within prints q, in parentheses where it holds no tighter than its
// surroundings.
func within(q Query, surroundings int) string {
	if q.binding() > surroundings {
		return q.String()
	}
	return "(" + q.String() + ")"
}
