package web

import (
	"fmt"
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

// TestBrowseNames: persons, and bodies that are no publishers, are counted, too,
// each report once; what is too much for a page is on several.
func TestBrowseNames(t *testing.T) {
	l := newLibrary(t)
	writer := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityPerson, Label: "Writer, Ada", Variants: []string{"Ada B. Writer", "A. Writer"}})
	many := described(greyshelf.Report{ID: "many", State: greyshelf.Published, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}}, strings.Repeat("c", 64))
	many.Agents = append(many.Agents, greyshelf.Contribution{Agent: greyshelf.PersonFromName("A. Writer"), Role: greyshelf.Author},
		greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Office \"<b>"}, Role: greyshelf.Commissioning})
	for i := range 650 {
		many.Agents = append(many.Agents, greyshelf.Contribution{Agent: greyshelf.PersonFromName(fmt.Sprintf("Person N%03d", i)), Role: greyshelf.Author})
	}
	l.put(many)
	l.reindex()
	body := l.ask(visitor, "/browse", nil).Body.String()
	for _, want := range []string{`<a href="/a/` + writer.ID + `" dir="auto">Writer, Ada</a> <span class="hint">4</span>`, `dir="auto">Office &#34;&lt;b&gt;</a> <span class="hint">1</span>`, `<a href="/browse/person">All 651`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	seen := map[string]bool{}
	for page, path := 0, "/browse/person"; path != ""; page++ {
		w := l.ask(visitor, path, nil)
		if w.Code != http.StatusOK || page > 3 {
			t.Fatalf("%s: status %d", path, w.Code)
		}
		for _, m := range regexp.MustCompile(`dir="auto">([^<]+)</a> <span`).FindAllStringSubmatch(w.Body.String(), -1) {
			seen[m[1]] = true
		}
		path = ""
		if next := regexp.MustCompile(`<a href="([^"]+)" rel="next"`).FindStringSubmatch(w.Body.String()); next != nil {
			path = html.UnescapeString(next[1])
		}
	}
	if len(seen) != 651 {
		t.Errorf("%d persons", len(seen))
	}
	links := regexp.MustCompile(`href="(/search[^"]*Office[^"]*)"`).FindStringSubmatch(l.ask(visitor, "/browse/body", nil).Body.String())
	if links == nil || !strings.Contains(l.ask(visitor, html.UnescapeString(links[1]), nil).Body.String(), "/r/many") {
		t.Errorf("the body leads nowhere: %v", links)
	}
	for path, want := range map[string]int{"/browse/year": 200, "/browse/heading": 200, "/browse/nothing": 404, "/browse/person?page=4": 404, "/browse/person?page=x": 404} {
		if w := l.ask(visitor, path, nil); w.Code != want {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

// TestPublisherName: a report counts under the name of the authority of its
// publisher, on every page that counts; a former filter still finds it.
func TestPublisherName(t *testing.T) {
	l := newLibrary(t)
	house := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityBody, Label: "HS", Variants: []string{"House & Sons"}})
	for path, want := range map[string]string{
		"/browse":              `<a href="/a/` + house.ID + `" dir="auto">HS</a> <span class="hint">3</span>`,
		"/search":              "HS",
		"/search?publisher=HS": "/r/open", "/search?publisher=House+%26+Sons": "/r/open", "/feed/atom?publisher=HS": "/r/open",
	} {
		if body := l.ask(visitor, path, nil).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s: no %s", path, want)
		}
	}
	if body := l.ask(visitor, "/browse", nil).Body.String(); strings.Contains(body, "House &amp; Sons") {
		t.Error("the printed name is counted beside the authority's")
	}
	if body := l.ask(visitor, "/r/open", nil).Body.String(); !strings.Contains(body, "House &amp; Sons") {
		t.Error("the report does not show what is printed")
	}
	if w := l.ask(visitor, "/publisher?name=House+%26+Sons", nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/a/"+house.ID {
		t.Error(w.Code, w.Header())
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
