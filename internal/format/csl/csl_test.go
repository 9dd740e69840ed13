package csl

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
)

// anyReport draws a report of the fields that an item carries, with text that
// is hostile on purpose.
func anyReport(t *rapid.T) greyshelf.Report {
	text := rapid.SampledFrom([]string{"Who <i>Owns</i> It?", "Line\r\nER  - break", "Braces } { \\ @x{", "𝔘nicode 🜚", "تقرير عن المياه", "=1+1", "A, B; C"})
	r := greyshelf.Report{
		State: greyshelf.Draft, Title: text.Draw(t, "title"), Abstract: text.Draw(t, "abstract"),
		Type:   rapid.SampledFrom([]string{"report", "brief", "testimony", "chapter", "article", "webpage"}).Draw(t, "type"),
		Date:   greyshelf.Date{EDTF: rapid.SampledFrom([]string{"", "2016", "2016-10", "2016-10-19", "2015-24", "2015-33", "2015-01/2016-02"}).Draw(t, "date")},
		Series: text.Draw(t, "series"), Version: "6", URL: "https://example.org/a?b=1&c=2",
	}
	role := greyshelf.Author
	if r.Type == "testimony" {
		role = greyshelf.Speaker
	}
	if rapid.Bool().Draw(t, "subtitle") {
		r.Subtitle = text.Draw(t, "sub")
	}
	for range rapid.IntRange(0, 3).Draw(t, "authors") {
		name := rapid.SampledFrom([]string{"Lynn van der Berg", "Martin Luther King, Jr.", "Rosa Vega"}).Draw(t, "name")
		r.Agents = append(r.Agents, greyshelf.Contribution{Agent: greyshelf.PersonFromName(name), Role: role})
	}
	r.Agents = append(r.Agents, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Oasis International"}, Role: greyshelf.Publisher})
	r.Headings = []greyshelf.Heading{{Label: "Water"}, {Label: "Rights, human"}}
	r.Languages = []string{"fr"}
	r.Extent = greyshelf.Extent{Printed: "81 pages", Pages: 81}
	r.Identifiers = []greyshelf.Identifier{{Scheme: greyshelf.DOI, Value: "10.1000/x"}, {Scheme: greyshelf.ReportNumber, Value: "RR-1598"}}
	return r
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyReport(t)
		var out bytes.Buffer
		if err := Write(&out, []Item{FromReport(want, "")}); err != nil {
			t.Fatal(err)
		}
		items, err := Read(&out)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, ToReport(items[0])); diff != "" {
			t.Error(diff)
		}
		items[0].Custom.Record = nil // as another program hands it on
		if diff := cmp.Diff(want, ToReport(items[0]), sameDespite); diff != "" {
			t.Error("without its record:", diff)
		}
	})
}

// sameDespite passes over what an item has no variable for.
var sameDespite = cmp.Transformer("date", func(d greyshelf.Date) string { return d.EDTF })

// TestWholeRecord is for every field of a description.
func TestWholeRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := formattest.Draw(t)
		var out bytes.Buffer
		if err := Write(&out, []Item{FromReport(want, "https://library.example.org")}); err != nil {
			t.Fatal(err)
		}
		items, err := Read(&out)
		if err != nil {
			t.Fatal(err)
		}
		want.ID, want.Updated, want.State = "", want.Created, greyshelf.Draft
		if diff := cmp.Diff(want, ToReport(items[0])); diff != "" {
			t.Error(diff)
		}
		items[0].Title += " changed"
		if got := ToReport(items[0]); got.Title == want.Title && got.Subtitle == want.Subtitle {
			t.Error("an old record is believed against the item")
		}
	})
}

func TestNothingOfTheDeskGoesOut(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, []Item{FromReport(formattest.Full(), "")}); err != nil || strings.Contains(out.String(), "secret") {
		t.Error(out.String(), err)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		name Name
		want greyshelf.Agent
	}{
		{Name{Family: "Plato"}, greyshelf.Agent{Kind: greyshelf.Person, Name: "Plato"}},
		{Name{Literal: "Oasis"}, greyshelf.Agent{Kind: greyshelf.Body, Name: "Oasis"}},
		{Name{Family: "Humboldt", Given: "Alexander", Dropping: "von"}, greyshelf.Agent{Kind: greyshelf.Person, Name: "Alexander von Humboldt", Family: "Humboldt", Given: "Alexander von"}},
	} {
		if diff := cmp.Diff(c.want, c.name.Agent()); diff != "" {
			t.Error(diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`[{"id":7,"type":"report","issued":{"date-parts":[["2016",10]]},"accessed":null}]`)
	f.Add(`{"issued":{"circa":1,"season":"3","date-parts":[[]]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		items, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, it := range items {
			ToReport(it)
		}
	})
}
