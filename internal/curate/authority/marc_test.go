package authority_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

// given are records of every type, with all that a record can have.
func given() []greyshelf.Authority {
	var all []greyshelf.Authority
	for i, of := range greyshelf.AuthorityTypes() {
		all = append(all, greyshelf.Authority{ID: "plain" + string(rune('a'+i)), Type: of, Label: "Plain " + string(of)})
	}
	return append(all,
		greyshelf.Authority{ID: "whole", Type: greyshelf.AuthorityBody, Label: "Whole, Inc.", Variants: []string{"W.", "Institut “Tout” <b>"}, VariantsIn: map[string][]string{"fr": {"Tout"}, "ar": {"كل"}}, Labels: map[string]string{"fr": "Le Tout"},
			Links: []greyshelf.Identifier{{Scheme: greyshelf.ROR, Value: "https://ror.org/00f2z7n96"}, {Scheme: greyshelf.Wikidata, Value: "Q1065"}}, Note: "A note.", Place: "Santa Monica, United States",
			Parent: "plainb", Earlier: []string{"plaind", "plaine"}, Related: []string{"plaina"}},
		greyshelf.Authority{ID: "concept", Type: greyshelf.AuthorityConcept, Label: "Peace", Language: "en", Labels: map[string]string{"fr": "Paix", "zh-Hant": "和平"}, VariantsIn: map[string][]string{"en": {"Concord"}}, Variants: []string{"Pax"},
			URI: "http://example.org/peace", Scheme: "Example thesaurus", Notations: []string{"327", "P.1"}, Broader: []string{"plaini"}},
	)
}

// sorted gives the authorities of a library by identifier.
func sorted(t testing.TB, c catalog.Catalog) []greyshelf.Authority {
	t.Helper()
	all, err := authority.List(t.Context(), c, "", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b greyshelf.Authority) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// bring imports a file.
func bring(t testing.TB, c catalog.Catalog, data []byte) authority.Plan {
	t.Helper()
	f, err := authority.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	p, err := authority.NewPlan(t.Context(), c, f.Records, counter())
	if err != nil {
		t.Fatal(err)
	}
	p.Skipped = append(f.Skipped, p.Skipped...)
	if err := c.PutRecords(t.Context(), p.Records()...); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestMARCRoundTrip: what is written is read as the same records: in another
// library with the same identifiers, in its own with nothing to do.
func TestMARCRoundTrip(t *testing.T) {
	c, other := openCatalog(t), openCatalog(t)
	for _, a := range given() {
		tidy, err := authority.Tidy(a)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.PutRecords(t.Context(), authority.Record(tidy, 0)); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := authority.ExportMARC(t.Context(), &out, c, "", false); err != nil {
		t.Fatal(err)
	}
	if p := bring(t, other, out.Bytes()); len(p.Skipped) != 0 || len(p.New) != len(given()) {
		t.Errorf("%+v", p)
	}
	if diff := cmp.Diff(sorted(t, c), sorted(t, other), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if p := bring(t, c, out.Bytes()); len(p.New) != 0 || len(p.Changed) != 0 || len(p.Skipped) != 0 || p.Same != len(given()) {
		t.Errorf("again: %s %+v", p, p.Changed)
	}
	var binary bytes.Buffer
	if err := authority.ExportMARC(t.Context(), &binary, c, "", true); err != nil {
		t.Fatal(err)
	}
	third := openCatalog(t)
	bring(t, third, binary.Bytes())
	if diff := cmp.Diff(sorted(t, c), sorted(t, third), cmpopts.EquateEmpty()); diff != "" {
		t.Error("ISO 2709:", diff)
	}
	var skos bytes.Buffer
	if err := authority.ExportSKOS(t.Context(), &skos, c, greyshelf.AuthorityConcept); err != nil {
		t.Fatal(err)
	}
	if p := bring(t, c, skos.Bytes()); len(p.New) != 0 {
		t.Errorf("SKOS again: %s %+v", p, p.New)
	}
}

// TestMARCRandomly: any name and note comes back as it is kept.
func TestMARCRandomly(t *testing.T) {
	c := openCatalog(t)
	rapid.Check(t, func(rt *rapid.T) {
		a := greyshelf.Authority{ID: "one", Type: rapid.SampledFrom(greyshelf.AuthorityTypes()).Draw(rt, "type"), Label: "A" + rapid.String().Draw(rt, "label"), Variants: rapid.SliceOfN(rapid.String(), 0, 4).Draw(rt, "variants")}
		a, err := authority.Tidy(a)
		if err != nil {
			rt.Skip(err)
		}
		var out bytes.Buffer
		if err := authority.WriteMARC(t.Context(), &out, c, []greyshelf.Authority{a}); err != nil {
			rt.Fatal(err)
		}
		f, err := authority.Read(&out)
		if err != nil || len(f.Records) != 1 {
			rt.Fatal(f, err)
		}
		got, err := authority.Tidy(f.Records[0].Authority)
		if diff := cmp.Diff(a, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(greyshelf.Authority{}, "ID")); err != nil || diff != "" {
			rt.Error(err, diff)
		}
	})
}

// TestForeignMARC reads what other libraries write: headings in parts, relations
// by the heading, records that are none.
func TestForeignMARC(t *testing.T) {
	c := openCatalog(t)
	p := bring(t, c, []byte(`<?xml version="1.0"?><collection xmlns="http://www.loc.gov/MARC21/slim">
<record><leader>00000nz  a2200000n  4500</leader><controlfield tag="001">n 1</controlfield>
<datafield tag="100" ind1="1" ind2=" "><subfield code="a">King, Martin Luther,</subfield><subfield code="c">Jr.,</subfield><subfield code="d">1929-1968</subfield></datafield></record>
<record><leader>00000nz  a2200000n  4500</leader><datafield tag="150" ind1=" " ind2=" "><subfield code="a">Arms control</subfield><subfield code="z">Asia</subfield></datafield>
<datafield tag="550" ind1=" " ind2=" "><subfield code="w">g</subfield><subfield code="a">Peace</subfield></datafield><datafield tag="550" ind1=" " ind2=" "><subfield code="w">h</subfield><subfield code="a">Narrow</subfield></datafield></record>
<record><leader>00000nz  a2200000n  4500</leader><datafield tag="150" ind1=" " ind2=" "><subfield code="a">Peace</subfield></datafield></record>
<record><leader>00000nam a2200000n  4500</leader><datafield tag="110" ind1=" " ind2=" "><subfield code="a">A book</subfield></datafield></record>
<record><leader>00000nz  a2200000n  4500</leader></record></collection>`))
	if len(p.New) != 3 || len(p.Skipped) != 2 || p.New[0].Label != "King, Martin Luther, Jr." || p.New[1].Label != "Arms control — Asia" || !slices.Equal(p.New[1].Broader, []string{p.New[2].ID}) {
		t.Errorf("%+v", p)
	}
	for _, bad := range []string{"<record xmlns=\"http://www.loc.gov/MARC21/slim\"><", "00026nz  a2200000n  4500xx", "99999nz  a2200000n  4500xx"} {
		if _, err := authority.Read(strings.NewReader(bad)); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
