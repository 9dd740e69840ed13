package catalogtest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// decisionLog checks who, what and when of the log, and that it is paged.
func decisionLog(t *testing.T, f *fixture) {
	for i, who := range []string{"ada", "ben", "ada", "ada"} {
		d := f.decision()
		d.Who, d.At = who, time.Date(2026, 4, 20+i, 23, 59, 59, 999_000, time.UTC)
		if i == 3 {
			d.Method = greyshelf.ByImport
		}
		if _, err := f.Commit(t.Context(), catalog.Commit{Decision: d, Reports: []greyshelf.Report{{ID: "r" + d.ID, State: greyshelf.Draft}}}); err != nil {
			t.Fatal(err)
		}
	}
	day := func(d int) time.Time { return time.Date(2026, 4, d, 0, 0, 0, 0, time.UTC) }
	for _, test := range []struct {
		filter catalog.LogFilter
		want   string
	}{
		{catalog.LogFilter{}, "d4 d3 d2 d1"},
		{catalog.LogFilter{Who: "ada"}, "d4 d3 d1"},
		{catalog.LogFilter{Who: "ada", Method: greyshelf.ByPerson}, "d3 d1"},
		{catalog.LogFilter{Who: "ada", Limit: 2}, "d4 d3"},
		{catalog.LogFilter{Who: "ada", Limit: 2, Before: 3}, "d1"},
		{catalog.LogFilter{From: day(21), Until: day(23)}, "d3 d2"},
		{catalog.LogFilter{From: day(23)}, "d4"},
		{catalog.LogFilter{Who: "nobody"}, ""},
	} {
		got, err := f.Log(t.Context(), test.filter)
		var ids []string
		for _, d := range got {
			ids = append(ids, d.ID)
			if len(d.Changes) != 1 {
				t.Errorf("%s: %d changes", d.ID, len(d.Changes))
			}
		}
		if err != nil || strings.Join(ids, " ") != test.want {
			t.Errorf("%+v: %v, %v, want %s", test.filter, ids, err, test.want)
		}
	}
}

// links checks that what points to a report or a series is found, and no more
// once it points there no longer.
func links(t *testing.T, f *fixture) {
	to := func(ids ...string) (all []greyshelf.Relation) {
		for _, id := range ids {
			all = append(all, greyshelf.Relation{Kind: greyshelf.RelatedTo, Report: id})
		}
		return all
	}
	f.put(t, greyshelf.Report{ID: "a", State: greyshelf.Published, Series: " Papers "}, greyshelf.Report{ID: "b", State: greyshelf.Draft, Series: "Papers", Relations: to("a", "a", "c")},
		greyshelf.Report{ID: "c", State: greyshelf.Published, Relations: to("a")})
	linked := func(kind, target string, want ...string) {
		t.Helper()
		got, err := f.Linked(t.Context(), catalog.Link{Kind: kind, Target: target}, 0)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s %s: %v %s", kind, target, err, diff)
		}
	}
	linked(catalog.LinkSeries, "Papers", "a", "b")
	linked(catalog.LinkReport, "a", "b", "c")
	linked(catalog.LinkReport, "c", "b")
	linked(catalog.LinkReport, "nothing")
	b := f.get(t, "b")
	b.Relations, b.Series = to("c"), ""
	f.put(t, b)
	linked(catalog.LinkReport, "a", "c")
	linked(catalog.LinkSeries, "Papers", "a")
	c := f.get(t, "c")
	c.Agents = []greyshelf.Contribution{{Agent: greyshelf.Agent{Name: "The Rand Corp."}}, {Agent: greyshelf.Agent{Name: "UN", Authority: "un"}}, {Agent: greyshelf.Agent{Name: strings.Repeat("x", 1<<20)}}}
	c.Headings = []greyshelf.Heading{{Label: "Désarmement"}, {Label: "Peace", Authority: "peace"}}
	f.put(t, c)
	linked(catalog.LinkName, "rand corp", "c")
	linked(catalog.LinkName, "desarmement", "c")
	linked(catalog.LinkName, "un")
	linked(catalog.LinkAuthority, "un", "c")
	linked(catalog.LinkAuthority, "peace", "c")
}
