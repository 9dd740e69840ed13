// Package matches shows what else in the library a report may be: candidates
// side by side with it, what speaks for and against, and which pages changed.
// A person decides there.
//
// It stands in the web beside the other pages. It reads what identify found
// and was kept with the report; deciding is curate's.
package matches

import (
	"embed"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed matches.html matches.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// Page is the page of the matches of a report.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "matches.html")
	return &Page{t}, err
}

const (
	mostShown = 12  // candidates
	mostDiffs = 3   // candidates whose pages are compared for the page
	mostPages = 200 // changed pages of one of them
)

type view struct {
	ID, Title, Language string
	Revision            int
	Candidates          []candidate
	Apart               []site.Brief // the desk has said that they are not the same
	MayChange           bool
	MayLook             bool // the report can be compared anew
	Files               bool // it has files that could become an edition of another
}

type candidate struct {
	identify.Found
	This, Other side
	Evidence    []evidence
	Diff        *diff // nil where the pages were not compared
}

// side is one of the two reports that stand beside each other.
type side struct {
	site.Brief
	Number    string // report number
	Languages []string
	Link      string // first page of the file
	Hit       bool   // the keys j and k stop here
}

type evidence struct {
	Text    string
	Against bool
}

// Show answers GET /r/ID/matches.
func (p *Page) Show(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	if r.MergedInto != "" {
		return v.Redirect(http.StatusSeeOther, v.Link("/r/", r.MergedInto, "/matches"))
	}
	found, err := v.Matches(r)
	if err != nil {
		return err
	}
	data := view{
		ID: r.ID, Title: v.TitleOf(r), Language: site.Language(r), Revision: r.Revision, MayChange: v.MayChange(),
		MayLook: v.MayChange() && v.Identify != nil, Files: len(r.Files()) > 0,
	}
	for i, m := range found[:min(len(found), mostShown)] {
		c, err := newCandidate(v, r, m, i < mostDiffs)
		if err != nil {
			return err
		}
		data.Candidates = append(data.Candidates, c)
	}
	if data.Apart, err = apart(v, r); err != nil {
		return err
	}
	return v.Show(p.template, v.Text.Get("matches.title"), data)
}

func newCandidate(v *site.Visit, r greyshelf.Report, m identify.Found, diffed bool) (candidate, error) {
	other, err := v.Catalog.Report(v.R.Context(), m.Report)
	if err != nil {
		return candidate{}, err
	}
	c := candidate{Found: m, This: newSide(v, r, m.For), Other: newSide(v, other, m.File)}
	c.Other.Hit = true
	for _, e := range m.Evidence {
		c.Evidence = append(c.Evidence, evidence{said(v, e), e.Against})
	}
	if diffed && m.For != "" && m.File != "" && m.Verdict.Near() && m.Verdict != identify.Translation {
		c.Diff, err = newDiff(v, r, other, m)
	}
	return c, err
}

func newSide(v *site.Visit, r greyshelf.Report, file string) side {
	f, _ := r.File(file)
	as := identify.As(r, f)
	s := side{Brief: v.Brief(as), Number: r.Identifier(greyshelf.ReportNumber), Languages: as.Languages}
	s.Pages, s.Size, s.Thumb = "", "", ""
	if f.Pages > 0 {
		s.Pages = v.Text.Count("pages", f.Pages)
	}
	if f.Pages > 0 && s.Open {
		s.Link = v.PageLink(r.ID, f.SHA256, 1)
		s.Thumb = s.Link + site.ThumbQuery
	}
	if f.Bytes > 0 {
		s.Size = greyshelf.FormatSize(f.Bytes)
	}
	return s
}

// said gives evidence in the reader's language.
func said(v *site.Visit, e identify.Evidence) string {
	if !slices.Contains(identify.EvidenceKinds(), e.Kind) {
		return e.Says
	}
	args := make([]any, len(e.Values))
	for i, value := range e.Values {
		args[i] = value
	}
	if e.Kind == "identifier" && len(e.Values) == 2 {
		args[0] = v.Text.Or("row.", e.Values[0])
	}
	return v.Text.Get("evidence."+e.Kind, args...)
}

// apart gives the reports that the desk keeps apart from this one.
func apart(v *site.Visit, r greyshelf.Report) ([]site.Brief, error) {
	ids, err := curate.Apart(v.R.Context(), v.Catalog, r.ID)
	var all []site.Brief
	for id := range ids {
		other, err := v.Catalog.Report(v.R.Context(), id)
		if err != nil {
			return nil, err
		}
		all = append(all, v.Brief(other))
	}
	slices.SortFunc(all, func(a, b site.Brief) int {
		if a.Title != b.Title {
			return strings.Compare(a.Title, b.Title)
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all, err
}

// Decide answers POST /r/ID/matches.
func (p *Page) Decide(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	act, other, reason, who := form.Get("act"), form.Get("other"), form.Get("reason"), v.Editor().Name
	if revision, err := strconv.Atoi(form.Get("revision")); err == nil && revision != r.Revision {
		return greyshelf.Errorf(greyshelf.Conflict, "decide", r.ID, "somebody changed the report in between; look at it again")
	}
	next := v.Link("/r/", r.ID, "/matches")
	desk := v.Library.Desk
	switch act {
	case string(curate.AsEdition), string(curate.AsCopy), string(curate.AsTranslation):
		_, err = desk.Merge(v.R.Context(), who, r.ID, other, curate.MergeAs(act), reason)
		next = v.ReportLink(other)
	case "apart":
		_, err = desk.KeepApart(v.R.Context(), who, r.ID, other, reason)
	case "together":
		_, err = desk.TakeTogether(v.R.Context(), who, r.ID, other, reason)
	case "look":
		if v.Identify == nil {
			return site.NotFound(v)
		}
		err = v.Identify(v.R.Context(), r.ID)
	default:
		return greyshelf.Errorf(greyshelf.Invalid, "decide", r.ID, "“%s” is nothing that can be decided here", act)
	}
	if err != nil {
		return err
	}
	v.WasChanged()
	return v.Redirect(http.StatusSeeOther, next)
}
