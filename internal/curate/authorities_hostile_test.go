package curate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

// TestHostileAuthorities: names that are none are refused, marks and line breaks
// in them are taken out, and what was kept stays as it was.
func TestHostileAuthorities(t *testing.T) {
	d := newDesk(t)
	good := put(t, d, body("Good", "Fine"))
	long := strings.Repeat("x", 1<<20)
	for name, change := range map[string]func(*greyshelf.Authority){
		"empty":            func(a *greyshelf.Authority) { a.Label = "" },
		"white space":      func(a *greyshelf.Authority) { a.Label = " \r\n\t " },
		"marks only":       func(a *greyshelf.Authority) { a.Label = "\u202e\u200f\u2066\ufeff" },
		"punctuation":      func(a *greyshelf.Authority) { a.Label = "…!" },
		"1 MB":             func(a *greyshelf.Authority) { a.Label = long },
		"1 MB of accents":  func(a *greyshelf.Authority) { a.Label = "a" + strings.Repeat("\u0301", 1<<19) },
		"language":         func(a *greyshelf.Authority) { a.Language = "<script>" },
		"1 MB of language": func(a *greyshelf.Authority) { a.Language = long },
		"label language":   func(a *greyshelf.Authority) { a.Labels = map[string]string{"fr\n": "Bon"} },
		"note":             func(a *greyshelf.Authority) { a.Note = long },
		"place":            func(a *greyshelf.Authority) { a.Place = long },
		"address":          func(a *greyshelf.Authority) { a.URI = "http://" + long },
		"forms":            func(a *greyshelf.Authority) { a.Variants = strings.SplitAfter(long[:2500], "x"); numbered(a.Variants) },
		"relations":        func(a *greyshelf.Authority) { a.Related = strings.SplitAfter(long[:2500], "x"); numbered(a.Related) },
		"type":             func(a *greyshelf.Authority) { a.Type = "<b>" },
		"itself":           func(a *greyshelf.Authority) { a.Parent = a.ID },
		"merged":           func(a *greyshelf.Authority) { a.MergedInto = "x" },
	} {
		bad := good
		change(&bad)
		if _, _, err := d.PutAuthority(t.Context(), "test", bad, 1, ""); greyshelf.KindOf(err) != greyshelf.Invalid || len(err.Error()) > 1000 {
			t.Errorf("%s: %.200v", name, err)
		}
	}
	if kept, revision, err := authority.Get(t.Context(), d.Catalog, good.ID); err != nil || revision != 1 || kept.Label != "Good" {
		t.Error(kept, revision, err)
	}
	odd := put(t, d, body("Har\u202ebour\r\nGro\u200fup\u2028<script>alert(1)</script>\x00", "می\u200cخواهم", "one\rtwo", long))
	if odd.Label != "Harbour Group <script>alert(1)</script>" || !slices.Equal(odd.Variants, []string{"می\u200cخواهم", "one two"}) {
		t.Errorf("%+q", odd)
	}
	if found := named(t, d, "harbour gr\u200boup script alert 1 script"); len(found) != 1 {
		t.Errorf("%+v", found)
	}
}

func numbered(all []string) {
	for i := range all {
		all[i] = "n" + strings.Repeat("i", i)[:min(i, 300)] + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
	}
}

// TestCircles: nothing stands above itself: no subject, no part of a body, no
// earlier name, whether by a change, by a merge or through others.
func TestCircles(t *testing.T) {
	d := newDesk(t)
	point := map[string]func(*greyshelf.Authority, string){
		"broader": func(a *greyshelf.Authority, id string) { a.Type, a.Broader = greyshelf.AuthorityConcept, []string{id} },
		"parent":  func(a *greyshelf.Authority, id string) { a.Type, a.Parent = greyshelf.AuthorityBody, id },
		"earlier": func(a *greyshelf.Authority, id string) { a.Type, a.Earlier = greyshelf.AuthorityBody, []string{id} },
	}
	for name, to := range point {
		make := func(label, above string) greyshelf.Authority {
			a := greyshelf.Authority{Label: name + " " + label}
			to(&a, above)
			if above == "" {
				a.Broader, a.Earlier = nil, nil
			}
			return put(t, d, a)
		}
		a := make("a", "")
		b := make("b", a.ID)
		c := make("c", b.ID)
		for _, below := range []greyshelf.Authority{a, b, c} {
			round := a
			to(&round, below.ID)
			if _, _, err := d.PutAuthority(t.Context(), "test", round, 1, ""); greyshelf.KindOf(err) != greyshelf.Invalid {
				t.Errorf("%s: %s above a: %v", name, below.Label, err)
			}
		}
		for _, pair := range [][2]string{{a.ID, c.ID}, {c.ID, a.ID}, {b.ID, b.ID}} {
			if _, err := d.MergeAuthorities(t.Context(), "test", pair[0], pair[1], nil, ""); greyshelf.KindOf(err) != greyshelf.Invalid {
				t.Errorf("%s: a merge over two: %v", name, err)
			}
		}
	}
}

// TestCircleInTheLibrary: a circle that came in all the same, by two people at
// the same moment, holds nobody up.
func TestCircleInTheLibrary(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	one, two := greyshelf.Authority{ID: "one", Type: greyshelf.AuthorityConcept, Label: "One", Broader: []string{"two"}}, greyshelf.Authority{ID: "two", Type: greyshelf.AuthorityConcept, Label: "Two", Broader: []string{"one"}}
	gone, lost := greyshelf.Authority{ID: "gone", Type: greyshelf.AuthorityBody, Label: "Gone", MergedInto: "lost"}, greyshelf.Authority{ID: "lost", Type: greyshelf.AuthorityBody, Label: "Lost", MergedInto: "gone"}
	if err := d.Catalog.PutRecords(t.Context(), authority.Record(one, 0), authority.Record(two, 0), authority.Record(gone, 0), authority.Record(lost, 0)); err != nil {
		t.Fatal(err)
	}
	made := edit(t, d, id, func(r *greyshelf.Report) {
		r.Headings = []greyshelf.Heading{{Label: "One", Authority: "one"}}
		r.Agents[3].Authority = "gone"
	})
	agents, headings, err := authority.NewNamer(d.Catalog).Report(t.Context(), report(t, d, id))
	if err != nil || !slices.Equal(headings[0].Above, []string{"two"}) || agents[3].ID != "" {
		t.Error(agents, headings, err)
	}
	one.Label, one.Broader = "Once", nil
	if _, _, err := d.PutAuthority(t.Context(), "test", one, 1, ""); err != nil {
		t.Fatal(err)
	}
	if ids := renamed(t, d, made.Seq); !slices.Equal(ids, []string{id}) {
		t.Error(ids)
	}
}
