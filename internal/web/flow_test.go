package web

import (
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// flowing makes the file of the open report one whose text flows.
func flowing(t *testing.T, l *library) {
	t.Helper()
	r, err := l.catalog.Report(t.Context(), "open")
	must(t, err)
	f := &r.Editions[0].Files[0]
	f.MediaType, f.Name, f.Text, f.Pages = greyshelf.TypeHTML, "grain.html", "flow@1", 1
	f.Facts.Sections = true
	f.Outline = []greyshelf.Outline{{Title: "Grain & Peace", Level: 1, Page: 1}, {Title: "Deep", Level: 4, Page: 1}}
	text := "Grain &\nPeace\n\nThe harbour is <b>deep</b>\nand wide.\n\nDeep\n\nLast words."
	must(t, l.web.Pages.Put(t.Context(), f.SHA256, f.Text, []greyshelf.Page{{
		Index: 1, Width: 595, Height: 842, Text: text, Words: []greyshelf.Word{{Start: 0, End: 5, Box: greyshelf.Box{.1, .1, .2, .12}}, {Start: 30, End: 41, Box: greyshelf.Box{.1, .2, .3, .22}}},
	}}))
	_, err = l.catalog.Commit(t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: "flows", At: time.Unix(1_700_000_001, 0), Who: "test", Method: greyshelf.ByPerson}, Reports: []greyshelf.Report{r},
	})
	must(t, err)
	l.reindex()
}

func TestFlowingPage(t *testing.T) {
	l := newLibrary(t)
	flowing(t, l)
	body := l.ask(visitor, l.file("open")+"/p/1?q=harbour", nil).Body.String()
	for _, want := range []string{
		`<h1>Section 1 of 1</h1>`, `<h2 dir="auto"><span data-s="0">Grain &amp;` + "\nPeace</span></h2>", `<h3 dir="auto"><span data-s="`,
		`<p dir="auto"><span data-s="15">The </span><mark class="found" data-s="19">harbour</mark><span data-s="26"> is &lt;b&gt;deep&lt;/b&gt;`, `, section 1.`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing in %s", want, body[strings.Index(body, "<main"):])
		}
	}
	if !strings.Contains(body, `data-citation="Report &lt;script&gt;`) {
		t.Error("the citation for selected words is not as it is to be pasted")
	}
	if strings.Contains(body, "locator=") {
		t.Error("a section is cited as a page")
	}
	if strings.Contains(body, "<svg viewBox") || strings.Contains(body, "<details class=\"plaintext\"") {
		t.Error("a picture of flowing text")
	}
	if body = l.ask(visitor, l.file("open")+"/p/1/15-26", nil).Body.String(); !strings.Contains(body, `<mark class="quoted" data-s="15">The harbour</mark>`) {
		t.Error("the passage is not marked")
	}
	w := l.ask(visitor, l.file("open")+"/p/1/image?w=1000", nil)
	if w.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(w.Body.String(), "&lt;b&gt;deep&lt;/") {
		t.Errorf("the drawn page: %d %v %s", w.Code, w.Header(), w.Body)
	}
	if body = l.ask(visitor, "/r/open", nil).Body.String(); !strings.Contains(body, "1 section") || strings.Contains(body, "1 page,") {
		t.Error("the record does not count sections")
	}
}

// TestHTMLIsNeverServedAsAPage holds that a report in HTML leaves the library
// as a file and never runs under its address.
func TestHTMLIsNeverServedAsAPage(t *testing.T) {
	l := newLibrary(t)
	flowing(t, l)
	h := l.ask(visitor, l.file("open"), nil).Header()
	if got := h.Get("Content-Disposition"); got != `attachment; filename=grain.html` {
		t.Errorf("disposition %q", got)
	}
	if got := h.Get("Content-Security-Policy"); got != "default-src 'none'; sandbox" || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("policy %q", got)
	}
}
