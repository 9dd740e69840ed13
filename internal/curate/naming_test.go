package curate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

// labels gives the present names of a report's agents and headings.
func labels(t *testing.T, d *curate.Desk, r greyshelf.Report) (all []string) {
	t.Helper()
	agents, headings, err := authority.NewNamer(d.Catalog).Report(t.Context(), r)
	if err != nil || len(agents) != len(r.Agents) || len(headings) != len(r.Headings) {
		t.Fatal(agents, headings, err)
	}
	for _, n := range append(agents, headings...) {
		all = append(all, n.Label)
	}
	return all
}

// renamed gives the reports that were renamed since.
func renamed(t *testing.T, d *curate.Desk, after int64) []string {
	t.Helper()
	ids, _, err := authority.Renamed(t.Context(), d.Catalog, after, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// TestNames: what is printed counts under the preferred name of its authority,
// also of the one that this was merged into, and of the only one that is called
// so.
func TestNames(t *testing.T) {
	d := newDesk(t)
	rand := put(t, d, body("RAND", "Rand Corporation"))
	europe := put(t, d, body("RAND Europe"))
	writer := put(t, d, greyshelf.Authority{Type: greyshelf.AuthorityPerson, Label: "Mercury"})
	put(t, d, body("Mercury"))
	one, two := put(t, d, body("Twin")), put(t, d, body("Twin"))
	peace := put(t, d, greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: "Peace", Language: "en", Labels: map[string]string{"fr": "Paix"}, Variants: []string{"Concord"}})
	if _, err := d.MergeAuthorities(t.Context(), "test", europe.ID, rand.ID, nil, ""); err != nil {
		t.Fatal(err)
	}
	agent := func(kind greyshelf.AgentKind, name, id string) greyshelf.Contribution {
		return greyshelf.Contribution{Agent: greyshelf.Agent{Kind: kind, Name: name, Authority: id}}
	}
	r := greyshelf.Report{Agents: []greyshelf.Contribution{agent(greyshelf.Body, "Rand Corp.", rand.ID), agent(greyshelf.Body, "The Rand Corporation", ""), agent(greyshelf.Body, "RE", europe.ID),
		agent(greyshelf.Person, "Mercury", ""), agent(greyshelf.Body, "Twin", ""), agent(greyshelf.Body, "Gone", "none"), agent(greyshelf.Body, "Twin", two.ID)},
		Headings: []greyshelf.Heading{{Label: "Concord", Authority: peace.ID}, {Label: "concord", Language: "fr"}, {Label: "Paix", Authority: peace.ID}, {Label: "War"}}}
	if diff := cmp.Diff([]string{"RAND", "RAND", "RAND", writer.Label, "", "", one.Label, "Peace", "Paix", "Paix", ""}, labels(t, d, r)); diff != "" {
		t.Error(diff)
	}
}

// TestRenamed: a new name, a merge and another place in the tree touch the
// reports that name the authority, and no others; a note touches none.
func TestRenamed(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	concept := func(label string, broader ...string) greyshelf.Authority {
		return put(t, d, greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: label, Broader: broader})
	}
	top := concept("Top")
	middle := concept("Middle", top.ID)
	low := concept("Low", middle.ID)
	other := concept("Other")
	made := edit(t, d, id, func(r *greyshelf.Report) { r.Headings = []greyshelf.Heading{{Label: "Low", Authority: low.ID}} })
	after := made.Seq
	change := func(name string, want []string, do func() (greyshelf.Decision, error)) {
		t.Helper()
		decision, err := do()
		if err != nil {
			t.Fatal(name, err)
		}
		if got := renamed(t, d, after); !slices.Equal(got, want) {
			t.Errorf("%s: %v", name, got)
		}
		if _, upTo, err := authority.Renamed(t.Context(), d.Catalog, after, 1000); upTo != decision.Seq || err != nil {
			t.Errorf("%s: up to %d, %v", name, upTo, err)
		}
		after = decision.Seq
	}
	putAt := func(a greyshelf.Authority, revision int) func() (greyshelf.Decision, error) {
		return func() (greyshelf.Decision, error) {
			_, decision, err := d.PutAuthority(t.Context(), "test", a, revision, "")
			return decision, err
		}
	}
	change("a note", nil, func() (greyshelf.Decision, error) { low.Note = "A note"; return putAt(low, 1)() })
	change("a name", []string{id}, func() (greyshelf.Decision, error) { low.Label = "Lower"; return putAt(low, 2)() })
	change("another", nil, func() (greyshelf.Decision, error) { other.Label = "Others"; return putAt(other, 1)() })
	change("a place two steps up", []string{id}, func() (greyshelf.Decision, error) { middle.Broader = []string{other.ID}; return putAt(middle, 1)() })
	var merge greyshelf.Decision
	change("a merge that leaves the report", []string{id}, func() (greyshelf.Decision, error) {
		var err error
		merge, err = d.MergeAuthorities(t.Context(), "test", low.ID, top.ID, []string{}, "")
		return merge, err
	})
	top, revision, err := authority.Get(t.Context(), d.Catalog, top.ID)
	if err != nil {
		t.Fatal(err)
	}
	change("a name of what it was merged into", []string{id}, func() (greyshelf.Decision, error) { top.Label = "Uppermost"; return putAt(top, revision)() })
	if ids, upTo, err := authority.Renamed(t.Context(), d.Catalog, after, 1000); ids != nil || upTo != after || err != nil {
		t.Error(ids, upTo, err)
	}
}

// TestVocabulary: the concepts in memory are those of the library, whatever is
// decided.
func TestVocabulary(t *testing.T) {
	d := newDesk(t)
	var v authority.Vocabulary
	check := func(want ...string) {
		t.Helper()
		all, err := v.Concepts(t.Context(), d.Catalog)
		var got []string
		for _, a := range all {
			got = append(got, a.Label)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, %v; want %v", got, err, want)
		}
	}
	check()
	put(t, d, greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: "B"})
	check("B")
	a := put(t, d, greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: "A"})
	check("A", "B")
	add(t, d)
	check("A", "B")
	a.Label = "C"
	if _, _, err := d.PutAuthority(t.Context(), "test", a, 1, ""); err != nil {
		t.Fatal(err)
	}
	check("B", "C")
}

// BenchmarkTouched measures which of 20,000 reports a merge touches: five that
// point to the authority, and five that are called so.
func BenchmarkTouched(b *testing.B) {
	d := newDesk(b)
	house := put(b, d, body("Harbour House", "HH"))
	for n := range 20 {
		var reports []greyshelf.Report
		for i := range 1000 {
			r := greyshelf.Report{ID: fmt.Sprintf("r%02d%03d", n, i), State: greyshelf.Published, Title: "A title", Abstract: strings.Repeat("An abstract. ", 50),
				Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: fmt.Sprintf("Body %d", i)}, Role: greyshelf.Publisher}}}
			switch {
			case i == 7 && n%4 == 0:
				r.Agents[0].Authority = house.ID
			case i == 8 && n%4 == 0:
				r.Agents[0].Name = "Harbour house"
			}
			reports = append(reports, r)
		}
		if _, err := d.Catalog.Commit(b.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: fmt.Sprint("d", n)}, Reports: reports}); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if all, err := d.Touched(b.Context(), house); err != nil || len(all) != 10 {
			b.Fatal(len(all), err)
		}
	}
}

// BenchmarkRenamed measures what the index is told of an import of 20,000
// names.
func BenchmarkRenamed(b *testing.B) {
	d := newDesk(b)
	var records []catalog.Record
	for i := range 20_000 {
		records = append(records, authority.Record(greyshelf.Authority{ID: fmt.Sprint("a", i), Type: greyshelf.AuthorityBody, Label: fmt.Sprintf("Institute number %d", i), Variants: []string{fmt.Sprint("Variant ", i)}}, 0))
	}
	if _, err := d.Catalog.Commit(b.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "import"}, Records: records}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if ids, _, err := authority.Renamed(b.Context(), d.Catalog, 0, 200); err != nil || ids != nil {
			b.Fatal(ids, err)
		}
	}
}
