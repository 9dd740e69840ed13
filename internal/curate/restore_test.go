package curate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
)

// bulk changes several reports by one decision.
func bulk(t *testing.T, d *curate.Desk, change func(*greyshelf.Report), ids ...string) greyshelf.Decision {
	t.Helper()
	c := catalog.Commit{Decision: greyshelf.Decision{ID: d.NewID(), At: d.Now(), Who: "ben", Method: greyshelf.ByPerson}}
	for _, id := range ids {
		r := report(t, d, id)
		change(&r)
		c.Reports = append(c.Reports, r)
	}
	made, err := d.Catalog.Commit(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func three(t *testing.T, d *curate.Desk) (ids []string) {
	t.Helper()
	for _, digit := range []string{"a", "b", "c"} {
		f := file
		f.SHA256 = strings.Repeat(digit, 64)
		out, err := d.Add(t.Context(), "ada", curate.Described{File: f, Findings: findings, Method: "describe@1"})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, out.Report)
	}
	return ids
}

func TestUndoOfABulkDecision(t *testing.T) {
	d := newDesk(t)
	ids := three(t, d)
	made := bulk(t, d, func(r *greyshelf.Report) { r.Series, r.Version = "Wrong", "9" }, ids...)
	later := edit(t, d, ids[1], func(r *greyshelf.Report) { r.Series = "Right" })
	plan, err := d.PlanUndo(t.Context(), made.ID)
	if err != nil || len(plan.Reports) != 3 || !plan.Open() || plan.Whole || len(plan.Reports[0].Changes) != 2 || len(plan.Reports[1].Changes) != 1 {
		t.Fatalf("%v: %+v", err, plan)
	}
	if diff := cmp.Diff([]curate.Overtaken{{Field: "series", By: later}}, plan.Reports[1].Later); diff != "" {
		t.Error(diff)
	}
	undo(t, d, made.ID, greyshelf.Conflict)
	undone, err := d.UndoRest(t.Context(), "ada", made.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "Right", ""} {
		if r := report(t, d, ids[i]); r.Series != want || r.Version != "" {
			t.Errorf("%s: %q %q", ids[i], r.Series, r.Version)
		}
	}
	if _, err := d.PlanUndo(t.Context(), made.ID); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("once more: %v", err)
	}
	undo(t, d, undone.ID, "")
	if r := report(t, d, ids[1]); r.Series != "Right" || r.Version != "9" {
		t.Errorf("after undoing the undo: %q %q", r.Series, r.Version)
	}
}

// TestUndoRestOfAMerge: what moved files between reports is undone as a whole
// or not at all.
func TestUndoRestOfAMerge(t *testing.T) {
	d := newDesk(t)
	ids := three(t, d)
	made, err := d.Merge(t.Context(), "ben", ids[0], ids[1], curate.AsEdition, "")
	if err != nil {
		t.Fatal(err)
	}
	edit(t, d, ids[1], func(r *greyshelf.Report) { r.Editions[0].Label = "Changed" })
	if _, err := d.UndoRest(t.Context(), "ada", made.ID, ""); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Error(err)
	}
}

func TestUndoRestOfNothing(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	made := edit(t, d, id, func(r *greyshelf.Report) { r.Series = "A" })
	edit(t, d, id, func(r *greyshelf.Report) { r.Series = "B" })
	if _, err := d.UndoRest(t.Context(), "ada", made.ID, ""); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Error(err)
	}
}

func TestRestore(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	first := edit(t, d, id, func(r *greyshelf.Report) { r.Title, r.Series = "One", "S" })
	edit(t, d, id, func(r *greyshelf.Report) { r.Title, r.Series = "Two", "S2" })
	if _, err := d.Restore(t.Context(), "ada", id, report(t, d, id).Revision, "title", first.Seq, "it was better"); err != nil {
		t.Fatal(err)
	}
	if r := report(t, d, id); r.Title != "One" || r.Series != "S2" {
		t.Errorf("%q %q", r.Title, r.Series)
	}
	for field, want := range map[string]greyshelf.Kind{"title": greyshelf.Invalid, "editions": greyshelf.Invalid, "nothing": greyshelf.Invalid, "series": ""} {
		_, err := d.Restore(t.Context(), "ada", id, report(t, d, id).Revision, field, first.Seq, "")
		if greyshelf.KindOf(err) != want {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := d.Restore(t.Context(), "ada", id, 1, "series", 0, ""); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("an old revision: %v", err)
	}
}

// TestPast checks that every state that a report ever had is found again, by
// decision and by revision.
func TestPast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := greyshelf.Report{ID: "r"}
		states, decisions := []greyshelf.Report{now}, []greyshelf.Decision{}
		for seq := range rapid.IntRange(0, 8).Draw(t, "decisions") {
			next := anyReport(t, "next")
			next.Revision = now.Revision
			d := greyshelf.Decision{Seq: int64(10 * (seq + 1)), Changes: catalog.Diff(now, next)}
			if len(d.Changes) > 0 {
				next.Revision++
				now = next
				states = append(states, now)
			}
			decisions = append([]greyshelf.Decision{d}, decisions...)
			if got, err := curate.Past(now, decisions, d.Seq+5); err != nil || !cmp.Equal(got, now) {
				t.Fatal(got, err)
			}
		}
		for i, want := range states {
			got, err := curate.PastRevision(now, decisions, want.Revision)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Fatalf("state %d: %v %s", i, err, diff)
			}
		}
		if _, err := curate.PastRevision(now, decisions, now.Revision+1); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Fatal(err)
		}
	})
}
