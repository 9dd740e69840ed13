package query

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// The limits of a query. They keep a request cheap whatever is typed.
const (
	MaxLength = 2000 // code points
	MaxTerms  = 64   // words, phrases and other leaves
	MaxDepth  = 12   // parentheses inside parentheses
)

const (
	scopeName     = "scope"
	scopeReport   = "report"
	nearByDefault = 10  // "a b"~
	nearAtMost    = 100 // "a b"~100
	shortWord     = 5   // words up to this length allow one edit, longer ones two
)

// Parse reads a query. It forgives: what makes no sense (a lone AND, a missing
// quotation mark, an unknown field) is left out or read as words. Text that
// asks for nothing gives nil. Errors: Invalid, only where a limit
// ([MaxLength], [MaxTerms], [MaxDepth]) is exceeded.
func Parse(text string) (Query, error) {
	const op = "read query"
	if utf8.RuneCountInString(text) > MaxLength {
		return nil, greyshelf.Errorf(greyshelf.Invalid, op, "", "the query is longer than %d characters", MaxLength)
	}
	p := parser{tokens: scan(strings.ToValidUTF8(text, " "))}
	var parts []Query
	for p.peek().kind != endToken {
		parts = append(parts, p.or(0))
		if p.peek().kind == closeToken {
			p.next() // one too many
		}
	}
	switch {
	case p.terms > MaxTerms:
		return nil, greyshelf.Errorf(greyshelf.Invalid, op, "", "the query has more than %d words", MaxTerms)
	case p.deep:
		return nil, greyshelf.Errorf(greyshelf.Invalid, op, "", "the query has more than %d parentheses inside each other", MaxDepth)
	}
	q := allOf(parts)
	if p.wide {
		return InReport{q}, nil
	}
	return q, nil
}

// parser reads tokens by recursive descent: or → and → unit.
type parser struct {
	tokens  []token
	terms   int
	deep    bool // a limit of depth was reached
	wide    bool // scope:report was read
	inField bool
}

func (p *parser) peek() token {
	if len(p.tokens) == 0 {
		return token{}
	}
	return p.tokens[0]
}

func (p *parser) next() token {
	t := p.peek()
	if len(p.tokens) > 0 {
		p.tokens = p.tokens[1:]
	}
	return t
}

// operator reports whether the next token is the operator, in capitals.
func (p *parser) operator(name string) bool {
	t := p.peek()
	return t.kind == wordToken && t.mark == "" && t.text == name
}

func (p *parser) or(depth int) Query {
	list := []Query{p.and(depth)}
	for p.operator("OR") {
		p.next()
		list = append(list, p.and(depth))
	}
	return anyOf(list)
}

func (p *parser) and(depth int) Query {
	var list []Query
	for {
		switch {
		case p.operator("AND"):
			p.next()
		case p.operator("OR"), p.peek().kind == closeToken, p.peek().kind == endToken:
			return allOf(list)
		default:
			list = append(list, p.unit(depth))
		}
	}
}

// unit reads one word, quotation, field, group or exclusion; nil when it asks
// for nothing.
func (p *parser) unit(depth int) Query {
	if p.operator("NOT") {
		p.next()
		return p.not(depth)
	}
	switch t := p.next(); t.kind {
	case minusToken:
		return p.not(depth)
	case openToken:
		return p.group(depth)
	case fieldToken:
		return p.field(t.text, depth)
	default:
		return p.leaf(t)
	}
}

func (p *parser) not(depth int) Query {
	switch next := p.peek(); {
	case next.kind == closeToken, next.kind == endToken, p.operator("OR"), p.operator("AND"):
		return nil
	case depth >= MaxDepth:
		p.deep = true
		p.next()
		return nil
	}
	of := p.unit(depth + 1)
	if of == nil {
		return nil
	}
	if not, ok := of.(Not); ok {
		return not.Of
	}
	return Not{of}
}

func (p *parser) group(depth int) Query {
	if depth >= MaxDepth {
		p.deep = true
		return nil
	}
	q := p.or(depth + 1)
	if p.peek().kind == closeToken {
		p.next()
	}
	return q
}

func (p *parser) leaf(t token) Query {
	p.terms++
	switch {
	case t.kind == quoteToken && t.mark != "" && strings.Contains(t.text, " "):
		return Near{t.text, clamp(t.mark[1:], nearByDefault, nearAtMost)}
	case t.kind == quoteToken:
		return Phrase{t.text}
	case t.mark == "*":
		return Prefix{t.text}
	case t.mark != "":
		return fuzzy(t)
	}
	return Word{t.text}
}

func fuzzy(t token) Query {
	if utf8.RuneCountInString(t.text) <= shortWord {
		return Fuzzy{t.text, clamp(t.mark[1:], 1, 2)}
	}
	return Fuzzy{t.text, clamp(t.mark[1:], 2, 2)}
}

// clamp reads a number between 1 and most, or gives the default.
func clamp(digits string, byDefault, most int) int {
	n, err := strconv.Atoi(digits)
	if digits == "" || err == nil && n == 0 {
		return byDefault
	}
	if err != nil || n > most {
		return most
	}
	return n
}

// allOf joins parts that must all match; nil parts are left out.
func allOf(parts []Query) Query {
	var list []Query
	for _, q := range parts {
		if and, ok := q.(And); ok {
			list = append(list, and.Of...)
		} else if q != nil {
			list = append(list, q)
		}
	}
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	return And{list}
}

// anyOf joins parts of which one must match; nil parts are left out.
func anyOf(parts []Query) Query {
	var list []Query
	for _, q := range parts {
		if or, ok := q.(Or); ok {
			list = append(list, or.Of...)
		} else if q != nil {
			list = append(list, q)
		}
	}
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	return Or{list}
}
