package catalogtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// queue: what waits for the desk comes in order of arrival, forwards and
// backwards, narrowed, and goes when it no longer waits.
func queue(t *testing.T, f *fixture) {
	ctx := t.Context()
	publisher := func(name string) []greyshelf.Contribution {
		return []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: greyshelf.Publisher}}
	}
	shelf, _ := f.put(t,
		greyshelf.Report{ID: "z1", State: greyshelf.Candidate, Languages: []string{"en", "fr"}, Agents: publisher("Oasis")},
		greyshelf.Report{ID: "y2", State: greyshelf.Draft, Languages: []string{"fr"}},
		greyshelf.Report{ID: "x3", State: greyshelf.Published},
		greyshelf.Report{ID: "w4", State: greyshelf.Published, Desk: greyshelf.DeskFile{Review: true}},
		greyshelf.Report{ID: "v5", State: greyshelf.ToReview, Agents: publisher("Oasis")},
		greyshelf.Report{ID: "u6", State: greyshelf.Refused},
		greyshelf.Report{ID: "t7", State: greyshelf.Draft},
	)
	for name, test := range map[string]struct {
		filter catalog.QueueFilter
		want   []string
	}{
		"all":             {catalog.QueueFilter{}, []string{"z1", "y2", "w4", "v5", "t7"}},
		"drafts":          {catalog.QueueFilter{State: greyshelf.Draft}, []string{"y2", "t7"}},
		"to look at":      {catalog.QueueFilter{State: greyshelf.Published}, []string{"w4"}},
		"of a language":   {catalog.QueueFilter{Language: "fr"}, []string{"y2"}},
		"of a publisher":  {catalog.QueueFilter{Publisher: "Oasis"}, []string{"z1", "v5"}},
		"both":            {catalog.QueueFilter{Publisher: "Oasis", State: greyshelf.ToReview}, []string{"v5"}},
		"next":            {catalog.QueueFilter{After: "y2", Limit: 1}, []string{"w4"}},
		"after one gone":  {catalog.QueueFilter{After: "x3", Limit: 1}, []string{"w4"}},
		"previous":        {catalog.QueueFilter{Before: "v5", Limit: 2}, []string{"w4", "y2"}},
		"after the last":  {catalog.QueueFilter{After: "t7"}, nil},
		"after nothing":   {catalog.QueueFilter{After: "none"}, nil},
		"before nothing":  {catalog.QueueFilter{Before: "none"}, nil},
		"another country": {catalog.QueueFilter{Language: "xx"}, nil},
	} {
		got, err := f.Waiting(ctx, test.filter)
		if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
	counts, err := f.CountWaiting(ctx, catalog.QueueFilter{})
	if diff := cmp.Diff(map[greyshelf.State]int{greyshelf.Candidate: 1, greyshelf.Draft: 2, greyshelf.ToReview: 1, greyshelf.Published: 1}, counts); err != nil || diff != "" {
		t.Errorf("counts: %v %s", err, diff)
	}
	accepted := shelf[1]
	accepted.State = greyshelf.Published
	f.put(t, accepted)
	if got, err := f.Waiting(ctx, catalog.QueueFilter{State: greyshelf.Draft}); err != nil || len(got) != 1 || got[0] != "t7" {
		t.Errorf("after one was published: %v %v", got, err)
	}
	if counts, err = f.CountWaiting(ctx, catalog.QueueFilter{Publisher: "Oasis"}); err != nil || counts[greyshelf.Candidate] != 1 || len(counts) != 2 {
		t.Errorf("counts of a publisher: %v %v", counts, err)
	}
}
