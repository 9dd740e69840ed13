package entry

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// head says how an entry begins: lines of heading, then lines of citation.
type head struct {
	heading, citation int
	form              form
}

// form is the structure of a citation.
type form int

// The forms of heads, the surest last.
const (
	unread   form = iota // no head
	dateless             // Title. Publisher.
	stops                // Title. Publisher. Authors. Date.
	commas               // a line with the title, a line "Publisher, Date"
	repeated             // a heading, then a citation that begins with it
)

// Limits that keep the search for heads linear.
const (
	longestHead  = 2000 // bytes of a heading or a citation
	headingLines = 3
	citeLines    = 4
)

// head finds out whether an entry begins at the line.
func (l *list) head(at int) (head, bool) {
	if l.lines[at].end-l.lines[at].start > longestHead {
		return head{}, false
	}
	end := l.blockEnd(at, headingLines+citeLines)
	if h, found := l.repeatedHead(at, end); found {
		return h, true
	}
	one := l.str(at, at+1)
	if at+1 < len(l.lines) && resembles(one, l.str(at+1, at+2)) {
		return head{heading: 1, citation: 1, form: repeated}, true
	}
	switch {
	case isFormatLine(one) || isURL(one) || isPlaceholder(one):
		return head{}, false
	case isCitation(one):
		return head{citation: 1, form: stops}, true
	case at+1 < end && isCommaCitation(l.str(at+1, at+2)) && len(one) <= 300:
		return head{heading: 1, citation: 1, form: commas}, true
	case at+2 < end && isCommaCitation(l.str(at+2, at+3)) && len(one) <= 300 && isNameLine(l.str(at+1, at+2)):
		return head{heading: 2, citation: 1, form: commas}, true
	case isDateless(one):
		return head{citation: 1, form: dateless}, true
	}
	for n := 2; n <= citeLines && at+n <= end; n++ {
		if joined := l.str(at, at+n); len(joined) <= longestHead && isCitation(joined) {
			return head{citation: n, form: stops}, true
		}
	}
	return head{}, false
}

// repeatedHead finds a heading of one to three lines that the citation behind
// it begins with.
func (l *list) repeatedHead(at, end int) (head, bool) {
	for n := 1; n <= headingLines && at+n <= end && at+n < len(l.lines); n++ {
		heading, next := l.str(at, at+n), at+n
		if len(heading) > longestHead || isFormatLine(heading) || isPlaceholder(heading) || isCitation(heading) {
			return head{}, false
		}
		stop := l.blockEnd(next, citeLines)
		cite := l.str(next, stop)
		if repeats(cite[:min(len(cite), 2*longestHead)], heading) < 0 {
			continue
		}
		h := head{heading: n, citation: 1, form: repeated}
		for lines := 1; next+lines <= stop; lines++ {
			part := l.str(next, next+lines)
			if len(part) <= longestHead && (citationEnds(part) || lines == 1 && isCommaCitation(part)) {
				h.citation = lines
				return h, true
			}
		}
		return h, repeats(l.str(next, next+1), heading) >= 0
	}
	return head{}, false
}

// resembles reports whether a line is the heading of a citation that does not
// repeat it letter by letter: it is short, no citation itself, and most of its
// longer words stand in the citation.
func resembles(heading, citation string) bool {
	if len(heading) > 200 || len(citation) > longestHead || strings.HasSuffix(heading, ".") || !isCitation(citation) || isCitation(heading) {
		return false
	}
	all, same := 0, 0
	for _, w := range strings.Fields(strings.ToLower(heading)) {
		if utf8.RuneCountInString(w) > 3 {
			all++
			if strings.Contains(strings.ToLower(citation), w) {
				same++
			}
		}
	}
	return same >= 2 && same*3 >= all*2
}

// repeats gives how many bytes of the citation repeat the heading, where white
// space, small and capital letters and the shape of quotation marks do not
// count; -1 where it does not, or where the title goes on behind it.
func repeats(citation, heading string) int {
	first, _ := utf8.DecodeRuneInString(heading)
	if begin, _ := utf8.DecodeRuneInString(citation); fold(begin) != fold(first) {
		return -1
	}
	heading = strings.TrimRightFunc(heading, func(r rune) bool { return isSpace(r) || r == '.' })
	at := 0
	for _, r := range collapse(heading) {
		if at >= len(citation) {
			return -1
		}
		c, width := utf8.DecodeRuneInString(citation[at:])
		if r == ' ' {
			after := strings.TrimLeftFunc(citation[at:], isSpace)
			if width = len(citation) - at - len(after); width == 0 {
				return -1
			}
		} else if fold(c) != fold(r) {
			return -1
		}
		at += width
	}
	switch {
	case at == 0:
		return -1
	case at == len(citation) || citation[at] == '.' || citation[at] == ',':
		return at
	}
	if strings.ContainsRune("?!", rune(citation[at])) {
		return at + 1
	}
	last := citation[at-1]
	if next, _ := utf8.DecodeRuneInString(citation[at:]); (last == '?' || last == '!') && isSpace(next) {
		return at
	}
	return -1
}

// fold makes letters and quotation marks comparable.
func fold(r rune) rune {
	switch r {
	case '‘', '’', '`', '´':
		return '\''
	case '“', '”', '«', '»':
		return '"'
	case '–', '—', '‑', '‐':
		return '-'
	}
	return unicode.ToLower(r)
}

// citationEnds reports whether the text ends as a citation does: with a date,
// behind which only a format, a code or an address may stand.
func citationEnds(text string) bool {
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return false
	}
	c := newCitation(&reading{raw: text}, 0, len(text))
	c.tail()
	return c.entry().DatePrinted != ""
}

// isCitation reports whether the text is a citation divided by stops, with a
// date at its end.
func isCitation(text string) bool {
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return false // most lines
	}
	c := newCitation(&reading{raw: text}, 0, len(text))
	c.tail()
	if c.entry().DatePrinted == "" || c.to <= c.from || c.to > 1000 {
		return false
	}
	parts := segments(text[c.from:c.to], true)
	last := parts[len(parts)-1].in(text[c.from:c.to])
	switch {
	case len(parts) > 8:
		return false
	case len(parts) == 1:
		return c.dateBy != ',' && nameLike(last)
	}
	return nameLike(last) || speakerStart(last) > 0
}

// isCommaCitation reports whether the line is "Publisher, Date" with perhaps
// pages behind it or a format before it.
func isCommaCitation(text string) bool {
	if len(text) > 300 || !strings.ContainsFunc(text, unicode.IsDigit) {
		return false
	}
	c := newCitation(&reading{raw: text}, 0, len(text))
	c.tail()
	c.formatFirst()
	return c.entry().DatePrinted != "" && c.dateBy == ',' && c.to > c.from && nameLike(text[c.from:c.to])
}

// isNameLine reports whether the line is nothing but names, the family name
// first.
func isNameLine(text string) bool {
	n, _ := invertedNames(text)
	return n > 0 && n == len(text)
}

// isDateless reports whether the line is a title and names behind it, all
// divided by stops, the last one's stop included.
func isDateless(text string) bool {
	if len(text) > 400 || !strings.HasSuffix(text, ".") {
		return false
	}
	parts := segments(strings.TrimSuffix(text, "."), true)
	if len(parts) < 2 || len(parts) > 4 {
		return false
	}
	body := false
	for _, p := range parts[1:] {
		name := p.in(text)
		if !onlyName(name) {
			return false
		}
		body = body || greyshelf.LooksLikeBody(name)
	}
	return body
}

// onlyName reports whether the text is a name and no sentence: short, with a
// capital at every word but those that join names.
func onlyName(text string) bool {
	words := strings.Fields(text)
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case !unicode.IsLower(first) || utf8.RuneCountInString(w) <= 3:
		case w != "from" && w != "with" && w != "pour" && w != "para" && w != "della":
			return false
		}
	}
	return len(words) > 0 && len(words) <= 20
}

// nameLike reports whether the text is written as names are: most of its words
// have capitals (words of up to three letters do not count against it), or it is
// a short name with a body's word in it. Scripts without capitals pass.
func nameLike(text string) bool {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 40 {
		return false
	}
	small, big := 0, 0
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "[(\"“‘'«"))
		switch {
		case !unicode.IsLower(first) || strings.ContainsFunc(w, unicode.IsUpper):
			big++
		case utf8.RuneCountInString(w) > 3:
			small++
		}
	}
	first, _ := utf8.DecodeRuneInString(text)
	body := len(words) <= 8 && unicode.IsUpper(first) && greyshelf.LooksLikeBody(strings.TrimPrefix(text, "The "))
	return big > small || body // "Institut polaire"
}
