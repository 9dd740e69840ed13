package describe

import (
	"strings"
	"unicode"
)

// readAuthors reads names of persons like readNames, and passes over what is
// said of each of them: an affiliation or office in brackets, or behind a comma
// up to a semicolon, a row's end or the next name. offices reports whether it
// passed over one.
func (s *scene) readAuthors(text []rune) (names []personName, rest int, offices bool) {
	whole := len(text)
	text = s.withoutOthers(text)
	defer func() {
		if rest == len(text) {
			rest = whole
			if len(text) < whole && len(names) > 0 {
				names[0].sure = true // "et al." stands behind names only
			}
		}
	}()
	for rest < len(text) && len(names) < 60 {
		read, stop := s.readNames(s.beforeBracket(text[rest:]))
		if len(read) == 0 {
			break
		}
		names = append(names, shifted(read, rest)...)
		rest += stop
		if rest >= len(text) {
			break
		}
		end := s.officeEnd(text, rest)
		if end == rest {
			break
		}
		offices, rest = true, s.nextName(text, end)
	}
	return names, rest, offices
}

// withoutOthers cuts "et al." and the like off the end.
func (s *scene) withoutOthers(text []rune) []rune {
	f := fold(text)
	folded := strings.TrimRight(f.text, " .,;")
	phrase := s.ends("et al", folded)
	if phrase == "" {
		return text
	}
	at := len(folded) - len(phrase)
	start, _ := f.span(at, at+len(phrase))
	for start > 0 && (unicode.IsSpace(text[start-1]) || strings.ContainsRune(",;", text[start-1])) {
		start--
	}
	return text[:start]
}

// beforeBracket gives the text before its first bracket.
func (s *scene) beforeBracket(text []rune) []rune {
	for i, r := range text {
		if (r == '(' || r == '[') && i > 3 {
			return text[:i]
		}
	}
	return text
}

// officeEnd gives the end of the affiliation or office that begins at the
// place, or the place itself.
func (s *scene) officeEnd(text []rune, at int) int {
	start := at
	for start < len(text) && (unicode.IsSpace(text[start]) || strings.ContainsRune(",–-—", text[start])) {
		start++
	}
	if start >= len(text) {
		return at
	}
	if text[start] == '(' || text[start] == '[' {
		for i := start + 1; i < len(text) && i < start+120; i++ {
			if text[i] == ')' || text[i] == ']' {
				if inner := strings.TrimSpace(string(text[start+1 : i])); s.isOffice(inner) {
					return i + 1
				}
				return at
			}
		}
		return at
	}
	stop := start
	if before := strings.TrimRight(string(text[max(0, at-4):start]), " "); before == "" || !strings.ContainsAny(before[len(before)-1:], ",;") && !strings.HasSuffix(before, "–") && !strings.HasSuffix(before, "—") {
		return at // "U.S. Fish and Wildlife Service"
	}
	for stop < len(text) && text[stop] != ';' && text[stop] != '|' && text[stop] != '•' && !sentenceEnds(text, stop) {
		stop++
	}
	// Up to the last comma before which there is still an office, so that
	// "A. Doe, Harbour Institute, and B. Roe, World Bank" gives two.
	end := at
	for i := start; i <= stop; i++ {
		if i < stop && text[i] != ',' {
			continue
		}
		part := string(text[start:i])
		if names, left := s.readNames([]rune(part)); end > at && len(names) > 0 && left == len([]rune(part)) && anySure(names) {
			return end
		}
		if !s.isOffice(part) && end == at {
			return at
		}
		if s.isOffice(part) || end > at {
			end, start = i, min(i+1, stop)
		}
	}
	return end
}

// isOffice reports whether a short text is an office, a body or an acronym.
func (s *scene) isOffice(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 160 || len(strings.Fields(text)) > 14 {
		return false
	}
	return s.isRole(foldString(text)) || s.looksLikeBody(text)
}

// nextName skips what parts two authors: separators and "and".
func (s *scene) nextName(text []rune, at int) int {
	for at < len(text) && (unicode.IsSpace(text[at]) || strings.ContainsRune(",;|·•&.", text[at])) {
		at++
	}
	end := at
	for end < len(text) && !unicode.IsSpace(text[end]) {
		end++
	}
	if s.phrases["and"].set[foldString(string(text[at:end]))] {
		for end < len(text) && unicode.IsSpace(text[end]) {
			end++
		}
		return end
	}
	return at
}
