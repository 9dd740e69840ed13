// Package landing reads a landing page: the web page on which a publisher
// offers a report. It gives what the page states of the report (Highwire tags,
// Dublin Core, schema.org, Open Graph, microdata, visible text), its permanent
// address, and its links to PDFs, best first.
//
// It belongs to the second stage in the way of the data: its findings are
// evidence beside the file, and package describe weighs them against what the
// document itself says. It stores nothing and fetches nothing: scripts do not
// run, refreshes and frames are not followed, and every value is data. It knows
// no publisher's template.
package landing

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/greyshelf/greyshelf"
)

// Version names this reader and its version: the method of the set of findings
// that it makes.
const Version = "landing@1"

// MaxBytes is the largest page that is read.
const MaxBytes = 5 << 20

// The limits within a page.
const (
	mostValues   = 400
	mostLinks    = 400    // links looked at
	mostPDFs     = 20     // links given
	longestValue = 20_000 // code points; a longer value is dropped
	longestURL   = 2048   // bytes
)

// Form is the kind of markup in which a page states a value.
type Form string

// The forms. Each is the method of its findings: "landing-highwire@1".
const (
	Highwire   Form = "highwire"  // citation_title … (Highwire Press tags, read by Google Scholar)
	DublinCore Form = "dc"        // DC.title, dcterms.issued … (DCMI, expressing Dublin Core in HTML)
	SchemaOrg  Form = "schema"    // JSON-LD with the types of schema.org
	OpenGraph  Form = "opengraph" // og:title, article:published_time …
	Microdata  Form = "microdata" // itemprop and RDFa's property in the text
	Visible    Form = "visible"   // headings, byline, time
	LinkRel    Form = "link"      // link and a with rel=license, the language of the page
	Header     Form = "header"    // the Link header of an HTTP answer (RFC 8288)
)

// Value is one statement of the page, under the name that its form has for it.
type Value struct {
	Form Form
	Name string // lower case: "citation_title", "dc.creator", "datepublished", "h1"
	Text string // tidied
	Body bool   // said to be an organisation
}

// Link is an address of a PDF.
type Link struct {
	URL      string // absolute, http or https
	Text     string // visible, or the title of the link
	Language string // BCP 47 where stated
	points   int
}

// Page is what a landing page says.
type Page struct {
	URL       string // that of the page after redirects
	Canonical string // the page's permanent address on the same site, else URL
	CiteAs    string // rel=cite-as (RFC 8574), "" without
	Values    []Value
	PDFs      []Link // best first, at most 20
}

// Read reads the page that came from the address base. contentType is the HTTP
// header, which may name the encoding, or "". Errors: TooLarge above
// [MaxBytes], Invalid without a base.
func Read(page []byte, contentType string, base *url.URL) (Page, error) {
	const op = "read the landing page"
	if base == nil || base.Host == "" {
		return Page{}, greyshelf.Errorf(greyshelf.Invalid, op, "", "the address of the page is not known")
	}
	if len(page) > MaxBytes {
		return Page{}, greyshelf.Errorf(greyshelf.TooLarge, op, base.String(), "the page is larger than %s", greyshelf.FormatSize(MaxBytes))
	}
	encoding, _, _ := charset.DetermineEncoding(page[:min(len(page), 1024)], contentType)
	text, err := encoding.NewDecoder().Bytes(page)
	if err != nil {
		text = page
	}
	r := reader{base: base, page: Page{URL: address(base)}}
	r.scan(html.NewTokenizer(bytes.NewReader(text)))
	r.readJSON()
	r.finish()
	return r.page, nil
}

// reader gathers a page.
type reader struct {
	page    Page
	base    *url.URL // of relative addresses
	scripts []string // JSON-LD
	links   []Link
	lang    string // of the page
	open    []element
	heard   []*capture // captures that are open, outermost first
}

// add keeps a value.
func (r *reader) add(form Form, name, text string, body bool) {
	text = tidy(text)
	if text == "" || len(r.page.Values) >= mostValues || utf8.RuneCountInString(text) > longestValue {
		return
	}
	v := Value{form, name, text, body}
	if !slices.Contains(r.page.Values, v) {
		r.page.Values = append(r.page.Values, v)
	}
}

// finish settles address and links.
func (r *reader) finish() {
	own := r.page.URL
	if r.page.Canonical == "" {
		r.page.Canonical = resolve(r.base, r.page.first(OpenGraph, "og:url"))
	}
	if !sameSite(own, r.page.Canonical) {
		r.page.Canonical = own
	}
	r.page.PDFs = rank(r.links, r.page.title(), r.lang)
}

// first gives the first value of a name.
func (p Page) first(form Form, name string) string {
	for _, v := range p.Values {
		if v.Form == form && v.Name == name {
			return v.Text
		}
	}
	return ""
}

// title gives the page's best title.
func (p Page) title() string {
	for _, at := range []struct {
		form Form
		name string
	}{{Highwire, "citation_title"}, {DublinCore, "dc.title"}, {SchemaOrg, "headline"}, {SchemaOrg, "name"}, {Visible, "h1"}, {OpenGraph, "og:title"}, {Visible, "title"}} {
		if text := p.first(at.form, at.name); text != "" {
			return text
		}
	}
	return ""
}

// resolve gives the absolute http address of a reference, "" for anything
// else.
func resolve(base *url.URL, reference string) string {
	reference = strings.TrimSpace(reference)
	if reference == "" || len(reference) > longestURL {
		return ""
	}
	u, err := base.Parse(reference)
	if err != nil {
		return ""
	}
	return address(u)
}

// address writes an address without fragment and credentials; "" for one that
// is not http.
func address(u *url.URL) string {
	clean := *u
	clean.User, clean.Fragment, clean.RawFragment = nil, "", ""
	if clean.Scheme != "http" && clean.Scheme != "https" || clean.Hostname() == "" {
		return ""
	}
	if text := clean.String(); len(text) <= longestURL && strings.IndexFunc(text, unicode.IsControl) < 0 {
		return text
	}
	return ""
}

// sameSite reports whether two addresses are of one host, "www." apart: a page
// may not claim to stand on another's site.
func sameSite(a, b string) bool {
	ua, errA := url.Parse(a)
	ub, errB := url.Parse(b)
	return errA == nil && errB == nil && ub.Host != "" &&
		strings.TrimPrefix(strings.ToLower(ua.Host), "www.") == strings.TrimPrefix(strings.ToLower(ub.Host), "www.")
}

// tidy makes one paragraph of a value: markup, control and invisible formatting
// characters and white space in excess go.
func tidy(text string) string {
	if strings.ContainsAny(text, "<&") {
		text = plain(text)
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// plain gives the text of a piece of markup; metadata hold markup and
// references that were escaped once too often.
func plain(text string) string {
	if len(text) > 4*longestValue {
		return ""
	}
	z := html.NewTokenizer(strings.NewReader(text))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return html.UnescapeString(b.String())
		case html.TextToken:
			b.Write(z.Text())
		default:
			b.WriteByte(' ')
		}
	}
}
