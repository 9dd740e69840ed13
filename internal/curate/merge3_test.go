package curate_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
)

func author(name string) greyshelf.Contribution {
	return greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: name}, Role: greyshelf.Author}
}

func publisher(name string) greyshelf.Contribution {
	return greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: greyshelf.Publisher}
}

func headings(labels ...string) []greyshelf.Heading {
	var all []greyshelf.Heading
	for _, l := range labels {
		all = append(all, greyshelf.Heading{Label: l})
	}
	return all
}

func shared() greyshelf.Report {
	return greyshelf.Report{
		ID: "r", State: greyshelf.Published, Title: "Water", Abstract: "One.", Revision: 3,
		Agents:      []greyshelf.Contribution{author("Ada"), author("Ben"), publisher("House")},
		Headings:    headings("Trade", "Sea"),
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.DOI, Value: "10.1000/182"}},
		Languages:   []string{"en", "fr"},
		Rights:      greyshelf.Rights{Code: greyshelf.Copyright, Holder: "House"},
		Desk:        greyshelf.DeskFile{RequestedBy: "the minister"},
		Editions:    []greyshelf.Edition{{ID: "1", Label: "First", Files: []greyshelf.File{{SHA256: "s"}}}},
	}
}

func TestMergeEdits(t *testing.T) {
	type change func(*greyshelf.Report)
	for name, test := range map[string]struct {
		mine, theirs, want change
		collide            []string
	}{
		"two fields":      {func(r *greyshelf.Report) { r.Title = "A" }, func(r *greyshelf.Report) { r.Abstract = "B" }, func(r *greyshelf.Report) { r.Title, r.Abstract = "A", "B" }, nil},
		"one field twice": {func(r *greyshelf.Report) { r.Title = "A" }, func(r *greyshelf.Report) { r.Title = "B" }, func(r *greyshelf.Report) { r.Title = "B" }, []string{"title"}},
		"the same":        {func(r *greyshelf.Report) { r.Title = "A" }, func(r *greyshelf.Report) { r.Title = "A" }, func(r *greyshelf.Report) { r.Title = "A" }, nil},
		"one field, one other": {func(r *greyshelf.Report) { r.Title, r.Series = "A", "S" }, func(r *greyshelf.Report) { r.Title = "B" },
			func(r *greyshelf.Report) { r.Title, r.Series = "B", "S" }, []string{"title"}},
		"both add headings": {func(r *greyshelf.Report) { r.Headings = headings("Trade", "Sea", "War") }, func(r *greyshelf.Report) { r.Headings = headings("Trade", "Sea", "Arms") },
			func(r *greyshelf.Report) { r.Headings = headings("Trade", "Sea", "Arms", "War") }, nil},
		"both add the same heading": {func(r *greyshelf.Report) { r.Headings = headings("Arms", "Trade", "Sea") }, func(r *greyshelf.Report) { r.Headings = headings("Trade", "Sea", "Arms") },
			func(r *greyshelf.Report) { r.Headings = headings("Arms", "Trade", "Sea") }, nil},
		"one adds, one removes": {func(r *greyshelf.Report) { r.Headings = headings("Trade", "Sea", "War") }, func(r *greyshelf.Report) { r.Headings = headings("Trade") },
			func(r *greyshelf.Report) { r.Headings = headings("Trade", "War") }, nil},
		"both rename": {func(r *greyshelf.Report) { r.Headings = headings("Trade policy", "Sea") }, func(r *greyshelf.Report) { r.Headings = headings("World trade", "Sea") },
			func(r *greyshelf.Report) { r.Headings = headings("World trade", "Sea") }, []string{"headings"}},
		"one renames, one removes": {func(r *greyshelf.Report) { r.Headings = headings("Trade policy", "Sea") }, func(r *greyshelf.Report) { r.Headings = headings("Sea") },
			func(r *greyshelf.Report) { r.Headings = headings("Sea") }, []string{"headings"}},
		"two agents": {func(r *greyshelf.Report) { r.Agents[0].Stated = "Professor" }, func(r *greyshelf.Report) { r.Agents[1].Name = "Benjamin" },
			func(r *greyshelf.Report) { r.Agents[0].Stated, r.Agents[1].Name = "Professor", "Benjamin" }, nil},
		"one agent, two parts": {func(r *greyshelf.Report) { r.Agents[0].Stated = "Professor" }, func(r *greyshelf.Report) { r.Agents[0].Affiliation = "House" },
			func(r *greyshelf.Report) { r.Agents[0].Stated, r.Agents[0].Affiliation = "Professor", "House" }, nil},
		"one agent, one name": {func(r *greyshelf.Report) { r.Agents[0].Stated = "Professor" }, func(r *greyshelf.Report) { r.Agents[0] = author("Eve") },
			func(r *greyshelf.Report) { r.Agents[0] = author("Eve") }, []string{"agents"}},
		"two authors at one place": {func(r *greyshelf.Report) { r.Agents = append(r.Agents, author("Cid")) }, func(r *greyshelf.Report) { r.Agents = append(r.Agents, author("Dan")) },
			func(r *greyshelf.Report) { r.Agents = append(r.Agents, author("Dan")) }, []string{"agents"}},
		"author and publisher": {func(r *greyshelf.Report) { r.Agents = append(r.Agents, author("Cid")) }, func(r *greyshelf.Report) { r.Agents = append(r.Agents, publisher("Dan")) },
			func(r *greyshelf.Report) { r.Agents = append(r.Agents, author("Cid"), publisher("Dan")) }, nil},
		"an author goes, one comes": {func(r *greyshelf.Report) { r.Agents = r.Agents[1:] }, func(r *greyshelf.Report) { r.Agents = append(r.Agents, author("Dan")) },
			func(r *greyshelf.Report) { r.Agents = append(r.Agents[1:3:3], author("Dan")) }, nil},
		"identifiers": {func(r *greyshelf.Report) {
			r.Identifiers = append(r.Identifiers, greyshelf.Identifier{Scheme: greyshelf.ISSN, Value: "1"})
		},
			func(r *greyshelf.Report) { r.Identifiers = nil },
			func(r *greyshelf.Report) {
				r.Identifiers = []greyshelf.Identifier{{Scheme: greyshelf.ISSN, Value: "1"}}
			}, nil},
		"languages":         {func(r *greyshelf.Report) { r.Languages = []string{"ar"} }, func(r *greyshelf.Report) { r.Languages = []string{"ru", "fr"} }, func(r *greyshelf.Report) { r.Languages = []string{"ru", "fr"} }, []string{"languages"}},
		"rights":            {func(r *greyshelf.Report) { r.Rights.Access = greyshelf.AccessOpen }, func(r *greyshelf.Report) { r.Rights.Holder = "H" }, func(r *greyshelf.Report) { r.Rights.Access, r.Rights.Holder = greyshelf.AccessOpen, "H" }, nil},
		"rights, one part":  {func(r *greyshelf.Report) { r.Rights.Statement = "©" }, func(r *greyshelf.Report) { r.Rights.Holder = "H" }, func(r *greyshelf.Report) { r.Rights.Holder = "H" }, []string{"rights"}},
		"what the desk has": {func(r *greyshelf.Report) { r.Desk.Reading = greyshelf.ToRead }, func(r *greyshelf.Report) { r.Desk = greyshelf.DeskFile{} }, func(r *greyshelf.Report) { r.Desk = greyshelf.DeskFile{Reading: greyshelf.ToRead} }, nil},
		"label and file of an edition": {func(r *greyshelf.Report) { r.Editions[0].Label = "Second" }, func(r *greyshelf.Report) { r.Editions[0].Files[0].Text = "t" },
			func(r *greyshelf.Report) { r.Editions[0].Label, r.Editions[0].Files[0].Text = "Second", "t" }, nil},
		"two new editions": {func(r *greyshelf.Report) { r.Editions = append(r.Editions, greyshelf.Edition{ID: "2", Label: "A"}) }, func(r *greyshelf.Report) {
			r.Editions = append([]greyshelf.Edition{{ID: "2", Label: "B"}}, r.Editions...)
		},
			func(r *greyshelf.Report) {
				r.Editions = append([]greyshelf.Edition{{ID: "2", Label: "B"}}, r.Editions...)
			}, []string{"editions"}},
	} {
		base, mine, theirs, want := shared(), shared(), shared(), shared()
		test.mine(&mine)
		test.theirs(&theirs)
		test.want(&want)
		got, err := curate.MergeEdits(base, mine, theirs)
		var collide []string
		for _, c := range got.Collisions {
			collide = append(collide, c.Field)
		}
		if diff := cmp.Diff(want, got.Report); err != nil || diff != "" || !slices.Equal(collide, test.collide) {
			t.Errorf("%s: %v, collisions %v, want %v (-want +got)\n%s", name, err, collide, test.collide, diff)
		}
	}
}

// draws a report with few different values, so that changes meet.
func anyReport(t *rapid.T, name string) greyshelf.Report {
	word := rapid.SampledFrom([]string{"", "a", "b", "c"})
	some := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), 0, 5, rapid.ID[string])
	r := greyshelf.Report{ID: "r", State: greyshelf.Draft, Title: word.Draw(t, name+" title"), Abstract: word.Draw(t, name+" abstract"), Note: word.Draw(t, name+" note"),
		Rights: greyshelf.Rights{Holder: word.Draw(t, name+" holder"), Access: greyshelf.Access(word.Draw(t, name+" access"))},
		Desk:   greyshelf.DeskFile{Sensitivity: word.Draw(t, name+" sensitivity"), RequestedBy: word.Draw(t, name+" requested")},
	}
	for _, w := range some.Draw(t, name+" headings") {
		r.Headings = append(r.Headings, greyshelf.Heading{Label: w, Language: word.Draw(t, name+" language")})
	}
	for _, w := range some.Draw(t, name+" agents") {
		c := author(w)
		c.Stated, c.Affiliation = word.Draw(t, name+" stated"), word.Draw(t, name+" affiliation")
		if rapid.Bool().Draw(t, name+" publisher") {
			c.Role = greyshelf.Publisher
		}
		r.Agents = append(r.Agents, c)
	}
	if l := some.Draw(t, name+" languages"); len(l) > 0 {
		r.Languages = l
	}
	for _, w := range some.Draw(t, name+" editions") {
		r.Editions = append(r.Editions, greyshelf.Edition{ID: w, Label: word.Draw(t, name+" label"), Language: word.Draw(t, name+" edition language")})
	}
	return r
}

// TestMergeAnyEdits checks that it does not matter who was first, that one who
// changed nothing changes nothing, and that every value that somebody put in
// is in the result or is named.
func TestMergeAnyEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, a, b := anyReport(t, "base"), anyReport(t, "a"), anyReport(t, "b")
		ab, err1 := curate.MergeEdits(base, a, b)
		ba, err2 := curate.MergeEdits(base, b, a)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		collide := map[string]bool{}
		for _, c := range ab.Collisions {
			collide[c.Field] = true
		}
		if len(ab.Collisions) != len(ba.Collisions) {
			t.Fatalf("%v or %v", ab.Collisions, ba.Collisions)
		}
		for _, c := range catalog.Diff(ab.Report, ba.Report) {
			if !collide[c.Field] {
				t.Fatalf("%s depends on who was first: %s or %s", c.Field, c.Before, c.After)
			}
		}
		for _, pair := range []struct{ mine, theirs, want greyshelf.Report }{{base, a, a}, {a, base, a}, {a, a, a}} {
			got, err := curate.MergeEdits(base, pair.mine, pair.theirs)
			if diff := cmp.Diff(pair.want, got.Report); err != nil || diff != "" || len(got.Collisions) > 0 {
				t.Fatal(err, got.Collisions, diff)
			}
		}
		for _, side := range []greyshelf.Report{a, b} {
			for _, c := range catalog.Diff(base, side) {
				if !collide[c.Field] {
					nothingLost(t, c, field(ab.Report, c.Field))
				}
			}
		}
	})
}

// nothingLost checks that every text that a change brought is in the merged
// value.
func nothingLost(t *rapid.T, c greyshelf.Change, merged string) {
	had := texts(c.Before)
	for path := range texts(c.After) {
		if _, was := had[path]; !was && !haveText(merged, path) {
			t.Fatalf("%s: %s is lost in %s (before %s, after %s)", c.Field, path, merged, c.Before, c.After)
		}
	}
}

func haveText(value, text string) bool { _, ok := texts(json.RawMessage(value))[text]; return ok }

// texts gives every text of a JSON value, with the names of lists' members.
func texts(data json.RawMessage) map[string]bool {
	all := map[string]bool{}
	var v any
	_ = json.Unmarshal(data, &v)
	var walk func(prefix string, v any)
	walk = func(prefix string, v any) {
		switch v := v.(type) {
		case string:
			all[prefix+v] = true
		case []any:
			for _, one := range v {
				name := ""
				if m, ok := one.(map[string]any); ok {
					name = fmt.Sprint(m["name"], m["id"], " ")
					if m["id"] == nil {
						name = fmt.Sprint(m["label"], name)
					}
				}
				walk(prefix+name, one)
			}
		case map[string]any:
			for key, one := range v {
				walk(prefix+key+"=", one)
			}
		}
	}
	walk("", v)
	return all
}

func field(r greyshelf.Report, name string) string {
	for _, c := range catalog.Diff(greyshelf.Report{}, r) {
		if c.Field == name {
			return string(c.After)
		}
	}
	return "null"
}

// TestMergeDisjointEdits checks that changes of different fields, by any
// number of people, give the same record in any order.
func TestMergeDisjointEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, goal := anyReport(t, "base"), anyReport(t, "goal")
		changes := rapid.Permutation(catalog.Diff(base, goal)).Draw(t, "order")
		now := base
		for _, c := range changes { // each made on the base, without knowing of the others
			mine, err := catalog.Apply(base, []greyshelf.Change{c})
			if err != nil {
				t.Fatal(err)
			}
			got, err := curate.MergeEdits(base, mine, now)
			if err != nil || len(got.Collisions) > 0 {
				t.Fatal(err, got.Collisions)
			}
			now = got.Report
		}
		if diff := cmp.Diff(goal, now); diff != "" {
			t.Fatal(diff)
		}
	})
}
