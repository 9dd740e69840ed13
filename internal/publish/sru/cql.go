package sru

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a query.
const (
	longestQuery = 4000 // bytes
	mostClauses  = 60
	mostDepth    = 20
)

// clause is a part of a CQL query: a search clause, or two parts joined by a
// boolean.
type clause struct {
	boolean     string // "and", "or", "not"; empty for a search clause
	left, right *clause

	index, relation string // lower case; index empty where none is given
	term            string // as written, with its escapes
}

// sortKey is a key of a sortBy clause.
type sortKey struct {
	index     string
	modifiers []string
}

// parser reads CQL 1.2 (the contextual query language of the Library of
// Congress): booleans and, or, not from left to right, parentheses, index
// relation term, sortBy. Proximity and prefix assignments are told as what
// they are, not supported.
type parser struct {
	tokens  []lexeme
	at      int
	clauses int
}

// lexeme is a word, a quoted string or a sign.
type lexeme struct {
	text   string
	quoted bool
}

// parse reads a query. Errors: *diagnostic.
func parse(text string) (*clause, []sortKey, error) {
	if len(text) > longestQuery {
		return nil, nil, diag(12, "")
	}
	tokens, err := lex(text)
	if err != nil {
		return nil, nil, err
	}
	p := &parser{tokens: tokens}
	if len(tokens) == 0 {
		return nil, nil, diag(27, "")
	}
	if p.peek() == ">" {
		return nil, nil, diag(48, "prefix assignment")
	}
	c, err := p.query(0)
	if err != nil {
		return nil, nil, err
	}
	keys, err := p.sort()
	if err != nil {
		return nil, nil, err
	}
	if p.at < len(p.tokens) {
		if p.peek() == ")" {
			return nil, nil, diag(13, ")")
		}
		return nil, nil, diag(10, p.tokens[p.at].text)
	}
	return c, keys, nil
}

// lex divides a query into lexemes.
func lex(text string) ([]lexeme, error) {
	var all []lexeme
	for at := 0; at < len(text); {
		r, width := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == utf8.RuneError && width <= 1:
			return nil, diag(10, "")
		case unicode.IsSpace(r):
			at += width
		case r == '"':
			end := closing(text, at+1)
			if end < 0 {
				return nil, diag(14, "")
			}
			all = append(all, lexeme{text[at+1 : end], true})
			at = end + 1
		case strings.ContainsRune("()/", r):
			all = append(all, lexeme{text[at : at+1], false})
			at++
		case strings.ContainsRune("=<>", r):
			end := at + 1
			if end < len(text) && (text[at:end+1] == "==" || text[at:end+1] == "<>" || text[at:end+1] == "<=" || text[at:end+1] == ">=") {
				end++
			}
			all = append(all, lexeme{text[at:end], false})
			at = end
		default:
			end := at + strings.IndexFunc(text[at:]+" ", func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"()/=<>`, r) })
			all = append(all, lexeme{text[at:end], false})
			at = end
		}
	}
	return all, nil
}

// closing gives where a quoted string ends; -1 where it does not.
func closing(text string, at int) int {
	for ; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '"':
			return at
		}
	}
	return -1
}

// peek gives the next sign or word in lower case; a quoted string is none.
func (p *parser) peek() string {
	if p.at >= len(p.tokens) || p.tokens[p.at].quoted {
		return ""
	}
	return strings.ToLower(p.tokens[p.at].text)
}

func (p *parser) query(depth int) (*clause, error) {
	if depth > mostDepth {
		return nil, diag(13, "too deep")
	}
	left, err := p.part(depth)
	if err != nil {
		return nil, err
	}
	for {
		boolean := p.peek()
		switch boolean {
		case "prox":
			return nil, diag(39, "")
		case "and", "or", "not":
		default:
			return left, nil
		}
		p.at++
		if p.peek() == "/" {
			return nil, diag(46, "")
		}
		right, err := p.part(depth)
		if err != nil {
			return nil, err
		}
		left = &clause{boolean: boolean, left: left, right: right}
	}
}

// part reads a query in parentheses or a search clause.
func (p *parser) part(depth int) (*clause, error) {
	if p.peek() != "(" {
		return p.search()
	}
	p.at++
	c, err := p.query(depth + 1)
	if err != nil {
		return nil, err
	}
	if p.peek() != ")" {
		return nil, diag(13, "(")
	}
	p.at++
	return c, nil
}

// search reads index relation term, or a term alone.
func (p *parser) search() (*clause, error) {
	if p.clauses++; p.clauses > mostClauses {
		return nil, diag(38, "")
	}
	first, err := p.word()
	if err != nil {
		return nil, err
	}
	relation := p.peek()
	if first.quoted || !isRelation(relation) {
		return &clause{term: first.text, relation: "="}, nil
	}
	p.at++
	if p.peek() == "/" {
		return nil, diag(20, "")
	}
	term, err := p.word()
	if err != nil {
		return nil, err
	}
	return &clause{index: strings.ToLower(first.text), relation: relation, term: term.text}, nil
}

func isRelation(word string) bool {
	switch word {
	case "=", "==", "<>", "<", ">", "<=", ">=", "any", "all", "exact", "adj", "within", "encloses", "scr":
		return true
	}
	return strings.HasPrefix(word, "cql.")
}

// word reads a term or a name.
func (p *parser) word() (lexeme, error) {
	if p.at >= len(p.tokens) {
		return lexeme{}, diag(10, "it ends too early")
	}
	next := p.tokens[p.at]
	if !next.quoted && strings.Contains("()/=<>==<=>=", next.text) {
		return lexeme{}, diag(10, next.text)
	}
	if next.text == "" {
		return lexeme{}, diag(27, "")
	}
	p.at++
	return next, nil
}

// sort reads what stands behind sortBy.
func (p *parser) sort() ([]sortKey, error) {
	if p.peek() != "sortby" {
		return nil, nil
	}
	p.at++
	var keys []sortKey
	for p.at < len(p.tokens) {
		name, err := p.word()
		if err != nil {
			return nil, err
		}
		key := sortKey{index: strings.ToLower(name.text)}
		for p.peek() == "/" {
			p.at++
			modifier, err := p.word()
			if err != nil {
				return nil, err
			}
			key.modifiers = append(key.modifiers, strings.ToLower(modifier.text))
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, diag(10, "sortBy")
	}
	return keys, nil
}
