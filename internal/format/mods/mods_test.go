package mods_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/mods"
)

var update = flag.Bool("update", false, "write the golden file")

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		report := formattest.Draw(t)
		text := mods.FromReport(report, "https://library.example/r/1").String()
		back, err := mods.Read(strings.NewReader(text))
		if err != nil || len(back) != 1 {
			t.Fatal(err)
		}
		if diff := cmp.Diff(report, back[0]); diff != "" {
			t.Fatal(diff, text)
		}
	})
}

func TestGolden(t *testing.T) {
	const path = "testdata/full.xml"
	got := mods.FromReport(formattest.Full(), "https://library.example/r/k3v7q2").String()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(got, "secret") {
		t.Error("what belongs to the desk is exported")
	}
}

func TestAwkward(t *testing.T) {
	for name, report := range formattest.Awkward() {
		back, err := mods.Read(strings.NewReader(mods.FromReport(report, "").String()))
		if err != nil || len(back) != 1 || len(back[0].Agents) != len(report.Agents) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestForeign(t *testing.T) {
	const text = `<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><nonSort>The</nonSort><title>Water</title></titleInfo>
<name type="personal"><namePart>Tester, Ada</namePart><role><roleTerm type="text">Author</roleTerm></role></name>
<originInfo><publisher>Harbour Press</publisher><dateIssued>May 2009</dateIssued></originInfo>
<language><languageTerm type="code" authority="iso639-2b">fre</languageTerm></language>
<subject><topic>Rivers</topic><geographic>Europe</geographic></subject><identifier type="isbn">0-306-40615-2</identifier></mods></modsCollection>`
	back, err := mods.Read(strings.NewReader(text))
	want := []greyshelf.Report{{Title: "The Water", Date: greyshelf.Date{Printed: "May 2009", EDTF: "2009-05"}, Languages: []string{"fr"}, Headings: []greyshelf.Heading{{Label: "Rivers -- Europe"}},
		Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Ada Tester", Family: "Tester", Given: "Ada"}, Role: greyshelf.Author},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Harbour Press"}, Role: greyshelf.Publisher}},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.ISBN, Value: "9780306406157"}}}}
	if diff := cmp.Diff(want, back); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(mods.FromReport(formattest.Full(), "").String())
	f.Fuzz(func(t *testing.T, text string) {
		all, err := mods.Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, r := range all {
			if r.Date.EDTF != "" && !greyshelf.ValidEDTF(r.Date.EDTF) {
				t.Errorf("date %q", r.Date.EDTF)
			}
		}
	})
}
