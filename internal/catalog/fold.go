package catalog

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form under which names are compared: lower case, without
// accents, punctuation and marks that nobody sees, without an article before it.
// "RAND" and "The Rand" are one.
func Fold(name string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || r == '\'' || r == '’' || r == '.':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(plain(unicode.ToLower(r)))
		default:
			space = true
		}
	}
	return strings.TrimPrefix(b.String(), "the ")
}

// plain gives letters that differ by a stroke only, which Unicode does not
// take apart, as they are typed without it.
func plain(r rune) rune {
	switch r {
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ', 'ð':
		return 'd'
	case 'ı':
		return 'i'
	case 'ħ':
		return 'h'
	}
	return r
}
