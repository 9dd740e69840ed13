// Package collections is a reader's basket, kept in a cookie of their own
// browser, and the collections that who is signed in keeps or shares.
//
// It stands in the web beside the other pages. Collections are kept by
// curate's package collection; what of their reports a reader may see package
// rights says, as everywhere.
package collections

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/collection"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed *.html collections.css
var files embed.FS

// Files gives the templates and style of the pages.
func Files() fs.FS { return files }

// Pages is the basket and the collections.
type Pages struct{ basket, list, one *site.Template }

// New makes the pages.
func New(s *site.Site) (*Pages, error) {
	basket, err1 := s.Template(files, "basket.html", "chosen.html")
	list, err2 := s.Template(files, "collections.html")
	one, err3 := s.Template(files, "collection.html", "chosen.html")
	return &Pages{basket, list, one}, errors.Join(err1, err2, err3)
}

// owner is as whom a visitor keeps collections: their account, or who sits at
// this computer as long as there are none; "" for nobody.
func owner(v *site.Visit) string {
	if v.Local {
		return "local"
	}
	return v.Editor().Person
}

// shown are the reports of a basket or a collection, as far as the reader may
// know of them.
type shown struct {
	Reports     []site.Brief
	Hidden      int    // that the reader may not know of, or that are gone
	List, Cited string // addresses of the annotated list and the citations
	To          string // address that takes a report out
}

func newShown(v *site.Visit, ids []string, to string) (shown, error) {
	data := shown{To: to}
	if len(ids) == 0 {
		return data, nil
	}
	var known []string
	for r, err := range v.Catalog.Reports(v.R.Context(), catalog.Filter{IDs: ids}) {
		if err != nil {
			return data, err
		}
		if v.May(r, rights.Record) {
			data.Reports, known = append(data.Reports, v.Brief(r)), append(known, r.ID)
		}
	}
	data.Hidden = len(ids) - len(known)
	query := url.Values{"id": known}.Encode()
	data.List, data.Cited = v.Link("/list?", query), v.Link("/cite?", query)
	return data, nil
}

type listView struct {
	Collections []collection.Collection
	Owner       string
	Problem     string
}

// List answers GET /collections.
func (p *Pages) List(v *site.Visit) error { return p.listed(v, http.StatusOK, "") }

func (p *Pages) listed(v *site.Visit, status int, problem string) error {
	if v.Collections == nil {
		return site.NotFound(v)
	}
	all, err := v.Collections.Of(v.R.Context(), owner(v))
	if err != nil {
		return err
	}
	return v.ShowStatus(status, p.list, v.Text.Get("collections.title"), listView{all, owner(v), problem})
}

// Create answers POST /collections: a new one, with the reports named.
func (p *Pages) Create(v *site.Visit) error {
	if v.Collections == nil || v.ReadOnly {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	c, err := v.Collections.Put(v.R.Context(), collection.Collection{Owner: owner(v), Name: form.Get("name"), Reports: form["id"]})
	if kind := greyshelf.KindOf(err); kind == greyshelf.Invalid || kind == greyshelf.TooLarge {
		return p.listed(v, kind.HTTPStatus(), greyshelf.ReasonOf(err))
	}
	if err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, v.Link("/collections/", c.ID))
}

type oneView struct {
	collection.Collection
	Shown   shown
	Mine    bool
	People  []colleague // whom it may be shared with
	Problem string
}

type colleague struct {
	people.Person
	Chosen bool
}

// One answers GET /collections/{collection}.
func (p *Pages) One(v *site.Visit) error {
	c, err := p.collection(v)
	if err != nil {
		return err
	}
	return p.show(v, http.StatusOK, c, "")
}

func (p *Pages) collection(v *site.Visit) (collection.Collection, error) {
	if v.Collections == nil {
		return collection.Collection{}, site.NotFound(v)
	}
	return v.Collections.Collection(v.R.Context(), owner(v), v.R.PathValue("collection"))
}

func (p *Pages) show(v *site.Visit, status int, c collection.Collection, problem string) error {
	data := oneView{Collection: c, Mine: c.Owner == owner(v), Problem: problem}
	var err error
	if data.Shown, err = newShown(v, c.Reports, v.Link("/collections/", c.ID)); err != nil {
		return err
	}
	if data.Mine && v.People != nil {
		all, err := v.People.People(v.R.Context())
		if err != nil {
			return err
		}
		for _, person := range all {
			if person.ID != c.Owner && !person.Disabled {
				data.People = append(data.People, colleague{person, slices.Contains(c.Shared, person.ID)})
			}
		}
	}
	return v.ShowStatus(status, p.one, c.Name, data)
}

// Change answers POST /collections/{collection}: puts reports in or takes them
// out, renames, shares or drops it, by the value of do.
func (p *Pages) Change(v *site.Visit) error {
	c, err := p.collection(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if v.ReadOnly {
		return site.NotFound(v)
	}
	to := v.Link("/collections/", c.ID)
	switch form.Get("do") {
	case "add":
		_, err = v.Collections.Add(v.R.Context(), owner(v), c.ID, form["id"]...)
	case "take":
		_, err = v.Collections.Take(v.R.Context(), owner(v), c.ID, form["id"]...)
	case "change":
		if c.Name, c.Note = form.Get("name"), form.Get("note"); c.Owner == owner(v) {
			c.Shared = form["shared"]
		}
		_, err = v.Collections.Put(v.R.Context(), c)
	case "drop":
		err, to = v.Collections.Drop(v.R.Context(), owner(v), c.ID), v.Link("/collections")
	default:
		err = greyshelf.Errorf(greyshelf.Invalid, "change a collection", c.Name, "the form does not say what to do")
	}
	switch kind := greyshelf.KindOf(err); kind {
	case "":
		return v.Redirect(http.StatusSeeOther, to)
	case greyshelf.Invalid, greyshelf.TooLarge, greyshelf.Conflict, greyshelf.Forbidden:
		return p.show(v, kind.HTTPStatus(), c, greyshelf.ReasonOf(err))
	}
	return err
}

// The cookie of the basket: identifiers with dots between them. Nothing of it
// is kept here.
const (
	basketCookie = "greyshelf-basket"
	mostInBasket = 200
)

func inBasket(r *http.Request) []string {
	cookie, err := r.Cookie(basketCookie)
	if err != nil {
		return nil
	}
	var ids []string
	for id := range strings.SplitSeq(cookie.Value, ".") {
		if identifier(id) && !slices.Contains(ids, id) && len(ids) < mostInBasket {
			ids = append(ids, id)
		}
	}
	return ids
}

// identifier reports whether a text may be the identifier of a report.
func identifier(text string) bool {
	return text != "" && len(text) <= 40 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

type basketView struct {
	shown
	Collections []collection.Collection // of the reader, to put it into
	MayKeep     bool
}

// Basket answers GET /basket.
func (p *Pages) Basket(v *site.Visit) error {
	data := basketView{MayKeep: v.Collections != nil && owner(v) != "" && !v.ReadOnly}
	var err error
	if data.shown, err = newShown(v, inBasket(v.R), v.Link("/basket")); err != nil {
		return err
	}
	if data.MayKeep {
		if data.Collections, err = v.Collections.Of(v.R.Context(), owner(v)); err != nil {
			return err
		}
	}
	return v.Show(p.basket, v.Text.Get("basket.title"), data)
}

// ChangeBasket answers POST /basket: puts reports in, takes them out, or empties
// it, by the value of do.
func (p *Pages) ChangeBasket(v *site.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	ids := inBasket(v.R)
	switch form.Get("do") {
	case "take":
		ids = slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(form["id"], id) })
	case "empty":
		ids = nil
	default:
		for _, id := range form["id"] {
			if identifier(id) && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) > mostInBasket {
		return greyshelf.Errorf(greyshelf.TooLarge, "fill the basket", "", "a basket has room for %d reports; empty it first", mostInBasket)
	}
	cookie := &http.Cookie{Name: basketCookie, Value: strings.Join(ids, "."), Path: v.BasePath + "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: 90 * 24 * 3600}
	if len(ids) == 0 {
		cookie.MaxAge = -1
	}
	http.SetCookie(v.W, cookie)
	return v.Redirect(http.StatusSeeOther, v.Link("/basket"))
}
