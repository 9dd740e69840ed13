package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// TestFeeds reads the feeds as an anonymous reader would: only what may be
// known, files only where they are open.
func TestFeeds(t *testing.T) {
	l := newLibrary(t)
	for _, path := range []string{"/feed/atom", "/feed/rss", "/feed/json", "/feed/atom?q=harbour", "/feed/rss?subject=Harbours"} {
		w := l.ask(visitor, path, nil)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: status %d", path, w.Code)
		}
		body := w.Body.String()
		got, err := gofeed.NewParser().ParseString(body)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if len(got.Items) != 3 { // open, extract, link
			t.Errorf("%s: %d items", path, len(got.Items))
		}
		for _, i := range got.Items {
			if !strings.HasPrefix(i.Link, "http://"+publicHost+"/r/") || len(i.Enclosures) > 0 && !strings.HasSuffix(i.Link, "/open") {
				t.Errorf("%s: %+v", path, i)
			}
		}
		for _, id := range []string{"draft", "embargo", "withdrawn"} {
			if strings.Contains(body, hidden(id)) || strings.Contains(body, "/r/"+id) {
				t.Errorf("%s shows %s", path, id)
			}
		}
		if strings.Contains(body, deskNote) {
			t.Errorf("%s shows the desk's note", path)
		}
		if strings.Contains(path, "q=harbour") {
			pages := strings.Count(body, ">p. ") + strings.Count(body, "\n\np. ") + strings.Count(body, "&#xA;&#xA;p. ")
			if pages == 0 || !strings.Contains(body, "/r/open/f/") || strings.Contains(body, "/r/extract/f/") || strings.Contains(body, "/r/link/f/") {
				t.Errorf("%s: the passages that matched: %d pages\n%s", path, pages, body)
			}
		}
		tag := w.Header().Get("ETag")
		again := l.ask(visitor, path, nil, func(r *http.Request) { r.Header.Set("If-None-Match", `W/"x", `+tag) })
		if tag == "" || again.Code != http.StatusNotModified || again.Body.Len() > 0 {
			t.Errorf("%s: asked again: %d", path, again.Code)
		}
	}
	for path, want := range map[string]int{"/feed/gopher": 404, "/feed/atom?page=0": 404, "/feed/atom?page=41": 404, "/feed/atom?page=2": 200, "/feed/atom?q=nothingatall": 200} {
		if w := l.ask(visitor, path, nil); w.Code != want {
			t.Errorf("%s: status %d, want %d", path, w.Code, want)
		}
	}
}

func TestCrawlers(t *testing.T) {
	l := newLibrary(t)
	robots := l.ask(visitor, "/robots.txt", nil).Body.String()
	for _, line := range []string{"User-agent: *", "Disallow: /search", "Sitemap: http://" + publicHost + "/sitemap.xml"} {
		if !strings.Contains(robots, line+"\n") {
			t.Errorf("robots.txt lacks %q:\n%s", line, robots)
		}
	}
	if got := l.ask(visitor, "/sitemap.xml", nil).Body.String(); !strings.Contains(got, "<loc>http://"+publicHost+"/sitemap/1</loc>") {
		t.Error(got)
	}
	got := l.ask(visitor, "/sitemap/1", nil).Body.String()
	if strings.Count(got, "<loc>") != 3 || !strings.Contains(got, "/r/open</loc>") || strings.Contains(got, "draft") {
		t.Error(got)
	}
	if w := l.ask(librarian, "/sitemap/1", nil); strings.Count(w.Body.String(), "<loc>") != 3 {
		t.Error("the desk's sitemap names what is hidden from crawlers")
	}
	if w := l.ask(visitor, "/sitemap/2", nil); w.Code != http.StatusNotFound {
		t.Error(w.Code)
	}
	if got := l.ask(visitor, "/opensearch.xml", nil).Body.String(); !strings.Contains(got, "/search?q={searchTerms}") {
		t.Error(got)
	}
	private := newLibrary(t, func(o *Options) { o.Private = true })
	if got := private.ask(visitor, "/robots.txt", nil).Body.String(); !strings.Contains(got, "Disallow: /\n") || strings.Contains(got, "Sitemap") {
		t.Error(got)
	}
	if w := l.ask(visitor, "/feed/atom", url.Values{}); w.Code != http.StatusMethodNotAllowed && w.Code != http.StatusNotFound {
		t.Error(w.Code)
	}
}
