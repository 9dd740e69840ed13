package identify_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/identify/identifytest"
	pagessqlite "github.com/greyshelf/greyshelf/internal/pages/sqlite"
)

// cellar is a catalogue with page texts and an indexer over both.
type cellar struct {
	t *testing.T
	*catalogsqlite.Store
	pages   *pagessqlite.Store
	indexer identify.Indexer
}

func newCellar(t *testing.T) *cellar {
	t.Helper()
	dir := t.TempDir()
	c, err := catalogsqlite.Open(t.Context(), filepath.Join(dir, "catalog"), catalogsqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := pagessqlite.Open(t.Context(), filepath.Join(dir, "pages"), pagessqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close(); c.Close() })
	service, _ := newService(t)
	return &cellar{t, c, p, identify.Indexer{Index: service.Index, Shelf: identify.Shelf{Catalog: c, Pages: p}, Outbox: c}}
}

// put commits reports in one decision.
func (c *cellar) put(decision string, reports ...greyshelf.Report) {
	c.t.Helper()
	_, err := c.Commit(c.t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: decision, At: time.Unix(0, 0)}, Reports: reports})
	if err != nil {
		c.t.Fatal(err)
	}
}

// shelve puts a text and gives the report of its file.
func (c *cellar) shelve(id string, pages ...string) greyshelf.Report {
	c.t.Helper()
	f := greyshelf.File{SHA256: strings.Repeat(id, 64), Text: "v1", Pages: len(pages)}
	var all []greyshelf.Page
	for i, text := range pages {
		all = append(all, greyshelf.Page{Index: i + 1, Text: text})
	}
	if err := c.pages.Put(c.t.Context(), f.SHA256, "v1", all); err != nil {
		c.t.Fatal(err)
	}
	return greyshelf.Report{ID: id, State: greyshelf.Published, Title: "Harbours of the north " + id, Editions: []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{f}}}}
}

func (c *cellar) run(most int) int64 {
	c.t.Helper()
	if err := c.indexer.Run(c.t.Context(), most); err != nil {
		c.t.Fatal(err)
	}
	mark, err := c.indexer.Index.Mark(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return mark
}

// TestIndexer: the index follows the catalogue from its own mark, and what is
// kept with a report follows files that move.
func TestIndexer(t *testing.T) {
	c := newCellar(t)
	s := identifytest.Invented(1, 4)[0]
	pages := identifytest.Paginate(s.Paragraphs, identifytest.WordsPerPage, "")
	a, b, other := c.shelve("a", pages...), c.shelve("b", append(pages, "one more page")...), c.shelve("d", "nothing alike")
	other.Title = "Quite another thing"
	c.put("1", a)
	c.put("2", b)
	c.put("3", other, greyshelf.Report{ID: "without a file", State: greyshelf.Draft})
	if first, last := c.run(1), c.run(0); first == 0 || last < first || c.run(0) != last {
		t.Errorf("marks %d and %d", first, last)
	}
	known, err := c.indexer.Shelf.Known(t.Context(), strings.Repeat("b", 64))
	if err != nil {
		t.Fatal(err)
	}
	service := identify.Service{Index: c.indexer.Index, Library: c.indexer.Shelf}
	found, err := service.Identify(t.Context(), known)
	if err != nil || len(found) != 1 || found[0].Report != "a" || found[0].Verdict != identify.OtherCopy {
		t.Fatalf("%+v, %v", found, err)
	}
	if err := identify.Keep(t.Context(), c, "b", known.File.SHA256, found); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a"}, c.kept("b")); diff != "" {
		t.Error(diff)
	}

	// The other file moves to another report; then to this one.
	at := func(id string) greyshelf.Report {
		r, err := c.Report(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	from, to := at("a"), at("d")
	to.Editions = append(to.Editions, greyshelf.Edition{ID: "2", Files: from.Files()})
	from.Editions = nil
	c.put("4", from, to)
	if diff := cmp.Diff([]string{"d"}, c.kept("b")); diff != "" {
		t.Error(diff)
	}
	c.run(0)
	again, err := service.Identify(t.Context(), known)
	if err != nil || len(again) != 1 || again[0].Report != "d" {
		t.Errorf("%+v, %v", again, err)
	}
	if err := identify.Keep(t.Context(), c, "b", known.File.SHA256, nil); err != nil || len(c.kept("b")) != 0 {
		t.Errorf("nothing found, and %v is kept, %v", c.kept("b"), err)
	}
	if err := identify.Keep(t.Context(), c, "d", "x", nil); err != nil {
		t.Error(err)
	}
}

// kept gives the reports that are kept for a report.
func (c *cellar) kept(id string) []string {
	c.t.Helper()
	r, err := c.Report(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	found, err := identify.Kept(c.t.Context(), c, r)
	if err != nil {
		c.t.Fatal(err)
	}
	var ids []string
	for _, m := range found {
		ids = append(ids, m.Report)
	}
	return ids
}
