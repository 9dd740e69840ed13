package embed

import (
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Limits of what is written into a file: lists and texts end there.
const (
	mostValues = 500
	mostText   = 10_000 // code points
)

// Record is what the catalogue says of a file's report, ready to be written.
// Every text is on one line; the zero value of a field means that nothing is
// said.
type Record struct {
	Title        string   `json:"title,omitempty"` // with the subtitle
	Subtitle     string   `json:"subtitle,omitempty"`
	Authors      []string `json:"authors,omitempty"` // authors and speakers, as printed
	Publishers   []string `json:"publishers,omitempty"`
	Contributors []string `json:"contributors,omitempty"` // commissioning and hosting bodies
	Date         string   `json:"date,omitempty"`         // ISO 8601: "2016-10-19", "2009-05", "2012"
	DatePrinted  string   `json:"date_printed,omitempty"`
	Abstract     string   `json:"abstract,omitempty"`
	Headings     []string `json:"headings,omitempty"`
	Languages    []string `json:"languages,omitempty"` // BCP 47
	Type         string   `json:"type,omitempty"`
	Series       string   `json:"series,omitempty"`
	SeriesNumber string   `json:"series_number,omitempty"`
	Version      string   `json:"version,omitempty"` // of the document: "6"
	Pages        int      `json:"pages,omitempty"`

	DOI         string   `json:"doi,omitempty"`
	ISBN        string   `json:"isbn,omitempty"`
	ISSN        string   `json:"issn,omitempty"`
	Identifiers []string `json:"identifiers,omitempty"` // all of them, with the address in the library

	Rights  string `json:"rights,omitempty"`  // the statement, verbatim
	Holder  string `json:"holder,omitempty"`  // © holder
	Licence string `json:"licence,omitempty"` // address of the licence
	Marked  string `json:"marked,omitempty"`  // "True" under copyright, "False" in the public domain

	Source  string `json:"source,omitempty"`  // where it was published
	Address string `json:"address,omitempty"` // of the report in the library

	Writer  string    `json:"writer"`   // "Greyshelf 1.0"
	Written time.Time `json:"written"`  // when the record was last changed
	SHA256  string    `json:"sha256"`   // of the original
	Bytes   int64     `json:"bytes"`    // of the original
	PDFPart string    `json:"pdf_part"` // what the file is beside the document itself: "Annex 2"

	// Unsigned says that a signature of the original was left out of the copy.
	// The writer finds out and sets it.
	Unsigned bool `json:"unsigned,omitempty"`
}

// Of gives the record of a file of a report as everybody may read it. address
// is that of the report in the library, "" where it is not known; writer names
// the program. The same report gives the same record: its time is that of the
// report's last decision.
func Of(r greyshelf.Report, f greyshelf.File, address, writer string) Record {
	rec := Record{
		Title: line(r.FullTitle()), Subtitle: line(r.Subtitle),
		Date: isoDate(r.Date.EDTF), DatePrinted: line(r.Date.Printed), Abstract: line(r.Abstract),
		Languages: lines(r.Languages), Type: line(r.Type), Series: line(r.Series), SeriesNumber: line(r.SeriesNumber),
		Version: line(r.Version), Pages: f.Pages,
		DOI: line(r.Identifier(greyshelf.DOI)), ISBN: line(r.Identifier(greyshelf.ISBN)), ISSN: line(r.Identifier(greyshelf.ISSN)),
		Rights: line(r.Rights.Statement), Holder: line(r.Rights.Holder), Licence: marc.LicenceURL(r.Rights.Code), Marked: marked(r.Rights.Code),
		Source: line(r.URL), Address: line(address),
		Writer: line(writer), Written: r.Updated.UTC().Truncate(time.Second), SHA256: f.SHA256, Bytes: f.Bytes, PDFPart: line(f.Part),
	}
	for _, e := range r.Editions {
		if _, ok := (greyshelf.Report{Editions: []greyshelf.Edition{e}}).File(f.SHA256); ok && e.Language != "" {
			rec.Languages = []string{line(e.Language)}
		}
	}
	for _, a := range r.Agents {
		switch a.Role {
		case greyshelf.Author, greyshelf.Speaker:
			rec.Authors = append(rec.Authors, a.Name)
		case greyshelf.Publisher:
			rec.Publishers = append(rec.Publishers, a.Name)
		default:
			rec.Contributors = append(rec.Contributors, a.Name)
		}
	}
	for _, h := range r.Headings {
		rec.Headings = append(rec.Headings, h.Label)
	}
	rec.Authors, rec.Publishers, rec.Contributors, rec.Headings = lines(rec.Authors), lines(rec.Publishers), lines(rec.Contributors), lines(rec.Headings)
	rec.Identifiers = identifiers(r, address)
	return rec
}

// identifiers gives every identifier, as a URI where its scheme has one.
func identifiers(r greyshelf.Report, address string) []string {
	prefix := map[greyshelf.Scheme]string{greyshelf.DOI: "https://doi.org/", greyshelf.ISBN: "urn:isbn:", greyshelf.ISSN: "urn:issn:"}
	var all []string
	for _, id := range r.Identifiers {
		all = append(all, prefix[id.Scheme]+id.Value)
	}
	return lines(append(all, address))
}

// marked says whether a work is under copyright, "" where nothing is stated.
func marked(code greyshelf.RightsCode) string {
	switch {
	case code == "":
		return ""
	case code == greyshelf.PublicDomain || code == "cc0" || strings.HasPrefix(string(code), "cc0-"):
		return "False"
	}
	return "True"
}

// isoDate gives an EDTF date that is a date of XMP too (ISO 16684-1 §8.2.1.2),
// else "": a season, an interval or a doubt cannot be said there.
func isoDate(edtf string) string {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(layout, edtf); err == nil {
			return edtf
		}
	}
	return ""
}

// line gives text on one line, without what XML does not allow, cut to its
// limit.
func line(text string) string {
	text = xmltree.Line(text)
	if len(text) <= mostText {
		return text
	}
	return string([]rune(text)[:min(mostText, len([]rune(text)))])
}

// lines gives what says something, each thing once, up to the limit.
func lines(all []string) []string {
	seen := map[string]bool{"": true}
	var kept []string
	for _, text := range all {
		if text = line(text); !seen[text] && len(kept) < mostValues {
			seen[text] = true
			kept = append(kept, text)
		}
	}
	return kept
}
