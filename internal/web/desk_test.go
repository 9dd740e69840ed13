package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestDeskPage: the desk sees what waits, and nothing that does not.
func TestDeskPage(t *testing.T) {
	l := newLibrary(t)
	if w := l.ask(visitor, "/desk", nil); w.Code != http.StatusForbidden {
		t.Errorf("a visitor at the desk: %d", w.Code)
	}
	body := func() string { return l.ask(librarian, "/desk", nil).Body.String() }
	if got := body(); !strings.Contains(got, "<strong>1</strong> <span>drafts in the queue<") || strings.Contains(got, "/notices\"><strong>") || strings.Contains(got, "issues being composed") {
		t.Error(got)
	}
	if w := l.ask(visitor, "/r/open/notice", url.Values{"about": {"error"}, "text": {"The date is wrong."}}); w.Code >= 400 {
		t.Fatal(w.Code)
	}
	l.begin(t, "open")
	if got := body(); !strings.Contains(got, "/notices\"><strong>1</strong>") || !strings.Contains(got, "<strong>1</strong> <span>issues being composed<") {
		t.Error(got)
	}
}
