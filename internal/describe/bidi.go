package describe

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// The engine gives the letters of a right-to-left word in the order they are
// read, but a line's words as they stand from the left. Lines that are mostly
// right-to-left are therefore put in order again, by words.

// longestWord bounds the look ahead for the end of a right-to-left word.
const longestWord = 64

// reach gives how far left and right the word goes that run[k] belongs to: the
// first letter of a right-to-left word stands at its right end. Other
// characters reach as far as they stand.
func reach(run []Char, k int) (x0, x1 float64) {
	x0, x1 = run[k].X0, run[k].X1
	for n := k + 1; n < min(len(run), k+longestWord) && rightToLeft(run[n-1].Rune) && rightToLeft(run[n].Rune); n++ {
		x0, x1 = min(x0, run[n].X0), max(x1, run[n].X1)
	}
	return x0, x1
}

// readingOrder puts the words of a mostly right-to-left line into the order
// they are read: from the right, runs of Latin words among them from the left.
func readingOrder(glyphs []glyph) []glyph {
	rtl, ltr := 0, 0
	for _, g := range glyphs {
		switch {
		case g.space || !unicode.IsLetter(g.Rune):
		case rightToLeft(g.Rune):
			rtl++
		default:
			ltr++
		}
	}
	if rtl <= ltr {
		return glyphs
	}
	words := splitWords(glyphs)
	for k, w := range words {
		words[k] = withinWord(w)
	}
	fromRight(words)
	for start := 0; start < len(words); start++ {
		end := start
		latin := false
		for end < len(words) && !hasRightToLeft(words[end]) {
			latin = latin || slices.ContainsFunc(words[end], func(g glyph) bool { return unicode.IsLetter(g.Rune) })
			end++
		}
		if latin {
			slices.Reverse(words[start:end])
		}
		start = max(start, end)
	}
	return joinWords(words)
}

// withinWord puts the parts of a word in order: the stop that stands at the
// left of a right-to-left word is read after it, and so is the comma of its
// script at the left of a Latin one.
func withinWord(word []glyph) []glyph {
	if !hasRightToLeft(word) {
		return word
	}
	var parts [][]glyph
	start := 0
	for k := 1; k <= len(word); k++ {
		if k == len(word) || turnsLeft(word[k]) != turnsLeft(word[k-1]) || turningStop(word[k]) != turningStop(word[k-1]) {
			parts = append(parts, word[start:k])
			start = k
		}
	}
	if len(parts) == 1 {
		return word
	}
	fromRight(parts)
	return slices.Concat(parts...)
}

// turnsLeft reports whether the glyph is a right-to-left letter or its mark;
// the stops and commas of those scripts are parts of their own.
func turnsLeft(g glyph) bool {
	return rightToLeft(g.Rune) && (unicode.IsLetter(g.Rune) || unicode.IsMark(g.Rune))
}

// turningStop reports whether the glyph is a stop or comma of a right-to-left
// script.
func turningStop(g glyph) bool { return rightToLeft(g.Rune) && unicode.IsPunct(g.Rune) }

// fromRight sorts by the middle, the one farthest right first.
func fromRight(parts [][]glyph) {
	slices.SortStableFunc(parts, func(a, b []glyph) int {
		x, y := extentOf(a), extentOf(b)
		return cmp.Compare(y.x0+y.x1, x.x0+x.x1)
	})
}

func hasRightToLeft(word []glyph) bool {
	return slices.ContainsFunc(word, func(g glyph) bool { return rightToLeft(g.Rune) })
}

// splitWords cuts a line at its spaces.
func splitWords(glyphs []glyph) [][]glyph {
	var words [][]glyph
	start := 0
	for k := 0; k <= len(glyphs); k++ {
		if k == len(glyphs) || glyphs[k].space {
			if k > start {
				words = append(words, glyphs[start:k])
			}
			start = k + 1
		}
	}
	return words
}

// joinWords puts spaces between words, but none before a stop that touches the
// word before it.
func joinWords(words [][]glyph) []glyph {
	var line []glyph
	for k, w := range words {
		if k > 0 && !touchingStop(words[k-1], w) {
			line = append(line, glyph{Char: w[0].Char, space: true})
		}
		line = append(line, w...)
	}
	return line
}

// touchingStop reports whether a word is a lone stop at the left of the word
// that is read before it.
func touchingStop(before, word []glyph) bool {
	if len(word) != 1 || !strings.ContainsRune(".,;:!?،؛؟", word[0].Rune) || !hasRightToLeft(before) {
		return false
	}
	left := extentOf(before)
	gap := left.x0 - word[0].X1
	return gap > -0.1*(left.y1-left.y0) && gap < 0.35*(left.y1-left.y0)
}
