// Package catalogtest is the suite that every backend of the catalogue passes:
//
//	catalogtest.Run(t, func(t testing.TB, dir string) catalog.Catalog { … })
//
// It belongs to the port internal/catalog and holds tests only.
package catalogtest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Open opens a catalogue kept in the folder; opened again on the same folder
// it is the same catalogue. The suite closes what it opens.
type Open func(t testing.TB, dir string) catalog.Catalog

// Run runs the suite.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, *fixture){
		"round trip": roundTrip, "changes": changes, "conflict": conflict, "exists": exists, "nothing changes": nothingChanges,
		"all or nothing": allOrNothing, "files": fileHolders, "entries": entryHolders, "moved file": movedFile, "findings": findings, "history": history, "filters": filters,
		"outbox": outbox, "marks": marks, "reading while writing": readingWhileWriting, "two handles": twoHandles,
		"many writers": manyWriters, "reopen": reopen, "backup": backup, "check": check, "cancelled": cancelled,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			f := &fixture{dir: dir, open: open, Catalog: open(t, dir)}
			t.Cleanup(func() { _ = f.Close() })
			test(t, f)
		})
	}
}

// fixture is a catalogue under test and what it takes to write decisions.
type fixture struct {
	catalog.Catalog
	dir  string
	open Open
	mu   sync.Mutex
	n    int
}

var start = time.Date(2026, 4, 22, 9, 30, 0, 123456789, time.UTC)

// decision gives a new decision, a second later than the one before.
func (f *fixture) decision() greyshelf.Decision {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
	return greyshelf.Decision{ID: fmt.Sprintf("d%d", f.n), At: start.Add(time.Duration(f.n) * time.Second), Who: "tester", Method: greyshelf.ByPerson, Reason: "because"}
}

// put commits reports with a new decision and gives them as they are stored.
func (f *fixture) put(t *testing.T, reports ...greyshelf.Report) ([]greyshelf.Report, greyshelf.Decision) {
	t.Helper()
	d, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: reports})
	if err != nil {
		t.Fatal(err)
	}
	var stored []greyshelf.Report
	for _, r := range reports {
		stored = append(stored, f.get(t, r.ID))
	}
	return stored, d
}

func (f *fixture) get(t *testing.T, id string) greyshelf.Report {
	t.Helper()
	r, err := f.Report(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (f *fixture) ids(t *testing.T, filter catalog.Filter) string {
	t.Helper()
	var ids []string
	for r, err := range f.Reports(t.Context(), filter) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

// sha gives a well-formed file name.
func sha(digit string) string { return strings.Repeat(digit, 64) }

// full is a report with a value in every field.
func full(id string) greyshelf.Report {
	return greyshelf.Report{
		ID: id, State: greyshelf.Published, Type: "report", Title: "Grey “shelf” \u2028 النص", Subtitle: "A test",
		Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Ada Tester", Family: "Tester", Given: "Ada"}, Role: greyshelf.Author, EtAl: true}},
		Date:   greyshelf.Date{Printed: "May 2009", EDTF: "2009-05"}, Abstract: "First.\nSecond.", Headings: []greyshelf.Heading{{Label: "Testing", Language: "en"}},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.DOI, Value: "10.1000/182"}}, Languages: []string{"en", "ar"},
		Rights: greyshelf.Rights{Code: "cc-by-4.0", Statement: "CC BY 4.0"}, Format: "PDF", Extent: greyshelf.Extent{Printed: "81 pages", Pages: 81},
		Size: greyshelf.Size{Printed: "0.7 MB", Bytes: 734003}, URL: "https://example.org/x", Series: "S", Version: "6", Note: "n",
		Entry: &greyshelf.EntryLayout{Raw: "raw " + id, After: "\n\n", Spans: []greyshelf.EntrySpan{{Field: "title", Start: 0, End: 3, Value: "raw"}}},
		Editions: []greyshelf.Edition{{ID: "1", Language: "en", Files: []greyshelf.File{{SHA256: sha(id[:1]), MediaType: "application/pdf", Bytes: 5, Pages: 1, Text: "v1", Added: start,
			Outline: []greyshelf.Outline{{Title: "One", Level: 1, Page: 1}}}}}},
	}
}

func want(t *testing.T, err error, kind greyshelf.Kind) {
	t.Helper()
	if greyshelf.KindOf(err) != kind {
		t.Errorf("got %q (%v), want %q", greyshelf.KindOf(err), err, kind)
	}
}

func roundTrip(t *testing.T, f *fixture) {
	in := full("a1")
	stored, d := f.put(t, in)
	in.Created, in.Updated, in.Revision = d.At, d.At, 1
	if diff := cmp.Diff(in, stored[0]); diff != "" {
		t.Error(diff)
	}
	_, err := f.Report(t.Context(), "nothing")
	want(t, err, greyshelf.NotFound)
}

func changes(t *testing.T, f *fixture) {
	stored, d := f.put(t, greyshelf.Report{ID: "a1", State: greyshelf.Draft, Title: "Old"})
	expect := []greyshelf.Change{{Report: "a1", Field: "state", Before: []byte("null"), After: []byte(`"draft"`)}, {Report: "a1", Field: "title", Before: []byte("null"), After: []byte(`"Old"`)}}
	if diff := cmp.Diff(expect, d.Changes); diff != "" {
		t.Error(diff)
	}
	next := stored[0]
	next.Title, next.Languages = "New", []string{"fr"}
	stored, d = f.put(t, next)
	expect = []greyshelf.Change{{Report: "a1", Field: "title", Before: []byte(`"Old"`), After: []byte(`"New"`)}, {Report: "a1", Field: "languages", Before: []byte("null"), After: []byte(`["fr"]`)}}
	if diff := cmp.Diff(expect, d.Changes); diff != "" {
		t.Error(diff)
	}
	if r := stored[0]; r.Revision != 2 || !r.Updated.Equal(d.At) || r.Created.Equal(r.Updated) {
		t.Errorf("revision %d, created %v, updated %v", r.Revision, r.Created, r.Updated)
	}
}

func conflict(t *testing.T, f *fixture) {
	stored, _ := f.put(t, greyshelf.Report{ID: "a1", State: greyshelf.Draft, Title: "One"})
	mine, theirs := stored[0], stored[0]
	theirs.Title = "Theirs"
	f.put(t, theirs)
	mine.Title = "Mine"
	_, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{mine}})
	want(t, err, greyshelf.Conflict)
	_, err = f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{{ID: "never", Title: "x", Revision: 3}}})
	want(t, err, greyshelf.NotFound)
	if got := f.get(t, "a1").Title; got != "Theirs" {
		t.Errorf("the title is %q", got)
	}
}

func exists(t *testing.T, f *fixture) {
	f.put(t, full("a1"))
	_, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{{ID: "a1", Title: "again"}}})
	want(t, err, greyshelf.Exists)
	same := full("a2") // holds the file that a1 holds
	_, err = f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{same}})
	want(t, err, greyshelf.Exists)
	taken := f.decision()
	taken.ID = "d1"
	_, err = f.Commit(t.Context(), catalog.Commit{Decision: taken, Reports: []greyshelf.Report{{ID: "b1", Title: "x"}}})
	want(t, err, greyshelf.Exists)
	if got := f.ids(t, catalog.Filter{}); got != "a1" {
		t.Errorf("the catalogue holds %q", got)
	}
}

func nothingChanges(t *testing.T, f *fixture) {
	stored, _ := f.put(t, full("a1"))
	_, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: stored})
	want(t, err, greyshelf.Invalid)
	_, err = f.Commit(t.Context(), catalog.Commit{Decision: f.decision()})
	want(t, err, greyshelf.Invalid)
	_, err = f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{{Title: "no identifier"}}})
	want(t, err, greyshelf.Invalid)
	if got := f.get(t, "a1").Revision; got != 1 {
		t.Errorf("revision %d", got)
	}
}

func allOrNothing(t *testing.T, f *fixture) {
	f.put(t, full("a1"))
	before, err := f.Changed(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{full("b1"), full("c1"), full("a2")}})
	want(t, err, greyshelf.Exists) // a2's file
	after, err := f.Changed(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error("the outbox moved: ", diff)
	}
	if got := f.ids(t, catalog.Filter{}); got != "a1" {
		t.Errorf("the catalogue holds %q", got)
	}
	if all, err := f.Decisions(t.Context(), "", 0); err != nil || len(all) != 1 {
		t.Errorf("%d decisions, %v", len(all), err)
	}
}

func fileHolders(t *testing.T, f *fixture) {
	stored, _ := f.put(t, full("a1"))
	if id, err := f.Holder(t.Context(), sha("a")); err != nil || id != "a1" {
		t.Errorf("got %q, %v", id, err)
	}
	_, err := f.Holder(t.Context(), sha("f"))
	want(t, err, greyshelf.NotFound)
	next := stored[0]
	next.Editions = nil
	f.put(t, next)
	_, err = f.Holder(t.Context(), sha("a"))
	want(t, err, greyshelf.NotFound)
	f.put(t, full("a2")) // the file is free now
}

func entryHolders(t *testing.T, f *fixture) {
	f.put(t, full("a1"))
	if id, err := f.EntryHolder(t.Context(), "raw a1"); err != nil || id != "a1" {
		t.Errorf("got %q, %v", id, err)
	}
	_, err := f.EntryHolder(t.Context(), "raw")
	want(t, err, greyshelf.NotFound)
	again := full("b1")
	again.Entry.Raw = "raw a1"
	_, err = f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{again}})
	want(t, err, greyshelf.Exists)
}

// movedFile moves a file from one report to another in one decision, in both
// orders.
func movedFile(t *testing.T, f *fixture) {
	stored, _ := f.put(t, full("a1"), greyshelf.Report{ID: "b1", State: greyshelf.Draft})
	from, to := stored[0], stored[1]
	for range 2 {
		from.Editions, to.Editions = nil, from.Editions
		stored, _ = f.put(t, to, from)
		if id, err := f.Holder(t.Context(), sha("a")); err != nil || id != to.ID {
			t.Errorf("%q holds the file (%v), not %s", id, err, to.ID)
		}
		from, to = stored[0], stored[1]
	}
}

func findings(t *testing.T, f *fixture) {
	f.put(t, full("a1"))
	set := greyshelf.FindingSet{Report: "a1", File: sha("a"), Method: "describe@1", Findings: []greyshelf.Finding{
		{Field: greyshelf.FieldTitle, Value: "T", Page: 1, Quote: "T", Box: greyshelf.Box{0.1, 0.2, 0.3, 0.4}, Method: "cover@1", Confidence: 0.9, Chosen: true}}}
	newer := set
	newer.Method = "describe@2"
	for _, s := range []greyshelf.FindingSet{set, newer, set} { // the last replaces the first
		if _, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Findings: []greyshelf.FindingSet{s}}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := f.Findings(t.Context(), "a1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]greyshelf.FindingSet{set, newer}, got); diff != "" {
		t.Error(diff)
	}
	if d, err := f.Decisions(t.Context(), "a1", 1); err != nil || len(d) != 1 || len(d[0].Changes) != 0 || d[0].Seq != 4 {
		t.Errorf("the decision that brought findings is not in the history: %v, %v", d, err)
	}
	_, err = f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Findings: []greyshelf.FindingSet{{Report: "nothing"}}})
	want(t, err, greyshelf.NotFound)
	if none, err := f.Findings(t.Context(), "b1"); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}

func history(t *testing.T, f *fixture) {
	_, first := f.put(t, full("a1"), full("b1"))
	next := f.get(t, "a1")
	next.Title = "Changed"
	with := f.decision()
	with.Undoes, with.Source = "d1", &greyshelf.Source{File: "list.txt", Line: 7, Raw: "raw\ntext"}
	second, err := f.Commit(t.Context(), catalog.Commit{Decision: with, Reports: []greyshelf.Report{next}})
	if err != nil {
		t.Fatal(err)
	}
	if second.Seq <= first.Seq {
		t.Errorf("seq %d after %d", second.Seq, first.Seq)
	}
	got, err := f.Decision(t.Context(), second.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(second, got); diff != "" {
		t.Error(diff)
	}
	ofA, err := f.Decisions(t.Context(), "a1", 0)
	if err != nil || len(ofA) != 2 || ofA[0].ID != second.ID {
		t.Fatalf("decisions on a1: %v, %v", ofA, err)
	}
	for _, change := range ofA[1].Changes {
		if change.Report != "a1" {
			t.Errorf("a change of %s among those of a1", change.Report)
		}
	}
	all, err := f.Decisions(t.Context(), "", 1)
	if err != nil || len(all) != 1 || all[0].ID != second.ID {
		t.Errorf("the latest: %v, %v", all, err)
	}
	_, err = f.Decision(t.Context(), "nothing")
	want(t, err, greyshelf.NotFound)
}

func filters(t *testing.T, f *fixture) {
	for i, state := range []greyshelf.State{greyshelf.Published, greyshelf.Draft, greyshelf.Published, greyshelf.Withdrawn} {
		f.put(t, greyshelf.Report{ID: string(rune('a' + i)), State: state, Title: "x"})
	}
	published := []greyshelf.State{greyshelf.Published}
	for _, test := range []struct {
		filter catalog.Filter
		want   string
		count  int
	}{
		{catalog.Filter{}, "a b c d", 4},
		{catalog.Filter{Newest: true}, "d c b a", 4},
		{catalog.Filter{States: published}, "a c", 2},
		{catalog.Filter{States: []greyshelf.State{greyshelf.Draft, greyshelf.Withdrawn}}, "b d", 2},
		{catalog.Filter{Limit: 2, Offset: 1}, "b c", 4},
		{catalog.Filter{Offset: 3}, "d", 4},
		{catalog.Filter{IDs: []string{"d", "a", "nothing", "c"}}, "d a c", 3},
		{catalog.Filter{IDs: []string{"d", "a", "c"}, States: published}, "a c", 2},
		{catalog.Filter{IDs: []string{}}, "", 0},
	} {
		if got := f.ids(t, test.filter); got != test.want {
			t.Errorf("%+v: %q, want %q", test.filter, got, test.want)
		}
		if n, err := f.Count(t.Context(), test.filter); err != nil || n != test.count {
			t.Errorf("%+v: count %d (%v), want %d", test.filter, n, err, test.count)
		}
	}
}

func outbox(t *testing.T, f *fixture) {
	f.put(t, full("a1"))
	f.put(t, full("b1"))
	first, err := f.Changed(t.Context(), 0, 100)
	if err != nil || len(first) != 2 || first[0].Report != "a1" || first[1].Mark <= first[0].Mark {
		t.Fatalf("%v, %v", first, err)
	}
	next := f.get(t, "a1")
	next.Title = "Changed"
	f.put(t, next)
	second, err := f.Changed(t.Context(), first[1].Mark, 100)
	if err != nil || len(second) != 1 || second[0].Report != "a1" {
		t.Fatalf("%v, %v", second, err)
	}
	all, err := f.Changed(t.Context(), 0, 1)
	if err != nil || len(all) != 1 || all[0].Report != "b1" {
		t.Errorf("a report changed twice comes once, with its latest mark: %v, %v", all, err)
	}
	if none, err := f.Changed(t.Context(), second[0].Mark, 100); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}

func marks(t *testing.T, f *fixture) {
	for _, step := range []struct{ set, want int64 }{{0, 0}, {5, 5}, {12, 12}} {
		if step.set > 0 {
			if err := f.SetMark(t.Context(), "index", step.set); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := f.Mark(t.Context(), "index"); err != nil || got != step.want {
			t.Errorf("got %d, %v, want %d", got, err, step.want)
		}
	}
	if got, err := f.Mark(t.Context(), "other"); err != nil || got != 0 {
		t.Errorf("another stage: %d, %v", got, err)
	}
}

func readingWhileWriting(t *testing.T, f *fixture) {
	for i := range 20 {
		f.put(t, greyshelf.Report{ID: fmt.Sprintf("r%02d", i), State: greyshelf.Published, Title: "before"})
	}
	seen := 0
	for r, err := range f.Reports(t.Context(), catalog.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Title != "before" {
			t.Errorf("%s changed under the reader", r.ID)
		}
		seen++
		next := f.get(t, r.ID)
		next.Title = "after"
		f.put(t, next, greyshelf.Report{ID: fmt.Sprintf("new%02d", seen), State: greyshelf.Published, Title: "before"})
	}
	if seen != 20 {
		t.Errorf("saw %d reports, want the 20 of the beginning", seen)
	}
}

func twoHandles(t *testing.T, f *fixture) {
	other := f.open(t, f.dir)
	defer other.Close()
	f.put(t, full("a1"))
	r, err := other.Report(t.Context(), "a1")
	if err != nil {
		t.Fatal(err)
	}
	r.Title = "From the other side"
	if _, err := other.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{r}}); err != nil {
		t.Fatal(err)
	}
	if got := f.get(t, "a1").Title; got != "From the other side" {
		t.Errorf("got %q", got)
	}
}

func manyWriters(t *testing.T, f *fixture) {
	other := f.open(t, f.dir)
	defer other.Close()
	const writers, each = 4, 10
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			handle := []catalog.Catalog{f.Catalog, other}[w%2]
			for i := range each {
				r := greyshelf.Report{ID: fmt.Sprintf("w%d-%d", w, i), State: greyshelf.Published, Title: "x"}
				if _, err := handle.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{r}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	changed, err := f.Changed(t.Context(), 0, 1000)
	if err != nil || len(changed) != writers*each {
		t.Errorf("%d changes, %v", len(changed), err)
	}
}

func reopen(t *testing.T, f *fixture) {
	stored, d := f.put(t, full("a1"))
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f.Catalog = f.open(t, f.dir)
	if diff := cmp.Diff(stored[0], f.get(t, "a1")); diff != "" {
		t.Error(diff)
	}
	if got, err := f.Decision(t.Context(), d.ID); err != nil || !cmp.Equal(got, d) {
		t.Error(err, cmp.Diff(d, got))
	}
}

func backup(t *testing.T, f *fixture) {
	stored, _ := f.put(t, full("a1"))
	dir := t.TempDir()
	path := filepath.Join(dir, "catalog.sqlite")
	if err := f.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	want(t, f.Backup(t.Context(), path), greyshelf.Exists)
	f.put(t, full("b1"))
	copied := f.open(t, dir)
	defer copied.Close()
	got, err := copied.Report(t.Context(), "a1")
	if diff := cmp.Diff(stored[0], got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	_, err = copied.Report(t.Context(), "b1")
	want(t, err, greyshelf.NotFound)
}

func check(t *testing.T, f *fixture) {
	f.put(t, full("a1"))
	if defects, err := f.Check(t.Context()); err != nil || len(defects) != 0 {
		t.Errorf("%v, %v", defects, err)
	}
}

func cancelled(t *testing.T, f *fixture) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := f.Commit(ctx, catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{full("a1")}})
	if err == nil || greyshelf.KindOf(err) == greyshelf.Internal {
		t.Errorf("got %v", err)
	}
	if got := f.ids(t, catalog.Filter{}); got != "" {
		t.Errorf("the catalogue holds %q", got)
	}
	for _, err := range f.Reports(ctx, catalog.Filter{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}
