package discovery

import (
	"bytes"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/opds"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

const (
	perShelf   = 200 // values on a page of a feed that leads on
	mostFacets = 12  // values of one facet beside a feed of reports
)

// shelves gives the facets by which the catalogue leads to reports.
func shelves() []string {
	return []string{search.FacetSubject, search.FacetPublisher, search.FacetYear, search.FacetLanguage, search.FacetType}
}

// OPDS answers GET /opds and GET /opds/{shelf}: the catalogue as OPDS 1.2.
func OPDS(v *site.Visit) error { return catalogue(v, "/opds", opds.Write1) }

// OPDS2 answers GET /opds2 and GET /opds2/{shelf}: the catalogue as OPDS 2.0.
func OPDS2(v *site.Visit) error { return catalogue(v, "/opds2", opds.Write2) }

// shop is one request for a page of the catalogue.
type shop struct {
	*site.Visit
	root string // "/opds" or "/opds2"
	form url.Values
	page int
}

func catalogue(v *site.Visit, root string, write func(w io.Writer, f opds.Feed) error) error {
	s := shop{v, root, v.R.URL.Query(), 1}
	if text := s.form.Get("page"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > mostPages {
			return site.NotFound(v)
		}
		s.page = n
	}
	s.form.Del("page")
	f, err := s.feed(v.R.PathValue("shelf"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(&b, f); err != nil {
		return err
	}
	mediaType := opds.JSON
	if root == "/opds" {
		mediaType = f.MediaType1()
	}
	return Send(v, mediaType, b.Bytes())
}

// feed makes the page of the catalogue that the address names. Errors:
// NotFound.
func (s shop) feed(shelf string) (opds.Feed, error) {
	switch {
	case shelf == "":
		return s.top()
	case shelf == "reports":
		return s.reports()
	case slices.Contains(shelves(), shelf):
		return s.values(shelf)
	}
	return opds.Feed{}, site.NotFound(s.Visit)
}

// address gives the address of a shelf; of its first page without a number.
func (s shop) address(shelf string, form url.Values, page int) string {
	with := url.Values{}
	for key, values := range form {
		with[key] = values
	}
	if page > 1 {
		with.Set("page", strconv.Itoa(page))
	}
	path := s.root
	if shelf != "" {
		path += "/" + shelf
	}
	return s.Absolute(s.Link(strings.TrimSuffix(path+"?"+with.Encode(), "?")))
}

// frame gives what every page of the catalogue has.
func (s shop) frame(shelf, title string, form url.Values, more bool) opds.Feed {
	f := opds.Feed{ID: s.address(shelf, form, 1), Title: title, Author: s.Introduce().Name, Language: s.Text.Tag, Self: s.address(shelf, form, s.page),
		Start: s.address("", nil, 1), Home: s.Absolute(s.Link("/")), Search: s.Absolute(s.Link("/opensearch.xml")), Page: s.page}
	if f.Author == "" {
		f.Author = s.Text.Get("site.name")
	}
	if s.root != "/opds" {
		f.Search = s.address("reports", nil, 1) + "{?query}"
	}
	if shelf != "" {
		f.Up = f.Start
	}
	if s.page > 1 || more {
		f.First = f.ID
	}
	if s.page > 1 {
		f.Previous = s.address(shelf, form, s.page-1)
	}
	if more && s.page < mostPages {
		f.Next = s.address(shelf, form, s.page+1)
	}
	return f
}

func (s shop) search(form url.Values, limit, offset int) (search.Answer, error) {
	ask := search.Ask{Text: form.Get("q"), Facets: map[string][]string{}, Sort: search.ByDate, Reader: s.Reader, Grouped: true, PerReport: 1, Bare: true, Limit: limit, Offset: offset}
	for _, name := range search.Facets() {
		if values := form[name]; len(values) > 0 {
			ask.Facets[name] = values
		}
	}
	return s.Search.Search(s.R.Context(), ask)
}

// top is the root: what is new, and a way by each facet.
func (s shop) top() (opds.Feed, error) {
	f := s.frame("", s.Text.Get("site.name"), nil, false)
	answer, err := s.search(nil, 1, 0)
	if err != nil {
		return f, err
	}
	latest, _, err := newest(s.Visit, nil, 0)
	if err != nil {
		return f, err
	}
	f.Updated = changed(latest)
	f.Entries = append(f.Entries, opds.Entry{Title: s.Text.Get("feed.all"), About: s.Text.Count("search.reports", answer.TotalReports), Address: s.address("reports", nil, 1), Relation: opds.New, Acquires: true, Count: answer.TotalReports})
	for _, name := range shelves() {
		if n := len(answer.Facets[name]); n > 0 {
			f.Entries = append(f.Entries, opds.Entry{Title: s.Text.Get("facet." + name), About: s.Text.Get("opds.by", s.Text.Get("facet."+name)), Address: s.address(name, nil, 1), Relation: opds.Below, Count: n})
		}
	}
	return f, nil
}

// values leads on to the reports of each value of a facet.
func (s shop) values(name string) (opds.Feed, error) {
	answer, err := s.search(nil, 1, 0)
	if err != nil {
		return opds.Feed{}, err
	}
	all := answer.Facets[name]
	if name != search.FacetYear {
		slices.SortStableFunc(all, func(a, b search.FacetCount) int {
			return strings.Compare(strings.ToLower(a.Value), strings.ToLower(b.Value))
		})
	}
	all = site.ByYear(name, all)
	from := min((s.page-1)*perShelf, len(all))
	to := min(from+perShelf, len(all))
	f := s.frame(name, s.Text.Get("facet."+name), nil, to < len(all))
	latest, _, err := newest(s.Visit, nil, 0)
	if err != nil {
		return f, err
	}
	f.Updated = changed(latest)
	for _, c := range all[from:to] {
		f.Entries = append(f.Entries, opds.Entry{Title: s.named(name, c.Value), About: s.Text.Count("search.reports", c.Count), Address: s.address("reports", url.Values{name: {c.Value}}, 1), Relation: opds.Below, Acquires: true, Count: c.Count})
	}
	return f, nil
}

// named gives a value of a facet as readers know it.
func (s shop) named(facet, value string) string { return s.Text.Or(facet+".", value) }

// reports is a feed of reports: the latest arrivals, or what a search finds.
func (s shop) reports() (opds.Feed, error) {
	if text := s.form.Get("query"); text != "" && s.form.Get("q") == "" { // as the template of OPDS 2.0 §3 names it
		s.form.Set("q", text)
	}
	s.form.Del("query")
	answer, err := s.search(s.form, perFeed, (s.page-1)*perFeed)
	if err != nil {
		return opds.Feed{}, err
	}
	var all []greyshelf.Report
	title := s.Text.Get("feed.all")
	if asks(s.form) {
		title = about(s.form)
		all, err = s.hits(answer)
	} else {
		all, _, err = newest(s.Visit, s.form, (s.page-1)*perFeed)
	}
	if err != nil {
		return opds.Feed{}, err
	}
	f := s.frame("reports", title, s.form, s.page*perFeed < answer.TotalReports)
	f.Acquires, f.Total, f.PerPage, f.Updated, f.Facets = true, answer.TotalReports, perFeed, changed(all), s.facets(answer)
	for _, r := range all {
		f.Publications = append(f.Publications, publicationOf(s.Visit, r))
	}
	return f, nil
}

// hits gives the reports that were found; one that has gone since is left out.
func (s shop) hits(answer search.Answer) ([]greyshelf.Report, error) {
	var all []greyshelf.Report
	for _, hit := range answer.Hits {
		r, err := s.Catalog.Report(s.R.Context(), hit.Report)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		if s.May(r, rights.Record) {
			all = append(all, r)
		}
	}
	return all, nil
}

// facets gives the ways to narrow a feed; a chosen one leads back.
func (s shop) facets(answer search.Answer) []opds.Facet {
	var all []opds.Facet
	for _, name := range shelves() {
		values := answer.Facets[name]
		for _, c := range values[:min(len(values), mostFacets)] {
			form := url.Values{}
			for key, chosen := range s.form {
				form[key] = chosen
			}
			active := slices.Contains(s.form[name], c.Value)
			form[name] = []string{c.Value}
			if active {
				form.Del(name)
			}
			all = append(all, opds.Facet{Group: s.Text.Get("facet." + name), Title: s.named(name, c.Value), Address: s.address("reports", form, 1), Count: c.Count, Active: active})
		}
	}
	return all
}
