package sqlite_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/catalog/catalogtest"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
)

func open(t testing.TB, dir string) catalog.Catalog {
	t.Helper()
	c, err := sqlite.Open(t.Context(), filepath.Join(dir, "catalog.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCatalog(t *testing.T) { catalogtest.Run(t, open) }

// TestOddPath checks that a folder's name cannot be read as part of the
// database's address.
func TestOddPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b?mode=memory&x=#1%20é")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c := open(t, dir)
	defer c.Close()
	if _, err := os.Stat(filepath.Join(dir, "catalog.sqlite")); err != nil {
		t.Error(err)
	}
}

// TestFullDisk checks that a disk that fills up loses nothing and says so.
func TestFullDisk(t *testing.T) {
	c, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "c.sqlite"), sqlite.Options{MaxPages: 60})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	kept := 0
	for i := 0; ; i++ {
		r := greyshelf.Report{ID: fmt.Sprint("r", i), State: greyshelf.Published, Abstract: strings.Repeat("long ", 2000)}
		_, err := c.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: fmt.Sprint("d", i), At: time.Unix(0, 0)}, Reports: []greyshelf.Report{r}})
		if err != nil {
			if greyshelf.KindOf(err) != greyshelf.Unavailable || !strings.Contains(err.Error(), "full") {
				t.Errorf("got %v, want unavailable: the disk is full", err)
			}
			break
		}
		kept++
		if kept > 1000 {
			t.Fatal("the disk never filled up")
		}
	}
	n, err := c.Count(t.Context(), catalog.Filter{})
	if err != nil || n != kept || kept == 0 {
		t.Errorf("%d reports are there (%v), %d were kept", n, err, kept)
	}
	if defects, err := c.Check(t.Context()); err != nil || len(defects) > 0 {
		t.Errorf("%v, %v", defects, err)
	}
}

// TestNewerProgram refuses a catalogue of a form that this program does not
// know.
func TestNewerProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.sqlite")
	c, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	exec(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
	if _, err := sqlite.Open(t.Context(), path, sqlite.Options{}); greyshelf.KindOf(err) != greyshelf.Unavailable || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("got %v", err)
	}
}

func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.sqlite")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is no database ", 1000)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), path, sqlite.Options{}); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("got %v", err)
	}
	dir := t.TempDir()
	c := open(t, dir)
	defer c.Close()
	if _, err := c.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "d"}, Reports: []greyshelf.Report{{ID: "r", State: greyshelf.Draft}}}); err != nil {
		t.Fatal(err)
	}
	exec(t, filepath.Join(dir, "catalog.sqlite"), "UPDATE reports SET document = 'damaged'")
	if defects, err := c.Check(t.Context()); err != nil || len(defects) != 1 {
		t.Errorf("%v, %v", defects, err)
	}
}

// TestChangedHistory checks that a decision that was changed or taken out
// behind the program's back is named, and only that one.
func TestChangedHistory(t *testing.T) {
	for _, test := range []struct{ statement, names string }{
		{"UPDATE decisions SET who = 'another' WHERE seq = 2", "decision 2 "},
		{"UPDATE changes SET after = '\"published\"' WHERE decision = 2", "decision 2 "},
		{"UPDATE seals SET seal = 'x' WHERE decision = 4", "decision 4 "},
		{"DELETE FROM changes WHERE decision = 3; DELETE FROM seals WHERE decision = 3; DELETE FROM decisions WHERE seq = 3", "lacks the decisions 3 to 3"},
		{"DELETE FROM changes WHERE decision = 4; DELETE FROM decisions WHERE seq = 4", "lacks the decisions 4 to 4"},
	} {
		dir := t.TempDir()
		c := open(t, dir)
		for _, id := range []string{"1", "2", "3", "4"} {
			if _, err := c.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "d" + id, Who: "somebody"}, Reports: []greyshelf.Report{{ID: "r" + id, State: greyshelf.Draft}}}); err != nil {
				t.Fatal(err)
			}
		}
		exec(t, filepath.Join(dir, "catalog.sqlite"), "PRAGMA foreign_keys = OFF; "+test.statement)
		defects, err := c.Check(t.Context())
		if err != nil || len(defects) == 0 || !strings.Contains(defects[0], test.names) || len(defects) > 2 {
			t.Errorf("%s: %q, %v", test.statement, defects, err)
		}
		c.Close()
	}
}

func exec(t testing.TB, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// TestFirstForm opens data written by the first migration with the newest
// program. testdata/first.sql is the .dump of a catalogue that the first
// program wrote; it is never made again.
func TestFirstForm(t *testing.T) {
	dump, err := os.ReadFile("testdata/first.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "catalog.sqlite")
	exec(t, path, string(dump))
	c, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	r, err := c.Report(t.Context(), "first")
	if err != nil || r.Title != "The first report" || len(r.Files()) != 1 || r.Revision != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	decisions, err := c.Decisions(t.Context(), "first", 0)
	if err != nil || len(decisions) != 2 || len(decisions[0].Changes) != 1 {
		t.Errorf("%+v, %v", decisions, err)
	}
	sets, err := c.Findings(t.Context(), "first")
	if err != nil || len(sets) != 1 || sets[0].Findings[0].Value != "The first report" {
		t.Errorf("%+v, %v", sets, err)
	}
	if id, err := c.EntryHolder(t.Context(), "The first entry"); err != nil || id != "first" {
		t.Errorf("%q, %v", id, err)
	}
	changed, err := c.Changed(t.Context(), 0, 10)
	if err != nil || len(changed) != 1 {
		t.Errorf("%+v, %v", changed, err)
	}
	for r, err := range c.Shown(t.Context(), catalog.ShownFilter{From: r.Updated, Until: r.Updated.Add(time.Microsecond)}) {
		if err != nil || r.ID != "first" {
			t.Errorf("%+v, %v", r, err)
		}
		return
	}
	t.Error("a report published by the first program is not among the shown ones")
}

// TestOldLinks: a catalogue of a program that kept fewer links gets the others
// when it is opened, also where a report is damaged.
func TestOldLinks(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir)
	var all []greyshelf.Report
	for i := range 1203 {
		all = append(all, greyshelf.Report{ID: fmt.Sprintf("r%04d", i), State: greyshelf.Draft, Headings: []greyshelf.Heading{{Label: "Peace", Authority: "peace"}, {Label: "Désarmement"}}})
	}
	if _, err := c.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "d"}, Reports: all}); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	exec(t, filepath.Join(dir, "catalog.sqlite"), "DELETE FROM report_links; DELETE FROM marks; UPDATE reports SET document = 'damaged' WHERE id = 'r0007'")
	c = open(t, dir)
	defer c.Close()
	for _, l := range []catalog.Link{{Kind: catalog.LinkAuthority, Target: "peace"}, {Kind: catalog.LinkName, Target: "desarmement"}} {
		if ids, err := c.Linked(t.Context(), l, 0); err != nil || len(ids) != 1202 {
			t.Errorf("%v: %d %v", l, len(ids), err)
		}
	}
}

// TestUndoRandomly checks that any sequence of edits, reverted backwards,
// gives the report it began with.
func TestUndoRandomly(t *testing.T) {
	c := open(t, t.TempDir())
	defer c.Close()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		id := fmt.Sprint("r", n)
		commit := func(r greyshelf.Report) greyshelf.Decision {
			n++
			d, err := c.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: fmt.Sprint("d", n), At: time.Unix(int64(n), 0)}, Reports: []greyshelf.Report{r}})
			if err != nil && greyshelf.KindOf(err) != greyshelf.Invalid { // Invalid: nothing would change
				rt.Fatal(err)
			}
			return d
		}
		commit(greyshelf.Report{ID: id, State: greyshelf.Draft})
		first, err := c.Report(t.Context(), id)
		if err != nil {
			rt.Fatal(err)
		}
		var done []greyshelf.Decision
		for range rapid.IntRange(1, 6).Draw(rt, "edits") {
			r, err := c.Report(t.Context(), id)
			if err != nil {
				rt.Fatal(err)
			}
			edit(rt, &r)
			if d := commit(r); len(d.Changes) > 0 {
				done = append(done, d)
			}
		}
		for i := len(done) - 1; i >= 0; i-- {
			r, err := c.Report(t.Context(), id)
			if err != nil {
				rt.Fatal(err)
			}
			if r, err = catalog.Revert(r, done[i].Changes); err != nil {
				rt.Fatal(err)
			}
			commit(r)
		}
		last, err := c.Report(t.Context(), id)
		if err != nil {
			rt.Fatal(err)
		}
		last.Revision, last.Updated = first.Revision, first.Updated
		if diff := cmp.Diff(first, last); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// edit changes a field of the report at random.
func edit(rt *rapid.T, r *greyshelf.Report) {
	text := rapid.String().Draw(rt, "text")
	if !json.Valid([]byte(fmt.Sprintf("%q", text))) {
		text = "plain"
	}
	switch rapid.IntRange(0, 4).Draw(rt, "field") {
	case 0:
		r.Title = text
	case 1:
		r.State = rapid.SampledFrom(greyshelf.States()).Draw(rt, "state")
	case 2:
		r.Languages = rapid.SliceOfN(rapid.SampledFrom([]string{"en", "fr"}), 0, 2).Draw(rt, "languages")
		if len(r.Languages) == 0 {
			r.Languages = nil
		}
	case 3:
		r.Extent = greyshelf.Extent{Pages: rapid.IntRange(0, 3).Draw(rt, "pages")}
	case 4:
		r.Rights.Code = rapid.SampledFrom([]greyshelf.RightsCode{"", greyshelf.PublicDomain}).Draw(rt, "code")
	}
}
