// Package authorities shows the records of named things: a list to search, a
// page for each person, body, place or subject with its forms, relations and
// reports, both as files in SKOS and MARC 21, the tree of subjects, and the forms by which the desk changes,
// merges and divides them. It also answers what is suggested while typing.
//
// It stands in the web beside the other pages. It reads through curate's
// package authority and changes through curate.Desk; which reports a reader
// sees on a page is decided by the search, as everywhere.
package authorities

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed *.html authorities.css authorities.js
var files embed.FS

// Files gives the templates, style and script of the pages.
func Files() fs.FS { return files }

// Page is the pages of authorities.
type Page struct {
	list, one, change, merge, subjects *site.Template

	vocabulary authority.Vocabulary
	exporting  sync.Mutex
}

// New makes the pages.
func New(s *site.Site) (*Page, error) {
	list, err1 := s.Template(files, "authoritylist.html")
	one, err2 := s.Template(files, "authorityone.html")
	change, err3 := s.Template(files, "authoritychange.html")
	merge, err4 := s.Template(files, "authoritymerge.html")
	subjects, err5 := s.Template(files, "subjecttree.html")
	return &Page{list: list, one: one, change: change, merge: merge, subjects: subjects}, errors.Join(err1, err2, err3, err4, err5)
}

const (
	perPage   = 50
	mostPages = 2000 // of the list
)

type listView struct {
	Query, Type    string
	Types          []greyshelf.AuthorityType
	All            []line
	Previous, Next string
	MayChange      bool
	Formats        []format
}

// line is an authority in a list.
type line struct {
	ID, Label, Place string
	Type             greyshelf.AuthorityType
	Also             []string
}

func newLine(v *site.Visit, a greyshelf.Authority) line {
	l := line{ID: a.ID, Label: a.LabelIn(v.Text.Tag), Place: a.Place, Type: a.Type}
	for _, form := range a.Forms() {
		if form != l.Label && len(l.Also) < 4 {
			l.Also = append(l.Also, form)
		}
	}
	return l
}

func newLines(v *site.Visit, all []greyshelf.Authority) []line {
	var lines []line
	for _, a := range all {
		lines = append(lines, newLine(v, a))
	}
	return lines
}

// Show answers GET /authorities.
func (p *Page) Show(v *site.Visit) error {
	form := v.R.URL.Query()
	data := listView{Query: form.Get("name"), Type: form.Get("type"), Types: greyshelf.AuthorityTypes(), MayChange: v.MayChange(), Formats: formats()}
	number, _ := strconv.Atoi(form.Get("page"))
	number = min(max(number, 1), mostPages)
	all, err := p.found(v, data, number)
	if err != nil {
		return err
	}
	at := func(n int) string {
		form.Set("page", strconv.Itoa(n))
		return v.Link("/authorities?", form.Encode())
	}
	if number > 1 {
		data.Previous = at(number - 1)
	}
	if len(all) > perPage {
		data.Next, all = at(number+1), all[:perPage]
	}
	data.All = newLines(v, all)
	return v.Show(p.list, v.Text.Get("authorities.title"), data)
}

// found gives one record more than a page holds, where there are more.
func (p *Page) found(v *site.Visit, data listView, number int) ([]greyshelf.Authority, error) {
	ctx, offset := v.R.Context(), (number-1)*perPage
	if data.Query == "" {
		return authority.List(ctx, v.Catalog, greyshelf.AuthorityType(data.Type), offset, perPage+1)
	}
	var some []greyshelf.Authority
	for _, class := range []authority.Class{authority.Names, authority.Subjects} {
		all, err := authority.Suggest(ctx, v.Catalog, class, data.Query, 1000)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if data.Type == "" || data.Type == string(a.Type) {
				some = append(some, a)
			}
		}
	}
	some = some[min(offset, len(some)):]
	return some[:min(len(some), perPage+1)], nil
}

// get gives the authority that the address names. A merged one leads to where
// it went: then the answer is given.
func get(v *site.Visit) (a greyshelf.Authority, revision int, answered bool, err error) {
	id := v.R.PathValue("id")
	a, revision, err = authority.Get(v.R.Context(), v.Catalog, id)
	if err != nil {
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			err = site.NotFound(v)
		}
		return a, 0, false, err
	}
	if a.MergedInto != "" && v.R.Method != http.MethodPost {
		to := strings.Replace(strings.TrimPrefix(v.R.URL.RequestURI(), v.BasePath), "/a/"+id, "/a/"+a.MergedInto, 1)
		return a, 0, true, v.Redirect(http.StatusMovedPermanently, v.Link(to))
	}
	return a, revision, false, nil
}

// entry is a report in the list of a page.
type entry struct {
	site.Brief
	Citation, Abstract string
}

// mostReports is how many reports a page of an authority shows.
const mostReports = 50

// mostLooked is how many of those that the search finds are looked at.
const mostLooked = 2000

// reports gives the reports that name the authority and the reader may know of.
func reports(v *site.Visit, a greyshelf.Authority) (all []entry, more bool, err error) {
	found, err := v.Selection(asked(a))
	if err != nil {
		return nil, false, err
	}
	looked := 0
	for r, err := range found {
		if err != nil {
			return nil, false, err
		}
		if looked++; looked > mostLooked || len(all) == mostReports {
			return all, true, nil
		}
		if curate.Names(a, r) {
			all = append(all, entry{v.Brief(r), v.Citation(r), r.ListAbstract()})
		}
	}
	return all, false, nil
}
