// Package history shows every decision on a report and takes decisions back.
//
// It stands in the web beside the other pages. Decisions are only ever added:
// an undo is one too, and can be undone.
package history

import (
	"embed"
	"io/fs"
	"net/http"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed history.html history.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// Page is the history of a report.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "history.html")
	return &Page{t}, err
}

type view struct {
	ID, Title, Language string
	Decisions           []Decision
	MayChange           bool
}

// Decision is a decision as it is shown (template "decision").
type Decision struct {
	ID, Who, Method, Reason, Undoes string
	At                              time.Time
	Changes                         []Change
	Undone                          bool // another decision has taken it back
}

// Change is a field before and after, as people read it, with the words that
// differ marked.
type Change struct {
	Field         string
	Before, After []Piece
}

// NewChange makes a change readable.
func NewChange(c greyshelf.Change) Change {
	was, is := Compare(Readable(c.Before), Readable(c.After))
	return Change{c.Field, was, is}
}

// Show answers GET /r/ID/history.
func (p *Page) Show(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	decisions, err := v.Catalog.Decisions(v.R.Context(), r.ID, 0)
	if err != nil {
		return err
	}
	return v.Show(p.template, v.Text.Get("history.title"), view{
		ID: r.ID, Title: v.TitleOf(r), Language: site.Language(r), Decisions: Shown(decisions), MayChange: v.MayChange(),
	})
}

// Undo answers POST /r/ID/undo.
func (p *Page) Undo(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if _, err := v.Library.Desk.Undo(v.R.Context(), v.Editor().Name, form.Get("decision"), form.Get("reason")); err != nil {
		return err
	}
	v.WasChanged()
	return v.Redirect(http.StatusSeeOther, v.Link("/r/", r.ID, "/history"))
}

// Shown makes decisions readable. They are those on one report, newest first.
func Shown(decisions []greyshelf.Decision) []Decision {
	undone := map[string]bool{}
	var all []Decision
	for _, d := range decisions { // newest first: an undo that was undone counts no more
		if d.Undoes != "" && !undone[d.ID] {
			undone[d.Undoes] = true
		}
		out := Decision{ID: d.ID, Who: d.Who, Method: string(d.Method), Reason: d.Reason, Undoes: d.Undoes, At: d.At, Undone: undone[d.ID]}
		for _, c := range d.Changes {
			if c.Field == "entry" {
				continue // how an imported entry was laid out: nothing to read
			}
			out.Changes = append(out.Changes, NewChange(c))
		}
		all = append(all, out)
	}
	return all
}
