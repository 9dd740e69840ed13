package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// change edits a report as somebody else does.
func (l *library) change(id string, change func(*greyshelf.Report)) greyshelf.Decision {
	l.t.Helper()
	r, err := l.catalog.Report(l.t.Context(), id)
	must(l.t, err)
	made, err := l.web.Desk.Edit(l.t.Context(), "Ben", id, r.Revision, func(r *greyshelf.Report) error { change(r); return nil }, "")
	must(l.t, err)
	return made
}

func (l *library) report(id string) greyshelf.Report {
	l.t.Helper()
	r, err := l.catalog.Report(l.t.Context(), id)
	must(l.t, err)
	return r
}

// TestTwoEdit: two people who change different fields both keep theirs; of a
// field that both changed the second says whose stays, and loses nothing.
func TestTwoEdit(t *testing.T) {
	l := newLibrary(t)
	l.change("open", func(r *greyshelf.Report) { r.Abstract = "Ben was here." })
	w := l.ask(local, "/r/open/edit", url.Values{"revision": {"1"}, "seen": {"1"}, "annotation": {"Ada wrote this."}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/r/open/history?since=1" {
		t.Fatalf("%d to %s: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	if r := l.report("open"); r.Abstract != "Ben was here." || r.Annotation != "Ada wrote this." {
		t.Errorf("%+v", r)
	}

	l.change("open", func(r *greyshelf.Report) { r.Abstract, r.Series = "Ben was here again.", "Harbours" })
	form := url.Values{"revision": {"3"}, "seen": {"3"}, "abstract": {"Ada says no."}, "note": {"typed"}, "reason": {"because"}}
	w = l.ask(local, "/r/open/edit", form)
	body := w.Body.String()
	for _, want := range []string{`name="take-abstract" value="mine"`, `name="take-abstract" value="theirs"`, `name="revision" value="3"`, `name="seen" value="4"`, ">Ada says no.</textarea>", ">typed</textarea>", `value="because"`, "Ben was <ins>here again.</ins>", "Ben"} {
		if !strings.Contains(body, want) {
			t.Errorf("the form that comes back has no %s", want)
		}
	}
	if w.Code != http.StatusConflict || strings.Contains(body, "take-series") {
		t.Errorf("status %d", w.Code)
	}
	form.Set("seen", "4")
	form.Set("take-abstract", "mine")
	if w = l.ask(local, "/r/open/edit", form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if r := l.report("open"); r.Abstract != "Ada says no." || r.Series != "Harbours" || r.Note != "typed" {
		t.Errorf("%+v", r)
	}
}

// TestEditOfWhatIsGone: what was typed comes back with a clear answer when the
// report was merged meanwhile, and when the person may edit no more.
func TestEditOfWhatIsGone(t *testing.T) {
	l := newLibrary(t)
	if _, err := l.web.Desk.Merge(t.Context(), "Ben", "extract", "open", "edition", ""); err != nil {
		t.Fatal(err)
	}
	w := l.ask(local, "/r/extract/edit", url.Values{"revision": {"1"}, "annotation": {"typed in vain"}})
	if body := w.Body.String(); w.Code != http.StatusConflict || !strings.Contains(body, "merged into open") || !strings.Contains(body, "typed in vain") {
		t.Errorf("merged: %d %s", w.Code, body)
	}
	as := withPeople(t, l)
	people, err := l.web.People.People(t.Context())
	must(t, err)
	for _, p := range people {
		if p.Role == rights.Librarian {
			p.Disabled = true
			_, err = l.web.People.Put(t.Context(), "test", p)
			must(t, err)
		}
	}
	w = l.ask(visitor, "/r/open/edit", url.Values{"revision": {"2"}, "annotation": {"typed"}}, as[rights.Librarian])
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "what you typed is still there") || l.report("open").Annotation != "" {
		t.Errorf("removed: %d", w.Code)
	}
}
