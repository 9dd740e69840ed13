package digest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
)

// byName finds a report by a query that is a part of its identifier.
func byName(_ context.Context, query, report string) (bool, error) {
	return strings.Contains(report, query), nil
}

// TestRules: what is new stands under the first rule that takes it, once; what
// was sent before, what is in the issue, and what nobody may see does not.
func TestRules(t *testing.T) {
	s := newShelf(t)
	for _, id := range []string{"wells-sent", "wells-in", "wells-a", "ports-b", "wells-ports-c", "coal-d"} {
		s.put(report(id))
	}
	draft := report("wells-draft")
	draft.State = greyshelf.Draft
	s.put(draft)
	s.now = s.now.Add(time.Minute)
	i := digest.Issue{Title: "First"}
	i.Add("wells-sent")
	i, err := s.New(t.Context(), ada, i)
	must(t, err)
	s.release(i)

	rules, err := s.PutRules(t.Context(), ada, digest.Rules{All: []digest.Rule{{Heading: " Ports\nand more ", Query: "ports"}, {Heading: "Nothing"}, {Heading: "Wells", Query: "wells"}, {Query: "zzz"}}})
	must(t, err)
	if got, err := s.Rules(t.Context()); err != nil || cmp.Diff(rules, got) != "" || len(got.All) != 3 || got.All[0].Heading != "Ports and more" {
		t.Errorf("kept: %+v, %v", got, err)
	}
	next := digest.Issue{Title: "Next", Since: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), Sections: []digest.Section{{Heading: "wells", Items: []digest.Item{{Report: "wells-in"}}}}}
	next, err = s.New(t.Context(), ada, next)
	must(t, err)
	next, err = s.Change(t.Context(), ada, next.ID, next.Revision, func(i *digest.Issue) error {
		n, err := s.Fill(t.Context(), i, byName)
		if n != 3 {
			t.Errorf("%d added", n)
		}
		return err
	})
	must(t, err)
	want := []digest.Section{
		{Heading: "wells", Items: []digest.Item{{Report: "wells-in"}, {Report: "wells-a"}}},
		{Heading: "Ports and more", Items: []digest.Item{{Report: "ports-b"}, {Report: "wells-ports-c"}}},
	}
	if diff := cmp.Diff(want, next.Sections); diff != "" {
		t.Error(diff)
	}
	picked, err := s.Pick(t.Context(), next, rules, 9, byName)
	if err != nil || len(picked.Rest) != 1 || picked.Rest[0].ID != "coal-d" || len(picked.Rules) != 3 || len(picked.Rules[0]) != 0 {
		t.Errorf("left: %+v, %v", picked, err)
	}
	if few, err := s.Pick(t.Context(), digest.Issue{}, rules, 2, byName); err != nil || few.Left != 3 || len(few.Rest)+len(few.Rules[0])+len(few.Rules[1]) != 2 {
		t.Errorf("the newest two: %+v, %v", few, err)
	}
	if n, err := s.Fill(t.Context(), &next, byName); n != 0 || err != nil {
		t.Errorf("a second time: %d, %v", n, err)
	}
}

// TestRulesRefused: an old form, a query that asks for nothing, too many.
func TestRulesRefused(t *testing.T) {
	s := newShelf(t)
	if got, err := s.Rules(t.Context()); err != nil || len(got.All) != 0 {
		t.Errorf("before the first: %+v, %v", got, err)
	}
	_, err := s.PutRules(t.Context(), ada, digest.Rules{All: []digest.Rule{{Query: "wells"}}})
	must(t, err)
	many := make([]digest.Rule, 51)
	for n := range many {
		many[n].Query = "wells"
	}
	for name, c := range map[string]struct {
		rules digest.Rules
		want  greyshelf.Kind
	}{
		"an old form": {digest.Rules{All: []digest.Rule{{Query: "ports"}}}, greyshelf.Conflict},
		"nothing":     {digest.Rules{All: []digest.Rule{{Query: "()"}}, Revision: 1}, greyshelf.Invalid},
		"a book":      {digest.Rules{All: []digest.Rule{{Query: strings.Repeat("wells ", 5000)}}, Revision: 1}, greyshelf.Invalid},
		"a heading":   {digest.Rules{All: []digest.Rule{{Query: "wells", Heading: strings.Repeat("x", 301)}}, Revision: 1}, greyshelf.Invalid},
		"too many":    {digest.Rules{All: many, Revision: 1}, greyshelf.Invalid},
	} {
		if _, err := s.PutRules(t.Context(), ada, c.rules); greyshelf.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
