package cite

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// The isolates of the Unicode Bidirectional Algorithm (UAX #9 §2.4).
const (
	firstStrongIsolate = "\u2068"
	popIsolate         = "\u2069"
)

// direction gives the direction of the first letter that has one: 1 from left
// to right, -1 from right to left, 0 without.
func direction(text string) int {
	for _, r := range text {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return 1
		case bidi.R, bidi.AL:
			return -1
		}
	}
	return 0
}

// mixed reports whether the runs have letters of both directions; only then
// they are isolated from each other.
func mixed(runs []Run) bool {
	left, right := false, false
	for _, r := range runs {
		for _, letter := range r.Text {
			d := direction(string(letter))
			left, right = left || d > 0, right || d < 0
		}
	}
	return left && right
}

// isolated puts a run between isolates, so that its letters do not carry the
// punctuation around it away. Separators, which have no letters, stay as they
// are. Controls of the text itself that would reach beyond it are taken out.
func isolated(text string) string {
	if direction(text) == 0 {
		return text
	}
	return firstStrongIsolate + withoutControls(text) + popIsolate
}

// withoutControls takes the explicit directions out of a text (UAX #9 §2).
func withoutControls(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, text)
}
