package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/rights"
)

// words are what everybody is told of the report that is taken down.
const words = "The publisher <b>asked</b> us to."

// TestTakeDown takes an open report down and walks every address for whoever
// is not of the desk: each of the report answers 410 with the reason, and
// nothing of the record, the pages or the file is anywhere.
func TestTakeDown(t *testing.T) {
	l := newLibrary(t)
	as := withPeople(t, l)
	take := url.Values{"revision": {"1"}, "tombstone": {words}, "reason": {"a letter of 3 May"}}
	if w := l.ask(visitor, "/r/open/takedown", take, as[rights.Member]); w.Code != http.StatusForbidden {
		t.Fatalf("a member takes a report down: %d", w.Code)
	}
	etag := l.ask(visitor, l.file("open"), nil).Header().Get("ETag")
	if w := l.ask(visitor, "/r/open/takedown", take, as[rights.Librarian]); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	all, err := routes(siteOf(t, l))
	must(t, err)
	r := l.report("open")
	traces := []string{r.Title, "script&gt; open", "An abstract on harbours", "House &amp; Sons", "Ada B. Writer", hidden("open"), "bytes of open", "a letter of 3 May", l.shas["open"][:16]}
	ofReport := strings.NewReplacer("R", "open", "F", l.file("open"))
	for _, role := range []rights.Role{rights.Anonymous, rights.Member} {
		for _, route := range all {
			method, pattern, _ := strings.Cut(route.pattern, " ")
			if method != "GET" || !strings.Contains(pattern, "/r/{id}") {
				continue
			}
			path := ofReport.Replace(doors[route.pattern].path)
			w := l.ask(visitor, path, nil, as[role])
			if route.access.Changes() || pattern == "/r/{id}/history" || pattern == "/r/{id}/findings" {
				if w.Code == http.StatusOK {
					t.Errorf("%s as %s: %d", path, role, w.Code)
				}
			} else if body := w.Body.String(); w.Code != http.StatusGone || !strings.Contains(body, "The publisher &lt;b&gt;asked") {
				t.Errorf("%s as %s: status %d, want 410 with the reason", path, role, w.Code)
			}
			for _, trace := range traces {
				if strings.Contains(strings.ReplaceAll(w.Body.String(), path, ""), trace) {
					t.Errorf("%s as %s shows %q", path, role, trace)
				}
			}
		}
		for _, path := range []string{
			"/", "/search", "/search?q=harbour", "/search?q=hiddenopen", "/search?q=harbour&report=open", "/list", "/list?id=open", "/list?as=json", "/list?as=seed&id=open", "/cite?id=open&style=apa",
			"/feed/atom", "/feed/rss", "/feed/json", "/feed/atom?q=harbour", "/sitemap.xml", "/sitemap/1", "/subjects", "/sru?operation=searchRetrieve&query=harbour", "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/d",
		} {
			body := l.ask(visitor, path, nil, as[role]).Body.String()
			if strings.Contains(path, hidden("open")) {
				body = strings.ReplaceAll(body, hidden("open"), "") // the question itself
			}
			for _, trace := range []string{"/r/open\"", "/r/open<", "/r/open/f", "> open", hidden("open"), "bytes of open", l.shas["open"][:16]} {
				if strings.Contains(body, trace) {
					t.Errorf("%s as %s has %q", path, role, trace)
				}
			}
		}
	}
	if w := l.ask(visitor, l.file("open"), nil, header("If-None-Match", etag)); w.Code != http.StatusGone {
		t.Errorf("a file that the browser has already: %d", w.Code)
	}
	if w := l.ask(visitor, l.file("open"), nil, header("Range", "bytes=0-1")); w.Code != http.StatusGone {
		t.Errorf("a part of the file: %d", w.Code)
	}
	oai := l.ask(visitor, "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier="+oaiName(t, l, "open"), nil).Body.String()
	if !strings.Contains(oai, `status="deleted"`) || strings.Contains(oai, "<metadata") {
		t.Errorf("harvesters are not told that it is deleted: %s", oai)
	}
	desk := l.ask(visitor, "/r/open", nil, as[rights.Librarian])
	if body := desk.Body.String(); desk.Code != http.StatusOK || !strings.Contains(body, "The publisher &lt;b&gt;asked") || strings.Contains(body, "/takedown") {
		t.Errorf("the desk: %d", desk.Code)
	}
	// An undo brings all of it back.
	decisions, err := l.catalog.Decisions(t.Context(), "open", 1)
	must(t, err)
	if w := l.ask(visitor, "/r/open/undo", url.Values{"decision": {decisions[0].ID}}, as[rights.Librarian]); w.Code != http.StatusSeeOther || l.ask(visitor, l.file("open"), nil).Code != http.StatusOK || l.report("open").Tombstone != "" {
		t.Errorf("undo: %d", w.Code)
	}
}

// oaiName gives the name under which harvesters know a report.
func oaiName(t *testing.T, l *library, id string) string {
	t.Helper()
	body := l.ask(visitor, "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc", nil).Body.String()
	for part := range strings.SplitSeq(body, "<identifier>") {
		if name, _, ok := strings.Cut(part, "</identifier>"); ok && strings.HasSuffix(name, ":"+id) {
			return name
		}
	}
	t.Fatalf("harvesters do not see %s: %s", id, body)
	return ""
}
