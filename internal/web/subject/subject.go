// Package subject shows what the library holds of one publisher, person,
// heading or year, also of those without an authority record: the annotated
// list, how the holdings grew, the feed and the exports of exactly that list.
// And the pages from which they are found.
//
// It stands in the web beside the other pages and reads only. What a reader
// sees is decided by the search. A name that has an authority record leads to
// the record's page.
package subject

import (
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/publish/growth"
	"github.com/greyshelf/greyshelf/internal/publish/list"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed subject.html browse.html subject.css
var files embed.FS

// Files gives the templates and style of the pages.
func Files() fs.FS { return files }

const (
	perPage  = 50
	lastPage = 200
	longest  = 500 // bytes of a name
)

// Pages are the pages.
type Pages struct{ one, browse *site.Template }

// New makes the pages.
func New(s *site.Site) (*Pages, error) {
	one, err1 := s.Template(files, "subject.html")
	browse, err2 := s.Template(files, "browse.html")
	return &Pages{one, browse}, errors.Join(err1, err2)
}

type view struct {
	Kind, Name     string
	Total          int
	Items          []item
	Previous, Next string
	Page, Pages    int
	Picture        template.HTML // "" for one year
	Years          []growth.Year
	About          string // what the picture shows
	Feeds, Exports []named
	Search         string
	Subscribe      string // "" where mail is not set up, and for persons and years
}

type item struct {
	site.Brief
	Citation, Abstract string
}

type named struct{ Name, Link string }

// Publisher answers GET /publisher?name=.
func (p *Pages) Publisher(v *site.Visit) error { return p.byName(v, "publisher") }

// Person answers GET /person?name=.
func (p *Pages) Person(v *site.Visit) error { return p.byName(v, "person") }

// Heading answers GET /heading?name=.
func (p *Pages) Heading(v *site.Visit) error { return p.byName(v, "heading") }

// Year answers GET /year/{year}.
func (p *Pages) Year(v *site.Visit) error {
	year := v.R.PathValue("year")
	if n, err := strconv.Atoi(year); err != nil || n < 1 || n > 9999 || strconv.Itoa(n) != year {
		return site.NotFound(v)
	}
	return p.show(v, "year", year)
}

func (p *Pages) byName(v *site.Visit, kind string) error {
	name := v.R.URL.Query().Get("name")
	if strings.TrimSpace(name) == "" {
		return v.Redirect(http.StatusSeeOther, v.Link("/browse"))
	}
	if len(name) > longest {
		return site.NotFound(v)
	}
	id, err := record(v, kind, name)
	if err != nil {
		return err
	}
	if id != "" {
		return v.Redirect(http.StatusSeeOther, v.Link("/a/", url.PathEscape(id)))
	}
	return p.show(v, kind, name)
}

// record gives the authority record of the name, "" where there is none or
// more than one.
func record(v *site.Visit, kind, name string) (string, error) {
	find := authority.Named
	if kind == "heading" {
		find = authority.Concepts
	}
	found, err := find(v.R.Context(), v.Catalog, name)
	found = slices.DeleteFunc(found, func(a greyshelf.Authority) bool {
		return kind != "heading" && (a.Type == greyshelf.AuthorityPerson) != (kind == "person")
	})
	if err != nil || len(found) != 1 {
		return "", err
	}
	return found[0].ID, nil
}

// asked gives the search that finds the reports, as it stands in addresses.
func asked(kind, name string) url.Values {
	switch kind {
	case "publisher":
		return url.Values{search.FacetPublisher: {name}}
	case "heading":
		return url.Values{search.FacetSubject: {name}}
	case "year":
		return url.Values{search.FacetYear: {name}}
	}
	quoted := strings.Join(strings.Fields(strings.NewReplacer(`"`, " ", `\`, " ").Replace(name)), " ")
	return url.Values{"q": {`author:"` + quoted + `"`}}
}

// ask makes the search of a page.
func ask(v *site.Visit, form url.Values, page int) search.Ask {
	a := search.Ask{Text: form.Get("q"), Facets: map[string][]string{}, Sort: search.ByDate, Reader: v.Reader, Grouped: true, PerReport: 1, Bare: true, Limit: perPage, Offset: (page - 1) * perPage}
	for _, name := range search.Facets() {
		if values := form[name]; len(values) > 0 {
			a.Facets[name] = values
		}
	}
	return a
}

func (p *Pages) show(v *site.Visit, kind, name string) error {
	page, err := pageOf(v)
	if err != nil {
		return site.NotFound(v)
	}
	form := asked(kind, name)
	answer, err := v.Search.Search(v.R.Context(), ask(v, form, page))
	if err != nil {
		return err
	}
	if answer.TotalReports == 0 {
		return site.NotFound(v)
	}
	data := view{Kind: kind, Name: name, Total: answer.TotalReports, Page: page, Pages: min((answer.TotalReports+perPage-1)/perPage, lastPage), Search: v.Link("/search?", form.Encode())}
	if data.Items, err = items(v, answer); err != nil {
		return err
	}
	if page > 1 {
		data.Previous = address(v, kind, name, page-1)
	}
	if page < data.Pages {
		data.Next = address(v, kind, name, page+1)
	}
	if kind != "year" {
		if data.Picture, data.Years, data.About, err = Grown(v, name, answer); err != nil {
			return err
		}
	}
	data.Feeds, data.Exports = ways(v, form)
	if v.Post != nil && !v.ReadOnly && (kind == "publisher" || kind == "heading") {
		data.Subscribe = v.Link("/subscribe?", url.Values{kind: {name}}.Encode())
	}
	return v.Show(p.one, name, data)
}

// pageOf reads the number of the page out of the address. Errors: Invalid.
func pageOf(v *site.Visit) (int, error) {
	text := v.R.URL.Query().Get("page")
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > lastPage {
		return 0, greyshelf.Errorf(greyshelf.Invalid, "show the list", text, "there is no such page")
	}
	return n, nil
}

// address gives the address of a page of the list.
func address(v *site.Visit, kind, name string, page int) string {
	form := url.Values{}
	path := "/" + kind
	if kind == "year" {
		path += "/" + name
	} else {
		form.Set("name", name)
	}
	if page > 1 {
		form.Set("page", strconv.Itoa(page))
	}
	return v.Link(strings.TrimSuffix(path+"?"+form.Encode(), "?"))
}

func items(v *site.Visit, answer search.Answer) ([]item, error) {
	var all []item
	for _, hit := range answer.Hits {
		r, err := v.Catalog.Report(v.R.Context(), hit.Report)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue // gone since it was indexed
		}
		if err != nil {
			return nil, err
		}
		if v.May(r, rights.Record) {
			all = append(all, item{v.Brief(r), v.Citation(r), entry.FromReport(r).Abstract})
		}
	}
	return all, nil
}

// Grown draws the reports of an answer by year of publication, with the counts
// and a sentence on them; nothing of fewer than two years.
func Grown(v *site.Visit, name string, answer search.Answer) (picture template.HTML, years []growth.Year, about string, err error) {
	for _, c := range answer.Facets[search.FacetYear] {
		if n, err := strconv.Atoi(c.Value); err == nil {
			years = append(years, growth.Year{Year: n, Count: c.Count})
		}
	}
	years = growth.Sum(years)
	if len(years) < 2 {
		return "", nil, "", nil
	}
	last := years[len(years)-1]
	about = v.Text.Get("growth.about", strconv.Itoa(years[0].Year), strconv.Itoa(last.Year), last.Total)
	picture, err = growth.Draw(growth.Words{ID: "growth", Title: v.Text.Get("growth.title", name), About: about}, years)
	return picture, years, about, err
}

// ways gives the feeds and exports of exactly the list.
func ways(v *site.Visit, form url.Values) (feeds, exports []named) {
	for _, f := range []named{{"Atom", "atom"}, {"RSS", "rss"}, {"JSON", "json"}, {"OPDS", "opds"}} {
		link := v.Link("/feed/", f.Link, "?", form.Encode())
		if f.Link == "opds" {
			link = v.Link("/opds/reports?", form.Encode())
		}
		feeds = append(feeds, named{f.Name, link})
	}
	for _, f := range list.Formats() {
		exports = append(exports, named{v.Text.Get("format." + f), with(v, "/list?", form, "as", f)})
	}
	for _, f := range []string{"bibtex", "ris", "endnote", "csl-json"} {
		exports = append(exports, named{v.Text.Get("citeformat." + f), with(v, "/cite?", form, "format", f)})
	}
	return feeds, exports
}

func with(v *site.Visit, path string, form url.Values, key, value string) string {
	more := url.Values{key: {value}}
	for k, values := range form {
		more[k] = values
	}
	return v.Link(path, more.Encode())
}
