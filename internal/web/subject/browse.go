package subject

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

const (
	frontRows = 100 // of each kind, on the page of all
	mostRows  = 300 // on a page of one kind
)

type browseView struct {
	Parts          []part
	Kind           string // the only one; "" = all
	Previous, Next string
	Page, Pages    int
}

// part is one way into the library: publishers, persons, bodies, headings,
// years.
type part struct {
	Kind string
	Rows []row
	All  string // address of all rows, where not all are shown
	Of   int    // how many these are
}

type row struct {
	Name, Link string
	Count      int
}

// kinds gives the facet of each kind, in the order in which they are shown.
func kinds() [][2]string {
	return [][2]string{{"publisher", search.FacetPublisher}, {"person", search.FacetPerson}, {"body", search.FacetBody}, {"heading", search.FacetSubject}, {"year", search.FacetYear}}
}

// all counts, by one search, how many reports the reader may know of have each
// value of the facets.
func all(v *site.Visit) (map[string][]search.FacetCount, error) {
	answer, err := v.Search.Search(v.R.Context(), search.Ask{Reader: v.Reader, Grouped: true, Bare: true, PerReport: 1, Limit: 1, Counted: []string{search.FacetPerson, search.FacetBody}})
	return answer.Facets, err
}

// Browse answers GET /browse: the most frequent publishers, persons, bodies and
// headings, and the years.
func (p *Pages) Browse(v *site.Visit) error {
	counts, err := all(v)
	if err != nil {
		return err
	}
	var data browseView
	for _, k := range kinds() {
		kind, values := k[0], counts[k[1]]
		if len(values) == 0 {
			continue
		}
		one := part{Kind: kind, Of: len(values)}
		if len(values) > frontRows && kind != "year" {
			one.All, values = v.Link("/browse/", kind), values[:frontRows]
		}
		if one.Rows, err = rows(v, kind, inOrder(kind, values)); err != nil {
			return err
		}
		data.Parts = append(data.Parts, one)
	}
	return v.Show(p.browse, v.Text.Get("browse.title"), data)
}

// BrowseOne answers GET /browse/{kind}: everything of one kind, page by page.
func (p *Pages) BrowseOne(v *site.Visit) error {
	kind := v.R.PathValue("kind")
	at := slices.IndexFunc(kinds(), func(k [2]string) bool { return k[0] == kind })
	page, err := pageOf(v)
	if at < 0 || err != nil {
		return site.NotFound(v)
	}
	counts, err := all(v)
	if err != nil {
		return err
	}
	values := counts[kinds()[at][1]]
	data := browseView{Kind: kind, Page: page, Pages: max(1, (len(values)+mostRows-1)/mostRows)}
	if page > data.Pages {
		return site.NotFound(v)
	}
	values = inOrder(kind, values)[(page-1)*mostRows : min(len(values), page*mostRows)]
	one := part{Kind: kind}
	if one.Rows, err = rows(v, kind, values); err != nil {
		return err
	}
	if len(one.Rows) > 0 {
		data.Parts = []part{one}
	}
	to := func(page int) string { return v.Link("/browse/", kind, "?page=", strconv.Itoa(page)) }
	if page > 1 {
		data.Previous = to(page - 1)
	}
	if page < data.Pages {
		data.Next = to(page + 1)
	}
	return v.Show(p.browse, v.Text.Get("browse."+kind), data)
}

// inOrder gives the values of a facet by name, persons by their family name;
// years, the latest first.
func inOrder(kind string, values []search.FacetCount) []search.FacetCount {
	if kind == "year" {
		return site.ByYear(search.FacetYear, values)
	}
	type filed struct {
		key string
		search.FacetCount
	}
	var keyed []filed
	for _, c := range values {
		name := c.Value
		if kind == "person" && !strings.Contains(name, ",") {
			name = greyshelf.PersonFromName(name).Inverted()
		}
		keyed = append(keyed, filed{authority.Fold(name), c})
	}
	slices.SortFunc(keyed, func(a, b filed) int {
		if order := strings.Compare(a.key, b.key); order != 0 {
			return order
		}
		return strings.Compare(a.Value, b.Value)
	})
	ordered := make([]search.FacetCount, len(keyed))
	for i, k := range keyed {
		ordered[i] = k.FacetCount
	}
	return ordered
}

// rows gives each value with the address of its page: that of its authority
// record, else that of the name.
func rows(v *site.Visit, kind string, values []search.FacetCount) ([]row, error) {
	var all []row
	for _, c := range values {
		r := row{Name: c.Value, Count: c.Count}
		if _, err := strconv.Atoi(c.Value); kind == "year" && err != nil {
			continue
		}
		switch kind {
		case "year":
			r.Link = address(v, kind, c.Value, 1)
		default:
			id, err := record(v, kind, c.Value)
			if err != nil {
				return nil, err
			}
			switch {
			case id != "":
				r.Link = v.Link("/a/", url.PathEscape(id))
			case kind == "body":
				r.Link = v.Link("/search?", bodySearch(c.Value).Encode())
			default:
				r.Link = address(v, kind, c.Value, 1)
			}
		}
		all = append(all, r)
	}
	return all, nil
}

// bodySearch gives the search for a body without a record, in whatever role.
func bodySearch(name string) url.Values {
	quoted := asked("person", name).Get("q")
	return url.Values{"q": {quoted + " OR publisher:" + strings.TrimPrefix(quoted, "author:")}}
}
