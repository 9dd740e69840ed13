package subject

import (
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type browseView struct {
	Parts []part
}

// part is one way into the library: publishers, headings, years, persons.
type part struct {
	Kind string
	Rows []row
	More int // names that are not shown
}

type row struct {
	Name, Link string
	Count      int // 0 = not counted
}

// Browse answers GET /browse: publishers, headings and years with how many
// reports the reader may know of, by one search, and the persons who have an
// authority record.
func (p *Pages) Browse(v *site.Visit) error {
	answer, err := v.Search.Search(v.R.Context(), search.Ask{Reader: v.Reader, Grouped: true, Bare: true, PerReport: 1, Limit: 1})
	if err != nil {
		return err
	}
	var data browseView
	for _, kind := range []struct{ kind, facet string }{{"publisher", search.FacetPublisher}, {"heading", search.FacetSubject}, {"year", search.FacetYear}} {
		if one := counted(v, kind.kind, site.ByYear(kind.facet, answer.Facets[kind.facet])); len(one.Rows) > 0 {
			data.Parts = append(data.Parts, one)
		}
	}
	persons, err := authority.List(v.R.Context(), v.Catalog, greyshelf.AuthorityPerson, 0, mostRows)
	if err != nil {
		return err
	}
	people := part{Kind: "person"}
	for _, a := range persons {
		people.Rows = append(people.Rows, row{Name: a.LabelIn(v.Text.Tag), Link: v.Link("/a/", a.ID)})
	}
	if len(people.Rows) > 0 {
		sorted(people.Rows)
		data.Parts = append(data.Parts, people)
	}
	return v.Show(p.browse, v.Text.Get("browse.title"), data)
}

// counted gives the rows of a facet: the most frequent, by name; years, the
// latest first.
func counted(v *site.Visit, kind string, values []search.FacetCount) part {
	one := part{Kind: kind, More: max(0, len(values)-mostRows)}
	for _, c := range values[:min(len(values), mostRows)] {
		r := row{Name: c.Value, Link: address(v, kind, c.Value, 1), Count: c.Count}
		if _, err := strconv.Atoi(c.Value); kind == "year" && err != nil {
			continue
		}
		one.Rows = append(one.Rows, r)
	}
	if kind != "year" {
		sorted(one.Rows)
	}
	return one
}

func sorted(rows []row) {
	slices.SortStableFunc(rows, func(a, b row) int { return strings.Compare(authority.Fold(a.Name), authority.Fold(b.Name)) })
}
