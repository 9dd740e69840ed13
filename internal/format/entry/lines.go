package entry

import (
	"strings"
	"unicode"
)

// line is one line that is not blank, as bytes of the list without the white
// space at its ends.
type line struct {
	start, end int32
	number     int32 // from 1
	gap        int32 // blank lines before it
}

// list is a list cut into lines.
type list struct {
	text  string
	lines []line
}

// splitLines finds the lines that are not blank. Lines end with LF, CR LF or
// CR.
func splitLines(text string) *list {
	l := &list{text: text}
	number, gap := int32(1), int32(0)
	for at := 0; at < len(text); number++ {
		end := strings.IndexAny(text[at:], "\r\n")
		next := len(text)
		if end < 0 {
			end = len(text)
		} else {
			end += at
			next = end + 1
			if text[end] == '\r' && next < len(text) && text[next] == '\n' {
				next++
			}
		}
		if from, to := trim(text, at, end); from < to {
			l.lines = append(l.lines, line{start: int32(from), end: int32(to), number: number, gap: gap})
			gap = 0
		} else {
			gap++
		}
		at = next
	}
	return l
}

// isSpace reports whether the character is white space or a byte order mark.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }

// trim narrows a range of the text to what is not white space at its ends.
func trim(text string, from, to int) (int, int) {
	part := text[from:to]
	inner := strings.TrimLeftFunc(part, isSpace)
	from += len(part) - len(inner)
	return from, from + len(strings.TrimRightFunc(inner, isSpace))
}

// str gives the text of the lines from..to-1, line breaks included.
func (l *list) str(from, to int) string {
	return l.text[l.lines[from].start:l.lines[to-1].end]
}

// blockEnd gives the end of the block that the line stands in: lines without a
// blank line between them. It looks at most lines further.
func (l *list) blockEnd(at, most int) int {
	end := at + 1
	for end < len(l.lines) && end < at+most && l.lines[end].gap == 0 {
		end++
	}
	return end
}

// item is the lines of one entry and what its head looks like.
type item struct {
	from, to int // lines, to exclusive
	head     head
}

// items cuts the list into entries. A blank line does not tell where an entry
// ends, because there are some inside it: an entry ends where the next one's
// head begins, or behind its format line.
func (l *list) items() []item {
	var items []item
	for at := 0; at < len(l.lines); {
		h, found := l.head(at)
		it := item{from: at, to: at + 1, head: h}
		if found {
			it.to = l.bodyEnd(at + h.heading + h.citation)
		} else {
			for it.to < len(l.lines) && !l.startsEntry(it.to, false) {
				it.to++
			}
		}
		items = append(items, it)
		at = it.to
	}
	return items
}

// startsEntry reports whether an entry begins at the line. Inside a block it
// can begin only behind a complete entry.
func (l *list) startsEntry(at int, complete bool) bool {
	if l.lines[at].gap == 0 && !complete {
		return false
	}
	_, found := l.head(at)
	return found
}

// bodyEnd gives the line behind an entry whose body begins at the line.
func (l *list) bodyEnd(at int) int {
	abstract, complete := false, false
	for ; at < len(l.lines); at++ {
		text := l.str(at, at+1)
		switch {
		case l.startsEntry(at, complete), complete && l.lines[at].gap > 0, l.sectionHeading(at):
			return at
		case isPlaceholder(text):
			complete = true
		case isFormatLine(text):
			complete = complete || abstract || at+1 == len(l.lines) || l.lines[at+1].gap > 0
		case !isURL(text):
			abstract = true
		}
	}
	return at
}

// sectionHeading reports whether the line stands alone, is short, has no stop
// and stands before an entry: it belongs to what follows, not to the abstract.
func (l *list) sectionHeading(at int) bool {
	text := l.str(at, at+1)
	if l.lines[at].gap == 0 || len(text) > 120 || isURL(text) || isPlaceholder(text) || strings.ContainsAny(text[len(text)-1:], ".]?!:;,") {
		return false
	}
	return at+1 < len(l.lines) && l.startsEntry(at+1, false)
}
