package web

import (
	"net/url"
	"strings"
	"testing"
)

// TestRules makes a rule on the site, tries it, and takes it back.
func TestRules(t *testing.T) {
	l := newLibrary(t)
	if w := l.ask(visitor, "/rules", nil); w.Code != 403 {
		t.Errorf("a visitor sees the rules: status %d", w.Code)
	}
	rule := url.Values{"name": {"Harbours <b>"}, "title": {"hidden"}, "publisher": {"Sons House"}, "headings": {"Ports\r\n\r\nSea"}, "move": {"accept"}, "on": {"1"}, "do": {"try"}}
	body := l.ask(librarian, "/rules/new", rule).Body.String()
	if !strings.Contains(body, `role="status"`) || !strings.Contains(body, "Harbours &lt;b&gt;") {
		t.Errorf("tried: %s", body)
	}
	if w := l.ask(librarian, "/rules/new", url.Values{"name": {"x"}, "do": {"keep"}}); w.Code != 400 || !strings.Contains(w.Body.String(), `role="alert"`) {
		t.Errorf("a rule for everything: status %d", w.Code)
	}
	rule.Set("do", "keep")
	w := l.ask(librarian, "/rules/new", rule)
	if w.Code != 303 {
		t.Fatalf("kept: status %d", w.Code)
	}
	all, err := l.web.Desk.Rules(t.Context())
	must(t, err)
	if len(all) != 1 || len(all[0].Then.Headings) != 2 || all[0].Off {
		t.Fatalf("%+v", all)
	}
	if body = l.ask(librarian, "/rules", nil).Body.String(); !strings.Contains(body, "/rules/"+all[0].ID) {
		t.Error("the rule is not listed")
	}
	done, err := url.Parse(w.Header().Get("Location"))
	must(t, err)
	if w := l.ask(librarian, "/rules/undo", url.Values{"decision": {done.Query().Get("done")}}); w.Code != 303 {
		t.Errorf("undone: status %d", w.Code)
	}
	if all, err = l.web.Desk.Rules(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("after the undo: %+v, %v", all, err)
	}
}
