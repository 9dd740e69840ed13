package entry

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// naturalNames reads names in natural order: "James Andrew Lewis", "Michael J.
// Mazarr at al.", "A. Smith, B. Jones and C. Brown", "Jane Doe; John Roe". A
// body is one name whatever commas it has.
func naturalNames(text string) []greyshelf.EntryAuthor {
	text = clean(text)
	text, others := cutEtAl(text)
	var names []string
	switch {
	case strings.Contains(text, ";"):
		names = strings.Split(text, ";")
	case greyshelf.LooksLikeBody(text):
		names = []string{text}
	default:
		text = strings.NewReplacer(", and ", ", ", " and ", ", ", " & ", ", ", ", Jr", "\x00Jr", ", Sr", "\x00Sr", ", I", "\x00I").Replace(text)
		names = strings.Split(text, ",")
	}
	var authors []greyshelf.EntryAuthor
	for _, name := range names {
		name = strings.TrimSpace(strings.ReplaceAll(name, "\x00", ", "))
		if name != "" {
			authors = append(authors, greyshelf.EntryAuthor{Name: name, Role: greyshelf.Author})
		}
	}
	if n := len(authors); n > 0 {
		authors[n-1].EtAl = others
	}
	return authors
}

// cutEtAl cuts "et al." off the end of names.
func cutEtAl(text string) (string, bool) {
	for at := range text {
		if at > 0 && text[at-1] == ' ' && etAlLength(text[at:]) == len(text)-at {
			return strings.TrimRight(text[:at], " ,;"), true
		}
	}
	return text, false
}

// personal reports whether the text may be the names of persons: a few words
// each, with capitals and without digits.
func personal(text string) bool {
	names := naturalNames(text)
	for _, a := range names {
		words := strings.Fields(a.Name)
		if len(words) < 2 || len(words) > 6 || strings.ContainsFunc(a.Name, unicode.IsDigit) {
			return false
		}
		for _, w := range words {
			if !capital(w) && !particle(w) {
				return false
			}
		}
	}
	return len(names) > 0
}

// speakerStart gives the length of the words before the name of a speaker that
// the text begins with: "Testimony of ", "Remarks by "; 0 without them.
func speakerStart(text string) int {
	words := strings.Fields(text[:min(len(text), 60)])
	n := 0
	if len(words) > n && strings.EqualFold(words[n], "prepared") {
		n++
	}
	if len(words) < n+3 || !speechWord(words[n]) || !strings.EqualFold(words[n+1], "of") && !strings.EqualFold(words[n+1], "by") {
		return 0
	}
	if !capital(words[n+2]) {
		return 0
	}
	return strings.Index(text, words[n]) + strings.Index(text[strings.Index(text, words[n]):], " "+words[n+1]+" ") + len(words[n+1]) + 2
}

// speechWord reports whether the word names something spoken.
func speechWord(word string) bool {
	switch strings.ToLower(word) {
	case "testimony", "statement", "remarks", "speech", "address", "keynote", "lecture", "interview", "briefing":
		return true
	}
	return false
}

// speakerInside finds "Testimony of … before the" that no stop divides from
// the title, and gives where it begins.
func speakerInside(text string) int {
	first := segments(text, false)[0].in(text)
	for at := range first {
		if at > 0 && isSpace(rune(first[at-1])) && speakerStart(first[at:]) > 0 && beforeWord(first[at:]) > 0 {
			return at
		}
	}
	return 0
}

// beforeWord gives where "before" stands in the text, behind a space.
func beforeWord(text string) int {
	for _, word := range []string{" Before ", " before ", " BEFORE "} {
		if at := strings.Index(text, word); at > 0 {
			return at + 1
		}
	}
	return 0
}

// speaker reads "Testimony by NAME, OFFICE, Before the " or "Remarks by NAME,
// OFFICE, " at the beginning, and gives where the body begins before which it
// was spoken; 0 where there is none.
func (c *citation) speaker() (behind int) {
	text := c.text()
	start := speakerStart(text)
	if start == 0 {
		return 0
	}
	said := segments(text, false)[0]
	end, office := speakerEnd(text[:said.to], start)
	name := text[start:office]
	if comma := strings.IndexByte(name, ','); comma >= 0 {
		name = name[:comma]
	}
	from, to := trim(c.r.raw, c.from+start, c.from+start+len(name))
	if from == to {
		return 0
	}
	stated := strings.Trim(clean(text[start+len(name):office]), " ,")
	if stated == "" {
		stated = clean(text[:strings.LastIndex(strings.TrimRight(text[:start], " "), " ")])
	}
	e := c.entry()
	e.Authors = []greyshelf.EntryAuthor{{Name: clean(c.r.raw[from:to]), Role: greyshelf.Speaker, Stated: stated}}
	e.AuthorsRaw = clean(text[:end])
	c.r.take("", c.from, from, "")
	c.r.take(fieldAuthors, from, to, authorsKey(e.Authors))
	c.r.take("", to, c.from+end, "")
	return c.from + end
}

// speakerEnd gives where the words about the speaker end, "before the"
// included, and where the office ends.
func speakerEnd(text string, start int) (end, office int) {
	for _, mark := range []string{" before ", " Before ", " BEFORE ", " at the "} {
		at := strings.Index(text[start:], mark)
		if at <= 0 {
			continue
		}
		office = start + at
		end = office + len(mark)
		if len(text) >= end+4 && strings.EqualFold(text[end:end+4], "the ") {
			end += 4
		}
		return end, office
	}
	for at := start; ; {
		comma := strings.IndexByte(text[at:], ',')
		if comma < 0 {
			return len(text), len(text)
		}
		at += comma + 1
		next, _, _ := strings.Cut(text[at:], ",")
		if greyshelf.LooksLikeBody(next) && !strings.Contains(next, "Secretary") && !strings.Contains(next, "Director") {
			return at, at
		}
	}
}
