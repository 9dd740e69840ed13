package cite

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf/internal/format/csl"
)

// citation is a citation as far as it is written.
type citation struct {
	item    csl.Item
	words   words
	locator string
	inside  bool // commas and stops stand within quotation marks, as in American English
	runs    []Run
}

// add writes a part behind what stands there: a separator, then the text. A
// stop is not doubled, nor written behind "?" and "!".
func (c *citation) add(separator string, r Run) {
	if r.Text = clean(r.Text); r.Text == "" {
		return
	}
	if len(c.runs) > 0 {
		if strings.HasPrefix(separator, ".") && c.stopped() {
			separator = separator[1:]
		}
		c.mark(separator)
	}
	c.runs = append(c.runs, r)
}

// mark writes a separator, its comma or stop within a quotation mark that ends
// what is written (Chicago 6.9).
func (c *citation) mark(separator string) {
	last := &c.runs[len(c.runs)-1]
	if before, quoted := strings.CutSuffix(last.Text, "”"); quoted && c.inside && separator != "" && strings.Contains(",.", separator[:1]) {
		last.Text, separator = before+separator[:1]+"”", separator[1:]
	}
	if separator != "" {
		c.runs = append(c.runs, Run{Text: separator})
	}
}

func (c *citation) plain(separator, text string)  { c.add(separator, Run{Text: text}) }
func (c *citation) italic(separator, text string) { c.add(separator, Run{Text: text, Italic: true}) }

// stopped reports whether what is written ends in a stop, "?" or "!".
func (c *citation) stopped() bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(c.text(), "”’\""))
	return strings.ContainsRune(".?!؟。", last)
}

// text gives what is written, without isolates.
func (c *citation) text() string {
	var b strings.Builder
	for _, r := range c.runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// stop ends the citation.
func (c *citation) stop() {
	if len(c.runs) > 0 && !c.stopped() {
		c.mark(".")
	}
}

// titling is how a style writes the title of a part and of its whole.
type titling struct {
	open, shut string // quotation marks of the part; none = italics
	divide     string // between part and whole
	in         string // before the book that a chapter stands in; "" = nothing
}

// titles gives the titling of a style, whose quotation marks are others than
// the usual only in English.
func (c *citation) titles(divide, in string) titling {
	c.inside = c.words.and == "and"
	return titling{"“", "”", divide, in}
}

// title writes the title, and of a part what it stands in.
func (c *citation) title(separator string, t titling) {
	title := clean(c.item.Title)
	if !c.partOf() || t.open == "" {
		c.italic(separator, title)
	} else if title != "" {
		c.plain(separator, t.open+title+t.shut)
	}
	if !c.partOf() || title == "" {
		return
	}
	if c.item.Type == csl.TypeChapter && c.item.ContainerTitle != "" && t.in != "" {
		c.plain(t.divide, t.in)
		t.divide = " "
	}
	c.italic(t.divide, c.item.ContainerTitle)
}

// periodical reports whether the item stands in a journal or magazine: those
// are cited without their publisher.
func (c *citation) periodical() bool {
	return c.item.Type == csl.TypeArticle && c.item.ContainerTitle != ""
}

func (c *citation) partOf() bool {
	return c.item.Type == csl.TypeChapter || c.item.Type == csl.TypeArticle || c.item.Type == csl.TypeSpeech
}

// link writes the DOI as an address, else the address.
func (c *citation) link(separator string) {
	address := c.item.URL
	if c.item.DOI != "" {
		address = "https://doi.org/" + c.item.DOI
	}
	address = clean(address)
	r := Run{Text: address}
	if u, err := url.Parse(address); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		r.Link = address
	}
	c.add(separator, r)
}

// page writes the locator with its word.
func (c *citation) page(separator string) {
	if c.locator == "" {
		return
	}
	word := c.words.page
	if strings.ContainsAny(c.locator, "-–,") {
		word = c.words.pages
	}
	c.plain(separator, word+" "+c.locator)
}

func (c *citation) year() string {
	if edtf := c.item.Issued.EDTF(); len(edtf) >= 4 {
		if c.item.Issued.Circa {
			return c.words.circa + " " + edtf[:4]
		}
		return edtf[:4]
	}
	return c.words.noDate
}

// date gives the date in the language of the citation, or as printed where it
// is no date.
func (c *citation) date() string {
	edtf := c.item.Issued.EDTF()
	switch {
	case edtf == "" && c.item.Issued != nil && c.item.Issued.Literal != "":
		return c.item.Issued.Literal
	case edtf == "":
		return c.words.noDate
	case bool(c.item.Issued.Circa):
		return c.words.circa + " " + c.words.day(edtf)
	}
	return c.words.day(edtf)
}

// apaDate gives the year, then month and day where they are known (APA 9.14).
func (c *citation) apaDate() string {
	edtf := c.item.Issued.EDTF()
	year, month, day := parts(edtf)
	if month == 0 {
		return c.year()
	}
	text := c.words.monthOf(month)
	if day > 0 {
		text = fmt.Sprintf(c.words.dayMonth, day, c.words.months[month-1])
	}
	return c.year()[:len(c.year())-4] + strconv.Itoa(year) + ", " + text
}

// editors writes who edited what the item is part of, behind the word for in.
func (c *citation) editors(separator string) {
	if len(c.item.Editor) == 0 {
		return
	}
	word := c.words.editor
	if len(c.item.Editor) > 1 {
		word = c.words.editors
	}
	inner := citation{item: csl.Item{Author: c.item.Editor}, words: c.words}
	c.plain(separator, inner.authors(naming{natural, "", 3, 1, false, false})+", "+word)
}

// accessed writes the day on which a web page was read.
func (c *citation) accessed(separator string) {
	if day := c.words.day(c.item.Accessed.EDTF()); c.item.Type == csl.TypeWebpage && day != "" {
		accessed := c.words.accessed
		if strings.HasPrefix(separator, ".") {
			accessed = upperFirst(accessed)
		}
		c.plain(separator, accessed+" "+day)
	}
}

// naming is how a style writes a list of names.
type naming struct {
	name   func(i int, n csl.Name) string
	and    string // before the last; "" for the word of the language
	most   int    // names that are all written
	shown  int    // names before "et al." where there are more
	oxford bool   // a comma before "and" from three names on
	skips  bool   // where there are more: an ellipsis and the last name (APA 9.8)
}

// authors gives the list of names, "" without authors.
func (c *citation) authors(n naming) string {
	all := c.item.Author
	more := c.item.Custom != nil && c.item.Custom.EtAl
	if n.skips && !more && len(all) > n.most {
		var first []string
		for i, name := range all[:n.shown] {
			first = append(first, n.name(i, name))
		}
		return strings.Join(first, ", ") + ", … " + n.name(len(all)-1, all[len(all)-1])
	}
	if len(all) > n.most {
		all, more = all[:n.shown], true
	}
	var written []string
	for i, name := range all {
		written = append(written, n.name(i, name))
	}
	last := len(written) - 1
	and := n.and
	if and == "" {
		and = c.words.and
	}
	switch {
	case last < 0:
		return ""
	case more && (last > 0 || strings.Contains(written[0], ",") && n.oxford): // Chicago 14.76, MLA 5.7
		return strings.Join(written, ", ") + ", " + c.words.etAl
	case more:
		return written[0] + " " + c.words.etAl
	case last == 0:
		return written[0]
	case n.oxford && (last > 1 || strings.Contains(written[0], ",")):
		return strings.Join(written[:last], ", ") + ", " + and + " " + written[last]
	}
	return strings.Join(written[:last], ", ") + " " + and + " " + written[last]
}

// who gives the authors, else the publisher.
func (c *citation) who(n naming) string {
	if names := c.authors(n); names != "" {
		return names
	}
	return c.item.Publisher
}

func natural(_ int, n csl.Name) string { return n.Natural() }
func family(_ int, n csl.Name) string  { return n.FullFamily() }

// firstInverted turns only the first name round (Chicago 14.76, MLA 5.6).
func firstInverted(i int, n csl.Name) string {
	if i == 0 {
		return n.Inverted()
	}
	return n.Natural()
}

// withoutComma gives "Lynn van der Berg Jr." (Chicago 6.43), the first name
// turned round.
func withoutComma(i int, n csl.Name) string {
	if i == 0 || n.Suffix == "" {
		return firstInverted(i, n)
	}
	return naturalWithoutComma(i, n)
}

func naturalWithoutComma(_ int, n csl.Name) string {
	suffix := n.Suffix
	n.Suffix = ""
	return joinSpace(n.Natural(), suffix)
}

// initials gives "Berg, L. M." (APA 9.8).
func initials(_ int, n csl.Name) string { return shortened(n, " ") }

// closeInitials gives "Berg, L.M." (Cite Them Right).
func closeInitials(_ int, n csl.Name) string { return shortened(n, "") }

func shortened(n csl.Name, between string) string {
	if n.Literal != "" {
		return n.Literal
	}
	var short []string
	for _, word := range strings.FieldsFunc(n.Given, func(r rune) bool { return r == ' ' || r == '.' }) {
		short = append(short, initial(word))
	}
	name := joinComma(n.FullFamily(), joinSpace(strings.Join(short, between), n.Dropping))
	return joinComma(name, n.Suffix)
}

// initial gives "J.-P." of "Jean-Paul".
func initial(word string) string {
	var parts []string
	for part := range strings.SplitSeq(word, "-") {
		if r, size := utf8.DecodeRuneInString(part); size > 0 {
			parts = append(parts, string(r)+".")
		}
	}
	return strings.Join(parts, "-")
}
