// Package home is the first page of the site: what is new, a search box, the
// subjects and publishers, or what to do next in an empty library.
//
// It stands in the web beside the other pages and reads only.
package home

import (
	"embed"
	"io/fs"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed home.html home.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// How much is shown of each.
const (
	newest     = 12
	facetShown = 12
)

// Page is the first page.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "home.html")
	return &Page{t}, err
}

type view struct {
	Reports    int
	New        []site.Brief
	Drafts     []site.Brief // only for the desk
	Waiting    int          // how many drafts there are
	Groups     []group
	Rebuilding bool
	MayAdd     bool
}

// group is a facet of the whole library.
type group struct {
	Name   string
	Values []search.FacetCount
	More   bool
}

// Show answers GET /.
func (p *Page) Show(v *site.Visit) error {
	data := view{MayAdd: v.MayChange() && v.Add != nil}
	published := catalog.Filter{States: []greyshelf.State{greyshelf.Published}}
	ctx := v.R.Context()
	var err error
	if data.Reports, err = v.Catalog.Count(ctx, published); err != nil {
		return err
	}
	published.Newest, published.Limit = true, newest
	if data.New, err = briefs(v, published); err != nil {
		return err
	}
	drafts := catalog.Filter{States: []greyshelf.State{greyshelf.Draft, greyshelf.ToReview, greyshelf.Candidate}, Newest: true, Limit: newest}
	if v.Local {
		if data.Waiting, err = v.Catalog.Count(ctx, drafts); err != nil {
			return err
		}
	}
	if v.Desk() {
		if data.Drafts, err = briefs(v, drafts); err != nil {
			return err
		}
	}
	answer, err := v.Search.Search(ctx, search.Ask{Limit: 1, Grouped: true, PerReport: 1, Bare: true})
	if err != nil {
		return err
	}
	data.Rebuilding = answer.Rebuilding
	for _, name := range []string{search.FacetSubject, search.FacetPublisher, search.FacetYear, search.FacetLanguage} {
		if values := site.ByYear(name, answer.Facets[name]); len(values) > 0 {
			data.Groups = append(data.Groups, group{name, values[:min(len(values), facetShown)], len(values) > facetShown})
		}
	}
	return v.Show(p.template, "", data)
}

// briefs gives the reports of a filter that the reader may know of.
func briefs(v *site.Visit, f catalog.Filter) ([]site.Brief, error) {
	var list []site.Brief
	for r, err := range v.Catalog.Reports(v.R.Context(), f) {
		if err != nil {
			return nil, err
		}
		if v.May(r, rights.Record) {
			list = append(list, v.Brief(r))
		}
	}
	return list, nil
}
