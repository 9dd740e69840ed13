// Package notices is the form by which any reader tells the desk of a report
// (an error, the wish for a copy, that it must not be shown), and the page on
// which the desk answers.
//
// It stands in the web beside the other pages. It keeps what is said through
// curate's package notice and changes no report.
package notices

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/notice"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed *.html notices.css
var files embed.FS

// Files gives the templates and style of the pages.
func Files() fs.FS { return files }

// Pages is the form and the desk's page.
type Pages struct {
	form, list *site.Template
	pace       site.Pace
}

// New makes the pages.
func New(s *site.Site) (*Pages, error) {
	form, err1 := s.Template(files, "notice.html")
	list, err2 := s.Template(files, "notices.html")
	return &Pages{form: form, list: list}, errors.Join(err1, err2)
}

type formView struct {
	Brief   site.Brief
	Notice  notice.Notice
	Abouts  []notice.About
	Problem string
	Taken   bool
}

// Form answers GET /r/ID/notice?about=…&page=….
func (p *Pages) Form(v *site.Visit) error {
	r, err := p.report(v)
	if err != nil {
		return err
	}
	query := v.R.URL.Query()
	n := notice.Notice{About: notice.About(query.Get("about"))}
	n.Page, _ = strconv.Atoi(query.Get("page"))
	if n.Page < 0 {
		n.Page = 0
	}
	return p.show(v, http.StatusOK, formView{Brief: v.Brief(r), Notice: n, Taken: query.Has("taken")})
}

// report gives the report that is spoken of, where anything can be said.
func (p *Pages) report(v *site.Visit) (greyshelf.Report, error) {
	r, err := v.Report(rights.Record)
	if err == nil && (v.Notices == nil || v.ReadOnly) {
		return r, site.NotFound(v)
	}
	return r, err
}

func (p *Pages) show(v *site.Visit, status int, data formView) error {
	data.Abouts = notice.Abouts()
	if !slices.Contains(data.Abouts, data.Notice.About) {
		data.Notice.About = notice.Error
	}
	return v.ShowStatus(status, p.form, v.Text.Get("notice.title"), data)
}

// Take answers POST /r/ID/notice. A field that nobody sees catches programs
// that fill every field.
func (p *Pages) Take(v *site.Visit) error {
	r, err := p.report(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	n := notice.Notice{About: notice.About(form.Get("about")), Report: r.ID, Text: form.Get("text"), Email: strings.TrimSpace(form.Get("email"))}
	if n.Page, _ = strconv.Atoi(form.Get("page")); n.Page < 0 {
		n.Page = 0
	}
	again := func(status int, problem string) error {
		return p.show(v, status, formView{Brief: v.Brief(r), Notice: n, Problem: problem})
	}
	if n.Email != "" {
		if n.Email, err = mail.ParseEmail(n.Email); err != nil {
			return again(http.StatusBadRequest, greyshelf.ReasonOf(err))
		}
	}
	if form.Get("website") == "" {
		if !p.pace.Allow(v) {
			return again(http.StatusTooManyRequests, v.Text.Get("notice.often"))
		}
		_, err = v.Notices.Leave(v.R.Context(), n)
	}
	switch kind := greyshelf.KindOf(err); kind {
	case "":
		return v.Redirect(http.StatusSeeOther, v.Link("/r/", r.ID, "/notice?taken"))
	case greyshelf.Invalid, greyshelf.TooLarge:
		return again(kind.HTTPStatus(), greyshelf.ReasonOf(err))
	}
	return err
}

type listView struct {
	Open, Done []line
	Problem    string
}

type line struct {
	notice.Notice
	Title, Language string // of the report
	Link            string // of the report or its page
}

// Limits of the page.
const (
	mostOpen = 200
	mostDone = 50
)

// List answers GET /notices.
func (p *Pages) List(v *site.Visit) error { return p.listed(v, http.StatusOK, "") }

func (p *Pages) listed(v *site.Visit, status int, problem string) error {
	if v.Notices == nil {
		return site.NotFound(v)
	}
	open, err := v.Notices.Open(v.R.Context(), mostOpen)
	if err != nil {
		return err
	}
	done, err := v.Notices.Done(v.R.Context(), 0)
	if err != nil {
		return err
	}
	done = done[max(0, len(done)-mostDone):]
	slices.Reverse(done)
	return v.ShowStatus(status, p.list, v.Text.Get("notices.title"), listView{lines(v, open), lines(v, done), problem})
}

func lines(v *site.Visit, all []notice.Notice) []line {
	var some []line
	for _, n := range all {
		l := line{Notice: n, Title: n.Report, Link: v.ReportLink(n.Report)}
		if r, err := v.Catalog.Report(v.R.Context(), n.Report); err == nil {
			l.Title, l.Language = v.TitleOf(r), site.Language(r)
			if files := r.Files(); n.Page > 0 && len(files) > 0 {
				l.Link = v.PageLink(r.ID, files[0].SHA256, n.Page)
			}
		}
		some = append(some, l)
	}
	return some
}

// Change answers POST /notices: closes, opens again or erases one, by the value
// of do.
func (p *Pages) Change(v *site.Visit) error {
	if v.Notices == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	ctx, id := v.R.Context(), form.Get("id")
	switch form.Get("do") {
	case "close":
		err = v.Notices.Close(ctx, id, v.Editor().Name, form.Get("answer"))
	case "open":
		err = v.Notices.Reopen(ctx, id)
	case "erase":
		err = v.Notices.Erase(ctx, id)
	default:
		err = greyshelf.Errorf(greyshelf.Invalid, "change a notice", id, "the form does not say what to do")
	}
	switch kind := greyshelf.KindOf(err); kind {
	case "":
		return v.Redirect(http.StatusSeeOther, v.Link("/notices"))
	case greyshelf.Invalid, greyshelf.Conflict, greyshelf.NotFound:
		return p.listed(v, kind.HTTPStatus(), greyshelf.ReasonOf(err))
	}
	return err
}
