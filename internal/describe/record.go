package describe

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Record is a described file as `greyshelf describe --json` prints it: the
// chosen values, and every finding. Absent values are left out.
type Record struct {
	Input        string              `json:"input"`
	Title        string              `json:"title,omitempty"`
	Subtitle     string              `json:"subtitle,omitempty"`
	Parallel     []string            `json:"parallel_titles,omitempty"`
	Creator      []string            `json:"creator,omitempty"`           // "Family, Given"; a body or a one-name person without comma
	Corporate    []string            `json:"corporate_authors,omitempty"` // the bodies among them
	Affiliations map[string]string   `json:"affiliations,omitempty"`      // by creator
	Publisher    []string            `json:"publisher,omitempty"`         // preferred forms
	Commissioned []string            `json:"commissioning_body,omitempty"`
	Hosted       []string            `json:"hosting_body,omitempty"`
	Date         string              `json:"date,omitempty"`         // EDTF, of this edition
	DatePrinted  string              `json:"date_printed,omitempty"` // as the document prints it
	Dates        map[string]string   `json:"dates,omitempty"`        // EDTF by kind: published, updated, revised, submitted …
	ReportNumber string              `json:"report_number,omitempty"`
	Language     string              `json:"language,omitempty"`  // BCP 47, of most of the text
	Languages    []string            `json:"languages,omitempty"` // all, where there are several
	Abstract     string              `json:"abstract,omitempty"`
	AbstractKind string              `json:"abstract_kind,omitempty"` // "labelled" or "first paragraph"
	Series       string              `json:"series,omitempty"`
	Version      string              `json:"version,omitempty"`
	Citation     string              `json:"citation,omitempty"` // how the document wants to be cited
	URL          string              `json:"url,omitempty"`      // of the landing page, where the file was reached by one
	Rights       *RecordRights       `json:"rights,omitempty"`
	Pages        int                 `json:"pages,omitempty"`
	Bytes        int64               `json:"bytes,omitempty"`
	Size         string              `json:"size,omitempty"`        // "268.20 KB"
	Identifiers  map[string]string   `json:"identifiers,omitempty"` // by scheme: doi, isbn, issn
	Facts        greyshelf.Facts     `json:"facts,omitzero"`
	Recognition  *Recognition        `json:"recognition,omitempty"` // pages read by OCR, and those that were not
	Contents     []greyshelf.Outline `json:"contents,omitempty"`
	Findings     []greyshelf.Finding `json:"findings,omitempty"`
}

// RecordRights is the rights note of a [Record].
type RecordRights struct {
	Code      string `json:"code"`
	Statement string `json:"statement"`
}

// NewRecord makes the record of a described document. input is the path or
// address it came from.
func NewRecord(input string, doc *Document, d Description) Record {
	date := d.chosen(greyshelf.FieldDate)
	r := Record{
		Input:        input,
		Title:        d.chosen(greyshelf.FieldTitle).Value,
		Subtitle:     d.chosen(greyshelf.FieldSubtitle).Value,
		Parallel:     d.values(greyshelf.FieldParallelTitle),
		Creator:      d.values(greyshelf.FieldCreator),
		Corporate:    d.corporate(),
		Affiliations: d.affiliations(),
		Publisher:    d.values(greyshelf.FieldPublisher),
		Commissioned: d.values(greyshelf.FieldCommissioning),
		Hosted:       d.values(greyshelf.FieldHosting),
		Date:         date.Value,
		DatePrinted:  date.Printed,
		Dates:        d.dates(),
		ReportNumber: d.chosen(greyshelf.FieldReportNumber).Value,
		Language:     d.chosen(greyshelf.FieldLanguage).Value,
		Abstract:     d.chosen(greyshelf.FieldAbstract).Value,
		AbstractKind: d.chosen(greyshelf.FieldAbstract).Kind,
		Series:       d.chosen(greyshelf.FieldSeries).Value,
		Version:      d.chosen(greyshelf.FieldVersion).Value,
		Citation:     d.chosen(greyshelf.FieldCitation).Value,
		URL:          d.chosen(greyshelf.FieldURL).Value,
		Pages:        doc.Info.Pages,
		Bytes:        doc.Bytes,
		Size:         greyshelf.FormatSize(doc.Bytes),
		Facts:        doc.Info.Facts,
		Recognition:  doc.Recognition,
		Contents:     d.Contents,
		Findings:     d.Findings,
	}
	if all := d.values(greyshelf.FieldLanguage); len(all) > 1 {
		r.Languages = all
	}
	if rights := d.chosen(greyshelf.FieldRights); rights.Value != "" {
		r.Rights = &RecordRights{Code: rights.Value, Statement: rights.Printed}
	}
	for _, id := range d.values(greyshelf.FieldIdentifier) {
		scheme, value, _ := strings.Cut(id, ":")
		if r.Identifiers == nil {
			r.Identifiers = map[string]string{}
		}
		if r.Identifiers[scheme] == "" {
			r.Identifiers[scheme] = value
		}
	}
	return r
}

// values gives the chosen values of a field, in order.
func (d Description) values(field greyshelf.Field) []string {
	var values []string
	for _, f := range d.Chosen(field) {
		values = append(values, f.Value)
	}
	return values
}

// corporate gives the authors that are bodies.
func (d Description) corporate() []string {
	var bodies []string
	for _, f := range d.Chosen(greyshelf.FieldCreator) {
		if f.Agent().Kind == greyshelf.Body {
			bodies = append(bodies, f.Value)
		}
	}
	return bodies
}

// affiliations gives the bodies of the chosen authors.
func (d Description) affiliations() map[string]string {
	var of map[string]string
	for _, f := range d.Chosen(greyshelf.FieldAffiliation) {
		if of == nil {
			of = map[string]string{}
		}
		if of[f.Of] == "" {
			of[f.Of] = f.Value
		}
	}
	return of
}

// dates gives the best date of each kind that says something of the report.
func (d Description) dates() map[string]string {
	var dates map[string]string
	for _, f := range d.Findings {
		switch f.Kind {
		case greyshelf.DatePublished, greyshelf.DateUpdated, greyshelf.DateRevised, greyshelf.DateSubmitted, greyshelf.DateAsOf:
		default:
			continue
		}
		if f.Field != greyshelf.FieldDate || dates[f.Kind] != "" || f.Confidence < enoughDate && !f.Chosen {
			continue
		}
		if dates == nil {
			dates = map[string]string{}
		}
		dates[f.Kind] = f.Value
	}
	return dates
}
