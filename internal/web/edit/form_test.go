package edit

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

// sent gives what a browser sends when a form is saved as it is shown.
func sent(f form) url.Values {
	v := url.Values{}
	for name, text := range f.Text {
		v.Set(name, text)
	}
	for _, a := range f.Agents {
		for name, text := range map[string]string{"name": a.Name, "family": a.Family, "given": a.Given, "stated": a.Stated, "kind": a.Kind, "role": a.Role} {
			v.Set(fmt.Sprintf("agent-%d-%s", a.N, name), text)
		}
		if a.EtAl {
			v.Set(fmt.Sprintf("agent-%d-etal", a.N), "1")
		}
	}
	for _, r := range f.Related {
		for name, text := range map[string]string{"kind": r.Kind, "report": r.Report, "title": r.Title, "url": r.URL} {
			v.Set(fmt.Sprintf("relation-%d-%s", r.N, name), text)
		}
	}
	if f.Review {
		v.Set("review", "1")
	}
	for _, e := range f.Editions {
		for name, text := range map[string]string{"label": e.Label, "date": e.Date, "edtf": e.EDTF, "language": e.Language} {
			v.Set(fmt.Sprintf("edition-%d-%s", e.N, name), text)
		}
	}
	return v
}

func full() greyshelf.Report {
	return greyshelf.Report{
		ID: "r", State: greyshelf.Published, Type: "report", Title: "A\nTitle", Subtitle: "S", Abstract: "One.\n\nTwo.", Format: "PDF", URL: "https://e.example.org", Series: "Se", Version: "6", Note: "N", SeriesNumber: "12",
		Annotation: "Read\nit.", EmbargoUntil: "2027-01-31", Desk: greyshelf.DeskFile{Review: true, Sensitivity: "internal", RequestedBy: "R", Reading: greyshelf.ToRead},
		Relations: []greyshelf.Relation{{Kind: greyshelf.Supersedes, Report: "abc"}, {Kind: greyshelf.RespondsTo, Title: "T", URL: "https://e.example.org/t"}},
		Agents: []greyshelf.Contribution{
			{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Dr. Ada Writer", Family: "Writer", Given: "Ada", Authority: "a1"}, Role: greyshelf.Author, Stated: "Professor", Affiliation: "House", EtAl: true},
			{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Plato Nikos"}, Role: greyshelf.Speaker},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "House"}, Role: greyshelf.Publisher},
		},
		Date:        greyshelf.Date{Printed: "Spring of the year", EDTF: "2015-21"},
		Headings:    []greyshelf.Heading{{Label: "Trade", Language: "en", Authority: "h1"}, {Label: "Sea"}},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.DOI, Value: "10.1000/182"}, {Scheme: greyshelf.ReportNumber, Value: "RR: 7"}},
		Languages:   []string{"en", "fr"}, Rights: greyshelf.Rights{Code: greyshelf.Copyright, Statement: "© 2015", Holder: "House", Access: greyshelf.AccessOpen},
		Extent: greyshelf.Extent{Printed: "pp. 34-40", Pages: 7}, Size: greyshelf.Size{Printed: "0.7 MB", Bytes: 700_000},
		Editions: []greyshelf.Edition{{ID: "1", Label: "Updated", Date: greyshelf.Date{Printed: "2015", EDTF: "2015"}, Language: "en", Files: []greyshelf.File{{SHA256: "s"}}}, {ID: "2"}},
	}
}

// TestNothingChangesByItself checks that a form that is saved as it is shown
// changes nothing.
func TestNothingChangesByItself(t *testing.T) {
	for name, r := range map[string]greyshelf.Report{"full": full(), "empty": {ID: "r", State: greyshelf.Draft}} {
		got := r
		got.Editions = append([]greyshelf.Edition(nil), r.Editions...)
		if err := apply(sent(fill(r)), &got); err != nil {
			t.Fatal(err)
		}
		if got.Languages != nil && len(got.Languages) == 0 {
			got.Languages = nil
		}
		if diff := cmp.Diff(r, got); diff != "" {
			t.Errorf("%s: (-before +after)\n%s", name, diff)
		}
	}
}

func TestApply(t *testing.T) {
	for name, test := range map[string]struct {
		change func(url.Values)
		want   func(*greyshelf.Report)
	}{
		"printed date alone":   {func(v url.Values) { v.Set("date", "May 2009") }, func(r *greyshelf.Report) { r.Date = greyshelf.Date{Printed: "May 2009", EDTF: "2009-05"} }},
		"no date":              {func(v url.Values) { v.Set("date", ""); v.Set("edtf", "") }, func(r *greyshelf.Report) { r.Date = greyshelf.Date{} }},
		"printed extent alone": {func(v url.Values) { v.Set("extent", "82 pages") }, func(r *greyshelf.Report) { r.Extent = greyshelf.Extent{Printed: "82 pages", Pages: 82} }},
		"printed size alone":   {func(v url.Values) { v.Set("size", "1 KB") }, func(r *greyshelf.Report) { r.Size = greyshelf.Size{Printed: "1 KB", Bytes: 1024} }},
		"an agent goes":        {func(v url.Values) { v.Set("agent-1-name", " ") }, func(r *greyshelf.Report) { r.Agents = append(r.Agents[:1:1], r.Agents[2]) }},
		"an agent comes": {func(v url.Values) { v.Set("agent-3-name", "Eve New") }, func(r *greyshelf.Report) {
			r.Agents = append(r.Agents, greyshelf.Contribution{Agent: greyshelf.PersonFromName("Eve New"), Role: greyshelf.Author})
		}},
		"a heading comes": {func(v url.Values) { v.Set("headings", "Sea\r\nArms\r\n\r\nTrade") }, func(r *greyshelf.Report) {
			r.Headings = []greyshelf.Heading{r.Headings[1], {Label: "Arms"}, r.Headings[0]}
		}},
		"a relation goes, one comes by its address": {func(v url.Values) {
			v.Set("relation-0-report", "")
			v.Set("relation-2-kind", "part of")
			v.Set("relation-2-report", "https://library.example.org/shelf/r/xyz/history?since=1")
		}, func(r *greyshelf.Report) {
			r.Relations = []greyshelf.Relation{r.Relations[1], {Kind: greyshelf.PartOf, Report: "xyz"}}
		}},
		"no review":                  {func(v url.Values) { v.Del("review") }, func(r *greyshelf.Report) { r.Desk.Review = false }},
		"another name keeps the row": {func(v url.Values) { v.Set("agent-0-name", "Ada B. Writer") }, func(r *greyshelf.Report) { r.Agents[0].Name, r.Agents[0].Authority = "Ada B. Writer", "" }},
		"line ends":                  {func(v url.Values) { v.Set("abstract", "One.\r\n\r\nTwo.") }, func(*greyshelf.Report) {}},
		"edition":                    {func(v url.Values) { v.Set("edition-1-label", "Second") }, func(r *greyshelf.Report) { r.Editions[1].Label = "Second" }},
	} {
		got, want := full(), full()
		v := sent(fill(got))
		test.change(v)
		test.want(&want)
		if err := apply(v, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
	for name, v := range map[string]url.Values{"scheme": {"identifiers": {"10.1000/182"}}, "pages": {"extent": {"x"}, "pages": {"many"}}, "bytes": {"size": {"x"}, "bytes": {"-1"}}} {
		if err := apply(v, new(greyshelf.Report)); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
