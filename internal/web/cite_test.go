package web

import (
	"bytes"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

func TestCiting(t *testing.T) {
	l := newLibrary(t)
	for path, want := range map[string]string{
		"/r/open?style=apa":                            "Writer, A. B. (2009",
		"/r/open":                                      "House &amp; Sons. Ada B. Writer. May 2009.",
		"/r/open/cite?style=mla&locator=iv":            "(Writer iv)",
		"/r/open/cite?locator=%3Cscript%3E&style=apa":  "&lt;script&gt;",
		"/r/open/cite/ris":                             "AU  - Writer, Ada B.\r\n",
		"/r/open/cite/bibtex":                          "@",
		"/r/open/cite/biblatex":                        "@",
		"/r/open/cite/endnote":                         "%A Writer, Ada B.\r\n",
		"/r/open/cite/endnote-xml":                     "<author>Writer, Ada B.</author>",
		"/cite?id=open&id=draft&id=embargo&format=ris": "AU  - Writer",
	} {
		w := l.ask(visitor, path, nil)
		if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, want) || strings.Contains(body, "</script> draft") || strings.Contains(body, deskNote) {
			t.Errorf("%s: %d %s", path, w.Code, body)
		}
	}
	for path, status := range map[string]int{"/r/open?style=none": 400, "/r/open/cite?style=none": 400, "/r/open/cite/none": 404, "/cite?id=open": 404} {
		if w := l.ask(visitor, path, nil); w.Code != status {
			t.Errorf("%s: status %d, want %d", path, w.Code, status)
		}
	}
}

// TestCiteSelection reads a selection back.
func TestCiteSelection(t *testing.T) {
	w := newLibrary(t).ask(visitor, "/cite?id=open&id=extract&format=csl-json", nil)
	items, err := csl.Read(bytes.NewReader(w.Body.Bytes()))
	if err != nil || len(items) != 2 || items[0].ID == items[1].ID {
		t.Error(items, err)
	}
}

// TestCitePage follows the link of a page and of a passage.
func TestCitePage(t *testing.T) {
	l := newLibrary(t)
	for path, address := range map[string]string{l.file("open") + "/p/1": l.file("open") + "/p/1", l.file("extract") + "/p/1/4-11": l.file("extract") + "/p/1/" + site.Span(4, 11)} {
		body := l.ask(visitor, path, nil).Body.String()
		_, link, found := strings.Cut(body, `href="/r/`)
		for found && !strings.Contains(link[:strings.IndexByte(link, '"')], "/cite?") {
			_, link, found = strings.Cut(link, `href="/r/`)
		}
		if !found {
			t.Fatalf("%s: no link to cite it", path)
		}
		link = "/r/" + strings.ReplaceAll(link[:strings.IndexByte(link, '"')], "&amp;", "&")
		if w := l.ask(visitor, link, nil); w.Code != 200 || !strings.Contains(w.Body.String(), address+`"`) || !strings.Contains(w.Body.String(), "p. ") {
			t.Errorf("%s: %d %s", link, w.Code, w.Body)
		}
	}
}
