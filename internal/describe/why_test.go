package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

// TestWhy: every finding says in words why it won or lost, and against what.
func TestWhy(t *testing.T) {
	d := New().Describe(onCover(english, "Published 2 May 2009", "Updated 22 April 2016", "Accessed 3 May 2017", "Information as of 1 April 2016", "© 2016 Quayside Institute"))
	got := map[string]string{}
	for _, f := range d.Findings {
		if f.Field == greyshelf.FieldDate {
			got[f.Value] = f.Why
		}
	}
	want := map[string]string{
		"2016-04-22": `chosen: after "updated"; before “2009-05-02” (after "published" or "date", 0.96)`,
		"2009-05-02": `not chosen, “2016-04-22” goes before it, as a value after "updated" does: after "published" or "date"`,
		"2016-04-01": `not chosen, “2016-04-22” goes before it, as a value after "updated" does: after "as of"`,
		"2016":       `not chosen, “2016-04-22” goes before it, as a value after "updated" does: the year of the copyright line`,
		"2017-05-03": "not chosen: when somebody looked something up",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
