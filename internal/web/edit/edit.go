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
	"github.com/greyshelf/greyshelf/internal/curate"
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
	Revision            int // that the form was made from
	Seen                int // newest revision of which the person is told
	Form                form
	Reason              string
	Problem             string             // why it was not saved
	Between             []history.Decision // what others changed meanwhile
	Collisions          []collision        // fields of which the person says whose value stays
	Decided             []choice           // and of which that was said already
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
	return view{ID: r.ID, Title: v.TitleOf(r), Language: site.Language(r), Revision: r.Revision, Seen: r.Revision, Form: f}
}

// Save answers POST /r/ID/edit. What others changed since the form was made is
// kept; of fields that both changed the form asks whose value stays.
func (p *Page) Save(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	sent, err := v.Form()
	if err != nil {
		return err
	}
	e := curate.Editing{Report: r.ID, Change: func(r *greyshelf.Report) error { return apply(sent, r) }, Mine: choices(sent), Reason: sent.Get("reason")}
	if e.Revision, err = strconv.Atoi(sent.Get("revision")); err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, "edit report", r.ID, "the form does not say which revision it changes")
	}
	e.Seen, _ = strconv.Atoi(sent.Get("seen")) // none was seen where it does not say
	done, err := v.Library.Desk.EditTogether(v.R.Context(), v.Editor().Name, e)
	if err != nil {
		return p.again(v, r, sent, e, done, err)
	}
	v.WasChanged()
	if len(done.Since) > 0 {
		return v.Redirect(http.StatusSeeOther, v.Link("/r/", r.ID, "/history?since=", e.Revision))
	}
	return v.Redirect(http.StatusSeeOther, v.ReportLink(r.ID))
}

// again shows the form as it was sent, and why it was not saved.
func (p *Page) again(v *site.Visit, r greyshelf.Report, sent url.Values, e curate.Editing, done curate.Edited, reason error) error {
	kind := greyshelf.KindOf(reason)
	if kind != greyshelf.Invalid && kind != greyshelf.Conflict {
		return reason
	}
	if done.Base.ID == "" {
		done.Base = r
	}
	data := newView(v, r, sentForm(sent, done.Base))
	data.Reason, data.Problem, data.Revision, data.Seen = e.Reason, greyshelf.ReasonOf(reason), e.Revision, done.Present
	data.Between = history.Shown(done.Since)
	for _, c := range done.Together.Collisions {
		data.Collisions = append(data.Collisions, newCollision(c))
		data.Problem = v.Text.Get("edit.conflict")
	}
	data.Decided = decided(e.Mine, done.Together.Collisions)
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

// TakeDown answers POST /r/ID/takedown: the report is withdrawn, with words for
// everybody who comes to its address.
func (p *Page) TakeDown(v *site.Visit) error {
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
		return greyshelf.Errorf(greyshelf.Invalid, "take down the report", r.ID, "the form does not say which revision it is about")
	}
	if _, err := v.Library.Desk.TakeDown(v.R.Context(), v.Editor().Name, r.ID, revision, sent.Get("tombstone"), sent.Get("reason")); err != nil {
		return err
	}
	v.WasChanged()
	return v.Redirect(http.StatusSeeOther, v.ReportLink(r.ID))
}
