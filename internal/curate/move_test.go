package curate_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
)

// putIn commits a report in a state.
func putIn(t *testing.T, d *curate.Desk, id string, state greyshelf.State) {
	t.Helper()
	_, err := d.Catalog.Commit(t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: "made-" + id, At: d.Now(), Who: "ada", Method: greyshelf.ByAdd},
		Reports:  []greyshelf.Report{{ID: id, State: state, Title: "Report " + id, EmbargoUntil: map[greyshelf.State]string{greyshelf.Embargoed: "2030-01-01"}[state]}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMovesOfEveryState holds the table of what is allowed from where.
func TestMovesOfEveryState(t *testing.T) {
	for state, want := range map[greyshelf.State]string{
		greyshelf.Candidate: "accept accept-first send-on refuse hold",
		greyshelf.Draft:     "accept accept-first send-on refuse hold",
		greyshelf.ToReview:  "accept accept-first refuse hold take-back",
		greyshelf.Published: "hold withdraw archive take-back",
		greyshelf.Embargoed: "accept accept-first withdraw take-back",
		greyshelf.Refused:   "accept archive take-back",
		greyshelf.Withdrawn: "accept archive take-back",
		greyshelf.Archived:  "accept withdraw take-back",
	} {
		var got []string
		for _, m := range curate.MovesOf(greyshelf.Report{State: state}) {
			got = append(got, string(m))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", state, got, want)
		}
	}
	if got := curate.MovesOf(greyshelf.Report{State: greyshelf.Withdrawn, MergedInto: "other"}); got != nil {
		t.Errorf("merged: %v", got)
	}
	if got := curate.MovesOf(greyshelf.Report{State: greyshelf.Published, Desk: greyshelf.DeskFile{Review: true}}); !slices.Contains(got, curate.Accept) {
		t.Errorf("published and still to be looked at: %v", got)
	}
}

// TestMoveAll moves what can be moved by one decision and takes it back by one.
func TestMoveAll(t *testing.T) {
	d := newDesk(t)
	for id, state := range map[string]greyshelf.State{"a": greyshelf.Draft, "b": greyshelf.Candidate, "c": greyshelf.Refused} {
		putIn(t, d, id, state)
	}
	for name, bad := range map[string]curate.Moving{
		"no reason": {Move: curate.Refuse}, "no day": {Move: curate.Hold}, "no day there is": {Move: curate.Hold, Until: "2026-02-30"}, "no move": {Move: "jump"}, "not from there": {Move: curate.Withdraw},
	} {
		if _, _, err := d.MoveAll(t.Context(), "ada", []string{"a"}, bad); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := d.MoveAll(t.Context(), "ada", []string{"a", "nothing"}, curate.Moving{Move: curate.Accept}); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Errorf("of nothing: %v", err)
	}
	steps, decision, err := d.MoveAll(t.Context(), "ada", []string{"a", "b", "c"}, curate.Moving{Move: curate.Refuse, Reason: "not for us"})
	if err != nil || len(steps) != 3 || steps[2].Problem == "" || len(decision.Changes) != 2 {
		t.Fatalf("%+v, %+v, %v", steps, decision, err)
	}
	for _, id := range []string{"a", "b"} {
		if r := get(t, d, id); r.State != greyshelf.Refused {
			t.Errorf("%s is %s", id, r.State)
		}
	}
	undo(t, d, decision.ID, "")
	if a, b := get(t, d, "a"), get(t, d, "b"); a.State != greyshelf.Draft || b.State != greyshelf.Candidate {
		t.Errorf("taken back: %s, %s", a.State, b.State)
	}
}

// TestHeldAndReleased holds a report until a day, and publishes it when that
// has come: once.
func TestHeldAndReleased(t *testing.T) {
	d := newDesk(t)
	putIn(t, d, "a", greyshelf.Draft)
	today := d.Now()
	if _, _, err := d.MoveAll(t.Context(), "ada", []string{"a"}, curate.Moving{Move: curate.Hold, Until: today.Add(48 * time.Hour).Format(time.DateOnly)}); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Release(t.Context()); n != 0 || err != nil || get(t, d, "a").State != greyshelf.Embargoed {
		t.Errorf("too early: %d, %v", n, err)
	}
	d.Now = func() time.Time { return today.Add(49 * time.Hour) }
	if n, err := d.Release(t.Context()); n != 1 || err != nil {
		t.Errorf("on the day: %d, %v", n, err)
	}
	if r := get(t, d, "a"); r.State != greyshelf.Published || r.EmbargoUntil != "" {
		t.Errorf("%+v", r)
	}
	if n, err := d.Release(t.Context()); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}
}

// TestWithdrawn leaves a stone that says why.
func TestWithdrawn(t *testing.T) {
	d := newDesk(t)
	putIn(t, d, "a", greyshelf.Published)
	if _, _, err := d.MoveAll(t.Context(), "ada", []string{"a"}, curate.Moving{Move: curate.Withdraw, Reason: "letter of May 3", Public: " At the wish of the publisher. "}); err != nil {
		t.Fatal(err)
	}
	if r := get(t, d, "a"); r.State != greyshelf.Withdrawn || r.Tombstone != "At the wish of the publisher." {
		t.Errorf("%+v", r)
	}
}
