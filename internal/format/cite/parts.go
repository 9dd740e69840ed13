package cite

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
)

// citation is a citation as far as it is written.
type citation struct {
	item    csl.Item
	words   words
	locator string
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
		if separator != "" {
			c.runs = append(c.runs, Run{Text: separator})
		}
	}
	c.runs = append(c.runs, r)
}

func (c *citation) plain(separator, text string)  { c.add(separator, Run{Text: text}) }
func (c *citation) italic(separator, text string) { c.add(separator, Run{Text: text, Italic: true}) }

// stopped reports whether what is written ends in a stop, "?" or "!".
func (c *citation) stopped() bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(Text(c.runs), "”’\""))
	return strings.ContainsRune(".?!؟。", last)
}

// stop ends the citation.
func (c *citation) stop() {
	if len(c.runs) > 0 && !c.stopped() {
		c.runs = append(c.runs, Run{Text: "."})
	}
}

// title writes the title, in quotation marks where it is part of something.
func (c *citation) title(separator string) {
	if c.partOf() {
		c.plain(separator, "“"+clean(c.item.Title)+"”")
		c.italic(", ", c.item.ContainerTitle)
		return
	}
	c.italic(separator, c.item.Title)
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
		return edtf[:4]
	}
	return c.words.noDate
}

// date gives the date as printed in English, or as EDTF in other languages.
func (c *citation) date() string {
	edtf := c.item.Issued.EDTF()
	switch {
	case edtf == "" && c.item.Issued != nil && c.item.Issued.Literal != "":
		return c.item.Issued.Literal
	case edtf == "":
		return c.words.noDate
	case c.words.and != "and":
		return edtf
	}
	return greyshelf.FormatDate(edtf)
}

// naming is how a style writes a list of names.
type naming struct {
	name   func(i int, n csl.Name) string
	and    string // before the last; "" for the word of the language
	most   int    // names that are all written
	shown  int    // names before "et al." where there are more
	oxford bool   // a comma before "and" from three names on
}

// authors gives the list of names, "" without authors.
func (c *citation) authors(n naming) string {
	all := c.item.Author
	more := c.item.Custom != nil && c.item.Custom.EtAl
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
	case more:
		return strings.Join(written, ", ") + " " + c.words.etAl
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

// initials gives "Berg, L. M." (APA 9.8).
func initials(_ int, n csl.Name) string {
	if n.Literal != "" {
		return n.Literal
	}
	short := ""
	for _, word := range strings.FieldsFunc(n.Given, func(r rune) bool { return r == ' ' || r == '.' }) {
		r, _ := utf8.DecodeRuneInString(word)
		short += " " + string(r) + "."
	}
	name := n.FullFamily()
	if short != "" {
		name += "," + short
	}
	if n.Suffix != "" {
		name += ", " + n.Suffix
	}
	return name
}
