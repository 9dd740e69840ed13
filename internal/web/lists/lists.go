// Package lists shows any search, or reports picked by hand, as an annotated
// list: as a page to be printed, as text in the form of the seed page, as
// Markdown, HTML or JSON.
//
// It stands in the web beside the other pages and reads only; the forms of a
// list are those of package publish/list.
package lists

import (
	"bytes"
	"embed"
	"io/fs"
	"iter"
	"net/url"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/publish/list"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed lists.html lists.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// shown is how many entries the page has; the other forms have all.
const shown = 500

// Page is the page of a list.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "lists.html")
	return &Page{t}, err
}

type view struct {
	Query   string
	Picked  bool
	Items   []item
	More    bool // the page does not show all
	Formats []format
	Cites   []format // the references of all of them, as files
	Digest  string   // address at which the desk puts the list into an issue; "" for others
	Back    string   // the search that the list was made of
}

type item struct {
	site.Brief
	Citation, Abstract, Note, Line, URL string
}

type format struct{ Name, Link string }

// Show answers GET /list.
func (p *Page) Show(v *site.Visit) error {
	form := v.R.URL.Query()
	reports, err := v.Selection(form)
	if err != nil {
		return err
	}
	if f := form.Get("as"); f != "" {
		return p.plain(v, f, reports)
	}
	data := view{Query: form.Get("q"), Picked: len(form["id"]) > 0, Formats: formats(v, form), Cites: cites(v, form), Back: v.Link("/search?", searchForm(form).Encode())}
	if data.Picked && v.Digest != nil && v.MayChange() {
		data.Digest = v.Link("/digests/new?", url.Values{"id": form["id"]}.Encode())
	}
	for r, err := range reports {
		if err != nil {
			return err
		}
		if len(data.Items) == shown {
			data.More = true
			break
		}
		data.Items = append(data.Items, newItem(v, r))
	}
	return v.Show(p.template, v.Text.Get("list.title"), data)
}

// plain answers with the list in one of its forms.
func (p *Page) plain(v *site.Visit, format string, reports iter.Seq2[greyshelf.Report, error]) error {
	if list.MediaType(format) == "" {
		return greyshelf.Errorf(greyshelf.Invalid, "make a list", format, "a list can be had as %v", list.Formats())
	}
	var b bytes.Buffer
	options := list.Options{Title: v.Text.Get("list.title"), Language: v.Text.Tag, Base: v.Absolute(v.Link("")), FinalNewline: format != list.Seed}
	if err := list.Write(&b, format, reports, options); err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", list.MediaType(format))
	h.Set("Cache-Control", "private, no-cache")
	_, _ = v.W.Write(b.Bytes()) // the reader may have gone
	return nil
}

func newItem(v *site.Visit, r greyshelf.Report) item {
	e := entry.FromReport(r)
	return item{
		Brief: v.Brief(r), Citation: v.Citation(r), Abstract: e.Abstract, Note: e.Rights, Line: entry.FormatLine(e), URL: site.SafeURL(e.URL),
	}
}

func formats(v *site.Visit, form url.Values) []format {
	var all []format
	for _, name := range list.Formats() {
		with := url.Values{}
		for key, values := range form {
			with[key] = values
		}
		with.Set("as", name)
		all = append(all, format{name, v.Link("/list?", with.Encode())})
	}
	return all
}

// cites gives the forms of reference managers, of all reports of the list.
func cites(v *site.Visit, form url.Values) []format {
	var all []format
	for _, name := range []string{"bibtex", "biblatex", "ris", "endnote", "csl-json"} {
		with := url.Values{}
		for key, values := range form {
			with[key] = values
		}
		with.Set("format", name)
		all = append(all, format{name, v.Link("/cite?", with.Encode())})
	}
	return all
}

// searchForm gives what of the address belongs to the search.
func searchForm(form url.Values) url.Values {
	search := url.Values{}
	for key, values := range form {
		if key != "as" && key != "id" {
			search[key] = values
		}
	}
	return search
}
