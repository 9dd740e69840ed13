package marc_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/marc"
)

var update = flag.Bool("update", false, "write the golden files")

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		report := formattest.Draw(t)
		record := marc.FromReport(report, marc.Options{Address: "https://library.example/r/1", Agency: "library.example"})
		for _, back := range []marc.Record{fromBinary(t, record.Binary()), fromXML(t, record.XML().String())} {
			if diff := cmp.Diff(record.Fields, back.Fields); diff != "" {
				t.Fatal(diff)
			}
			if diff := cmp.Diff(report, back.Report()); diff != "" {
				t.Fatal(diff, "\n", record.XML().String())
			}
		}
	})
}

type fataler interface{ Fatal(...any) }

func fromBinary(t fataler, data []byte) marc.Record {
	var all []marc.Record
	for r, err := range marc.Read(bytes.NewReader(data)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	if len(all) != 1 {
		t.Fatal("records:", len(all))
	}
	return all[0]
}

func fromXML(t fataler, text string) marc.Record {
	all, err := marc.ReadXML(strings.NewReader(text))
	if err != nil || len(all) != 1 {
		t.Fatal(err, len(all))
	}
	return all[0]
}

func TestGolden(t *testing.T) {
	record := marc.FromReport(formattest.Full(), marc.Options{Address: "https://library.example/r/k3v7q2", Agency: "library.example"})
	golden(t, "full.mrc", record.Binary())
	golden(t, "full.xml", []byte(record.XML().String()))
	if strings.Contains(record.XML().String(), "secret") {
		t.Error("what belongs to the desk is exported")
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestAwkward(t *testing.T) {
	for name, report := range formattest.Awkward() {
		record := marc.FromReport(report, marc.Options{})
		back := fromBinary(t, record.Binary())
		if n := len(record.Binary()); n > 99_999 {
			t.Errorf("%s: %d bytes", name, n)
		}
		for _, f := range back.Fields {
			if strings.ContainsAny(f.Value, "\x00\n\x1d\x1e\x1f") {
				t.Errorf("%s: %s has control characters", name, f.Tag)
			}
		}
		again := fromXML(t, record.XML().String())
		if name != "long abstract" && cmp.Diff(again.Fields, back.Fields) != "" {
			t.Errorf("%s: the forms differ: %s", name, cmp.Diff(again.Fields, back.Fields))
		}
		if got := again.Report(); len(got.Agents) != len(report.Agents) {
			t.Errorf("%s: %d agents of %d", name, len(got.Agents), len(report.Agents))
		}
	}
}

func TestFixedFields(t *testing.T) {
	for edtf, want := range map[string]string{"": "nuuuuuuuu", "2016": "s2016    ", "2016-05": "e201605  ", "2016-05-03": "e20160503", "2015-24": "s2015    ", "2016-05/2016-06": "s2016    "} {
		field := marc.FromReport(greyshelf.Report{ID: "x", Date: greyshelf.Date{EDTF: edtf}}, marc.Options{}).Control("008")
		if len(field) != 40 || field[6:15] != want {
			t.Errorf("%s: %q", edtf, field)
		}
	}
	for _, test := range []struct{ title, language, want string }{
		{"The Water", "en", "4"}, {"“A Water”", "en-GB", "3"}, {"Le fleuve", "fr", "3"}, {"L’eau", "fr", "2"}, {"The", "en", "0"}, {"Die Welt", "de", "4"}, {"Die Welt", "en", "0"}, {"", "", "0"}, {"“”", "en", "0"},
	} {
		record := marc.FromReport(greyshelf.Report{Title: test.title, Languages: []string{test.language}}, marc.Options{})
		for _, f := range record.All("245") {
			if string(f.Ind2) != test.want {
				t.Errorf("%s: second indicator %c, want %s", test.title, f.Ind2, test.want)
			}
		}
	}
}

// TestForeignRecord reads a record as other catalogues write it: with the
// punctuation of ISBD, subdivisions, and no codes of ours.
func TestForeignRecord(t *testing.T) {
	const record = `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>01142cam a2200301 i 4500</leader>
<controlfield tag="008">920219s1993    caua   j      000 0 eng  </controlfield>
<datafield tag="020" ind1=" " ind2=" "><subfield code="a">0306406152 (paper) :</subfield></datafield>
<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Sandburg, Carl,</subfield><subfield code="d">1878-1967,</subfield><subfield code="e">author.</subfield></datafield>
<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Arithmetic :</subfield><subfield code="b">a study /</subfield><subfield code="c">Carl Sandburg.</subfield></datafield>
<datafield tag="260" ind1=" " ind2=" "><subfield code="a">San Diego :</subfield><subfield code="b">Harbour Press,</subfield><subfield code="c">c1993.</subfield></datafield>
<datafield tag="650" ind1=" " ind2="0"><subfield code="a">Arithmetic</subfield><subfield code="x">Poetry.</subfield></datafield></record>`
	got := fromXML(t, record).Report()
	want := greyshelf.Report{
		Title: "Arithmetic", Subtitle: "a study", Date: greyshelf.Date{Printed: "c1993", EDTF: "1993"}, Languages: []string{"en"},
		Agents: []greyshelf.Contribution{
			{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Carl Sandburg", Family: "Sandburg", Given: "Carl"}, Role: greyshelf.Author},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Harbour Press"}, Role: greyshelf.Publisher}},
		Headings: []greyshelf.Heading{{Label: "Arithmetic -- Poetry"}}, Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.ISBN, Value: "9780306406157"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDamaged(t *testing.T) {
	good := string(marc.FromReport(formattest.Full(), marc.Options{}).Binary())
	for name, data := range map[string]string{"short": good[:len(good)-5], "no length": "xxxxx" + good[5:], "leader only": good[:20], "directory": good[:12] + "99999" + good[17:], "latin 1": good[:100] + "\xe9" + good[101:]} {
		for _, err := range marc.Read(strings.NewReader(data)) {
			if greyshelf.KindOf(err) != greyshelf.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(marc.FromReport(formattest.Full(), marc.Options{}).Binary())
	f.Add([]byte("00026     2200025   4500\x1e\x1d"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for r, err := range marc.Read(bytes.NewReader(data)) {
			if err == nil {
				r.Report()
			}
		}
	})
}

func FuzzReadXML(f *testing.F) {
	f.Add(marc.FromReport(formattest.Full(), marc.Options{}).XML().String())
	f.Fuzz(func(t *testing.T, text string) {
		all, err := marc.ReadXML(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, r := range all {
			r.Report()
			r.Binary()
		}
	})
}
