package authority_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

const rorDump = `[{"id":"https://ror.org/00f2z7n96","status":"active","names":[{"value":"RAND Corporation","types":["ror_display","label"],"lang":"en"},{"value":"RAND","types":["acronym"],"lang":null}],
"locations":[{"geonames_details":{"name":"Santa Monica","country_name":"United States"}}],"external_ids":[{"type":"wikidata","preferred":"Q861141","all":["Q861141"]}],
"relationships":[{"type":"child","id":"https://ror.org/0168r3w48"}]},
{"id":"https://ror.org/0168r3w48","names":[{"value":"<script>Tidewater\u0000\u202e</script>","types":["ror_display"]},{"value":"Institut des marées","types":["label"],"lang":"fr"}],"relationships":[{"type":"parent","id":"https://ror.org/00f2z7n96"}]},
{"id":"https://ror.org/05a28rw58","status":"withdrawn","name":"Gone"}, {"id":"x"}, 7]`

const csvExtract = "item,itemLabel,itemAltLabel,type,ror\nhttp://www.wikidata.org/entity/Q861141,Rand Corp,\"R.A.N.D., Project RAND\",think tank,\nhttp://www.wikidata.org/entity/Q7817,WHO,World Health Organization,intergovernmental organization,\nhttp://www.wikidata.org/entity/Q99,Q99,,,\n"

func openCatalog(t testing.TB) catalog.Catalog {
	t.Helper()
	c, err := catalogsqlite.Open(context.Background(), filepath.Join(t.TempDir(), "c.sqlite"), catalogsqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func counter() func() string {
	n := 0
	return func() string { n++; return fmt.Sprintf("n%06d", n) }
}

func plan(t testing.TB, c catalog.Catalog, text string, newID func() string) authority.Plan {
	t.Helper()
	f, err := authority.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := authority.NewPlan(t.Context(), c, f.Records, newID)
	if err != nil {
		t.Fatal(err)
	}
	p.Skipped = append(f.Skipped, p.Skipped...)
	return p
}

// TestImport: ROR, then Wikidata about the same bodies; a second time nothing
// is new.
func TestImport(t *testing.T) {
	c, newID := openCatalog(t), counter()
	p := plan(t, c, rorDump, newID)
	if len(p.New) != 2 || len(p.Skipped) != 3 || p.New[0].Place != "Santa Monica, United States" || p.New[1].Parent != p.New[0].ID || p.New[1].Label != "<script>Tidewater</script>" || p.New[1].Labels["fr"] == "" {
		t.Fatalf("%s\n%+v\n%+v", p, p.New, p.Skipped)
	}
	write(t, c, p)
	if p = plan(t, c, rorDump, newID); len(p.New)+len(p.Changed) != 0 || p.Same != 2 {
		t.Errorf("a second time: %s %+v", p, p.Changed)
	}
	p = plan(t, c, csvExtract, newID)
	if len(p.New) != 1 || len(p.Changed) != 1 || p.New[0].Type != greyshelf.AuthorityIGO || p.Changed[0].After.Label != "RAND Corporation" || len(p.Skipped) != 1 {
		t.Fatalf("%s\n%+v", p, p)
	}
	write(t, c, p)
	for _, name := range []string{"project rand", "Rand Corp", "RAND", "The RAND Corporation", "Rand Corporation", "Rand, Inc."} {
		if found, err := authority.Find(t.Context(), c, name); err != nil || len(found) != 1 || found[0].Label != "RAND Corporation" {
			t.Errorf("%s: %+v %v", name, found, err)
		}
	}
	for _, write := range []func() error{
		func() error {
			var b bytes.Buffer
			err := authority.ExportMARC(t.Context(), &b, c, "", false)
			if !strings.Contains(b.String(), `<marc:subfield code="a">RAND Corporation</marc:subfield>`) || !strings.Contains(b.String(), `tag="410"`) || strings.Contains(b.String(), "<script>") {
				t.Error(b.String())
			}
			return err
		},
		func() error {
			var b bytes.Buffer
			if err := authority.ExportSKOS(t.Context(), &b, c, ""); err != nil {
				return err
			}
			f, err := authority.Read(&b)
			if len(f.Records) != 3 {
				t.Errorf("%+v", f)
			}
			return err
		},
	} {
		if err := write(); err != nil {
			t.Error(err)
		}
	}
}

func write(t testing.TB, c catalog.Catalog, p authority.Plan) {
	t.Helper()
	if err := c.PutRecords(t.Context(), p.Records()...); err != nil {
		t.Fatal(err)
	}
}

// TestWikidataForms reads the three JSON forms of one item.
func TestWikidataForms(t *testing.T) {
	for name, text := range map[string]string{
		"entities": `{"entities":{"Q7817":{"type":"item","id":"Q7817","labels":{"en":{"language":"en","value":"World Health Organization"},"fr":{"value":"Organisation mondiale de la santé"}},"aliases":{"en":[{"value":"WHO"}]},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q245065"}}}}],"P214":[{"mainsnak":{"datavalue":{"value":"134794161"}}}]}}}}`,
		"dump":     `[{"type":"item","id":"Q7817","labels":{"en":{"value":"World Health Organization"}},"aliases":{"en":[{"value":"WHO"}]}}]`,
		"bindings": `{"head":{},"results":{"bindings":[{"item":{"type":"uri","value":"http://www.wikidata.org/entity/Q7817"},"itemLabel":{"xml:lang":"en","value":"World Health Organization"},"itemAltLabel":{"value":"WHO"}}]}}`,
		"rows":     `[{"item":"http://www.wikidata.org/entity/Q7817","itemLabel":"World Health Organization","itemAltLabel":"WHO"}]`,
	} {
		p := plan(t, openCatalog(t), text, counter())
		if len(p.New) != 1 || p.New[0].Label != "World Health Organization" || p.New[0].Forms()[len(p.New[0].Forms())-1] != "WHO" || p.New[0].Links[len(p.New[0].Links)-1].Value != "Q7817" {
			t.Errorf("%s: %+v %+v", name, p.New, p.Skipped)
		}
	}
}

// TestHostileImports: nothing crashes, and what is wrong is named.
func TestHostileImports(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "no table": "a,b\n1,2\n", "no JSON": `[{"id":`, "no items": `[1,2]`, "deep": strings.Repeat("[", 100_000),
	} {
		if _, err := authority.Read(strings.NewReader(text)); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	p := plan(t, openCatalog(t), "item,itemLabel\nQ1,"+strings.Repeat("x", 1<<20)+"\nQ2,=cmd()\nQ3,\"\u202e\u0007\"\n", counter())
	if len(p.New) != 1 || len(p.Skipped) != 2 {
		t.Errorf("%s %.300v", p, p.Skipped)
	}
	circle := "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n<u:a> s:prefLabel \"Above\" ; s:broader <u:b> . <u:b> s:prefLabel \"Below\" ; s:broader <u:c> . <u:c> s:prefLabel \"Between\"; s:broader <u:a> ."
	f, err := authority.Read(strings.NewReader(circle))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := authority.NewPlan(t.Context(), openCatalog(t), f.Records, counter()); greyshelf.KindOf(err) != greyshelf.Invalid || !strings.Contains(err.Error(), "Above") {
		t.Error(err)
	}
}

// TestStarter: the vocabulary that ships is whole.
func TestStarter(t *testing.T) {
	f, err := authority.Starter()
	if err != nil || len(f.Skipped) != 0 || len(f.Records) < 150 {
		t.Fatal(len(f.Records), f.Skipped, err)
	}
	c := openCatalog(t)
	p, err := authority.NewPlan(t.Context(), c, f.Records, counter())
	if err != nil || len(p.New) != len(f.Records) {
		t.Fatal(p, err)
	}
	write(t, c, p)
	seen := map[string]string{}
	for _, a := range p.New {
		for _, tag := range []string{"fr", "es", "de", "ru"} {
			if a.Labels[tag] == "" {
				t.Errorf("%s: nothing in %s", a.Label, tag)
			}
		}
		if other := seen[authority.Fold(a.Label)]; other != "" {
			t.Errorf("%s and %s", a.Label, other)
		}
		seen[authority.Fold(a.Label)] = a.Label
	}
	top, err := authority.Top(t.Context(), c)
	if err != nil || len(top) < 8 || len(top) > 20 {
		t.Error(len(top), err)
	}
	found, err := authority.Concepts(t.Context(), c, "maitrise des ARMEMENTS")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	narrower, err := authority.Pointing(t.Context(), c, authority.Broader, found[0].ID)
	if err != nil || len(narrower) < 5 {
		t.Error(narrower, err)
	}
}

func TestSuggestHeadings(t *testing.T) {
	f, _ := authority.Starter()
	p, err := authority.NewPlan(t.Context(), openCatalog(t), f.Records, counter())
	if err != nil {
		t.Fatal(err)
	}
	m := authority.NewMatcher(p.New)
	got := m.Suggest([]authority.Passage{{Place: "title", Text: "Small Arms and the Peace"}, {Place: "abstract", Text: "On cease-fires and peacekeepers."},
		{Place: "page", Page: 3, Text: "Nuclear weapons tests and nuclear\nweapons. Education. La traite des êtres humains."}, {Place: "page", Page: 4, Text: "nuclear weapon"}}, []string{"en"}, 10)
	var labels []string
	for _, s := range got {
		labels = append(labels, s.Authority.Label)
	}
	if fmt.Sprint(labels) != "[Small arms and light weapons Nuclear weapons Peacekeeping operations Education]" {
		t.Errorf("%q", labels)
	}
	if len(got) > 1 && (got[1].Words[0].Text != "Nuclear weapons" || got[1].Words[0].Page != 3 || got[1].Words[0].Times != 2) {
		t.Errorf("%+v", got[1].Words)
	}
	if got := m.Suggest([]authority.Passage{{Place: "title", Text: "Maîtrise des armements"}}, []string{"fr-CA"}, 5); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

func FuzzReadAuthorities(f *testing.F) {
	for _, seed := range []string{rorDump, csvExtract, `{"entities":{"Q1":{}}}`, "item\tlabel\n", `{"@context":{}}`, `<?xml version="1.0"?><a/>`, `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nz  a2200000n  4500</leader><controlfield tag="001">n1</controlfield><datafield tag="150"><subfield code="a">x</subfield></datafield><datafield tag="550"><subfield code="w">g</subfield><subfield code="0">(greyshelf)n1</subfield></datafield></record>`, "00047nz  a2200037n  4500001000300000\x1en1\x1e\x1d"} {
		f.Add([]byte(seed))
	}
	c := openCatalog(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := authority.Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		p, err := authority.NewPlan(t.Context(), c, read.Records, counter())
		if err != nil && greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Fatal(err)
		}
		for _, r := range p.Records() {
			for _, key := range r.Keys {
				if key == "" || len(key) > 1000 {
					t.Errorf("key %q", key)
				}
			}
		}
	})
}

func FuzzSuggestHeadings(f *testing.F) {
	m := authority.NewMatcher([]greyshelf.Authority{{ID: "a", Type: greyshelf.AuthorityConcept, Label: "Arms control"}})
	f.Add("arms   control", "en")
	f.Add("a\u0301rms\xff control’s", "")
	f.Fuzz(func(_ *testing.T, text, language string) {
		m.Suggest([]authority.Passage{{Place: "page", Page: 1, Text: text}}, []string{language}, 3)
	})
}

// BenchmarkSuggest measures suggestions while typing among 100,000 names.
func BenchmarkSuggest(b *testing.B) {
	c, newID := openCatalog(b), counter()
	words := strings.Fields("institute centre international rand policy research council foundation strategic studies peace security bureau agency university national global economic energy climate")
	var records []catalog.Record
	for i := range 100_000 {
		label := fmt.Sprintf("%s %s for %s %d", words[i%len(words)], words[(i/20)%len(words)], words[(i/400)%len(words)], i)
		records = append(records, authority.Record(greyshelf.Authority{ID: newID(), Type: greyshelf.AuthorityBody, Label: label, Variants: []string{fmt.Sprint("Variant ", i)}}, 0))
		if len(records) == 10_000 {
			if err := c.PutRecords(b.Context(), records...); err != nil {
				b.Fatal(err)
			}
			records = nil
		}
	}
	for _, text := range []string{"r", "i", "inst", "international str", "ránd pol", "sec", "9999", "zzz"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := authority.Suggest(b.Context(), c, authority.Names, text, 10); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestFromAlike: headings that like reports share are suggested, with these
// reports; a heading that only one has is not, unless it is the only one.
func TestFromAlike(t *testing.T) {
	name := func(id, label string) authority.Name { return authority.Name{ID: id, Label: label} }
	alike := []authority.Alike{
		{Report: "a", Title: "A", Likeness: 1, Headings: []authority.Name{name("peace", "Peace"), name("peace", "Paix"), name("", "Free")}},
		{Report: "b", Title: "B", Likeness: 0.5, Headings: []authority.Name{name("peace", "Peace"), name("war", "War")}},
		{Report: "c", Title: "C", Likeness: 0.4, Headings: []authority.Name{name("", "free")}},
	}
	got := authority.FromAlike(alike)
	if len(got) != 2 || got[0].Authority.ID != "peace" || got[0].Score != 7.5 || len(got[0].Reports) != 2 || got[1].Authority.Label != "Free" || got[1].Reports[1].Report != "c" {
		t.Errorf("%+v", got)
	}
	if one := authority.FromAlike(alike[1:2]); len(one) != 2 {
		t.Errorf("%+v", one)
	}
	words := []authority.Suggestion{{Authority: greyshelf.Authority{ID: "peace", Label: "Peace"}, Score: 1, Words: []authority.Words{{Text: "peace"}}}, {Authority: greyshelf.Authority{ID: "war", Label: "War"}, Score: 8}}
	both := authority.Together(words, got, 10)
	if len(both) != 3 || both[0].Authority.ID != "peace" || both[0].Score != 8.5 || len(both[0].Words) != 1 || len(both[0].Reports) != 2 || both[1].Authority.ID != "war" {
		t.Errorf("%+v", both)
	}
	terms := authority.Terms([]authority.Passage{{Place: "page", Text: "wide wide wide sea-wall creek"}, {Place: "title", Text: "The Marsh OR AND 2020"}, {Place: "abstract", Text: "creek"}}, 4)
	if fmt.Sprint(terms) != "[marsh creek wide wall]" {
		t.Error(terms)
	}
}
