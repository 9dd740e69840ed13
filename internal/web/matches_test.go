package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/identify"
)

// withMatches gives a library in which identify has found something for the
// report extract.
func withMatches(t *testing.T) *library {
	l := newLibrary(t)
	found := []identify.Match{
		{Report: "open", File: l.shas["open"], Title: "<b>", Verdict: identify.NewEdition, Percent: 87, Evidence: []identify.Evidence{
			{Kind: "text", Says: "some text", Values: []string{"91 %", "89 %"}}, {Kind: "identifier", Values: []string{"report_number", "R-1"}},
			{Kind: "date", Against: true, Values: []string{"2016", "2017"}}, {Kind: "of another version of the program", Says: "<i>told</i>"}}},
		{Report: "link", File: l.shas["link"], Verdict: identify.Different, Percent: 3},
		{Report: "gone", File: strings.Repeat("e", 64), Verdict: identify.OtherCopy, Percent: 99},
	}
	must(t, identify.Keep(t.Context(), l.catalog, "extract", l.shas["extract"], found))
	return l
}

func (l *library) decide(t *testing.T, id string, form url.Values, status int) string {
	t.Helper()
	w := l.ask(local, "/r/"+id+"/matches", form)
	if w.Code != status {
		t.Errorf("%v: status %d, want %d", form, w.Code, status)
	}
	return w.Header().Get("Location")
}

// TestMatches looks at the page on which a person decides, and decides.
func TestMatches(t *testing.T) {
	l := withMatches(t)
	if body := l.ask(local, "/r/extract", nil).Body.String(); !strings.Contains(body, "/r/extract/matches") || !strings.Contains(body, "1 report of the library") {
		t.Error("the report does not lead to its matches")
	}
	if body := l.ask(visitor, "/r/extract", nil).Body.String(); strings.Contains(body, "/matches") {
		t.Error("a visitor is led to the desk's page")
	}
	body := l.ask(local, "/r/extract/matches", nil).Body.String()
	for _, want := range []string{"Probably another edition", "87 %", "91 % of this text", "Report number of both: R-1", "2016 and 2017", "&lt;i&gt;told", "Nearly the same title", "Pages: ", `value="edition"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	if strings.Contains(body, "99 %") {
		t.Error("a file that is gone is shown")
	}
	l.decide(t, "extract", url.Values{"act": {"apart"}, "other": {"link"}, "revision": {"1"}}, 303)
	if body := l.ask(local, "/r/extract/matches", nil).Body.String(); strings.Contains(body, "Nearly the same title") || !strings.Contains(body, `value="together"`) {
		t.Error("what was refused is proposed again, or cannot be taken back")
	}
	l.decide(t, "extract", url.Values{"act": {"together"}, "other": {"link"}}, 303)
	l.decide(t, "extract", url.Values{"act": {"edition"}, "other": {"open"}, "revision": {"99"}}, 409)
	l.decide(t, "extract", url.Values{"act": {"edition"}, "other": {"extract"}}, 400)
	l.decide(t, "extract", url.Values{"act": {"edition"}, "other": {"nothing"}}, 404)
	if to := l.decide(t, "extract", url.Values{"act": {"edition"}, "other": {"open"}, "revision": {"1"}}, 303); to != "/r/open" {
		t.Errorf("leads to %q", to)
	}
}

// TestMergedAddresses: every address of a merged report leads on, for readers
// who may see where it leads.
func TestMergedAddresses(t *testing.T) {
	l := withMatches(t)
	file := l.shas["extract"][:16]
	l.decide(t, "extract", url.Values{"act": {"copy"}, "other": {"open"}}, 303)
	for from, to := range map[string]string{
		"/r/extract": "/r/open", "/r/extract/f/" + file: "/r/open/f/" + file, "/r/extract/f/" + file + "/p/2?q=harbour": "/r/open/f/" + file + "/p/2?q=harbour",
		"/r/extract/f/" + file + "/p/1/4-11": "/r/open/f/" + file + "/p/1/4-11", "/r/extract/f/" + file + "/p/1/image?w=240": "/r/open/f/" + file + "/p/1/image?w=240",
	} {
		for _, as := range []reader{visitor, local, librarian} {
			w := l.ask(as, from, nil)
			if got := w.Header().Get("Location"); w.Code != 301 || got != to {
				t.Errorf("%s as %d: %d to %q, want 301 to %q", from, as, w.Code, got, to)
			}
			if w := l.ask(as, to, nil); w.Code != 200 {
				t.Errorf("%s as %d: status %d", to, as, w.Code)
			}
		}
	}
	if w := l.ask(local, "/r/extract/matches", nil); w.Header().Get("Location") != "/r/open/matches" {
		t.Errorf("the desk's page: %d", w.Code)
	}
	if w := l.ask(local, "/r/extract/history", nil); w.Code != 200 {
		t.Errorf("the history of what was merged: %d", w.Code)
	}
	// Split off again, the file's addresses lead to the new report.
	outcome, err := l.web.Desk.Split(context.Background(), "ben", "open", file, "")
	must(t, err)
	want := "/r/" + outcome.Report + "/f/" + file + "/p/1"
	if w := l.ask(librarian, "/r/open/f/"+file+"/p/1", nil); w.Code != 301 || w.Header().Get("Location") != want {
		t.Errorf("%d to %q, want %q", w.Code, w.Header().Get("Location"), want)
	}
	// Into a report that a visitor may not see, nothing leads there.
	l.decide(t, "open", url.Values{"act": {"copy"}, "other": {"draft"}}, 303)
	if w := l.ask(visitor, "/r/open", nil); w.Code != 410 {
		t.Errorf("a visitor is led to a draft: %d %s", w.Code, w.Header().Get("Location"))
	}
	if w := l.ask(librarian, "/r/open", nil); w.Code != 301 {
		t.Errorf("the desk is not led to the draft: %d", w.Code)
	}
}

// TestMatchesOfRecords: what a record without a file looks like is shown too,
// with what speaks for it, and can be merged; nothing is said of a withdrawn one.
func TestMatchesOfRecords(t *testing.T) {
	l := newLibrary(t)
	now := l.record("here", "Ports of the South Revisited", "https://www.example.org/p/")
	old := l.record("there", "Ports of the South Revisited", "https://example.org/p")
	m, ok := identify.MatchRecord(now, old)
	if !ok || m.Verdict != identify.OtherCopy {
		t.Fatalf("%+v", m)
	}
	must(t, identify.Keep(t.Context(), l.catalog, "here", "", []identify.Match{m}))
	body := l.ask(local, "/r/here/matches", nil).Body.String()
	for _, want := range []string{"Probably another copy", "The year is the same.", "An author or publisher is the same.", "Both stand at https://www.example.org/p/.", `name="other" value="there"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	if strings.Contains(body, "{0}") || strings.Contains(body, "pagediff") {
		t.Error(body)
	}
	if body := l.ask(local, "/queue/here", nil).Body.String(); !strings.Contains(body, "/r/there") {
		t.Error("the queue does not tell of it")
	}
	if to := l.decide(t, "here", url.Values{"act": {"copy"}, "other": {"there"}, "revision": {"1"}}, 303); to != "/r/there" {
		t.Error(to)
	}
	if r := l.report("here"); r.MergedInto != "there" {
		t.Errorf("%+v", r)
	}

	gone := l.record("gone", "Ports of the South Revisited", "")
	l.change("gone", func(r *greyshelf.Report) { r.State = greyshelf.Withdrawn })
	m, _ = identify.MatchRecord(now, gone)
	must(t, identify.Keep(t.Context(), l.catalog, "there", "", []identify.Match{m}))
	if body := l.ask(local, "/r/there/matches", nil).Body.String(); strings.Contains(body, "/r/gone") {
		t.Error("a withdrawn report is proposed")
	}
}

// record puts a report without a file into the library.
func (l *library) record(id, title, address string) greyshelf.Report {
	l.t.Helper()
	r := described(greyshelf.Report{ID: id, State: greyshelf.Draft}, "")
	r.Title, r.URL, r.Editions = title, address, nil
	_, err := l.catalog.Commit(l.t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "of" + id, At: time.Now(), Who: "test", Method: greyshelf.ByAdd}, Reports: []greyshelf.Report{r}})
	must(l.t, err)
	return l.report(id)
}
