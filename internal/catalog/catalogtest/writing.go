package catalogtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

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
