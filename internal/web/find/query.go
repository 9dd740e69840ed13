package find

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// query is what an address of the search page says.
type query struct {
	text   string
	facets map[string][]string
	only   string // search in this report
	sort   search.Sort
	page   int // from 1
}

// Text gives the query as the reader typed it.
func (q query) Text() string { return q.text }

// Only gives the report that is searched; "" for all.
func (q query) Only() string { return q.only }

// Facets gives the chosen facet values, for the hidden fields of the form.
func (q query) Facets() map[string][]string { return q.facets }

// Sort gives the order.
func (q query) Sort() string { return string(q.sort) }

// Plain reports whether nothing is asked for: the whole library is browsed.
func (q query) Plain() bool { return q.text == "" && len(q.facets) == 0 }

// read reads an address. What it does not know it passes over.
func read(form url.Values) query {
	q := query{text: strings.TrimSpace(form.Get("q")), only: form.Get("report"), sort: search.Sort(form.Get("sort")), page: 1, facets: map[string][]string{}}
	if q.sort != search.ByDate && q.sort != search.ByTitle {
		q.sort = search.ByRelevance
	}
	if n, err := strconv.Atoi(form.Get("page")); err == nil && n > 1 && n <= lastPage {
		q.page = n
	}
	for _, name := range search.Facets() {
		for _, v := range form[name] {
			if v != "" && !slices.Contains(q.facets[name], v) {
				q.facets[name] = append(q.facets[name], v)
			}
		}
	}
	return q
}

// with gives the query with something changed.
func (q query) with(change func(*query)) query {
	facets := map[string][]string{}
	for name, values := range q.facets {
		facets[name] = slices.Clone(values)
	}
	q.facets = facets
	change(&q)
	return q
}

// values gives the query as it stands in an address.
func (q query) values() url.Values {
	form := url.Values{}
	if q.text != "" {
		form.Set("q", q.text)
	}
	maps.Copy(form, q.facets)
	if q.sort != search.ByRelevance {
		form.Set("sort", string(q.sort))
	}
	if q.only != "" {
		form.Set("report", q.only)
	}
	if q.page > 1 {
		form.Set("page", strconv.Itoa(q.page))
	}
	return form
}

func (q query) link(v *site.Visit) string {
	if form := q.values().Encode(); form != "" {
		return v.Link("/search?", form)
	}
	return v.Link("/search")
}

// listLink gives the address of everything found, as a list.
func (q query) listLink(v *site.Visit, format string) string {
	q.page = 1
	form := q.values()
	form.Set("as", format)
	return v.Link("/list?", form.Encode())
}

// feedLink gives the address of the feed of everything found.
func (q query) feedLink(v *site.Visit) string {
	q.page = 1
	form := q.values()
	form.Del("sort")
	return v.Link("/feed/atom?", form.Encode())
}

// wide reports whether the query asks for whole reports already.
func (q query) wide() bool { return strings.Contains(q.text, "scope:report") }

func escaped(text string) string { return url.QueryEscape(text) }

// facetLinks gives the facets with the address that each value leads to: one
// that adds it, or takes it away when it is chosen.
func (q query) facetLinks(v *site.Visit, counts map[string][]search.FacetCount) []facet {
	var all []facet
	for _, name := range search.Facets() {
		f := facet{Name: name}
		for i, c := range site.ByYear(name, counts[name]) {
			one := value{Value: c.Value, Count: c.Count, Chosen: slices.Contains(q.facets[name], c.Value)}
			one.Link = q.toggled(name, c.Value).link(v)
			if i < facetsShown || one.Chosen {
				f.Values = append(f.Values, one)
			} else if len(f.More) < 200 {
				f.More = append(f.More, one)
			}
		}
		if len(f.Values) > 0 {
			all = append(all, f)
		}
	}
	return all
}

// chips gives the chosen values with the address without each.
func (q query) chips(v *site.Visit) []chip {
	var all []chip
	for _, name := range search.Facets() {
		for _, one := range q.facets[name] {
			all = append(all, chip{name, one, q.toggled(name, one).link(v)})
		}
	}
	return all
}

// toggled gives the query with a facet value chosen, or no longer.
func (q query) toggled(name, v string) query {
	return q.with(func(q *query) {
		q.page = 1
		if i := slices.Index(q.facets[name], v); i >= 0 {
			q.facets[name] = slices.Delete(q.facets[name], i, i+1)
			if len(q.facets[name]) == 0 {
				delete(q.facets, name)
			}
			return
		}
		q.facets[name] = append(q.facets[name], v)
	})
}
