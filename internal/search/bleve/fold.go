package bleve

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxWord is the length in bytes from which a run of letters is cut: longer
// ones are damage, not words.
const maxWord = 120

// fold gives a word without differences of case, accent and width: "Sécurité"
// and "securite" are the same. Letters whose mark makes another letter
// (Cyrillic й, Indic vowels) keep it.
func fold(word string) string {
	if ascii(word) {
		return strings.ToLower(word)
	}
	var b strings.Builder
	letter := rune(0) // the last letter that was not a mark
	for _, r := range norm.NFKD.String(word) {
		if unicode.Is(unicode.Mn, r) && dropsMark(letter, r) {
			continue
		}
		if !unicode.Is(unicode.Mn, r) {
			letter = r
		}
		foldLetter(&b, r)
	}
	return norm.NFC.String(b.String())
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// dropsMark reports whether a mark after the letter is left out.
func dropsMark(letter, mark rune) bool {
	switch {
	case unicode.In(letter, unicode.Latin, unicode.Greek, unicode.Arabic, unicode.Hebrew):
		return true
	case unicode.Is(unicode.Cyrillic, letter):
		return mark == '\u0301' || mark == '\u0300' || mark == '\u0308' // stress; ё is е
	}
	return false
}

// foldLetter writes the lower-case form; letters without a decomposition are
// written as the letters they are sorted under.
func foldLetter(b *strings.Builder, r rune) {
	switch r = unicode.ToLower(r); r {
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	case 'ø':
		b.WriteByte('o')
	case 'ł':
		b.WriteByte('l')
	case 'đ', 'ð':
		b.WriteByte('d')
	case 'þ':
		b.WriteString("th")
	case 'ı':
		b.WriteByte('i')
	case 'ς':
		b.WriteRune('σ')
	case 'ـ', '\u00ad', '\u200c', '\u200d': // tatweel, soft hyphen, joiners
	default:
		b.WriteRune(r)
	}
}
