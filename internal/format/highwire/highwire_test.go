package highwire_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/highwire"
)

func TestTags(t *testing.T) {
	r := greyshelf.Report{
		Title: "Who Owns\r\nthe Wells?", Subtitle: "A Review", Date: greyshelf.Date{EDTF: "2016-05-03"}, Languages: []string{"en", "fr"}, Abstract: "One & all.",
		Agents: []greyshelf.Contribution{
			{Agent: greyshelf.PersonFromName("Rosa Vega"), Role: greyshelf.Author, Affiliation: "Oasis University"},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Oasis International"}, Role: greyshelf.Publisher},
		},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.ReportNumber, Value: "R-1"}, {Scheme: greyshelf.DOI, Value: "10.1000/182"}},
		Headings:    []greyshelf.Heading{{Label: "Water"}},
	}
	want := []highwire.Tag{
		{"citation_title", "Who Owns the Wells?: A Review"}, {"citation_author", "Vega, Rosa"}, {"citation_author_institution", "Oasis University"},
		{"citation_publisher", "Oasis International"}, {"citation_technical_report_institution", "Oasis International"}, {"citation_technical_report_number", "R-1"},
		{"citation_publication_date", "2016/05/03"}, {"citation_doi", "10.1000/182"}, {"citation_language", "en"}, {"citation_keywords", "Water"},
		{"citation_abstract", "One & all."}, {"citation_abstract_html_url", "https://l.example/r/1"}, {"citation_pdf_url", "https://l.example/r/1/f/2"},
	}
	if diff := cmp.Diff(want, highwire.Tags(r, "https://l.example/r/1", "https://l.example/r/1/f/2")); diff != "" {
		t.Error(diff)
	}
	for edtf, want := range map[string]string{"2016": "2016", "2016-05~": "2016/05", "2016-21": "2016", "2016/2017": "", "": "", "19XX": ""} {
		got := ""
		for _, tag := range highwire.Tags(greyshelf.Report{Date: greyshelf.Date{EDTF: edtf}}, "", "") {
			if strings.HasSuffix(tag.Name, "date") {
				got = tag.Content
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", edtf, got, want)
		}
	}
	if tags := highwire.Tags(greyshelf.Report{}, "", ""); len(tags) > 0 {
		t.Errorf("of nothing: %v", tags)
	}
}
