package catalogtest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// arrivals: reports are counted in the month of the decision that made them, in
// UTC, whatever was decided on them later.
func arrivals(t *testing.T, f *fixture) {
	elsewhere := time.FixedZone("elsewhere", -5*3600)
	for i, at := range []time.Time{
		time.Date(2026, 1, 31, 20, 0, 0, 0, elsewhere), // February in UTC
		time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
	} {
		d := f.decision()
		d.At = at
		state := greyshelf.Published
		if i == 3 {
			state = greyshelf.Draft
		}
		if _, err := f.Commit(t.Context(), catalog.Commit{Decision: d, Reports: []greyshelf.Report{{ID: string(rune('a' + i)), State: state, Title: "x"}}}); err != nil {
			t.Fatal(err)
		}
	}
	changed := f.get(t, "c")
	changed.Title = "y"
	f.put(t, changed) // months later
	for state, want := range map[greyshelf.State][]catalog.Arrival{
		greyshelf.Published: {{Month: "2025-12", Reports: 1}, {Month: "2026-02", Reports: 2}},
		greyshelf.Draft:     {{Month: "2026-03", Reports: 1}},
		greyshelf.Refused:   nil,
	} {
		got, err := f.Arrivals(t.Context(), state)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", state, err, diff)
		}
	}
}
