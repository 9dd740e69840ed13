package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// marked reports whether a footnote mark or a number touches the end of every
// name, as with authors whose affiliations are below.
func marked(text []rune, names []personName) bool {
	for _, n := range names {
		if n.end >= len(text) || !strings.ContainsRune("*†‡§¶¹²³⁴⁵⁶⁷⁸⁹0123456789", text[n.end]) {
			return false
		}
	}
	return true
}

// splitNames gives the parts of a text between the dividers of names.
func (s *scene) splitNames(text []rune) [][2]int {
	var parts [][2]int
	add := func(start, end int) {
		for start < end && !nameRune(text[start]) {
			start++
		}
		for start < end && !nameRune(text[end-1]) && text[end-1] != '.' {
			end--
		}
		if start < end && len(parts) < 200 {
			parts = append(parts, [2]int{start, end})
		}
	}
	start, word := 0, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && !unicode.IsSpace(text[i]) && !strings.ContainsRune(",;،؛&/", text[i]) {
			continue
		}
		switch part := string(text[word:i]); {
		case s.phrases["and"].set[foldString(part)] && word > start:
			add(start, word)
			start = i
		case i < len(text) && s.joinedAnd(part) && len(strings.Fields(string(text[start:word]))) > 1:
			add(start, word)
			start = word + 1
		}
		if i == len(text) || !unicode.IsSpace(text[i]) {
			add(start, i)
			start = i + 1
		}
		word = i + 1
	}
	return parts
}

// joinedAnd reports whether the Arabic "and", which is written together with
// the word behind it, begins a word; it may also be the first letter of a name.
func (s *scene) joinedAnd(word string) bool {
	rest, found := strings.CutPrefix(word, "و")
	return found && utf8.RuneCountInString(rest) >= 3 && !s.given[foldString(word)]
}

func nameRune(r rune) bool {
	return unicode.IsLetter(r) || r == ')' || strings.ContainsRune(looseMarks, r)
}

// looseMarks are the accents that some old fonts set behind their letters as
// signs of their own: "Seppa¨la¨".
const looseMarks = "¨´˜ˇ"

// withMarks joins such accents with the letters before them.
func withMarks(name string) string {
	if !strings.ContainsAny(name, looseMarks) {
		return name
	}
	return strings.NewReplacer("a¨", "ä", "o¨", "ö", "u¨", "ü", "e¨", "ë", "i¨", "ï", "A¨", "Ä", "O¨", "Ö", "U¨", "Ü",
		"a´", "á", "e´", "é", "i´", "í", "o´", "ó", "u´", "ú", "E´", "É", "n´", "ń", "c´", "ć", "s´", "ś", "y´", "ý",
		"n˜", "ñ", "a˜", "ã", "o˜", "õ", "cˇ", "č", "sˇ", "š", "zˇ", "ž", "rˇ", "ř", "eˇ", "ě").Replace(name)
}

func isDegree(text string) bool {
	switch strings.ReplaceAll(strings.TrimSpace(text), ".", "") {
	case "PhD", "MD", "JD", "MA", "MSc", "MPH", "MPA", "MBA", "DPhil", "LLM", "Esq", "Jr", "Sr", "II", "III", "IV", "Dr", "RN":
		return true
	}
	return false
}
