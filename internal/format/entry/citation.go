package entry

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// citation reads the citation of an entry from both ends inwards: from..to is
// what has not been read yet.
type citation struct {
	r        *reading
	from, to int
	dateBy   byte // what divides the date from what stands before it: '.', ',' or another
}

// newCitation begins to read a range of the reading's bytes.
func newCitation(r *reading, from, to int) *citation {
	c := &citation{r: r}
	c.from, c.to = trim(r.raw, from, to)
	return c
}

// entry gives the fields read so far.
func (c *citation) entry() *greyshelf.Entry { return &c.r.entry }

// text gives what has not been read yet.
func (c *citation) text() string { return c.r.raw[c.from:c.to] }

// read reads the whole citation. title is how many bytes of it repeat the
// heading, or -1.
func (c *citation) read(title int, f form) {
	start := c.from
	c.tail()
	if title > 0 && start+title <= c.to {
		c.setTitle(start, start+title)
	} else {
		title = -1
		c.codeFirst()
	}
	c.formatFirst()
	switch {
	case f == commas || title > 0 && c.dateBy == ',' && !strings.Contains(c.text(), ". "):
		c.setPublisher(c.from, c.to)
	case title > 0:
		c.middle()
	default:
		c.titleAndMiddle()
	}
}

// tail reads from the end: format in brackets, address, code, pages, date.
func (c *citation) tail() {
	for again := true; again; {
		c.from, c.to = trim(c.r.raw, c.from, c.to)
		again = c.formatLast() || c.urlLast() || c.codeLast() || c.pagesLast()
	}
	c.dateLast()
}

// formatLast reads "[PDF format, 13 pages]" at the end.
func (c *citation) formatLast() bool {
	text := strings.TrimRight(c.text(), ".")
	if !strings.HasSuffix(text, "]") {
		return false
	}
	open := strings.LastIndexByte(text, '[')
	if open < 0 || c.entry().Format != "" || !c.r.format(c.from+open, c.from+len(text)) {
		return false
	}
	c.to = c.from + open
	return true
}

// formatFirst reads "[pdf]," at the beginning.
func (c *citation) formatFirst() {
	c.skip(".,")
	text := c.text()
	end := strings.IndexByte(text, ']')
	if strings.HasPrefix(text, "[") && end > 0 && end < 60 && c.entry().Format == "" && c.r.format(c.from, c.from+end+1) {
		c.from += end + 1
		c.skip(".,")
	}
}

// skip passes white space and the given punctuation at the beginning.
func (c *citation) skip(punctuation string) {
	text := c.text()
	rest := strings.TrimLeftFunc(text, func(r rune) bool { return isSpace(r) || strings.ContainsRune(punctuation, r) })
	c.from += len(text) - len(rest)
}

// lastWord gives where the last word begins and ends, without a stop behind it.
func (c *citation) lastWord() (from, to int) {
	text := strings.TrimRight(c.text(), ".")
	at := strings.LastIndexFunc(text, isSpace)
	return c.from + len(text) - len(strings.TrimLeftFunc(text[max(at, 0):], isSpace)), c.from + len(text)
}

// urlLast reads an address at the end.
func (c *citation) urlLast() bool {
	from, to := c.lastWord()
	if from <= c.from || c.entry().URL != "" || !isURL(c.r.raw[from:to]) {
		return false
	}
	c.r.url(from, to)
	c.to = from
	return true
}

// codeLast reads the list's own code behind the last stop.
func (c *citation) codeLast() bool {
	from, to := c.lastWord()
	before := strings.TrimRightFunc(c.r.raw[c.from:max(from, c.from)], isSpace)
	if c.entry().Code != "" || !strings.HasSuffix(before, ".") || !isCode(c.r.raw[from:to]) {
		return false
	}
	c.setCode(from, to)
	c.to = from
	return true
}

// codeFirst reads the list's own code before the title.
func (c *citation) codeFirst() {
	c.skipMark()
	word, _, found := strings.Cut(c.text(), " ")
	if found && c.entry().Code == "" && isCode(word) {
		c.setCode(c.from, c.from+len(word))
		c.from, c.to = trim(c.r.raw, c.from+len(word), c.to)
	}
}

func (c *citation) setCode(from, to int) {
	c.entry().Code = clean(c.r.raw[from:to])
	c.r.take(fieldCode, from, to, c.entry().Code)
}

// isCode reports whether a word is a list's item code: it begins with a digit,
// has a capital letter, and either a slash or two digits, letters and two
// digits again ("5-1/H", "08AD887"). "9/11", "2012" and "3D" are none.
func isCode(word string) bool {
	if len(word) < 3 || len(word) > 20 || word[0] < '0' || word[0] > '9' {
		return false
	}
	if strings.Trim(word, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/.") != "" || !strings.ContainsFunc(word, unicode.IsUpper) {
		return false
	}
	digits := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
	letters := strings.IndexFunc(word[digits:], func(r rune) bool { return !unicode.IsUpper(r) })
	return strings.Contains(word, "/") || digits >= 2 && letters > 0 && len(word)-digits-letters >= 2
}

// pagesLast reads ", pp. 34-40" at the end.
func (c *citation) pagesLast() bool {
	text := strings.TrimRight(c.text(), ".")
	comma := strings.LastIndexByte(text, ',')
	if comma < 0 || len(text)-comma > 40 || c.entry().Pages != 0 {
		return false
	}
	from, to := trim(c.r.raw, c.from+comma+1, c.from+len(text))
	if !c.r.pages(from, to) {
		return false
	}
	c.to = c.from + comma
	return true
}

// dateLast reads the date at the end: the longest text behind a stop, comma or
// bracket that is a date.
func (c *citation) dateLast() {
	_, end := trim(c.r.raw, c.from, c.from+len(strings.TrimRight(c.text(), ".")))
	for at := max(c.from, end-120); at < end; at++ {
		before := strings.TrimRightFunc(c.r.raw[c.from:at], isSpace)
		if before == "" || len(before) == at-c.from || !strings.ContainsRune(".,?!;]", rune(before[len(before)-1])) {
			continue
		}
		date, ok := greyshelf.ParseDate(c.r.raw[at:end])
		if !ok && !isDateSpan(c.r.raw[at:end]) {
			continue
		}
		if before[len(before)-1] == ',' && endsInDay(before, c.r.raw[at:end]) {
			continue
		}
		e := c.entry()
		e.Date, e.DatePrinted = date.EDTF, clean(c.r.raw[at:end])
		c.r.take(fieldDate, at, end, e.DatePrinted)
		c.dateBy = before[len(before)-1]
		c.to = c.from + len(before)
		if c.dateBy == ',' || c.dateBy == ';' {
			c.to--
		}
		return
	}
}

// endsInDay reports whether a year behind a comma is only the end of a date in
// a sentence: "begins on July 4, 2026".
func endsInDay(before, year string) bool {
	words := strings.Fields(before[max(0, len(before)-40):])
	if len(year) > 4 || len(words) < 2 {
		return false
	}
	_, ok := greyshelf.ParseDate(strings.Join(words[len(words)-2:], " ") + " " + year)
	return ok
}

// isDateSpan reports whether the text is a date of two months or seasons, which
// has no single EDTF date: "May/June 2012", "Winter 2009/2010".
func isDateSpan(text string) bool {
	if len(text) > 60 || !strings.ContainsAny(text, "/-–") {
		return false
	}
	text = strings.NewReplacer("–", "/", "-", "/", " / ", "/").Replace(clean(text))
	before, after, found := strings.Cut(text, "/")
	if !found {
		return false
	}
	last, ok := greyshelf.ParseDate(after)
	if !ok || last.EDTF == "" {
		return false
	}
	if _, ok = greyshelf.ParseDate(before); ok { // "Winter 2009", "May 2009", "2009"
		return true
	}
	_, ok = greyshelf.ParseDate(before + " " + last.EDTF[:4])
	return ok
}

// skipMark passes what stands before the entries of a list: "•", "12.".
func (c *citation) skipMark() {
	mark, _, found := strings.Cut(c.text(), " ")
	number := strings.TrimRight(mark, ".)")
	isNumber := number != mark && number != "" && len(number) <= 3 && strings.Trim(number, "0123456789") == ""
	if !found || !isNumber && (!utf8.ValidString(mark) || !strings.Contains("•▪◦·*–-", mark)) {
		return
	}
	if !isNumber {
		c.r.take("", c.from, c.from+len(mark), "")
	}
	c.from, c.to = trim(c.r.raw, c.from+len(mark), c.to)
}

// setTitle takes the title; the citation goes on behind it.
func (c *citation) setTitle(from, to int) {
	e := c.entry()
	e.Title = clean(c.r.raw[from:to])
	c.r.take(fieldTitle, from, to, e.Title)
	c.from = min(max(to, c.from), len(c.r.raw))
	c.to = max(c.to, c.from)
	c.skip(".,")
	c.to = max(c.to, c.from)
}

// setPublisher takes the publisher, also from square brackets.
func (c *citation) setPublisher(from, to int) {
	from, to = trim(c.r.raw, from, to)
	text := c.r.raw[from:to]
	if trimmed := strings.TrimRight(text, ".,;"); !ownsStop(trimmed) || trimmed == text {
		to = from + len(trimmed)
	} else {
		to = from + len(trimmed) + 1
	}
	if text = c.r.raw[from:to]; strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		from, to = from+1, to-1
	}
	e := c.entry()
	e.Publisher = clean(c.r.raw[from:to])
	c.r.take(fieldPublisher, from, to, e.Publisher)
}
