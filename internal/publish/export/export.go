// Package export writes the record of one report in every format that
// catalogues, reference managers and registries read.
//
// It stands at the end of the way of the data, over the formats of
// internal/format. It stores nothing and decides nothing about rights: who may
// not see a record must not get here.
package export

import (
	"bytes"
	"io"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/bibtex"
	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/format/datacite"
	"github.com/greyshelf/greyshelf/internal/format/dc"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/mods"
	"github.com/greyshelf/greyshelf/internal/format/ris"
	"github.com/greyshelf/greyshelf/internal/format/schemaorg"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Format is a form in which a record can be had.
type Format struct {
	Name      string // part of the address: "marcxml"
	Title     string // as the standard calls itself
	MediaType string
	Extension string // of a file, without the stop
	write     func(w io.Writer, r greyshelf.Report, o Options) error
}

// Options say what a report does not know of itself.
type Options struct {
	Base    string // address of the library: "https://library.example.org"
	Address string // where it shows the report
	Agency  string // whose identifiers the library's are, in MARC; may be empty
}

// Formats gives every format.
func Formats() []Format {
	const plain, xml = "; charset=utf-8", "application/xml"
	return []Format{
		{"bibtex", "BibTeX", "application/x-bibtex" + plain, "bib", items(bibtex.Write)},
		{"ris", "RIS", "application/x-research-info-systems" + plain, "ris", items(ris.Write)},
		{"csl", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json", items(csl.Write)},
		{"mods", "MODS 3.8", mods.MediaType, "mods.xml", tree(func(r greyshelf.Report, o Options) xmltree.Node { return mods.FromReport(r, o.Address) })},
		{"marc", "MARC 21", marc.MediaType, "mrc", func(w io.Writer, r greyshelf.Report, o Options) error {
			_, err := w.Write(record(r, o).Binary())
			return err
		}},
		{"marcxml", "MARCXML", marc.XMLMediaType, "marc.xml", tree(func(r greyshelf.Report, o Options) xmltree.Node { return record(r, o).XML() })},
		{"oai_dc", "Dublin Core", xml, "dc.xml", tree(func(r greyshelf.Report, o Options) xmltree.Node { return dc.OAI(r, o.Address) })},
		{"dcterms", "DCMI Metadata Terms", xml, "dcterms.xml", tree(func(r greyshelf.Report, o Options) xmltree.Node { return dc.Qualified(r, o.Address) })},
		{"datacite", "DataCite 4.6", datacite.MediaType, "datacite.xml", tree(func(r greyshelf.Report, o Options) xmltree.Node { return datacite.FromReport(r, o.Address).XML() })},
		{"datacite-json", "DataCite 4.6 (JSON)", datacite.JSONMediaType, "datacite.json", func(w io.Writer, r greyshelf.Report, o Options) error {
			_, err := w.Write(datacite.FromReport(r, o.Address).JSON())
			return err
		}},
		{"schemaorg", "schema.org (JSON-LD)", schemaorg.MediaType, "jsonld", func(w io.Writer, r greyshelf.Report, o Options) error {
			_, err := w.Write(schemaorg.FromReport(r, o.Address).JSON())
			return err
		}},
	}
}

// Find gives a format by its name; false for any other.
func Find(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Record gives the record of a report. Errors: those of the format.
func (f Format) Record(r greyshelf.Report, o Options) ([]byte, error) {
	var b bytes.Buffer
	err := f.write(&b, r, o)
	return b.Bytes(), err
}

func record(r greyshelf.Report, o Options) marc.Record {
	return marc.FromReport(r, marc.Options{Address: o.Address, Agency: o.Agency})
}

// items adapts the formats of reference managers.
func items(write func(io.Writer, []csl.Item) error) func(io.Writer, greyshelf.Report, Options) error {
	return func(w io.Writer, r greyshelf.Report, o Options) error {
		return write(w, []csl.Item{csl.FromReport(r, o.Base)})
	}
}

// tree adapts the formats in XML.
func tree(make func(greyshelf.Report, Options) xmltree.Node) func(io.Writer, greyshelf.Report, Options) error {
	return func(w io.Writer, r greyshelf.Report, o Options) error { return xmltree.Document(w, make(r, o)) }
}
