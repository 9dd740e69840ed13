package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/audit"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// TestHistoryPages walks blame, the comparison of two states, the value put
// back and the log.
func TestHistoryPages(t *testing.T) {
	l := newLibrary(t)
	first := l.change("open", func(r *greyshelf.Report) { r.Abstract = "Of water and of salt." })
	second := l.change("open", func(r *greyshelf.Report) { r.Abstract = "Of water and of sand." })
	has := func(path string, want ...string) {
		t.Helper()
		w := l.ask(local, path, nil)
		for _, text := range want {
			if !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s (%d) has no %s", path, w.Code, text)
			}
		}
	}
	has("/r/open/history", "Who gave each value", `href="#d-`+second.ID, "Of water and of salt.", `name="field" value="abstract"`)
	has(fmt.Sprintf("/r/open/history?from=%d&to=%d", first.Seq, second.Seq), "Of water and of <del>salt.</del>", "Of water and of <ins>sand.</ins>")
	has(fmt.Sprintf("/r/open/history?from=%d&to=%d", second.Seq, first.Seq), "Of water and of <del>sand.</del>")
	has("/r/open/history?from=0&to=0", "Nothing differs")
	if w := l.ask(local, "/r/open/history?from=x", nil); w.Code != http.StatusBadRequest {
		t.Errorf("from=x: %d", w.Code)
	}
	restore := url.Values{"revision": {"3"}, "field": {"abstract"}, "seq": {fmt.Sprint(first.Seq)}}
	if w := l.ask(local, "/r/open/restore", restore); w.Code != http.StatusSeeOther || l.report("open").Abstract != "Of water and of salt." {
		t.Errorf("restore: %d %s", w.Code, l.report("open").Abstract)
	}
	if w := l.ask(local, "/r/open/restore", restore); w.Code != http.StatusConflict {
		t.Errorf("restore from an old form: %d", w.Code)
	}
	has("/decisions", "/decisions/"+first.ID, "Ben", "Abstract")
	has("/decisions?who=Ben&method=person&day="+time.Now().UTC().Format(time.DateOnly), first.ID)
	has("/decisions?who=Nobody", "No decision is like that")
	if w := l.ask(local, "/decisions?day=yesterday", nil); w.Code != http.StatusBadRequest {
		t.Errorf("a day that is none: %d", w.Code)
	}
	if w := l.ask(visitor, "/decisions", nil); w.Code != http.StatusForbidden {
		t.Errorf("the log for a visitor: %d", w.Code)
	}
}

// TestLogIsPaged follows the pages of the log to the end: every decision
// stands on one of them.
func TestLogIsPaged(t *testing.T) {
	l := newLibrary(t)
	for i := range 120 {
		l.change("open", func(r *greyshelf.Report) { r.Series = fmt.Sprint("S", i) })
	}
	seen := map[string]bool{}
	for path := "/decisions?who=Ben"; path != ""; {
		body := l.ask(local, path, nil).Body.String()
		for _, m := range regexp.MustCompile(`href="/decisions/([^"]+)"><time`).FindAllStringSubmatch(body, -1) {
			seen[m[1]] = true
		}
		path = ""
		if m := regexp.MustCompile(`href="([^"]+)" rel="next"`).FindStringSubmatch(body); m != nil {
			path = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	if len(seen) != 120 {
		t.Errorf("%d decisions on the pages, want 120", len(seen))
	}
}

// TestUndoOfMany undoes a decision on several reports: the page says what
// would change and what was changed again, which then stays.
func TestUndoOfMany(t *testing.T) {
	l := newLibrary(t)
	c := catalog.Commit{Decision: greyshelf.Decision{ID: "bulk", At: time.Now(), Who: "Ben", Method: greyshelf.ByPerson}}
	for _, id := range []string{"open", "extract", "link"} {
		r := l.report(id)
		r.Series = "Wrong"
		c.Reports = append(c.Reports, r)
	}
	_, err := l.catalog.Commit(t.Context(), c)
	must(t, err)
	again := l.change("extract", func(r *greyshelf.Report) { r.Series = "Right" })
	if w := l.ask(local, "/r/open/undo", url.Values{"decision": {"bulk"}}); w.Header().Get("Location") != "/decisions/bulk" || l.report("open").Series != "Wrong" {
		t.Errorf("an undo from one of the reports: %d %v", w.Code, w.Header())
	}
	body := l.ask(local, "/decisions/bulk", nil).Body.String()
	for _, want := range []string{"2 reports would change", "Changed again since", "/decisions/" + again.ID, "Undo the rest", `name="rest"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the preview has no %s", want)
		}
	}
	if w := l.ask(local, "/decisions/bulk/undo", url.Values{}); w.Code != http.StatusConflict {
		t.Errorf("undo all: %d", w.Code)
	}
	w := l.ask(local, "/decisions/bulk/undo", url.Values{"rest": {"1"}})
	if w.Code != http.StatusSeeOther || l.report("open").Series != "" || l.report("extract").Series != "Right" || l.report("link").Series != "" {
		t.Errorf("undo the rest: %d", w.Code)
	}
	if body := l.ask(local, "/decisions/bulk", nil).Body.String(); !strings.Contains(body, "already undone") {
		t.Error("the page of an undone decision does not say so")
	}
}

// TestAuditExport: administrators get every decision in a form that is whole.
func TestAuditExport(t *testing.T) {
	l := newLibrary(t)
	as := withPeople(t, l)
	w := l.ask(visitor, "/audit", nil, as[rights.Administrator])
	found, err := audit.Verify(w.Body)
	if err != nil || w.Code != http.StatusOK || found.Decisions < len(shelf) || len(found.Defects) > 0 {
		t.Errorf("%d %v %+v", w.Code, err, found)
	}
	if w := l.ask(visitor, "/audit?as=csv&since=2999-01-01", nil, as[rights.Administrator]); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "seq,id,") {
		t.Errorf("as a table: %d", w.Code)
	}
	for _, path := range []string{"/audit?as=xml", "/audit?since=x"} {
		if w := l.ask(visitor, path, nil, as[rights.Administrator]); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := l.ask(visitor, "/audit", nil, as[rights.Librarian]); w.Code != http.StatusForbidden {
		t.Errorf("for a librarian: %d", w.Code)
	}
}
