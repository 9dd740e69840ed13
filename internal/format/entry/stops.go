package entry

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// segment is a part of a citation between two stops, as bytes.
type segment struct{ from, to int }

// in gives the segment's text.
func (s segment) in(text string) string { return text[s.from:s.to] }

// segments divides a text at its stops. A stop behind an initial or an
// abbreviation does not divide; a question or exclamation mark divides only if
// asked for, because titles have them inside, and stays with what it ends.
func segments(text string, questions bool) []segment {
	var parts []segment
	from := 0
	for at := 0; at < len(text); at++ {
		c := text[at]
		if c != '.' && (!questions || c != '?' && c != '!') {
			continue
		}
		after, width := utf8.DecodeRuneInString(text[at+1:])
		if width > 0 && !isSpace(after) {
			continue
		}
		if c == '.' && abbreviated(text[from:at]) && width > 0 {
			continue
		}
		end := at
		if c != '.' {
			end = at + 1
		}
		if a, b := trim(text, from, end); a < b {
			parts = append(parts, segment{a, b})
		}
		from = at + 1
	}
	if a, b := trim(text, from, len(text)); a < b {
		parts = append(parts, segment{a, b})
	}
	if len(parts) == 0 {
		parts = append(parts, segment{0, 0})
	}
	return parts
}

// abbreviated reports whether a stop behind the text belongs to its last word.
func abbreviated(text string) bool {
	from := strings.LastIndexFunc(text, func(r rune) bool { return isSpace(r) || strings.ContainsRune("([,;/", r) })
	word := text[from+1:]
	if from >= 0 {
		_, width := utf8.DecodeRuneInString(text[from:])
		word = text[from+width:]
	}
	if utf8.RuneCountInString(word) == 1 {
		r, _ := utf8.DecodeRuneInString(word)
		return unicode.IsLetter(r)
	}
	return strings.Contains(word, ".") && len(word) < 12 && !strings.ContainsAny(word, "/@0123456789") || knownAbbreviation(word)
}

// knownAbbreviation reports whether a stop is part of the word as usually
// written inside a name, a title or a date.
func knownAbbreviation(word string) bool {
	switch strings.ToLower(word) {
	case "no", "nos", "vol", "vols", "pp", "pt", "art", "sec", "ch", "fig", "ed", "eds", "rev", "vs", "cf", "ca",
		"dr", "mr", "mrs", "ms", "prof", "gen", "col", "lt", "maj", "capt", "adm", "gov", "sen", "rep", "amb", "hon",
		"st", "ste", "ft", "mt", "jr", "sr", "dept", "univ", "inst", "assn", "et",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}

// ownsStop reports whether the stop behind the text is part of what it says:
// "et al.", "Jr.", "Inc.", "U.S.".
func ownsStop(text string) bool {
	if abbreviated(text) {
		return true
	}
	from := strings.LastIndexFunc(text, isSpace)
	switch strings.ToLower(strings.TrimLeftFunc(text[max(from, 0):], isSpace)) {
	case "al", "inc", "ltd", "corp", "co", "bros", "др":
		return true
	}
	return false
}
