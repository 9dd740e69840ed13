package greyshelf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IdentifierMatch is an identifier found in running text. Start and End count
// Unicode code points of the text; End is exclusive.
type IdentifierMatch struct {
	Identifier
	Start, End int
}

// mostIdentifiers is how many [FindIdentifiers] gives at most for one text.
const mostIdentifiers = 10_000

// FindIdentifiers finds the DOIs, ISBNs and ISSNs in running text, in order.
// An ISBN or ISSN counts only behind its own name ("ISBN 978-…", "ISSN: …")
// and with a right check digit, because other numbers look the same. The time
// is linear in the text.
func FindIdentifiers(text string) []IdentifierMatch {
	var found []IdentifierMatch
	previous, point := ' ', 0
	for at := 0; at < len(text) && len(found) < mostIdentifiers; {
		r, width := utf8.DecodeRuneInString(text[at:])
		id, start, end := identifierAt(text, at, previous)
		if id.Value == "" {
			previous, at, point = r, at+width, point+1
			continue
		}
		from := point + utf8.RuneCountInString(text[at:start])
		to := from + utf8.RuneCountInString(text[start:end])
		found = append(found, IdentifierMatch{id, from, to})
		previous, at, point = ' ', end, to
	}
	return found
}

// identifierAt reads an identifier that begins, or whose name begins, at the
// place; start and end (bytes) are those of the value.
func identifierAt(text string, at int, previous rune) (id Identifier, start, end int) {
	if unicode.IsLetter(previous) && previous != 'e' && previous != 'p' || unicode.IsDigit(previous) || previous == '.' {
		return id, 0, 0
	}
	rest := text[at:]
	switch {
	case strings.HasPrefix(rest, "10."):
		end = at + doiLength(rest)
		return Identifier{DOI, NormaliseDOI(text[at:end])}, at, end
	case strings.HasPrefix(rest, "ISBN"):
		return labelled(text, at+4, ISBN, 17)
	case strings.HasPrefix(rest, "ISSN"):
		return labelled(text, at+4, ISSN, 9)
	}
	return id, 0, 0
}

// doiLength gives the length in bytes of the DOI that the text begins with,
// without the punctuation of the sentence around it.
func doiLength(text string) int {
	end, open := 0, 0
	for i, r := range text {
		if i > 250 || r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsGraphic(r) || strings.ContainsRune("<>\"“”«»{}|", r) {
			break
		}
		switch r {
		case '(':
			open++
		case ')':
			open--
		}
		if open < 0 {
			break
		}
		if !strings.ContainsRune(".,;:!?'’])…", r) || r == ')' {
			end = i + utf8.RuneLen(r)
		}
	}
	return end
}

// labelled reads the number behind the name of its scheme, at most longest
// characters of digits and dividers, the longest form first.
func labelled(text string, at int, scheme Scheme, longest int) (Identifier, int, int) {
	start := skipLabel(text, at)
	ends := numberEnds(text, start, longest)
	for i := len(ends) - 1; i >= 0; i-- {
		if id, ok := ParseIdentifier(scheme, text[start:ends[i]]); ok {
			return id, start, ends[i]
		}
	}
	return Identifier{}, 0, 0
}

// skipLabel passes what stands between the name of a scheme and the number:
// "-13:", "-L", " (print)", " (PDF): ".
func skipLabel(text string, at int) int {
	for _, form := range []string{"-13", "-10", "-L", "‑13", "‑10"} {
		if rest, found := strings.CutPrefix(text[at:], form); found {
			next, _ := utf8.DecodeRuneInString(rest)
			if !unicode.IsDigit(next) && next != '-' {
				at += len(form)
			}
			break
		}
	}
	inside := false
	for i := 0; i < 24; i++ {
		r, width := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == '(':
			inside = true
		case r == ')':
			inside = false
		case !inside && !unicode.IsSpace(r) && !strings.ContainsRune(":.#=", r) || width == 0:
			return at
		}
		at += width
	}
	return at
}

// numberEnds gives the byte offsets after each digit or X of the number that
// begins at the place, where no further digit or letter touches it.
func numberEnds(text string, at, longest int) []int {
	var ends []int
	previous := ' '
	for n := 0; n < longest; n++ {
		r, width := utf8.DecodeRuneInString(text[at:])
		digit := r >= '0' && r <= '9' || r == 'X' || r == 'x'
		if !digit && (!strings.ContainsRune("-‐‑– \u00a0", r) || n == 0 || width == 0 || previous == r) {
			break
		}
		at, previous = at+width, r
		if next, _ := utf8.DecodeRuneInString(text[at:]); digit && !unicode.IsDigit(next) && !unicode.IsLetter(next) {
			ends = append(ends, at)
		}
	}
	return ends
}
