package skos_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/skos"
)

const asTurtle = `@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
PREFIX dct: <http://purl.org/dc/terms/>
@base <http://example.org/v/> .
<> a skos:ConceptScheme ; dct:title "A vocabulary"@en .
<arms> a skos:Concept ; # a comment
  skos:prefLabel "Arms control"@en, "Maîtrise des armements"@fr ;
  skos:altLabel "Arms limitation"@en ; skos:notation "327.1" ;
  skos:scopeNote """Of "all"
kinds."""@en ;
  skos:narrower <nuclear> .
<nuclear> a skos:Concept; skos:prefLabel 'Nuclear arms'@en ; skos:related [ a skos:Concept ; skos:prefLabel "Deterrence"@en ] ; .
`

const asTriples = `<http://example.org/v/> <http://purl.org/dc/terms/title> "A vocabulary"@en .
<http://example.org/v/arms> <http://www.w3.org/2004/02/skos/core#prefLabel> "Arms control"@en .
<http://example.org/v/arms> <http://www.w3.org/2004/02/skos/core#prefLabel> "Ma\u00EEtrise des armements"@fr .
<http://example.org/v/arms> <http://www.w3.org/2004/02/skos/core#altLabel> "Arms limitation"@en .
<http://example.org/v/arms> <http://www.w3.org/2004/02/skos/core#notation> "327.1"^^<http://example.org/udc> .
<http://example.org/v/arms> <http://www.w3.org/2004/02/skos/core#scopeNote> "Of \"all\"\nkinds."@en .
<http://example.org/v/nuclear> <http://www.w3.org/2004/02/skos/core#prefLabel> "Nuclear arms"@en .
<http://example.org/v/nuclear> <http://www.w3.org/2004/02/skos/core#broader> <http://example.org/v/arms> .
<http://example.org/v/nuclear> <http://www.w3.org/2004/02/skos/core#related> _:b1 .
_:b1 <http://www.w3.org/2004/02/skos/core#prefLabel> "Deterrence"@en .
`

const asXML = `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#" xmlns:dct="http://purl.org/dc/terms/" xml:base="http://example.org/v/">
<skos:ConceptScheme rdf:about=""><dct:title xml:lang="en">A vocabulary</dct:title></skos:ConceptScheme>
<skos:Concept rdf:about="arms" xml:lang="en">
 <skos:prefLabel>Arms control</skos:prefLabel><skos:prefLabel xml:lang="fr">Maîtrise des armements</skos:prefLabel>
 <skos:altLabel>Arms limitation</skos:altLabel><skos:notation>327.1</skos:notation>
 <skos:scopeNote>Of "all"
kinds.</skos:scopeNote>
 <skos:narrower><skos:Concept rdf:about="nuclear"><skos:prefLabel xml:lang="en">Nuclear arms</skos:prefLabel>
  <skos:related rdf:parseType="Resource"><skos:prefLabel>Deterrence</skos:prefLabel></skos:related></skos:Concept></skos:narrower>
</skos:Concept></rdf:RDF>`

const asJSON = `{"@context":{"skos":"http://www.w3.org/2004/02/skos/core#","@base":"http://example.org/v/","pref":{"@id":"skos:prefLabel","@container":"@language"},
"narrower":{"@id":"skos:narrower","@type":"@id"}},
"@graph":[{"@id":"http://example.org/v/","http://purl.org/dc/terms/title":{"@value":"A vocabulary","@language":"en"}},
{"@id":"arms","@type":"skos:Concept","pref":{"en":"Arms control","fr":"Maîtrise des armements"},"skos:altLabel":{"@value":"Arms limitation","@language":"en"},
"skos:notation":"327.1","skos:scopeNote":{"@value":"Of \"all\"\nkinds.","@language":"en"},"narrower":"nuclear"},
{"@id":"nuclear","pref":{"en":"Nuclear arms"},"skos:related":{"pref":{"en":"Deterrence"}}}]}`

// TestSyntaxes reads one vocabulary in every syntax.
func TestSyntaxes(t *testing.T) {
	arms := skos.Concept{URI: "http://example.org/v/arms", Preferred: map[string]string{"en": "Arms control", "fr": "Maîtrise des armements"},
		Alternate: map[string][]string{"en": {"Arms limitation"}}, Notations: []string{"327.1"}, Note: map[string]string{"en": "Of \"all\"\nkinds."}}
	nuclear := skos.Concept{URI: "http://example.org/v/nuclear", Preferred: map[string]string{"en": "Nuclear arms"}, Broader: []string{arms.URI}, Related: []string{"_"}}
	deterrence := skos.Concept{URI: "_", Preferred: map[string]string{"en": "Deterrence"}}
	want := skos.Vocabulary{Title: "A vocabulary", Concepts: []skos.Concept{arms, nuclear, deterrence}}
	for name, text := range map[string]string{"turtle": asTurtle, "n-triples": asTriples, "rdf/xml": asXML, "json-ld": asJSON} {
		t.Run(name, func(t *testing.T) {
			got, err := skos.Read(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			blank := cmp.Transformer("blank", func(uri string) string {
				if strings.HasPrefix(uri, "_") {
					return "_"
				}
				return uri
			})
			sorted := cmpopts.SortSlices(func(a, b skos.Concept) bool { return a.Preferred["en"] < b.Preferred["en"] })
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), sorted, cmp.FilterValues(func(a, b string) bool { return strings.HasPrefix(a+b, "_") || strings.HasPrefix(b, "_") }, blank)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWritten reads again what was written.
func TestWritten(t *testing.T) {
	v := skos.Vocabulary{Title: `A "title"`, Concepts: []skos.Concept{
		{URI: "http://example.org/a b", Preferred: map[string]string{"en": `Back\slash "and" marks`, "zh-Hans": "军备控制"}, Alternate: map[string][]string{"ar": {"الحد من التسلح"}}, Note: map[string]string{"": "two\nlines"}, Matches: []string{"http://example.org/x"}},
		{URI: "http://example.org/c", Preferred: map[string]string{"": "C"}, Broader: []string{"http://example.org/a b"}, Notations: []string{"1"}},
	}}
	var b bytes.Buffer
	if err := skos.Write(&b, v, "http://example.org/"); err != nil {
		t.Fatal(err)
	}
	got, err := skos.Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(v, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

// TestRefused: what is damaged is refused with a line, and hostile labels are
// tamed.
func TestRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no end":        `<http://a> <http://b> "c`,
		"no prefix":     `a:b c:d e:f .`,
		"xml":           `<?xml version="1.0"?><rdf:RDF xmlns:rdf="x"><a>`,
		"entity":        `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`,
		"json":          `{"a":`,
		"far context":   `{"@context":"https://example.org/context.json","@id":"a"}`,
		"deep nodes":    `<http://a> <http://b> ` + strings.Repeat(`[ <http://b> `, 5000),
		"deep lists":    `<http://a> <http://b> ` + strings.Repeat(`(`, 5000),
		"deep elements": `<?xml version="1.0"?>` + strings.Repeat("<a>", 5000),
		"deep json":     strings.Repeat(`{"@graph":[`, 3000) + strings.Repeat(`]}`, 3000),
	} {
		if _, err := skos.Read(strings.NewReader(text)); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	const label = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<http://a> skos:prefLabel "
	v, err := skos.Read(strings.NewReader(label + `"a\u0000b\u202Ec <script>"@EN .`))
	if err != nil || len(v.Concepts) != 1 || v.Concepts[0].Preferred["en"] != "abc <script>" {
		t.Error(v, err)
	}
	v, err = skos.Read(strings.NewReader(label + `"` + strings.Repeat("x ", 50_000) + `" .`))
	if err != nil || len(v.Concepts) != 0 || len(v.Skipped) != 1 {
		t.Errorf("%d %v %v", len(v.Concepts), v.Skipped, err)
	}
	if _, err = skos.Read(strings.NewReader(label + `"` + strings.Repeat("x", 1<<20) + `" .`)); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Error("a label of 1 MB:", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{asTurtle, asTriples, asXML, asJSON, "@prefix", "<a", `"""`, "a:b", "[", "(()"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := skos.Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := skos.Write(&b, v, ""); err != nil {
			t.Fatal(err)
		}
		again, err := skos.Read(&b)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, b.String())
		}
		if len(again.Concepts) != len(v.Concepts) {
			t.Errorf("%d concepts, then %d", len(v.Concepts), len(again.Concepts))
		}
	})
}
