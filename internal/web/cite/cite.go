// Package cite shows how a report, a page or a passage of it is cited, in every
// style, and hands out references for reference managers.
//
// It stands in the web beside the other pages and reads only. Styles are those
// of format/cite, the files those of the formats beside it. It needs the record
// of a report and shows nothing of its text.
package cite

import (
	"embed"
	"html/template"
	"io/fs"
	"net/url"
	"strings"

	"github.com/greyshelf/greyshelf"
	styles "github.com/greyshelf/greyshelf/internal/format/cite"
	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed cite.html cite.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// longest is the longest locator in characters, as "xxxviii–xlii" is one.
const longest = 40

// Page is the page of citations.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "cite.html")
	return &Page{t}, err
}

// Part is a citation in the style that was chosen, for the page of a report.
type Part struct {
	Styles  []style
	Entry   template.HTML // as a bibliography has it, everything escaped
	Note    template.HTML // as a note or the text has it
	Formats []Format
}

type style struct {
	Name, Link string
	Chosen     bool
}

// Format is a file of references and its address.
type Format struct{ Name, Link string }

type view struct {
	site.Brief
	Part
	Locator, Style, File, Number, Span string
	Address                            string // of the page or passage; of the report without one
}

// Show answers GET /r/{id}/cite: the citation with a locator.
func (p *Page) Show(v *site.Visit) error {
	r, err := v.Report(rights.Record)
	if err != nil {
		return err
	}
	form := v.R.URL.Query()
	d := view{Brief: v.Brief(r), Locator: locator(form), Style: form.Get("style"), Address: v.ReportLink(r.ID)}
	if f, n, ok := pageOf(r, form); ok {
		d.File, d.Number, d.Address = f, form.Get("page"), v.PageLink(r.ID, f, n)
		if start, end, ok := site.ParseSpan(form.Get("span")); ok {
			d.Span = form.Get("span")
			d.Address += "/" + site.Span(start, end)
		}
	}
	d.Address = v.Absolute(d.Address)
	if d.Part, err = NewPart(v, r, v.Link("/r/", r.ID, "/cite"), ""); err != nil {
		return err
	}
	return v.Show(p.template, v.Text.Get("report.cite")+" · "+d.Title, d)
}

// NewPart makes the part of a page that cites the report in the style and with
// the locator that its address asks for. address is that of the page, fragment
// the place of the part on it. Errors: Invalid for an unknown style.
func NewPart(v *site.Visit, r greyshelf.Report, address, fragment string) (Part, error) {
	form := v.R.URL.Query()
	chosen := styles.Style(form.Get("style"))
	if chosen == "" {
		chosen = styles.Seed
	}
	part := Part{Formats: formats(v.Link("/r/", r.ID, "/cite"))}
	for _, s := range styles.Styles() {
		with := url.Values{"style": {string(s)}}
		for _, name := range []string{"locator", "file", "page", "span"} {
			if value := form.Get(name); value != "" {
				with.Set(name, value)
			}
		}
		part.Styles = append(part.Styles, style{string(s), address + "?" + with.Encode() + fragment, s == chosen})
	}
	item := itemOf(v, r)
	options := styles.Options{Language: v.Text.Tag, Locator: locator(form)}
	note, err := styles.Note(chosen, item, options)
	if err != nil {
		return part, err
	}
	entry, _ := styles.Entry(chosen, item, options) // the style is known
	part.Entry = template.HTML(styles.HTML(entry))  // escaped by package format/cite
	if n := styles.HTML(note); n != string(part.Entry) {
		part.Note = template.HTML(n) // escaped by package format/cite
	}
	return part, nil
}

// itemOf gives the item of a report, with the title that the library shows; a
// web page is seen today.
func itemOf(v *site.Visit, r greyshelf.Report) csl.Item {
	item := csl.FromReport(r, v.Absolute(v.Link("")))
	if item.Title == "" {
		item.Title = v.TitleOf(r)
	}
	if item.Type == csl.TypeWebpage {
		item.Accessed = csl.FromDate(greyshelf.Date{EDTF: v.Now().Format("2006-01-02")})
	}
	return item
}

// locator gives the page that the address names, as printed.
func locator(form url.Values) string {
	text := []rune(strings.Join(strings.Fields(form.Get("locator")), " "))
	return string(text[:min(len(text), longest)])
}

// pageOf gives file and number of the page that the address names.
func pageOf(r greyshelf.Report, form url.Values) (sha string, page int, ok bool) {
	f, found := r.File(form.Get("file"))
	extent, isNumber := greyshelf.ParseExtent(form.Get("page") + " pages")
	return f.SHA256, extent.Pages, found && isNumber
}
