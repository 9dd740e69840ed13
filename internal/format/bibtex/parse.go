package bibtex

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// entry is one entry as read: values in TeX, field names in small letters.
type entry struct {
	kind, key string
	fields    map[string]string
}

// maxValue is the longest value in bytes that is read.
const maxValue = 1 << 20

// parser reads a file from front to back.
type parser struct {
	text    string
	at      int
	strings map[string]string // @string and the months
}

// next reads the next entry. ok is false at the end. An error does not end the
// file: the next call goes on at the next "@" that begins a line.
func (p *parser) next() (e entry, ok bool, err error) {
	for {
		at := strings.IndexByte(p.text[p.at:], '@')
		if at < 0 {
			return entry{}, false, nil
		}
		p.at += at + 1
		start := p.at
		kind := strings.ToLower(p.word())
		if !p.accept('{') && !p.accept('(') {
			continue // an "@" in the text between entries
		}
		switch kind {
		case "comment":
			inside := p.at
			if _, err := p.until('}'); err != nil {
				p.at = inside // without an end: only the line's beginning was a comment
			}
			continue
		case "preamble":
			_, err = p.value()
		case "string":
			err = p.string()
		default:
			e, err = p.entry(kind)
		}
		if err != nil {
			p.at = start
			p.recover()
			return entry{}, true, err
		}
		if e.kind != "" {
			return e, true, nil
		}
	}
}

// recover goes to the next "@" at the beginning of a line.
func (p *parser) recover() {
	if at := strings.Index(p.text[p.at:], "\n@"); at >= 0 {
		p.at += at + 1
		return
	}
	p.at = len(p.text)
}

// line gives the line of the parser's place, from 1.
func (p *parser) line() int { return 1 + strings.Count(p.text[:p.at], "\n") }

func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *parser) accept(c byte) bool {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

// word reads a name: of a kind, a key, a field or a @string.
func (p *parser) word() string {
	p.space()
	rest := p.text[p.at:]
	end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("{}(),=#\"@", r) })
	if end < 0 {
		end = len(rest)
	}
	p.at += end
	return rest[:end]
}

func (p *parser) string() error {
	name := strings.ToLower(p.word())
	if !p.accept('=') {
		return p.wrong("\"=\" is missing behind a @string")
	}
	value, err := p.value()
	if err == nil && len(p.strings) < 10_000 {
		p.strings[name] = value
	}
	return err
}

// entry reads from the key to the closing brace.
func (p *parser) entry(kind string) (entry, error) {
	e := entry{kind: kind, key: p.word(), fields: map[string]string{}}
	for {
		for p.accept(',') {
		}
		if p.accept('}') || p.accept(')') {
			return e, nil
		}
		name := strings.ToLower(p.word())
		if name == "" || !p.accept('=') {
			return entry{}, p.wrong("a field or the closing brace of the entry is missing")
		}
		value, err := p.value()
		if err != nil {
			return entry{}, err
		}
		if _, twice := e.fields[name]; !twice && len(e.fields) < 500 {
			e.fields[name] = value
		}
	}
}

// value reads pieces joined by "#".
func (p *parser) value() (string, error) {
	whole := ""
	for {
		piece, err := p.piece()
		if err != nil {
			return "", err
		}
		if len(whole)+len(piece) > maxValue {
			return "", p.wrong("a value is too long")
		}
		whole += piece
		if !p.accept('#') {
			return whole, nil
		}
	}
}

// piece reads a value in braces or quotes, a number or the name of a @string.
func (p *parser) piece() (string, error) {
	if p.accept('{') {
		return p.until('}')
	}
	if p.accept('"') {
		return p.until('"')
	}
	word := p.word()
	if word == "" {
		return "", p.wrong("a value is missing")
	}
	if value, ok := p.strings[strings.ToLower(word)]; ok {
		return value, nil
	}
	return word, nil
}

// until reads to the closing sign outside of inner braces.
func (p *parser) until(closing byte) (string, error) {
	start, depth := p.at, 0
	for ; p.at < len(p.text) && p.at-start <= maxValue; p.at++ {
		switch c := p.text[p.at]; {
		case c == '\\':
			p.at++
		case c == closing && depth == 0:
			p.at++
			return p.text[start : p.at-1], nil
		case c == '{':
			depth++
		case c == '}':
			depth--
		}
	}
	p.at = min(p.at, len(p.text))
	return "", p.wrong("a value does not end")
}

func (p *parser) wrong(reason string) error {
	return greyshelf.Errorf(greyshelf.Invalid, "read BibTeX", "", "line %d: %s", p.line(), reason)
}
