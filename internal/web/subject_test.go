package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
)

// TestSubjectPages reads the pages of a publisher, a person, a heading and a
// year that have no authority record: the list that the reader may see, and
// ways on that lead somewhere.
func TestSubjectPages(t *testing.T) {
	l := newLibrary(t)
	older := described(greyshelf.Report{ID: "older", State: greyshelf.Published, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}}, strings.Repeat("b", 64))
	older.Date = greyshelf.Date{Printed: "2001", EDTF: "2001"}
	l.put(older)
	l.reindex()
	for path, reports := range map[string]int{"/publisher?name=House+%26+Sons": 4, "/person?name=Ada+B.+Writer": 4, "/heading?name=Harbours": 4, "/year/2009": 3, "/year/2001": 1} {
		w := l.ask(visitor, path, nil)
		body := w.Body.String()
		if w.Code != http.StatusOK || strings.Count(body, `class="entryitem"`) != reports {
			t.Fatalf("%s: status %d, %d reports:\n%s", path, w.Code, strings.Count(body, `class="entryitem"`), body)
		}
		for _, id := range []string{"draft", "embargo", "withdrawn"} {
			if strings.Contains(body, "/r/"+id) {
				t.Errorf("%s shows %s", path, id)
			}
		}
		if strings.Contains(body, "<script>alert") || strings.Contains(body, deskNote) {
			t.Errorf("%s: markup of a title, or the desk's note", path)
		}
		if drawn := strings.Contains(body, `<svg class="growth" role="img"`); drawn == strings.HasPrefix(path, "/year") {
			t.Errorf("%s: a picture: %v", path, drawn)
		}
		links := regexp.MustCompile(`href="(/(?:feed|opds|list|cite|search|browse)[^"]*)"`).FindAllStringSubmatch(body, -1)
		if len(links) < 10 {
			t.Errorf("%s: %d ways on", path, len(links))
		}
		for _, m := range links {
			if on := l.ask(visitor, html.UnescapeString(m[1]), nil); on.Code != http.StatusOK {
				t.Errorf("%s leads to %s: status %d", path, m[1], on.Code)
			}
		}
	}
	for path, want := range map[string]int{"/publisher?name=Nobody": 404, "/publisher": 303, "/year/0": 404, "/year/x": 404, "/year/02009": 404, "/heading?name=Harbours&page=0": 404,
		"/person?name=" + url.QueryEscape(`"><script>alert(1)</script>" OR (`): 404, "/publisher?name=" + strings.Repeat("a", 600): 404, "/person?name=" + url.QueryEscape(`\"`): 404} {
		if w := l.ask(visitor, path, nil); w.Code != want {
			t.Errorf("%s: status %d, want %d", path, w.Code, want)
		}
	}
	page := l.ask(visitor, "/r/open", nil).Body.String()
	for _, want := range []string{`href="/publisher?name=House%20%26%20Sons"`, `href="/person?name=Ada%20B.%20Writer"`, `href="/heading?name=Harbours"`, `href="/year/2009"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the report's page has no %s", want)
		}
	}
}

// TestBrowse finds the pages from their index, with the counts of what the
// reader may know of.
func TestBrowse(t *testing.T) {
	l := newLibrary(t)
	body := l.ask(visitor, "/browse", nil).Body.String()
	for _, want := range []string{`<a href="/publisher?name=House&#43;%26&#43;Sons" dir="auto">House &amp; Sons</a> <span class="hint">3</span>`, `<a href="/heading?name=Harbours" dir="auto">Harbours</a> <span class="hint">3</span>`, `<a href="/year/2009" dir="auto">2009</a> <span class="hint">3</span>`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
}

// TestNamesWithARecord lead to the page of the record.
func TestNamesWithARecord(t *testing.T) {
	l := newLibrary(t)
	w := l.ask(librarian, "/authorities", url.Values{"type": {"body"}, "label": {"House & Sons"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("an authority cannot be made: %d %s", w.Code, w.Body)
	}
	to := l.ask(visitor, "/publisher?name=House+%26+Sons", nil)
	if to.Code != http.StatusSeeOther || !strings.HasPrefix(to.Header().Get("Location"), "/a/") {
		t.Errorf("status %d to %s", to.Code, to.Header().Get("Location"))
	}
}
