package bleve

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A word that a hyphen cuts in two is indexed in its parts and as one: text
// from PDFs keeps the hyphens at line ends ("govern-\nment"), and nobody can
// tell them from real ones. In longer chains (state-of-the-art) only the two
// sides of a line end are joined.

// join reads on where the word that ends here is followed by a hyphen and
// another word; it gives the end of that word.
func (c *cutter) join(end, chain int) (int, bool) {
	size, lineEnd := hyphen(c.text[end:])
	next := end + size
	nextEnd, runes := c.letters(next)
	if size == 0 || nextEnd == next {
		return 0, false
	}
	first := len(c.tokens) - 1
	c.byteAt, c.runeAt = next, c.runeAt+utf8.RuneCountInString(c.text[end:next])
	c.emit(next, nextEnd, runes)
	more, _ := hyphen(c.text[nextEnd:])
	if lineEnd || chain == 0 && more == 0 {
		c.addJoined(first)
	}
	return nextEnd, true
}

// addJoined adds the words first and last of the list as one, at the place of
// the first.
func (c *cutter) addJoined(first int) {
	left, right := c.tokens[first], c.tokens[len(c.tokens)-1]
	e := c.lex.entry(left.word + right.word)
	c.tokens = slices.Insert(c.tokens, first+1, token{
		term: e.term, word: e.word, start: left.start, end: right.end, pos: left.pos, joined: true,
	})
}

// hyphen gives the size of a hyphen that stands between two words, with the
// line end that may follow it.
func hyphen(text string) (size int, lineEnd bool) {
	for _, mark := range []string{"-", "\u2010", "\u2011"} {
		rest, ok := strings.CutPrefix(text, mark)
		if !ok {
			continue
		}
		line := strings.TrimLeft(rest, " \r")
		if after, ok := strings.CutPrefix(line, "\n"); ok {
			return len(text) - len(strings.TrimLeft(after, " ")), true
		}
		return len(mark), false
	}
	return 0, false
}
