package catalogtest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// shown checks what harvesters page through: what is or was public, in order
// of change, alone, within bounds, after a place and by group.
func shown(t *testing.T, f *fixture) {
	about := func(id string, state greyshelf.State, heading, publisher string) greyshelf.Report {
		return greyshelf.Report{ID: id, State: state, Title: id, Headings: []greyshelf.Heading{{Label: heading}, {Label: heading}},
			Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: publisher}, Role: greyshelf.Publisher}}}
	}
	embargoed := about("e", greyshelf.Published, "Water", "P1")
	embargoed.Rights.Access = greyshelf.AccessEmbargo
	f.put(t, about("b", greyshelf.Published, "Water", "P1"), about("a", greyshelf.Published, "Trade", "P1")) // the same second
	f.put(t, about("c", greyshelf.Draft, "Water", "P2"), embargoed)
	d, _ := f.put(t, about("d", greyshelf.Published, "Water", "P2"))
	withdrawn := f.get(t, "b")
	withdrawn.State = greyshelf.Withdrawn
	f.put(t, withdrawn)
	water, any := catalog.Group{Kind: catalog.GroupHeading, Label: "Water"}, catalog.Group{Kind: catalog.GroupPublisher}
	for _, test := range []struct {
		filter catalog.ShownFilter
		want   string
	}{
		{catalog.ShownFilter{}, "a d b"},
		{catalog.ShownFilter{Limit: 2}, "a d"},
		{catalog.ShownFilter{ID: "b"}, "b"},
		{catalog.ShownFilter{ID: "c"}, ""},
		{catalog.ShownFilter{ID: "e"}, ""},
		{catalog.ShownFilter{From: d[0].Updated}, "d b"},
		{catalog.ShownFilter{Until: d[0].Updated}, "a"},
		{catalog.ShownFilter{Until: d[0].Updated.Add(time.Microsecond), From: d[0].Updated}, "d"},
		{catalog.ShownFilter{After: catalog.Place{Updated: d[0].Updated, ID: "d"}}, "b"},
		{catalog.ShownFilter{After: catalog.Place{Updated: d[0].Updated, ID: "c"}}, "d b"},
		{catalog.ShownFilter{Group: water}, "d b"},
		{catalog.ShownFilter{Group: water, Limit: 1}, "d"},
		{catalog.ShownFilter{Group: water, After: catalog.Place{Updated: d[0].Updated, ID: "d"}}, "b"},
		{catalog.ShownFilter{Group: any}, "a d b"},
		{catalog.ShownFilter{Group: catalog.Group{Kind: catalog.GroupHeading, Label: "Wate"}}, ""},
	} {
		var ids []string
		for r, err := range f.Shown(t.Context(), test.filter) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, r.ID)
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%+v: %q, want %q", test.filter, got, test.want)
		}
	}
	groups(t, f)
}

func groups(t *testing.T, f *fixture) {
	all := []catalog.Group{{Kind: "heading"}, {Kind: "heading", Label: "Trade"}, {Kind: "heading", Label: "Water"},
		{Kind: "publisher"}, {Kind: "publisher", Label: "P1"}, {Kind: "publisher", Label: "P2"}}
	got, err := f.Groups(t.Context(), catalog.Group{}, 0)
	if diff := cmp.Diff(all, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	got, err = f.Groups(t.Context(), all[1], 3)
	if diff := cmp.Diff(all[2:5], got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}
