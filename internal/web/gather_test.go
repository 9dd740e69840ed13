package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestNotices: a reader tells the desk of a report, the desk closes it, and
// readers see nothing of it.
func TestNotices(t *testing.T) {
	l := newLibrary(t)
	said := url.Values{"about": {"error"}, "page": {"1"}, "text": {"The <b>year</b> is wrong\r\nBcc: all@example.org"}, "email": {"reader@example.org"}}
	if w := l.ask(visitor, "/r/open/notice", said); w.Code != 303 || w.Header().Get("Location") != "/r/open/notice?taken" {
		t.Fatalf("status %d, to %s", w.Code, w.Header().Get("Location"))
	}
	robot := url.Values{"about": {"error"}, "text": {"buy"}, "website": {"https://spam.example"}}
	if w := l.ask(visitor, "/r/open/notice", robot); w.Code != 303 {
		t.Errorf("a program that fills every field: status %d", w.Code)
	}
	for name, bad := range map[string]url.Values{
		"nothing":     {"about": {"error"}},
		"no address":  {"about": {"copy"}},
		"bad address": {"about": {"copy"}, "email": {"a\r\nb@example.org, c@example.org"}},
	} {
		if w := l.ask(visitor, "/r/open/notice", bad); w.Code != 400 || !strings.Contains(w.Body.String(), `role="alert"`) {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
	if w := l.ask(visitor, "/notices", nil); w.Code != 403 || strings.Contains(w.Body.String(), "reader@example.org") {
		t.Errorf("a visitor reads the notices: status %d", w.Code)
	}
	body := l.ask(librarian, "/notices", nil).Body.String()
	if strings.Count(body, `name="answer"`) != 1 || !strings.Contains(body, "The &lt;b&gt;year&lt;/b&gt; is wrong") || !strings.Contains(body, "/p/1") {
		t.Errorf("the desk sees %s", body)
	}
	open, err := l.web.Notices.Open(t.Context(), 0)
	must(t, err)
	if w := l.ask(librarian, "/notices", url.Values{"do": {"close"}, "id": {open[0].ID}, "answer": {"mended"}}); w.Code != 303 {
		t.Errorf("closing: status %d", w.Code)
	}
	if w := l.ask(librarian, "/notices", url.Values{"do": {"close"}, "id": {open[0].ID}}); w.Code != 409 {
		t.Errorf("closing twice: status %d", w.Code)
	}
	if body = l.ask(librarian, "/notices", nil).Body.String(); strings.Contains(body, "reader@example.org") || !strings.Contains(body, "mended") {
		t.Error("the address is not forgotten, or the answer is")
	}
	for range 20 {
		l.ask(visitor, "/r/open/notice", said)
	}
	if w := l.ask(visitor, "/r/open/notice", said); w.Code != http.StatusTooManyRequests {
		t.Errorf("the hundredth of one place: status %d", w.Code)
	}
}

// TestBasket: a basket goes with the reader, and shows only what they may see.
func TestBasket(t *testing.T) {
	l := newLibrary(t)
	w := l.ask(visitor, "/basket", url.Values{"id": {"open", "draft", "../etc", "nothing", "open"}})
	cookies := w.Result().Cookies()
	if w.Code != 303 || len(cookies) != 1 || cookies[0].Value != "open.draft.nothing" || !cookies[0].HttpOnly {
		t.Fatalf("status %d, %v", w.Code, cookies)
	}
	basket := header("Cookie", cookies[0].Name+"="+cookies[0].Value)
	body := l.ask(visitor, "/basket", nil, basket).Body.String()
	if !strings.Contains(body, `href="/r/open"`) || strings.Contains(body, "/r/draft") || !strings.Contains(body, "2 reports are not shown") {
		t.Errorf("the basket shows %s", body)
	}
	if cookies = l.ask(visitor, "/basket", url.Values{"do": {"take"}, "id": {"open"}}, basket).Result().Cookies(); cookies[0].Value != "draft.nothing" {
		t.Errorf("taken out: %v", cookies)
	}
	if cookies = l.ask(visitor, "/basket", url.Values{"do": {"empty"}}, basket).Result().Cookies(); cookies[0].MaxAge >= 0 {
		t.Errorf("emptied: %v", cookies)
	}
	many := url.Values{}
	for i := range 300 {
		many.Add("id", "r"+strings.Repeat("a", i%30)+string(rune('a'+i%26))+strings.Repeat("b", i/30))
	}
	if w := l.ask(visitor, "/basket", many); w.Code != 413 {
		t.Errorf("an endless basket: status %d", w.Code)
	}
}

// TestCollections: who may keep collections keeps them, and nobody else sees
// them.
func TestCollections(t *testing.T) {
	l := newLibrary(t)
	w := l.ask(local, "/collections", url.Values{"name": {"Wells <script>"}, "id": {"open", "draft"}})
	to := w.Header().Get("Location")
	if w.Code != 303 || !strings.HasPrefix(to, "/collections/") {
		t.Fatalf("status %d, %s", w.Code, to)
	}
	body := l.ask(local, to, nil).Body.String()
	if !strings.Contains(body, "Wells &lt;script&gt;") || !strings.Contains(body, "/r/open") || strings.Contains(body, `href="/r/draft"`) {
		t.Errorf("the collection shows %s", body)
	}
	for _, path := range []string{"/collections", to} {
		if w := l.ask(visitor, path, nil); w.Code != 403 || strings.Contains(w.Body.String(), "Wells") {
			t.Errorf("a visitor sees %s: status %d", path, w.Code)
		}
	}
	for _, do := range []url.Values{{"do": {"take"}, "id": {"draft"}}, {"do": {"change"}, "name": {"Rivers"}, "note": {"for May"}}, {"do": {"add"}, "id": {"link"}}} {
		if w := l.ask(local, to, do); w.Code != 303 {
			t.Errorf("%v: status %d", do, w.Code)
		}
	}
	if body = l.ask(local, to, nil).Body.String(); !strings.Contains(body, "Rivers") || !strings.Contains(body, "/r/link") || !strings.Contains(body, "for May") {
		t.Errorf("changed: %s", body)
	}
	if w := l.ask(local, to, url.Values{"do": {"drop"}}); w.Code != 303 {
		t.Errorf("dropping: status %d", w.Code)
	}
	if w := l.ask(local, to, nil); w.Code != 404 {
		t.Errorf("what was dropped: status %d", w.Code)
	}
}
