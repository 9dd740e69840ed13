package upload

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// longestField bounds a field of the form that adds a file, in bytes.
const longestField = 4000

// Attach answers POST /r/ID/files: a form that adds a file to the report. Its
// fields stand before the file, as the form of the report's page has them.
func (p *Page) Attach(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	if v.Library.Attach == nil {
		return site.NotFound(v)
	}
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostBytes)
	form, err := v.R.MultipartReader()
	if err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, "add", r.ID, "the form holds no file")
	}
	fields := map[string]string{}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return greyshelf.Errorf(greyshelf.Invalid, "add", r.ID, "no file was chosen")
		}
		if err != nil {
			return greyshelf.Errorf(greyshelf.Invalid, "add", r.ID, "what was sent arrived damaged or in part; send it again")
		}
		name := site.UploadName(part.Header.Get("Content-Disposition"))
		if name == "" {
			value, err := io.ReadAll(io.LimitReader(part, longestField))
			if err != nil {
				return greyshelf.Errorf(greyshelf.Invalid, "add", r.ID, "what was sent arrived damaged or in part; send it again")
			}
			if len(fields) < 10 {
				fields[part.FormName()] = string(value)
			}
			continue
		}
		result := v.Library.Attach(v.R.Context(), v.Editor().Name, r.ID, curate.AttachAs(fields["as"]), fields["part"], name, part)
		if result.Status == "refused" {
			return greyshelf.Errorf(greyshelf.Invalid, "add", name, "%s", result.Reason)
		}
		v.WasChanged()
		return v.Redirect(http.StatusSeeOther, v.ReportLink(r.ID)+"#editions")
	}
}

// Record answers POST /add/link: a record of a report that stands elsewhere.
// It is a draft, as every report that is added here. Where it looks like
// others, these are shown next.
func (p *Page) Record(v *site.Visit) error {
	sent, err := v.Form()
	if err != nil {
		return err
	}
	k := curate.LinkRecord{
		URL: sent.Get("url"), Title: sent.Get("title"), Date: sent.Get("date"),
		Publishers: []string{sent.Get("publisher")}, Authors: strings.FieldsFunc(sent.Get("authors"), func(r rune) bool { return r == '\n' || r == '\r' }),
	}
	report, err := k.Report()
	var outcome curate.Outcome
	if err == nil {
		outcome, err = v.Library.Desk.Record(v.R.Context(), v.Editor().Name, report, true)
	}
	if greyshelf.KindOf(err) == greyshelf.Invalid {
		data := newView(v, nil)
		data.Link, data.Problem = k, greyshelf.ReasonOf(err)
		return v.ShowStatus(http.StatusBadRequest, p.template, v.Text.Get("add.title"), data)
	}
	if err != nil {
		return err
	}
	v.WasChanged()
	if v.Identify != nil {
		if err := v.Identify(v.R.Context(), outcome.Report); err != nil {
			v.Log.Warn("a record was added, but not compared with the library", "report", outcome.Report, "err", err)
		}
	}
	report.ID = outcome.Report
	if like, err := v.Matches(report); err == nil && len(like) > 0 {
		return v.Redirect(http.StatusSeeOther, v.ReportLink(outcome.Report)+"/matches")
	}
	return v.Redirect(http.StatusSeeOther, v.ReportLink(outcome.Report)+"/edit")
}
