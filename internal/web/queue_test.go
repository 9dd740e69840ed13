package web

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/identify"
)

// TestQueue works a report through the queue by forms alone: looked at, saved,
// accepted, undone, refused, and many at once.
func TestQueue(t *testing.T) {
	l := newLibrary(t)
	if w := l.ask(visitor, "/queue", nil); w.Code != 403 {
		t.Errorf("a visitor sees the queue: status %d", w.Code)
	}
	must(t, identify.Keep(t.Context(), l.catalog, "draft", l.shas["draft"], []identify.Match{{Report: "open", File: l.shas["open"], Verdict: identify.NewEdition, Percent: 91}}))
	if body := l.ask(librarian, "/queue", nil).Body.String(); !strings.Contains(body, `href="/queue/draft?"`) || strings.Contains(body, "/queue/open") || !strings.Contains(body, "Nothing is doubtful") || !strings.Contains(body, "Probably another edition 91 %") {
		t.Errorf("the queue: %s", body)
	}
	body := l.ask(librarian, "/queue/draft", nil).Body.String()
	for _, want := range []string{`data-move="accept"`, `data-move="refuse"`, `name="title"`, `data-sheet=`, "doubt"} {
		if !strings.Contains(body, want) {
			t.Errorf("the review lacks %s", want)
		}
	}
	send := func(form url.Values) string {
		t.Helper()
		r, err := l.catalog.Report(t.Context(), "draft")
		must(t, err)
		form.Set("revision", strconv.Itoa(r.Revision))
		w := l.ask(librarian, "/queue/draft", form)
		if w.Code != 303 {
			t.Fatalf("%v: status %d, %s", form, w.Code, w.Body.String())
		}
		return w.Header().Get("Location")
	}
	state := func() greyshelf.State {
		r, err := l.catalog.Report(t.Context(), "draft")
		must(t, err)
		return r.State
	}
	if to := send(url.Values{"move": {""}, "stay": {"1"}}); !strings.HasPrefix(to, "/queue/draft?") { // nothing to save
		t.Errorf("saved nothing and went to %s", to)
	}
	found := "found-title"
	to := send(url.Values{"title": {"A better title"}, "move": {"accept"}, found: {l.shas["draft"] + "/1/0-4"}})
	if state() != greyshelf.Published || !strings.HasPrefix(to, "/queue?") || !strings.Contains(to, "move=accept") {
		t.Errorf("accepted: %s, to %s", state(), to)
	}
	sets, err := l.catalog.Findings(t.Context(), "draft")
	must(t, err)
	if last := sets[len(sets)-1]; last.Method != "person" || last.Findings[0].Field != greyshelf.FieldTitle || last.Findings[0].Quote == "" || last.Findings[0].Page != 1 {
		t.Errorf("what was pointed at: %+v", last)
	}
	decision := regexp.MustCompile(`name="decision" value="([^"]+)"`).FindStringSubmatch(l.ask(librarian, to, nil).Body.String())
	if decision == nil {
		t.Fatal("nothing to undo is offered")
	}
	if w := l.ask(librarian, "/queue/undo", url.Values{"decision": {decision[1]}}); w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), "/queue/draft?") || state() != greyshelf.Draft {
		t.Errorf("undone: status %d, %s", w.Code, state())
	}
	r, err := l.catalog.Report(t.Context(), "draft")
	must(t, err)
	if w := l.ask(librarian, "/queue/draft", url.Values{"revision": {strconv.Itoa(r.Revision)}, "move": {"refuse"}}); w.Code != 400 || !strings.Contains(w.Body.String(), "say why") {
		t.Errorf("refused without a reason: status %d", w.Code)
	}
	if w := l.ask(librarian, "/queue/draft", url.Values{"revision": {"1"}, "title": {"Too late"}, "move": {"accept"}}); w.Code != 303 && w.Code != 409 {
		t.Errorf("an old form: status %d", w.Code)
	}
}

// TestQueueManyAtOnce shows first what would happen, then does it.
func TestQueueManyAtOnce(t *testing.T) {
	l := newLibrary(t)
	ticked := url.Values{"id": {"draft", "open"}, "move": {"refuse"}, "reason": {"not <for> us"}, "do": {"preview"}}
	body := l.ask(librarian, "/queue", ticked).Body.String()
	if !strings.Contains(body, "draft → refused") || !strings.Contains(body, "cannot be moved so") || !strings.Contains(body, "not &lt;for&gt; us") {
		t.Errorf("the preview: %s", body)
	}
	if r, err := l.catalog.Report(t.Context(), "draft"); err != nil || r.State != greyshelf.Draft {
		t.Errorf("the preview moved it: %v %v", r.State, err)
	}
	ticked.Set("do", "move")
	if w := l.ask(librarian, "/queue", ticked); w.Code != 303 {
		t.Errorf("status %d", w.Code)
	}
	for id, want := range map[string]greyshelf.State{"draft": greyshelf.Refused, "open": greyshelf.Published} {
		if r, err := l.catalog.Report(t.Context(), id); err != nil || r.State != want {
			t.Errorf("%s is %s, %v", id, r.State, err)
		}
	}
}
