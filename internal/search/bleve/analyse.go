package bleve

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// token is a word of a text.
type token struct {
	term       string // as indexed: folded and stemmed; "" for a stop word
	word       string // folded
	start, end int    // code points of the text
	pos        int    // number of the word in the text, from 1
	joined     bool   // the two sides of a hyphen as one word, beside its parts
}

// analyser turns texts into tokens, in any of its languages. It is safe for
// concurrent use.
type analyser struct {
	languages map[string]*language
	lexicons  map[string]*sync.Pool // of *lexicon, by language
}

func newAnalyser() *analyser {
	a := &analyser{languages: newLanguages(), lexicons: map[string]*sync.Pool{}}
	for code, l := range a.languages {
		a.lexicons[code] = &sync.Pool{New: func() any { return &lexicon{language: l, known: map[string]entry{}} }}
	}
	return a
}

// tokens cuts the text into words and gives each its term. tag is the
// language (BCP 47).
func (a *analyser) tokens(tag, text string) []token {
	pool := a.lexicons[a.baseCode(tag)]
	lex := pool.Get().(*lexicon)
	defer pool.Put(lex)
	c := cutter{text: text, lex: lex, tokens: make([]token, 0, len(text)/6)}
	c.run()
	return c.tokens
}

// entry is what a word as written becomes.
type entry struct{ word, term string }

// lexicon remembers what words became: the same few thousand make up most of
// every text, and stemming is the dear part.
type lexicon struct {
	language *language
	known    map[string]entry
}

const lexiconSize = 40_000

func (l *lexicon) entry(written string) entry {
	if e, ok := l.known[written]; ok {
		return e
	}
	written = strings.Clone(written) // the text it is part of may go
	e := entry{word: fold(written)}
	if !l.language.stop[e.word] || acronym(written) {
		e.term = l.language.stem(e.word)
	}
	if len(l.known) >= lexiconSize {
		clear(l.known)
	}
	l.known[written] = e
	return e
}

// acronym reports whether a word is written in capitals only: WHO and IT are
// no stop words.
func acronym(word string) bool {
	n := 0
	for _, r := range word {
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n > 1
}

// cutter walks over one text.
type cutter struct {
	text   string
	lex    *lexicon
	tokens []token
	byteAt int
	runeAt int
	pos    int
}

func (c *cutter) run() {
	for c.byteAt < len(c.text) {
		r, size := utf8.DecodeRuneInString(c.text[c.byteAt:])
		switch {
		case alone(r):
			c.emit(c.byteAt, c.byteAt+size, 1)
		case inWord(r):
			c.word()
		default:
			c.byteAt += size
			c.runeAt++
		}
	}
}

// alone reports whether the letter is a word of its own: scripts without
// spaces are indexed by character, and their words found as phrases.
func alone(r rune) bool {
	return r > 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M) || r == '\u00ad' || r == '\u200c' || r == '\u200d'
}

// word reads a word, or an acronym with stops ("U.S."), and what joins it to
// the next one.
func (c *cutter) word() {
	start := c.byteAt
	end, runes := c.letters(start)
	if acronymEnd, n := c.dotted(start, end); n > 0 {
		end, runes = acronymEnd, n
	}
	if !c.partOfWord(start, end) {
		c.skip(end, runes)
		return
	}
	c.emit(start, end, runes)
	for chain, more := 0, true; more; chain++ {
		end, more = c.join(end, chain)
	}
}

// letters gives the end of the run of letters from start, and its length in
// code points.
func (c *cutter) letters(start int) (end, runes int) {
	for end = start; end < len(c.text) && end-start < maxWord; runes++ {
		r, size := utf8.DecodeRuneInString(c.text[end:])
		if !inWord(r) || alone(r) {
			break
		}
		end += size
	}
	return end, runes
}

// dotted reads capitals with stops between them: U.S., U.N.S.C. It gives 0
// where there are none.
func (c *cutter) dotted(start, end int) (int, int) {
	at := start // behind the last capital that counts
	for at+1 < len(c.text) && capital(c.text[at]) && c.text[at+1] == '.' {
		at += 2
	}
	if end-start != 1 || at == start {
		return 0, 0
	}
	if at < len(c.text) && capital(c.text[at]) { // the last one may lack its stop
		if _, runes := c.letters(at); runes == 1 {
			at++
		}
	}
	if at-start < len("U.S") {
		return 0, 0
	}
	return at, at - start
}

func capital(b byte) bool { return 'A' <= b && b <= 'Z' }

// partOfWord reports whether the letters are to be indexed: an article cut off
// by an apostrophe (l'accord) and an English possessive s are not.
func (c *cutter) partOfWord(start, end int) bool {
	language := c.lex.language
	if language.elides && end-start <= 2 && c.apostrophe(end) > 0 {
		return false
	}
	s := c.text[start:end]
	return !(language.code == "en" && (s == "s" || s == "S") && start > 0 && c.apostropheBefore(start))
}

// apostrophe gives the size of the apostrophe at the byte, or 0.
func (c *cutter) apostrophe(at int) int {
	for _, mark := range []string{"'", "’"} {
		if strings.HasPrefix(c.text[at:], mark) {
			return len(mark)
		}
	}
	return 0
}

func (c *cutter) apostropheBefore(at int) bool {
	return strings.HasSuffix(c.text[:at], "'") || strings.HasSuffix(c.text[:at], "’")
}

// emit adds the word and moves behind it.
func (c *cutter) emit(start, end, runes int) {
	written := c.text[start:end]
	if strings.IndexByte(written, '.') >= 0 {
		written = strings.ReplaceAll(written, ".", "")
	}
	e := c.lex.entry(written)
	c.pos++
	c.tokens = append(c.tokens, token{term: e.term, word: e.word, start: c.runeAt, end: c.runeAt + runes, pos: c.pos})
	c.skip(end, runes)
}

func (c *cutter) skip(end, runes int) {
	c.byteAt = end
	c.runeAt += runes
}
