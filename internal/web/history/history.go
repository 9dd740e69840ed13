// Package history shows every decision on a report and in the library, who gave
// each present value, and what differs between any two states; it takes
// decisions back and puts earlier values back.
//
// It stands in the web beside the other pages. Decisions are only ever added:
// an undo is one too, and can be undone.
package history

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed history.html decisions.html decision.html history.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// Page is the history of a report, and of the library.
type Page struct{ one, log, decision *site.Template }

// New makes the pages.
func New(s *site.Site) (*Page, error) {
	one, err1 := s.Template(files, "history.html")
	log, err2 := s.Template(files, "decisions.html")
	decision, err3 := s.Template(files, "decision.html")
	return &Page{one, log, decision}, errors.Join(err1, err2, err3)
}

type view struct {
	ID, Title, Language string
	Revision            int
	Decisions           []Decision
	Blame               []blame
	Compared            *compared
	Meanwhile           []Decision // what others had changed before a form was saved
	MayChange           bool
}

// Decision is a decision as it is shown (template "decision").
type Decision struct {
	ID, Who, Method, Reason, Undoes string
	Seq                             int64
	At                              time.Time
	Changes                         []Change
	Undone                          bool // another decision has taken it back
}

// Change is a field before and after, as people read it, with the words that
// differ marked.
type Change struct {
	Field         string
	Before, After []Piece
	Single        bool // its value before can be put back alone
}

// NewChange makes a change readable.
func NewChange(c greyshelf.Change) Change {
	was, is := Compare(Readable(c.Before), Readable(c.After))
	return Change{c.Field, was, is, curate.MayRestore(c.Field) && c.Report != ""}
}

// Show answers GET /r/ID/history: with from and to, two sequence numbers, also
// what differs between the states after those decisions; with since, a
// revision, what others changed after it.
func (p *Page) Show(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	decisions, err := v.Catalog.Decisions(v.R.Context(), r.ID, 0)
	if err != nil {
		return err
	}
	data := view{
		ID: r.ID, Title: v.TitleOf(r), Language: site.Language(r), Revision: r.Revision, Decisions: Shown(decisions), MayChange: v.MayChange(),
		Blame: blames(r, decisions),
	}
	asked := v.R.URL.Query()
	if asked.Has("from") || asked.Has("to") {
		if data.Compared, err = compare(r, decisions, asked.Get("from"), asked.Get("to")); err != nil {
			return err
		}
	}
	if revision, err := strconv.Atoi(asked.Get("since")); err == nil {
		if since := curate.Since(r, decisions, revision); len(since) > 1 {
			data.Meanwhile = Shown(since[1:]) // the first is the reader's own
		}
	}
	return v.Show(p.one, v.Text.Get("history.title"), data)
}

// Undo answers POST /r/ID/undo. Of a decision that changed other reports too,
// the page of the decision shows first what would become of them.
func (p *Page) Undo(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	past, err := v.Catalog.Decision(v.R.Context(), form.Get("decision"))
	if err != nil {
		return err
	}
	for _, c := range past.Changes {
		if c.Report != r.ID {
			return v.Redirect(http.StatusSeeOther, v.Link("/decisions/", past.ID))
		}
	}
	if _, err := v.Library.Desk.Undo(v.R.Context(), v.Editor().Name, past.ID, form.Get("reason")); err != nil {
		return err
	}
	v.WasChanged()
	return v.Redirect(http.StatusSeeOther, v.Link("/r/", r.ID, "/history"))
}

// Restore answers POST /r/ID/restore: one field gets an earlier value again.
func (p *Page) Restore(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	revision, err1 := strconv.Atoi(form.Get("revision"))
	seq, err2 := strconv.ParseInt(form.Get("seq"), 10, 64)
	if err := errors.Join(err1, err2); err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, "put the earlier value back", r.ID, "the form does not say which value")
	}
	if _, err := v.Library.Desk.Restore(v.R.Context(), v.Editor().Name, r.ID, revision, form.Get("field"), seq, form.Get("reason")); err != nil {
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
		out := Decision{ID: d.ID, Who: d.Who, Method: string(d.Method), Reason: d.Reason, Undoes: d.Undoes, Seq: d.Seq, At: d.At, Undone: undone[d.ID]}
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

// Before gives the number of the state before the decision.
func (d Decision) Before() int64 { return d.Seq - 1 }
