// Package page shows one page of a report: its picture with the text over it,
// the searched words and a passage marked, and hands out pictures and files.
//
// It stands in the web beside the other pages and reads only.
package page

import (
	"embed"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed page.html page.css page.js
var files embed.FS

// Files gives the template, style and script of the page.
func Files() fs.FS { return files }

// Page is the page of a page.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "page.html")
	return &Page{t}, err
}

type view struct {
	site.Brief
	Page     greyshelf.Page
	File     greyshelf.File
	Last     int
	Query    string
	Found    int    // marked places
	Here     string // permanent address of the page, without host
	Address  string // the same with host, of the passage where there is one
	Image    string
	Wide     string
	Layer    Layer
	Previous string
	Next     string
	Passage  *greyshelf.Passage
	Cut      bool   // the passage is longer than what may be shown
	Cite     string // where the page is cited in every style
	Quote    string // citation of the page or passage, ready to be pasted
	Citation string // "Title. Publisher. Authors. Date., p. xii."
	NotFound string // words that were looked for on this page and are not there
	Open     bool   // the page may be seen, not only an extract
	OCR      bool   // its text was recognised on its picture
	Unread   bool   // it is a picture, and no text was read on it
	Section  bool   // it is a section of flowing text, no printed page
	Flow     []para // the text, where it flows and there is no picture
}

// Show answers GET /r/ID/f/FILE/p/N.
func (p *Page) Show(v *site.Visit) error {
	r, f, page, err := open(v, rights.Page)
	if err != nil || v.Canonical(f) {
		return err
	}
	if quote := v.R.URL.Query().Get("quote"); quote != "" {
		return p.find(v, r, f, page, quote)
	}
	return p.show(v, r, f, page, nil)
}

// find leads to the passage with the words, or says that they are not there.
func (p *Page) find(v *site.Visit, r greyshelf.Report, f greyshelf.File, page greyshelf.Page, quote string) error {
	start, end, ok := site.FindQuote(page.Text, quote)
	if ok {
		return v.Redirect(http.StatusSeeOther, v.PageLink(r.ID, f.SHA256, page.Index)+"/"+site.Span(start, end))
	}
	data := newView(v, r, f, page)
	data.NotFound = quote
	if f.Flows() && data.Open {
		data.Flow = paras(page, f.Outline, nil, nil)
	}
	return v.ShowStatus(http.StatusNotFound, p.template, title(v, r, f, page), data)
}

// Passage answers GET /r/ID/f/FILE/p/N/START-END. Of a page that is closed it
// shows the quotation alone, as far as an extract goes.
func (p *Page) Passage(v *site.Visit) error {
	r, f, page, err := open(v, rights.Snippet)
	if err != nil || v.Canonical(f) {
		return err
	}
	start, end, ok := site.ParseSpan(v.R.PathValue("span"))
	if !ok || start >= len([]rune(page.Text)) {
		return site.NotFound(v)
	}
	passage := greyshelf.PassageAt(f.SHA256, f.Text, page, start, end)
	return p.show(v, r, f, page, &passage)
}

func (p *Page) show(v *site.Visit, r greyshelf.Report, f greyshelf.File, page greyshelf.Page, passage *greyshelf.Passage) error {
	data := newView(v, r, f, page)
	if passage != nil {
		data.Passage = passage
		if quote := site.Extract(passage.Quote); !data.Open && quote != passage.Quote {
			passage.Quote, data.Cut = quote, true
		}
		data.Address = v.Absolute(data.Here + "/" + site.Span(passage.Start, passage.End))
	}
	if data.Open {
		marks, err := marked(v, r, f, page)
		if err != nil {
			return err
		}
		data.Found = len(marks)
		if f.Flows() {
			data.Flow = paras(page, f.Outline, marks, passage)
		} else {
			data.Layer = NewLayer(page, marks, passage)
		}
	}
	data.Quote, data.Cite = quotation(data), citing(v, data)
	return v.Show(p.template, title(v, r, f, page), data)
}

// open gives what the address names, if the reader may go through the door.
func open(v *site.Visit, door rights.Door) (r greyshelf.Report, f greyshelf.File, page greyshelf.Page, err error) {
	if r, err = v.Report(door); err != nil {
		return
	}
	if f, err = v.File(r); err != nil {
		return
	}
	n, err := v.Number("page")
	if err == nil {
		page, err = v.Pages.Page(v.R.Context(), f.SHA256, f.Text, n)
	}
	return r, f, page, err
}

func title(v *site.Visit, r greyshelf.Report, f greyshelf.File, page greyshelf.Page) string {
	if f.Facts.Sections {
		return v.Text.Get("page.section", page.Index) + " · " + v.TitleOf(r)
	}
	return v.Text.Get("page.number", page.Index) + " · " + v.TitleOf(r)
}

func newView(v *site.Visit, r greyshelf.Report, f greyshelf.File, page greyshelf.Page) view {
	d := view{
		Brief: v.Brief(r), Page: page, File: f, Last: max(f.Pages, page.Index), Query: v.R.URL.Query().Get("q"),
		Here: v.PageLink(r.ID, f.SHA256, page.Index), Open: v.May(r, rights.Page),
		OCR: f.Facts.Scan && f.Facts.OCR, Unread: page.Image && page.Text == "",
	}
	if d.Page.Label == strconv.Itoa(page.Index) {
		d.Page.Label = ""
	}
	d.Section = f.Facts.Sections
	d.Address = v.Absolute(d.Here)
	d.Image, d.Wide = d.Here+"/image?w=1000", d.Here+"/image?w=1600"
	tail := ""
	if d.Query != "" {
		tail = "?q=" + url.QueryEscape(d.Query)
	}
	if page.Index > 1 {
		d.Previous = v.PageLink(r.ID, f.SHA256, page.Index-1) + tail
	}
	if page.Index < d.Last {
		d.Next = v.PageLink(r.ID, f.SHA256, page.Index+1) + tail
	}
	number := v.Text.Get("cite.page", page.Index)
	if d.Section {
		number = v.Text.Get("cite.section", page.Index)
	}
	if d.Page.Label != "" {
		number = v.Text.Get("cite.label", d.Page.Label, page.Index)
	}
	if f.Part != "" {
		number = f.Part + ", " + number
	}
	d.Citation = strings.TrimSuffix(v.Citation(r), ".") + ", " + number + "."
	return d
}

// citing gives the address that cites the page or passage in every style.
func citing(v *site.Visit, d view) string {
	locator := d.Page.Label
	if locator == "" {
		locator = strconv.Itoa(d.Page.Index)
	}
	with := url.Values{"file": {d.File.SHA256}, "page": {strconv.Itoa(d.Page.Index)}}
	if !d.Section { // a section is no page that a style could print
		with.Set("locator", locator)
	}
	if d.Passage != nil {
		with.Set("span", site.Span(d.Passage.Start, d.Passage.End))
	}
	return v.Link("/r/", d.ID, "/cite?", with.Encode())
}

// quotation writes a quotation with its citation and permanent address.
func quotation(d view) string {
	text := strings.TrimSpace(d.Citation + " " + d.Address)
	if d.Passage != nil {
		text = "“" + strings.Join(strings.Fields(d.Passage.Quote), " ") + "” " + text
	}
	return text
}

// marked gives where the searched words stand on the page.
func marked(v *site.Visit, r greyshelf.Report, f greyshelf.File, page greyshelf.Page) ([][2]int, error) {
	query := v.R.URL.Query().Get("q")
	if query == "" {
		return nil, nil
	}
	marks, err := v.Search.MarksOnPage(v.R.Context(), query, page, search.PageLanguage(r, f.SHA256))
	switch greyshelf.KindOf(err) {
	case greyshelf.Invalid, greyshelf.Unavailable:
		return nil, nil // the page can be read without the marks
	}
	return marks, err
}

// Jump answers GET /r/ID/f/FILE/p?n=12, the form that leads to a page by its
// number or by its printed label.
func (p *Page) Jump(v *site.Visit) error {
	r, err := v.Report(rights.Page)
	if err != nil {
		return err
	}
	f, err := v.File(r)
	if err != nil {
		return err
	}
	wanted := strings.TrimSpace(v.R.URL.Query().Get("n"))
	number, err := strconv.Atoi(wanted)
	if err != nil || number < 1 || number > f.Pages {
		number = 0
	}
	for page, err := range v.Pages.Pages(v.R.Context(), f.SHA256, f.Text) {
		if err != nil {
			return err
		}
		if page.Label != "" && strings.EqualFold(page.Label, wanted) {
			number = page.Index // what is printed goes before what is counted
			break
		}
	}
	if number == 0 {
		return site.NotFound(v)
	}
	to := v.PageLink(r.ID, f.SHA256, number)
	if q := v.R.URL.Query().Get("q"); q != "" {
		to += "?q=" + url.QueryEscape(q)
	}
	return v.Redirect(http.StatusSeeOther, to)
}
