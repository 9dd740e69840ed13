package web

import (
	"html"
	"net/url"
	"strings"
	"testing"
)

// TestWebhooks is the page on which an administrator says who is told.
func TestWebhooks(t *testing.T) {
	l := newLibrary(t)
	if w := l.ask(visitor, "/webhooks", nil); w.Code != 403 {
		t.Errorf("a visitor sees the webhooks: status %d", w.Code)
	}
	if w := l.ask(local, "/webhooks", url.Values{"do": {"add"}, "address": {"javascript:alert(1)"}}); w.Code != 400 || !strings.Contains(w.Body.String(), `role="alert"`) {
		t.Errorf("no address: status %d", w.Code)
	}
	if w := l.ask(local, "/webhooks", url.Values{"do": {"add"}, "address": {"https://hooks.example/<x>"}, "event": {"report.published"}}); w.Code != 303 {
		t.Fatalf("added: status %d, %s", w.Code, w.Body.String())
	}
	all, err := l.web.Webhooks.Hooks(t.Context())
	must(t, err)
	if len(all) != 1 || len(all[0].Events) != 1 {
		t.Fatalf("%+v", all)
	}
	for _, do := range []string{"test", "switch"} {
		if w := l.ask(local, "/webhooks", url.Values{"do": {do}, "id": {all[0].ID}}); w.Code != 303 {
			t.Errorf("%s: status %d", do, w.Code)
		}
	}
	body := l.ask(local, "/webhooks", nil).Body.String()
	secret := html.UnescapeString(body)
	if strings.Contains(body, "<x>") || !strings.Contains(secret, all[0].Secret) || !strings.Contains(body, `value="again"`) {
		t.Errorf("the page: %s", body)
	}
	if w := l.ask(local, "/webhooks", url.Values{"do": {"remove"}, "id": {all[0].ID}}); w.Code != 303 {
		t.Errorf("removed: status %d", w.Code)
	}
}
