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
	Creator      []string            `json:"creator,omitempty"`      // "Family, Given"; a body or a one-name person without comma
	Publisher    []string            `json:"publisher,omitempty"`    // preferred forms
	Date         string              `json:"date,omitempty"`         // EDTF, of this edition
	DatePrinted  string              `json:"date_printed,omitempty"` // as the document prints it
	ReportNumber string              `json:"report_number,omitempty"`
	Language     string              `json:"language,omitempty"` // BCP 47
	Abstract     string              `json:"abstract,omitempty"`
	Rights       *RecordRights       `json:"rights,omitempty"`
	Pages        int                 `json:"pages,omitempty"`
	Bytes        int64               `json:"bytes,omitempty"`
	Size         string              `json:"size,omitempty"`        // "268.20 KB"
	Identifiers  map[string]string   `json:"identifiers,omitempty"` // by scheme: doi, isbn, issn
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
		Creator:      d.values(greyshelf.FieldCreator),
		Publisher:    d.values(greyshelf.FieldPublisher),
		Date:         date.Value,
		DatePrinted:  date.Printed,
		ReportNumber: d.chosen(greyshelf.FieldReportNumber).Value,
		Language:     d.chosen(greyshelf.FieldLanguage).Value,
		Abstract:     d.chosen(greyshelf.FieldAbstract).Value,
		Pages:        doc.Info.Pages,
		Bytes:        doc.Bytes,
		Size:         greyshelf.FormatSize(doc.Bytes),
		Findings:     d.Findings,
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
