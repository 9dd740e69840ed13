package web

import (
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
)

// TestAnnotation: readers see and find the desk's own abstract, and neither see
// nor find what the desk keeps for itself.
func TestAnnotation(t *testing.T) {
	l := newLibrary(t)
	l.change("open", func(r *greyshelf.Report) {
		r.Annotation, r.Note = "Read the zanzibar chapter first.", "mombasa note"
		r.Desk = greyshelf.DeskFile{Sensitivity: "kisumu only", RequestedBy: "minister nakuru", Reading: greyshelf.ToRead, Review: true}
	})
	l.reindex()
	for path, want := range map[string]string{
		"/r/open": "Read the zanzibar chapter", "/search?q=zanzibar": "/r/open", "/search?q=abstract:zanzibar": "/r/open", "/list?id=open&as=seed": "zanzibar", "/list?id=open&as=markdown": "zanzibar", "/feed/atom": "zanzibar",
	} {
		if body := l.ask(visitor, path, nil).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s has no %s", path, want)
		}
	}
	if body := l.ask(visitor, "/list?id=open&as=seed", nil).Body.String(); strings.Contains(body, "An abstract on harbours") {
		t.Error("a list prints the document's abstract beside the desk's")
	}
	if body := l.ask(visitor, "/r/open", nil).Body.String(); !strings.Contains(body, "An abstract on harbours") {
		t.Error("the page does not show the document's own abstract")
	}
	for _, word := range []string{"mombasa", "kisumu", "nakuru"} {
		paths := append(everyPage(l), "/r/open", "/search?q="+word, "/search?q=abstract:"+word, "/list?id=open&as=json", "/feed/atom", "/feed/json", "/r/open/export/mods", "/r/open/export/marcxml", "/r/open/cite/csl-json", "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/sru?operation=searchRetrieve&query="+word)
		for _, path := range paths {
			body := strings.ReplaceAll(l.ask(visitor, path, nil).Body.String(), path, "")
			if path != "/search?q="+word && strings.Contains(body, word) && !strings.Contains(path, word) {
				t.Errorf("%s shows %s to a visitor", path, word)
			}
			if strings.Contains(path, word) && strings.Contains(body, `href="/r/open"`) {
				t.Errorf("%s finds the report", path)
			}
		}
		if body := l.ask(librarian, "/r/open", nil).Body.String(); !strings.Contains(body, word) {
			t.Errorf("the desk does not see %s", word)
		}
	}
}

// TestRelations: the page of either side says what the reports are to each
// other, to those who may see the other.
func TestRelations(t *testing.T) {
	l := newLibrary(t)
	relate := func(id string, relations ...greyshelf.Relation) {
		l.change(id, func(r *greyshelf.Report) { r.Relations = relations })
	}
	relate("open", greyshelf.Relation{Kind: greyshelf.Supersedes, Report: "extract"}, greyshelf.Relation{Kind: greyshelf.RespondsTo, Report: "draft"},
		greyshelf.Relation{Kind: greyshelf.RespondsTo, Title: "A speech <of> 1999", URL: "https://elsewhere.example.org/speech"})
	relate("draft", greyshelf.Relation{Kind: greyshelf.ErratumOf, Report: "extract"})
	for _, test := range []struct {
		as         reader
		path       string
		has, lacks []string
	}{
		{visitor, "/r/open", []string{`supersedes <a href="/r/extract"`, `responds to <a href="https://elsewhere.example.org/speech"`, "A speech &lt;of&gt; 1999"}, []string{"/r/draft"}},
		{visitor, "/r/extract", []string{`is superseded by <a href="/r/open"`}, []string{"/r/draft", "erratum"}},
		{librarian, "/r/extract", []string{`has the erratum <a href="/r/draft"`}, nil},
		{librarian, "/r/open", []string{`responds to <a href="/r/draft"`}, nil},
	} {
		body := l.ask(test.as, test.path, nil).Body.String()
		for _, want := range test.has {
			if !strings.Contains(body, want) {
				t.Errorf("%s as %d has no %s", test.path, test.as, want)
			}
		}
		for _, never := range test.lacks {
			if strings.Contains(body, never) {
				t.Errorf("%s as %d has %s", test.path, test.as, never)
			}
		}
	}
	// A report that was merged away keeps what pointed to it.
	if _, err := l.web.Desk.Merge(t.Context(), "Ben", "extract", "link", "edition", ""); err != nil {
		t.Fatal(err)
	}
	if body := l.ask(visitor, "/r/link", nil).Body.String(); !strings.Contains(body, `is superseded by <a href="/r/open"`) {
		t.Error("the report that took it in does not show what supersedes it")
	}
	if body := l.ask(visitor, "/r/open", nil).Body.String(); !strings.Contains(body, `supersedes <a href="/r/link"`) {
		t.Error("the relation does not lead to the report that took it in")
	}
}

// TestSeries: the numbers of a series stand on the page with the gaps between.
func TestSeries(t *testing.T) {
	l := newLibrary(t)
	for id, number := range map[string]string{"open": "2", "extract": "No. 3", "draft": "5", "link": "9"} {
		l.change(id, func(r *greyshelf.Report) { r.Series, r.SeriesNumber = "Harbour Papers", number })
	}
	body := l.ask(visitor, "/r/open", nil).Body.String()
	for _, want := range []string{`href="/r/extract"`, `href="/r/link"`, "not in the library: 4–8", "Harbour Papers"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(body, "/r/draft") || strings.Contains(body, "not in the library: 3") {
		t.Error("a draft, or a number that is there as a gap")
	}
	if body := l.ask(librarian, "/r/open", nil).Body.String(); !strings.Contains(body, "not in the library: 6–8") || !strings.Contains(body, "not in the library: 4<") {
		t.Error("the desk does not see its draft in the series")
	}
}
