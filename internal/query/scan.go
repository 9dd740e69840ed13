package query

import (
	"strings"
	"unicode"
)

// token is one lexical unit of a query.
type token struct {
	kind tokenKind
	text string // of words: without the marks; of quoted text: single spaces
	raw  string // of words: as typed
	mark string // what follows a word or quoted text: "*", "~", "~2"
	glue bool   // no white space before it
}

type tokenKind int

const (
	endToken tokenKind = iota
	wordToken
	quoteToken
	openToken
	closeToken
	minusToken
	fieldToken // text is the field's name; its value follows without white space
)

// scan cuts text into tokens. Nothing is an error: what makes no sense is
// left out.
func scan(text string) []token {
	s := scanner{rest: []rune(text)}
	for len(s.rest) > 0 {
		s.step()
	}
	return s.tokens
}

// scanner holds what is left to read.
type scanner struct {
	rest   []rune
	tokens []token
	glue   bool // the last thing read was not white space
}

func (s *scanner) step() {
	r := s.rest[0]
	switch {
	case unicode.IsSpace(r) || unicode.IsControl(r):
		s.rest, s.glue = s.rest[1:], false
	case r == '(':
		s.single(openToken)
	case r == ')':
		s.single(closeToken)
	case quotation(r):
		s.quoted()
	case r == '-' && s.excludes():
		s.single(minusToken)
	default:
		s.word()
	}
}

func (s *scanner) add(t token) {
	t.glue = s.glue
	s.tokens = append(s.tokens, t)
	s.glue = true
}

// single reads one character as a token.
func (s *scanner) single(kind tokenKind) {
	s.rest = s.rest[1:]
	s.add(token{kind: kind})
}

// excludes reports whether the minus sign that comes next stands before
// something to be excluded, and not inside a word.
func (s *scanner) excludes() bool {
	if len(s.rest) < 2 || s.glue && !s.afterOpen() {
		return false
	}
	r := s.rest[1]
	return meaning(r) || r == '(' || quotation(r)
}

// afterOpen reports whether the last token is one after which a word begins.
func (s *scanner) afterOpen() bool {
	if len(s.tokens) == 0 {
		return true
	}
	kind := s.tokens[len(s.tokens)-1].kind
	return kind == openToken || kind == fieldToken
}

// quotation reports whether r is a quotation mark of any form.
func quotation(r rune) bool { return strings.ContainsRune(`"“”„«»＂「」`, r) }

// quoted reads up to the next quotation mark of any form; one that is missing
// stands at the end of the text.
func (s *scanner) quoted() {
	end := 1
	for end < len(s.rest) && !quotation(s.rest[end]) {
		end++
	}
	text := strings.Join(strings.FieldsFunc(string(s.rest[1:end]), blank), " ")
	s.rest = s.rest[min(end+1, len(s.rest)):]
	mark := s.tilde()
	if strings.IndexFunc(text, meaning) >= 0 {
		s.add(token{kind: quoteToken, text: text, mark: mark})
	}
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// meaning reports whether r can be searched for.
func meaning(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// tilde reads "~" and the digits after it, if they stand here.
func (s *scanner) tilde() string {
	if len(s.rest) == 0 || s.rest[0] != '~' {
		return ""
	}
	end := 1
	for end < len(s.rest) && '0' <= s.rest[end] && s.rest[end] <= '9' {
		end++
	}
	mark := string(s.rest[:end])
	s.rest = s.rest[end:]
	return mark
}

// word reads a word, or the name of a field with its colon. A colon that
// follows no field's name separates words.
func (s *scanner) word() {
	end := 0
	for end < len(s.rest) && !s.stops(end) {
		end++
		if s.rest[end-1] != ':' {
			continue
		}
		if name, ok := s.fieldName(end); ok {
			s.rest = s.rest[end:]
			s.add(token{kind: fieldToken, text: name})
			return
		}
		break
	}
	raw := string(s.rest[:end])
	s.rest = s.rest[end:]
	text, mark := trim(raw)
	if tilde := s.tilde(); mark == "" && strings.HasSuffix(raw, text) {
		mark = tilde
	}
	if text != "" {
		s.add(token{kind: wordToken, text: text, raw: raw, mark: mark})
	}
}

// stops reports whether the word ends before position i.
func (s *scanner) stops(i int) bool {
	r := s.rest[i]
	return blank(r) || r == '(' || r == ')' || r == '~' || quotation(r)
}

// valueOf reports whether the value of a field is being read.
func (s *scanner) valueOf() bool {
	n := len(s.tokens)
	return s.glue && n > 0 && s.tokens[n-1].kind == fieldToken
}

// fieldName reports whether the text before end, without its colon, names a
// field (or the scope) whose value follows at once.
func (s *scanner) fieldName(end int) (string, bool) {
	if s.valueOf() || end >= len(s.rest) || blank(s.rest[end]) {
		return "", false
	}
	name := strings.ToLower(string(s.rest[:end-1]))
	if name == scopeName {
		return name, true
	}
	for _, known := range Fields() {
		if name == string(known) {
			return name, true
		}
	}
	return "", false
}

// trim cuts what cannot be searched for off both ends of a word and gives the
// star that followed it.
func trim(raw string) (text, mark string) {
	text = strings.TrimLeftFunc(raw, func(r rune) bool { return !meaning(r) })
	text = strings.TrimRightFunc(text, func(r rune) bool { return !meaning(r) && !unicode.IsMark(r) })
	if text != "" && strings.HasPrefix(raw[strings.Index(raw, text)+len(text):], "*") {
		mark = "*"
	}
	return text, mark
}
