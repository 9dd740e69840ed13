// Package history shows every decision on a report and takes decisions back.
//
// It stands in the web beside the other pages. Decisions are only ever added:
// an undo is one too, and can be undone.
package history

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"strings"
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

// Change is a field before and after, as people read it.
type Change struct{ Field, Before, After string }

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
		ID: r.ID, Title: v.TitleOf(r), Language: site.Language(r), Decisions: shown(decisions), MayChange: v.MayChange(),
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

// Since gives the decisions on a report after a revision of it, newest first.
func Since(v *site.Visit, r greyshelf.Report, revision int) ([]Decision, error) {
	if revision >= r.Revision {
		return nil, nil
	}
	decisions, err := v.Catalog.Decisions(v.R.Context(), r.ID, r.Revision-max(revision, 0))
	return shown(decisions), err
}

func shown(decisions []greyshelf.Decision) []Decision {
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
			out.Changes = append(out.Changes, Change{c.Field, readable(c.Before), readable(c.After)})
		}
		all = append(all, out)
	}
	return all
}

// mostShown bounds the characters of a value in the history.
const mostShown = 600

// readable writes a JSON value for people: texts as they are, lists a line per
// item, objects by their values.
func readable(data json.RawMessage) string {
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return string(data)
	}
	text := []rune(written(value))
	if len(text) > mostShown {
		return string(text[:mostShown]) + "…"
	}
	return string(text)
}

func written(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case []any:
		var parts []string
		for _, item := range value {
			parts = append(parts, written(item))
		}
		return strings.Join(parts, "\n")
	case map[string]any:
		return object(value)
	}
	data, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(data)
}

// object writes the parts that tell most, in the order in which people read.
func object(value map[string]any) string {
	var parts []string
	for _, key := range []string{"scheme", "name", "label", "printed", "code", "statement", "holder", "access", "edtf", "role", "stated", "language", "pages", "bytes", "date", "sha256", "files"} {
		if text := written(value[key]); text != "" && (len(parts) == 0 || parts[len(parts)-1] != text) {
			parts = append(parts, text)
		}
	}
	if text := written(value["value"]); text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, " · ")
}
