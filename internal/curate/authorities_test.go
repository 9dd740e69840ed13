package curate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

func put(t testing.TB, d *curate.Desk, a greyshelf.Authority) greyshelf.Authority {
	t.Helper()
	kept, _, err := d.PutAuthority(t.Context(), "test", a, 0, "")
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func body(label string, variants ...string) greyshelf.Authority {
	return greyshelf.Authority{Type: greyshelf.AuthorityBody, Label: label, Variants: variants}
}

// TestMergeAuthorities: what named or pointed to one record points to the
// other; undo brings all back.
func TestMergeAuthorities(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	edit(t, d, id, func(r *greyshelf.Report) { r.Agents[3].Name = "Rand Corp" })
	rand := put(t, d, body("RAND Corporation", "RAND"))
	twin := named(t, d, "Rand Corp")
	if len(twin) != 1 { // the edit came before the record of RAND
		t.Fatalf("%+v", twin)
	}
	part := put(t, d, greyshelf.Authority{Type: greyshelf.AuthorityBody, Label: "Rand Europe", Parent: twin[0].ID})
	before := everything(t, d)
	touched, err := d.Touched(t.Context(), twin[0])
	if err != nil || len(touched) != 1 || touched[0].ID != id {
		t.Fatalf("%v %v", touched, err)
	}
	made, err := d.MergeAuthorities(t.Context(), "test", twin[0].ID, rand.ID, nil, "the same")
	if err != nil {
		t.Fatal(err)
	}
	if found := named(t, d, "rand corp"); len(found) != 1 || found[0].ID != rand.ID {
		t.Errorf("%+v", found)
	}
	if gone, _, err := authority.Get(t.Context(), d.Catalog, twin[0].ID); err != nil || gone.MergedInto != rand.ID {
		t.Error(gone, err)
	}
	if r := report(t, d, id); r.Agents[3].Authority != rand.ID || r.Agents[3].Name != "Rand Corp" {
		t.Errorf("%+v", r.Agents[3])
	}
	if p, _, _ := authority.Get(t.Context(), d.Catalog, part.ID); p.Parent != rand.ID {
		t.Errorf("%+v", p)
	}
	if _, err := d.MergeAuthorities(t.Context(), "test", twin[0].ID, rand.ID, nil, ""); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Error("merged twice:", err)
	}
	undo(t, d, made.ID, "")
	if diff := cmp.Diff(before, everything(t, d)); diff != "" {
		t.Error(diff)
	}
}

// everything gives all authorities, and agents and headings of all reports.
func everything(t testing.TB, d *curate.Desk) map[string]string {
	t.Helper()
	all := map[string]string{}
	for r, err := range d.Catalog.Records(t.Context(), catalog.RecordFilter{Kind: authority.Kind}) {
		if err != nil {
			t.Fatal(err)
		}
		all[r.ID] = string(r.Data)
	}
	for r, err := range d.Catalog.Reports(t.Context(), catalog.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all[r.ID] = fmt.Sprint(r.Agents, r.Headings)
	}
	return all
}

// TestRefusedMerges: with itself, of different sorts of things, in a circle.
func TestRefusedMerges(t *testing.T) {
	d := newDesk(t)
	concept := func(label string, broader ...string) greyshelf.Authority {
		return put(t, d, greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: label, Broader: broader})
	}
	a := concept("A")
	b := concept("B", a.ID)
	c := concept("C", b.ID)
	x := put(t, d, body("X"))
	for name, pair := range map[string][2]string{"itself": {a.ID, a.ID}, "a body": {a.ID, x.ID}, "circle down": {a.ID, c.ID}, "circle up": {c.ID, a.ID}} {
		if _, err := d.MergeAuthorities(t.Context(), "test", pair[0], pair[1], nil, ""); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.MergeAuthorities(t.Context(), "test", "none", a.ID, nil, ""); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Error(err)
	}
	if _, err := d.MergeAuthorities(t.Context(), "test", b.ID, a.ID, nil, ""); err != nil {
		t.Error("a concept into the one above it:", err)
	}
	a.Broader = []string{c.ID}
	if _, _, err := d.PutAuthority(t.Context(), "test", a, 2, ""); greyshelf.KindOf(err) != greyshelf.Invalid || !strings.Contains(err.Error(), "“C”") {
		t.Error("a circle:", err)
	}
	for _, bad := range []greyshelf.Authority{{Label: "x"}, {Type: greyshelf.AuthorityBody, Label: "—"}, {Type: greyshelf.AuthorityBody, Label: strings.Repeat("x", 1<<20)},
		{Type: greyshelf.AuthorityBody, Label: "x", Links: []greyshelf.Identifier{{Scheme: greyshelf.ORCID, Value: "0000"}}}, {Type: greyshelf.AuthorityBody, Label: "x", Parent: "none"}} {
		if _, _, err := d.PutAuthority(t.Context(), "test", bad, 0, ""); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%.60v: %v", bad, err)
		}
	}
}

func TestSplitAuthority(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	whole := put(t, d, body("Harbour Group", "Harbour House"))
	edit(t, d, id, func(r *greyshelf.Report) { r.Agents[3].Authority = whole.ID })
	before := everything(t, d)
	apart, made, err := d.SplitAuthority(t.Context(), "test", whole.ID, "Harbour House", nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if r := report(t, d, id); r.Agents[3].Authority != apart.ID {
		t.Errorf("%+v", r.Agents[3])
	}
	if found := named(t, d, "harbour house"); len(found) != 1 || found[0].ID != apart.ID {
		t.Errorf("%+v", found)
	}
	if _, _, err := d.SplitAuthority(t.Context(), "test", whole.ID, "Harbour House", nil, ""); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Error(err)
	}
	undo(t, d, made.ID, "")
	if diff := cmp.Diff(before, everything(t, d)); diff != "" {
		t.Error(diff)
	}
}

// TestMergesComeBack: whatever is merged, undoing every merge from the last to
// the first leaves everything as it was.
func TestMergesComeBack(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	var ids []string
	for i := range 6 {
		a := greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: fmt.Sprint("Concept ", i), Language: "en", Labels: map[string]string{"fr": fmt.Sprint("Notion ", i)}}
		if i > 1 {
			a.Broader, a.Related = []string{ids[i/2]}, []string{ids[0]}
		}
		ids = append(ids, put(t, d, a).ID)
	}
	edit(t, d, id, func(r *greyshelf.Report) {
		for i := range ids {
			r.Headings = append(r.Headings, greyshelf.Heading{Label: fmt.Sprint("concept ", i)})
		}
	})
	before := everything(t, d)
	rapid.Check(t, func(rt *rapid.T) {
		var made []string
		for range rapid.IntRange(1, 4).Draw(rt, "merges") {
			from, to := rapid.SampledFrom(ids).Draw(rt, "from"), rapid.SampledFrom(ids).Draw(rt, "to")
			decision, err := d.MergeAuthorities(t.Context(), "test", from, to, nil, "")
			switch greyshelf.KindOf(err) {
			case greyshelf.Invalid, greyshelf.Conflict:
			default:
				if err != nil {
					rt.Fatal(err)
				}
				made = append(made, decision.ID)
				circles(rt, t, d)
			}
		}
		slices.Reverse(made)
		for _, decision := range made {
			undo(t, d, decision, "")
		}
		if diff := cmp.Diff(before, everything(t, d), cmpopts.EquateEmpty()); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// circles fails when a concept stands above itself.
func circles(rt *rapid.T, t *testing.T, d *curate.Desk) {
	all, err := authority.List(t.Context(), d.Catalog, "", 0, 0)
	if err != nil {
		rt.Fatal(err)
	}
	for _, a := range all {
		if err := authority.CheckRelations(t.Context(), d.Catalog, a); err != nil {
			rt.Fatal(err)
		}
	}
}

// TestRekey: the authorities of an older library are found by keys that they
// were not given.
func TestRekey(t *testing.T) {
	d := newDesk(t)
	kept := put(t, d, body("Harbour Group"))
	r, err := d.Catalog.Record(t.Context(), authority.Kind, kept.ID)
	if err != nil {
		t.Fatal(err)
	}
	r.Keys = []string{"harbour group"}
	if err := d.Catalog.PutRecords(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := authority.Rekey(t.Context(), d.Catalog); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := authority.List(t.Context(), d.Catalog, greyshelf.AuthorityBody, 0, 0); err != nil || len(all) != 1 {
		t.Error(all, err)
	}
	if now, err := d.Catalog.Record(t.Context(), authority.Kind, kept.ID); err != nil || now.Revision != r.Revision+2 || string(now.Data) != string(r.Data) {
		t.Error(now, err)
	}
}
