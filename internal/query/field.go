package query

import (
	"strconv"
	"strings"
)

// field reads the value of a field. Inside it no other field is looked for: a
// name with a colon is read as a word.
func (p *parser) field(name string, depth int) Query {
	t := p.peek()
	switch {
	case p.inField:
		return nil // title:(author:x): the name is left out, x is read next
	case name == scopeName:
		return p.scope(t)
	case !t.glue || t.kind == closeToken || t.kind == endToken || t.kind == fieldToken:
		p.terms++
		return Word{name}
	}
	if depth >= MaxDepth {
		p.deep = true
		return nil
	}
	p.next()
	if FieldName(name) == FieldYear {
		return p.year(t, depth)
	}
	of := p.value(t, depth+1)
	if of == nil {
		return nil
	}
	return Field{FieldName(name), of}
}

// value reads what stands after a field's colon, beginning with t.
func (p *parser) value(t token, depth int) Query {
	p.inField = true
	defer func() { p.inField = false }()
	switch t.kind {
	case openToken:
		return p.group(depth)
	case minusToken:
		return p.not(depth)
	}
	return p.leaf(t)
}

// scope reads scope:report; scope:page is how it is anyway.
func (p *parser) scope(t token) Query {
	switch {
	case t.kind == wordToken && t.glue && strings.EqualFold(t.text, scopeReport):
		p.wide = true
		p.next()
	case t.kind == wordToken && t.glue && strings.EqualFold(t.text, "page"):
		p.next()
	default:
		p.terms++
		return Word{scopeName}
	}
	return nil
}

// year reads 2016, 2016..2018, 2016.., ..2018, 2016-2018 or a group of them;
// what holds anything else is read as words, without the field.
func (p *parser) year(t token, depth int) Query {
	if years, ok := readYears(t.raw); ok {
		p.terms++
		return Field{FieldYear, years}
	}
	of, known := p.value(t, depth+1), true
	years := Map(of, func(leaf Query) Query {
		word, _ := leaf.(Word)
		years, ok := readYears(word.Text)
		known = known && ok
		return years
	})
	if of == nil || !known {
		return of
	}
	return Field{FieldYear, years}
}

func readYears(text string) (Years, bool) {
	from, to, isRange := strings.Cut(text, "..")
	if !isRange {
		from, to, isRange = strings.Cut(strings.NewReplacer("–", "-", "—", "-").Replace(text), "-")
	}
	if !isRange {
		to = from
	}
	first, ok1 := readYear(strings.Trim(from, "."))
	last, ok2 := readYear(strings.Trim(to, "."))
	if !ok1 || !ok2 || first == 0 && last == 0 {
		return Years{}, false
	}
	if first > last && last != 0 {
		first, last = last, first
	}
	return Years{first, last}, true
}

// readYear reads one to four digits; nothing is an open end.
func readYear(digits string) (int, bool) {
	if digits == "" {
		return 0, true
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n > 0 && n <= 9999 && digits[0] != '+'
}
