package entry

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// read reads the entry of an item whose bytes begin at base.
func (l *list) read(it item, base int) greyshelf.Entry {
	r := &reading{raw: l.text[base:l.lines[it.to-1].end]}
	at := func(line int) (from, to int) {
		return int(l.lines[line].start) - base, int(l.lines[line].end) - base
	}
	body := it.from + it.head.heading + it.head.citation
	switch it.head.form {
	case unread:
		body = it.from
	case commas:
		for line := it.from; line < body-1; line++ {
			r.titleLine(at(line))
		}
		from, to := at(body - 1)
		newCitation(r, from, to).read(-1, commas)
	default:
		from, _ := at(it.from + it.head.heading)
		_, to := at(body - 1)
		if it.head.form != repeated {
			newCitation(r, from, to).read(-1, it.head.form)
			break
		}
		start, _ := at(it.from)
		_, end := at(it.from + it.head.heading - 1)
		newCitation(r, from, to).read(repeats(r.raw[from:to], r.raw[start:end]), repeated)
		r.heading(start, end)
	}
	b := bodyReader{r: r, known: it.head.form != unread}
	for line := body; line < it.to; line++ {
		b.line(at(line))
	}
	b.flush()
	return r.finish()
}

// heading takes the line above a citation that has been read. Where it is the
// title, it is one more place of the title.
func (r *reading) heading(from, to int) {
	r.entry.Heading = strings.ToValidUTF8(r.raw[from:to], "\ufffd")
	if title := r.entry.Title; clean(r.raw[from:to]) == title {
		r.take(fieldTitle, from, to, title)
		return
	}
	r.take(fieldHeading, from, to, r.entry.Heading)
}

// titleLine reads a line of its own above "Publisher, Date": a title, perhaps
// with a code or authors before it, or authors alone.
func (r *reading) titleLine(from, to int) {
	c := newCitation(r, from, to)
	c.codeFirst()
	if n, authors := invertedNames(c.text()); n > 0 && len(r.entry.Authors) == 0 {
		c.setAuthors(c.from, c.from+n, authors)
		c.from, c.to = trim(r.raw, c.from+n, c.to)
	}
	if c.from < c.to {
		c.setTitle(c.from, c.withoutStop(c.from, c.to))
	}
}

// bodyReader reads what stands below a citation, line by line.
type bodyReader struct {
	r        *reading
	known    bool // below a citation; else text is not taken as an abstract
	from, to int  // the abstract so far
	closed   bool // the abstract has ended
}

// line reads one line.
func (b *bodyReader) line(from, to int) {
	text := b.r.raw[from:to]
	switch {
	case isFormatLine(text) && b.r.entry.Format == "" && b.r.format(from, from+strings.LastIndexByte(text, ']')+1):
		b.close()
	case isURL(text) && b.r.entry.URL == "":
		b.r.url(from, to)
		b.close()
	default:
		b.text(from, to)
	}
}

// close ends an abstract that has begun.
func (b *bodyReader) close() { b.closed = b.closed || b.to > 0 }

// text reads a line of the abstract, with the note that may end it.
func (b *bodyReader) text(from, to int) {
	if open := noteStart(b.r.raw[from:to]); open >= 0 && b.r.entry.Rights == "" {
		if b.r.note(from+open, to) {
			if a, z := trim(b.r.raw, from, from+open); a < z {
				b.text(a, z)
			}
			b.close()
			return
		}
	}
	switch {
	case isPlaceholder(b.r.raw[from:to]):
		b.r.take("", from, to, "")
		b.close()
	case b.known && !b.closed:
		if b.to == 0 {
			b.from = from
		}
		b.to = to
	}
}

// flush takes the abstract.
func (b *bodyReader) flush() {
	if b.to > 0 {
		b.r.entry.Abstract = cleanParagraphs(b.r.raw[b.from:b.to])
		b.r.take(fieldAbstract, b.from, b.to, b.r.entry.Abstract)
	}
}

// isPlaceholder reports whether a line only says that there is no abstract, in
// angle brackets.
func isPlaceholder(text string) bool {
	inner := strings.ToLower(strings.Trim(text, "<>"))
	return len(text) < 60 && strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") &&
		(inner == "no abstract" || inner == "abstract not stored" || inner == "abstract not available")
}

// noteStart gives where a note that ends the line begins, or -1.
func noteStart(text string) int {
	closed := strings.TrimRight(text, ".")
	if len(text)-len(closed) > 1 || !strings.HasSuffix(closed, "]") {
		return -1
	}
	open := strings.LastIndexByte(closed, '[')
	if open < 0 || len(closed) < open+6 || !strings.EqualFold(closed[open+1:open+6], "note:") {
		return -1
	}
	return open
}

// note takes "[Note: contains copyrighted material]." if it is about rights.
func (r *reading) note(from, to int) bool {
	closed := from + strings.LastIndexByte(r.raw[from:to], ']')
	a, z := trim(r.raw, from+6, closed)
	lower := strings.ToLower(r.raw[a:z])
	for _, word := range []string{"copyright", "©", "rights", "licen", "creative commons", "public domain", "cc by", "cc0"} {
		if strings.Contains(lower, word) {
			r.entry.Rights = clean(r.raw[a:z])
			r.take("", from, a, "")
			r.take(fieldRights, a, z, r.entry.Rights)
			return true
		}
	}
	return false
}

// isFormatLine reports whether the line is nothing but "[PDF format, 81
// pages, 0.7 MB].".
func isFormatLine(text string) bool {
	closed := strings.TrimRight(text, ".")
	if len(text) > 120 || !strings.HasPrefix(text, "[") || !strings.HasSuffix(closed, "]") {
		return false
	}
	r := &reading{raw: text}
	return r.format(0, len(closed))
}

// format reads brackets with a format, pages and a size, and reports whether
// at least one of them stands there. What it does not know becomes rest.
func (r *reading) format(from, to int) bool {
	if to-from > 200 {
		return false
	}
	found := false
	at := from + 1
	for piece := range strings.SplitSeq(r.raw[from+1:to-1], ", ") {
		a, z := trim(r.raw, at, at+len(piece))
		at += len(piece) + 2
		size, isSize := greyshelf.ParseSize(r.raw[a:z])
		switch name := formatName(r.raw[a:z]); {
		case isSize && r.entry.Size == "":
			r.entry.Size = clean(size.Printed)
			r.take(fieldSize, a, z, r.entry.Size)
		case r.entry.PagesPrinted == "" && r.pages(a, z):
		case name != "" && r.entry.Format == "":
			r.entry.Format = clean(name)
			r.take(fieldFormat, a, a+len(name), r.entry.Format)
			r.take("", a+len(name), z, "")
		default:
			continue
		}
		found = true
	}
	return found
}

// formatName gives the format that a piece names: "PDF format", "pdf"; "" for
// none.
func formatName(piece string) string {
	name, word, _ := strings.Cut(piece, " ")
	if strings.EqualFold(strings.TrimSpace(word), "format") && name != "" && len(name) <= 20 && !strings.ContainsFunc(name, isSpace) {
		return name
	}
	switch strings.ToLower(piece) {
	case "pdf", "html", "htm", "doc", "docx", "word", "rtf", "odt", "epub", "xls", "xlsx", "ppt", "pptx", "txt", "text", "zip", "video", "audio", "mp3", "mp4":
		return piece
	}
	return ""
}

// pages takes an extent, if the range is one; "various pagings" is one without a
// number.
func (r *reading) pages(from, to int) bool {
	extent, ok := greyshelf.ParseExtent(r.raw[from:to])
	if !ok && strings.HasPrefix(strings.ToLower(r.raw[from:to]), "various pag") && to-from < 20 {
		extent, ok = greyshelf.Extent{Printed: r.raw[from:to]}, r.entry.PagesPrinted == ""
	}
	if ok {
		r.entry.Pages, r.entry.PagesPrinted = extent.Pages, clean(extent.Printed)
		r.take(fieldPages, from, to, r.entry.PagesPrinted)
	}
	return ok
}

// isURL reports whether the text is nothing but an address.
func isURL(text string) bool {
	text = strings.Trim(text, "<>")
	if len(text) > 4096 || strings.ContainsFunc(text, func(r rune) bool { return isSpace(r) || unicode.IsControl(r) }) {
		return false
	}
	for _, start := range []string{"http://", "https://", "ftp://", "www."} {
		if len(text) > len(start)+3 && strings.EqualFold(text[:len(start)], start) {
			return true
		}
	}
	return false
}

// url takes an address without angle brackets and a stop behind it.
func (r *reading) url(from, to int) {
	inner := strings.TrimRight(strings.TrimLeft(r.raw[from:to], "<"), ">.,;")
	from += len(r.raw[from:to]) - len(strings.TrimLeft(r.raw[from:to], "<"))
	r.entry.URL = clean(inner)
	r.take(fieldURL, from, from+len(inner), r.entry.URL)
}
