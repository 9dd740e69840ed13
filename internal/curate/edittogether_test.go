package curate_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
)

// editing is a form that was made from a revision.
func editing(id string, revision int, change func(*greyshelf.Report)) curate.Editing {
	return curate.Editing{Report: id, Revision: revision, Change: func(r *greyshelf.Report) error { change(r); return nil }}
}

func TestEditTogether(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	seen := report(t, d, id)
	edit(t, d, id, func(r *greyshelf.Report) { r.Abstract, r.Series = "Theirs.", "S" })
	got, err := d.EditTogether(t.Context(), "ada", editing(id, seen.Revision, func(r *greyshelf.Report) { r.Annotation = "Mine." }))
	if err != nil || len(got.Since) != 1 || got.Since[0].Who != "ben" || !cmp.Equal(got.Together.Theirs, []string{"abstract", "series"}) || len(got.Decision.Changes) != 1 {
		t.Fatalf("%v: %+v", err, got)
	}
	if r := report(t, d, id); r.Abstract != "Theirs." || r.Annotation != "Mine." || r.Series != "S" {
		t.Errorf("%+v", r)
	}
	// The same change by both is no change.
	got, err = d.EditTogether(t.Context(), "ada", editing(id, seen.Revision, func(r *greyshelf.Report) { r.Series = "S" }))
	if err != nil || got.Decision.ID != "" {
		t.Errorf("%v: %+v", err, got.Decision)
	}
	if _, err := d.EditTogether(t.Context(), "ada", editing(id, 99, func(*greyshelf.Report) {})); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("a revision that never was: %v", err)
	}
}

func TestEditTogetherCollision(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	seen := report(t, d, id).Revision
	edit(t, d, id, func(r *greyshelf.Report) { r.Title, r.Abstract = "Theirs", "Theirs." })
	mine := editing(id, seen, func(r *greyshelf.Report) { r.Title, r.Abstract, r.Version = "Mine", "Mine.", "2" })
	got, err := d.EditTogether(t.Context(), "ada", mine)
	if greyshelf.KindOf(err) != greyshelf.Conflict || len(got.Together.Collisions) != 2 || string(got.Together.Collisions[0].Base) != `"The Title"` {
		t.Fatalf("%v: %+v", err, got.Together)
	}
	mine.Seen, mine.Mine = got.Present, map[string]bool{"title": true, "abstract": false}
	// The title is changed once more: that choice was made without knowing.
	edit(t, d, id, func(r *greyshelf.Report) { r.Title = "Theirs again" })
	got, err = d.EditTogether(t.Context(), "ada", mine)
	if greyshelf.KindOf(err) != greyshelf.Conflict || len(got.Together.Collisions) != 1 || string(got.Together.Collisions[0].Theirs) != `"Theirs again"` {
		t.Fatalf("%v: %+v", err, got.Together)
	}
	mine.Seen = got.Present
	if _, err = d.EditTogether(t.Context(), "ada", mine); err != nil {
		t.Fatal(err)
	}
	if r := report(t, d, id); r.Title != "Mine" || r.Abstract != "Theirs." || r.Version != "2" {
		t.Errorf("%+v", r)
	}
}

func TestEditTogetherGone(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	seen := report(t, d, id).Revision
	edit(t, d, id, func(r *greyshelf.Report) { r.State = greyshelf.Withdrawn })
	mine := editing(id, seen, func(r *greyshelf.Report) { r.Title = "Mine" })
	got, err := d.EditTogether(t.Context(), "ada", mine)
	if greyshelf.KindOf(err) != greyshelf.Conflict || !strings.Contains(err.Error(), "withdrawn by decision") || !strings.Contains(err.Error(), "ben") {
		t.Fatal(err)
	}
	mine.Seen = got.Present
	if _, err := d.EditTogether(t.Context(), "ada", mine); err != nil {
		t.Fatal(err)
	}
	if r := report(t, d, id); r.Title != "Mine" || r.State != greyshelf.Withdrawn {
		t.Errorf("%+v", r)
	}
}

// TestEditTogetherMerged: a report that was merged away is not changed.
func TestEditTogetherMerged(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	other := file
	other.SHA256 = strings.Repeat("b", 64)
	into, err := d.Add(t.Context(), "ada", curate.Described{File: other, Findings: findings, Method: "describe@1"})
	if err != nil {
		t.Fatal(err)
	}
	seen := report(t, d, id).Revision
	if _, err := d.Merge(t.Context(), "ben", id, into.Report, curate.AsCopy, ""); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		mine := editing(id, seen, func(r *greyshelf.Report) { r.Title = "Mine" })
		got, err := d.EditTogether(t.Context(), "ada", mine)
		if greyshelf.KindOf(err) != greyshelf.Conflict || !strings.Contains(err.Error(), "merged into "+into.Report) {
			t.Fatal(err)
		}
		seen = min(seen, got.Present)
	}
}

// TestManyHands lets eight people change a field each from the same form at
// the same time: all of it is kept.
func TestManyHands(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	var n atomic.Int64
	at := d.Now()
	d.NewID, d.Now = func() string { return fmt.Sprint("many", n.Add(1)) }, func() time.Time { return at }
	seen := report(t, d, id).Revision
	changes := []func(*greyshelf.Report){
		func(r *greyshelf.Report) { r.Title = "T" }, func(r *greyshelf.Report) { r.Subtitle = "S" }, func(r *greyshelf.Report) { r.Abstract = "A" },
		func(r *greyshelf.Report) { r.Series = "Se" }, func(r *greyshelf.Report) { r.Version = "7" }, func(r *greyshelf.Report) { r.Annotation = "An" },
		func(r *greyshelf.Report) { r.Desk.RequestedBy = "R" }, func(r *greyshelf.Report) { r.Desk.Sensitivity = "Se" },
	}
	var all sync.WaitGroup
	for _, change := range changes {
		all.Go(func() {
			for { // a person whose form comes back saves again
				_, err := d.EditTogether(t.Context(), "many", editing(id, seen, change))
				if err == nil {
					return
				}
				if greyshelf.KindOf(err) != greyshelf.Conflict {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	want := report(t, d, id)
	for _, change := range changes {
		change(&want)
	}
	if diff := cmp.Diff(want, report(t, d, id)); diff != "" {
		t.Error(diff)
	}
}
