package skos

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// turtle reads Turtle (W3C Recommendation of 2014), of which N-Triples is a
// part.
type turtle struct {
	text     string
	at       int
	line     int
	base     string
	prefixes map[string]string
	blanks   int
	depth    int
	out      sink
}

// readTurtle gives every triple of the text.
func readTurtle(text, base string, out sink) error {
	t := &turtle{text: strings.TrimPrefix(text, "\ufeff"), line: 1, base: base, prefixes: map[string]string{}, out: out}
	for {
		t.space()
		if t.at == len(t.text) {
			return nil
		}
		if err := t.statement(); err != nil {
			return err
		}
	}
}

// space passes over white space and comments.
func (t *turtle) space() {
	for t.at < len(t.text) {
		switch c := t.text[t.at]; c {
		case '\n':
			t.line++
		case ' ', '\t', '\r':
		case '#':
			for t.at < len(t.text) && t.text[t.at] != '\n' {
				t.at++
			}
			continue
		default:
			return
		}
		t.at++
	}
}

func (t *turtle) peek() byte {
	if t.at < len(t.text) {
		return t.text[t.at]
	}
	return 0
}

// take passes over the character if it comes next.
func (t *turtle) take(c byte) bool {
	t.space()
	if t.peek() != c || t.at == len(t.text) {
		return false
	}
	t.at++
	return true
}

func (t *turtle) need(c byte) error {
	if t.take(c) {
		return nil
	}
	return t.wrong("expected “" + string(c) + "”")
}

func (t *turtle) wrong(what string) error {
	rest := t.text[t.at:min(len(t.text), t.at+20)]
	return invalid(t.line, "%s before “%s”", what, strings.ToValidUTF8(strings.Map(printable, rest), "?"))
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return ' '
}

// statement reads a directive or the triples of one subject.
func (t *turtle) statement() error {
	if word, sparql := t.directive(); word != "" {
		return t.declare(word, sparql)
	}
	propertyList := t.peek() == '['
	subject, err := t.node(false)
	if err != nil {
		return err
	}
	t.space()
	if !(propertyList && t.peek() == '.') {
		if err := t.predicates(subject); err != nil {
			return err
		}
	}
	return t.need('.')
}

// directive passes over "@prefix", "PREFIX", "@base" or "BASE".
func (t *turtle) directive() (word string, sparql bool) {
	for _, word := range []string{"prefix", "base"} {
		rest := t.text[t.at:]
		if strings.HasPrefix(rest, "@"+word) {
			t.at += len(word) + 1
			return word, false
		}
		if len(rest) > len(word) && strings.EqualFold(rest[:len(word)], word) && strings.IndexByte(" \t\r\n", rest[len(word)]) >= 0 {
			t.at += len(word)
			return word, true
		}
	}
	return "", false
}

func (t *turtle) declare(word string, sparql bool) error {
	prefix := ""
	t.space()
	if word == "prefix" {
		end := strings.IndexByte(t.text[t.at:], ':')
		if end < 0 || end > 200 || strings.ContainsAny(t.text[t.at:t.at+end], " \t\r\n<") {
			return t.wrong("expected a prefix")
		}
		prefix = t.text[t.at : t.at+end]
		t.at += end + 1
		t.space()
	}
	if t.peek() != '<' {
		return t.wrong("expected an IRI in angle brackets")
	}
	value, err := t.angle()
	if err != nil {
		return err
	}
	if word == "prefix" {
		t.prefixes[prefix] = value
	} else {
		t.base = value
	}
	if sparql {
		return nil
	}
	return t.need('.')
}

// predicates reads "predicate object, object ; predicate object".
func (t *turtle) predicates(subject term) error {
	for {
		t.space()
		predicate, err := t.predicate()
		if err != nil {
			return err
		}
		for {
			t.space()
			object, err := t.node(true)
			if err != nil {
				return err
			}
			if err := t.out(subject, predicate, object); err != nil {
				return err
			}
			if !t.take(',') {
				break
			}
		}
		if !t.take(';') {
			return nil
		}
		for t.take(';') {
		}
		if c := t.peek(); c == '.' || c == ']' {
			return nil
		}
	}
}

func (t *turtle) predicate() (string, error) {
	if t.peek() == 'a' && t.at+1 < len(t.text) && strings.IndexByte(" \t\r\n<[_\"", t.text[t.at+1]) >= 0 {
		t.at++
		return rdfType, nil
	}
	n, err := t.node(false)
	if err == nil && n.kind != iri {
		err = t.wrong("a predicate is an IRI")
	}
	return n.value, err
}

// node reads a subject, predicate or object.
func (t *turtle) node(object bool) (term, error) {
	t.space()
	switch c := t.peek(); {
	case c == '<':
		value, err := t.angle()
		return term{value: value}, err
	case c == '[' || c == '(':
		return t.nested()
	case c == '_' && strings.HasPrefix(t.text[t.at:], "_:"):
		t.at += 2
		name := t.word()
		return term{value: "_:" + name, kind: blank}, nil
	case object && (c == '"' || c == '\''):
		return t.literal()
	case object && (c == '+' || c == '-' || c >= '0' && c <= '9'):
		return term{value: t.number(), kind: literal}, nil
	}
	return t.named(object)
}

// nested reads "[ predicate object ]" or "( item item )"; of a list the items
// are read, and the list is not kept: no SKOS property but ordered collections
// has one.
func (t *turtle) nested() (term, error) {
	if t.depth++; t.depth > mostDepth {
		return term{}, t.wrong("nodes are nested too deeply")
	}
	defer func() { t.depth-- }()
	t.blanks++
	node := term{value: "_:[" + strconv.Itoa(t.blanks), kind: blank}
	if t.take('(') {
		for !t.take(')') {
			if _, err := t.node(true); err != nil {
				return node, err
			}
		}
		return node, nil
	}
	t.at++ // [
	if t.take(']') {
		return node, nil
	}
	if err := t.predicates(node); err != nil {
		return node, err
	}
	return node, t.need(']')
}

// angle reads "<IRI>".
func (t *turtle) angle() (string, error) {
	end := strings.IndexAny(t.text[t.at+1:], ">\n")
	if end < 0 || t.text[t.at+1+end] != '>' || end > longestTerm {
		return "", t.wrong("an IRI does not end")
	}
	raw := t.text[t.at+1 : t.at+1+end]
	t.at += end + 2
	if strings.Contains(raw, `\`) {
		var err error
		if raw, err = t.unescape(raw); err != nil {
			return "", err
		}
	}
	return resolve(t.base, raw), nil
}

// word reads the characters of a name.
func (t *turtle) word() string {
	start := t.at
	for t.at < len(t.text) {
		r, size := utf8.DecodeRuneInString(t.text[t.at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune("_-.%\\:·", r) {
			if t.at == start || t.text[t.at-1] != '\\' {
				break
			}
		}
		t.at += size
	}
	for t.at > start && t.text[t.at-1] == '.' {
		t.at-- // the point ends the statement
	}
	return t.text[start:t.at]
}

// named reads "prefix:name", "true" or "false".
func (t *turtle) named(object bool) (term, error) {
	start := t.at
	word := t.word()
	prefix, name, found := strings.Cut(word, ":")
	if object && (word == "true" || word == "false") {
		return term{value: word, kind: literal}, nil
	}
	namespace, known := t.prefixes[prefix]
	if !found || !known {
		t.at = start
		if found {
			return term{}, t.wrong("the prefix “" + prefix + "” is not declared")
		}
		return term{}, t.wrong("expected a name")
	}
	return term{value: namespace + strings.ReplaceAll(name, `\`, "")}, nil
}

func (t *turtle) number() string {
	start := t.at
	for t.at < len(t.text) && strings.IndexByte("+-0123456789.eE", t.text[t.at]) >= 0 {
		t.at++
	}
	for t.at > start+1 && t.text[t.at-1] == '.' {
		t.at--
	}
	return t.text[start:t.at]
}
