package catalogtest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

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
