package formattest_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/bibtex"
	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/format/endnote"
	"github.com/greyshelf/greyshelf/internal/format/ris"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// stated gives what a sample states as a report.
func stated(s sample.Sample) greyshelf.Report {
	is := s.Truth
	r := greyshelf.Report{
		ID: "sample", Title: is.Title, Subtitle: is.Subtitle, Type: "report", Date: greyshelf.Date{EDTF: is.Date.EDTF}, Version: is.Version, Abstract: is.Abstract,
		URL: s.Source, Identifiers: is.Identifiers, Extent: greyshelf.Extent{Printed: greyshelf.FormatExtent(is.Pages), Pages: is.Pages},
	}
	for _, heading := range is.Creators {
		agent := greyshelf.PersonFromInverted(heading)
		if agent.Family == "" {
			agent = greyshelf.Agent{Kind: greyshelf.Body, Name: heading}
		}
		r.Agents = append(r.Agents, greyshelf.Contribution{Agent: agent, Role: greyshelf.Author})
	}
	if is.Publisher != "" {
		r.Agents = append(r.Agents, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: is.Publisher}, Role: greyshelf.Publisher})
	}
	if is.Language != "" {
		r.Languages = []string{is.Language}
	}
	return r
}

// TestSamplesComeBack writes what every sample states in every format of
// references and reads it back: the same record.
func TestSamplesComeBack(t *testing.T) {
	for name, form := range map[string]struct {
		write func(io.Writer, []csl.Item) error
		read  func(io.Reader) ([]csl.Item, error)
	}{
		"CSL-JSON": {csl.Write, csl.Read}, "BibTeX": {bibtex.Write, bibtex.Read}, "BibLaTeX": {bibtex.WriteBibLaTeX, bibtex.Read},
		"RIS": {ris.Write, ris.Read}, "EndNote": {endnote.Write, endnote.Read}, "EndNote XML": {endnote.WriteXML, endnote.ReadXML},
	} {
		for _, s := range sample.Reports() {
			want := csl.FromReport(stated(s), "")
			want.Custom.Record = nil // by its fields alone
			var out bytes.Buffer
			if err := form.write(&out, []csl.Item{want}); err != nil {
				t.Fatal(err)
			}
			items, err := form.read(&out)
			if err != nil || len(items) != 1 {
				t.Fatal(name, s.Name, len(items), err)
			}
			if diff := cmp.Diff(csl.ToReport(want), csl.ToReport(items[0])); diff != "" {
				t.Errorf("%s, %s: %s", name, s.Name, diff)
			}
		}
	}
}
