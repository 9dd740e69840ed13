// Package edit is the form that changes every field of a report's record.
//
// It stands in the web beside the other pages. What is changed, checked and
// kept is the business of curate.Desk; two people who change the same report
// are told of each other.
package edit

import (
	"embed"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/web/history"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed edit.html edit.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// Page is the form.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "edit.html")
	return &Page{t}, err
}

type view struct {
	ID, Title, Language string
	Revision            int // that the form is about
	Form                form
	Reason              string
	Problem             string             // why it was not saved
	Between             []history.Decision // what others changed meanwhile
}

// Show answers GET /r/ID/edit.
func (p *Page) Show(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	return v.Show(p.template, v.Text.Get("edit.title"), newView(v, r, fill(r)))
}

func newView(v *site.Visit, r greyshelf.Report, f form) view {
	return view{ID: r.ID, Title: v.TitleOf(r), Language: site.Language(r), Revision: r.Revision, Form: f}
}

// Save answers POST /r/ID/edit.
func (p *Page) Save(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	sent, err := v.Form()
	if err != nil {
		return err
	}
	revision, err := strconv.Atoi(sent.Get("revision"))
	if err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, "edit report", r.ID, "the form does not say which revision it changes")
	}
	change := func(r *greyshelf.Report) error { return apply(sent, r) }
	_, err = v.Library.Desk.Edit(v.R.Context(), v.Editor().Name, r.ID, revision, change, sent.Get("reason"))
	if err == nil {
		v.WasChanged()
		return v.Redirect(http.StatusSeeOther, v.ReportLink(r.ID))
	}
	return p.again(v, r, sent, revision, err)
}

// again shows the form as it was sent, and why it was not saved.
func (p *Page) again(v *site.Visit, r greyshelf.Report, sent url.Values, revision int, reason error) error {
	kind := greyshelf.KindOf(reason)
	if kind != greyshelf.Invalid && kind != greyshelf.Conflict {
		return reason
	}
	data := newView(v, r, sentForm(sent, r))
	data.Reason, data.Problem = sent.Get("reason"), greyshelf.ReasonOf(reason)
	if kind == greyshelf.Conflict {
		between, err := history.Since(v, r, revision)
		if err != nil {
			return err
		}
		data.Between, data.Problem = between, v.Text.Get("edit.conflict")
	}
	return v.ShowStatus(kind.HTTPStatus(), p.template, v.Text.Get("edit.title"), data)
}

// State answers POST /r/ID/state: a report is published, or withdrawn.
func (p *Page) State(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	sent, err := v.Form()
	if err != nil {
		return err
	}
	revision, err := strconv.Atoi(sent.Get("revision"))
	if err != nil {
		revision = r.Revision
	}
	change := func(r *greyshelf.Report) error {
		r.State = greyshelf.State(sent.Get("state"))
		return nil
	}
	if _, err := v.Library.Desk.Edit(v.R.Context(), v.Editor().Name, r.ID, revision, change, sent.Get("reason")); err != nil {
		return err
	}
	v.WasChanged()
	return v.Redirect(http.StatusSeeOther, v.ReportLink(r.ID))
}
