package greyshelf

import (
	"encoding/json"
	"unicode/utf8"
)

// Entry is the annotated-list form of a report: one item of a list that a desk
// keeps or sends (see docs/entry.md). It is read and written.
type Entry struct {
	Heading      string        `json:"heading,omitempty"` // the line above the citation, as written
	Title        string        `json:"title,omitempty"`
	Publisher    string        `json:"publisher,omitempty"`
	AuthorsRaw   string        `json:"authors_raw,omitempty"` // as written: "Michael J. Mazarr at al."
	Authors      []EntryAuthor `json:"authors,omitempty"`
	Date         string        `json:"date,omitempty"` // EDTF
	DatePrinted  string        `json:"date_printed,omitempty"`
	Abstract     string        `json:"abstract,omitempty"`
	Rights       string        `json:"rights,omitempty"` // the note: "contains copyrighted material"
	Format       string        `json:"format,omitempty"` // "PDF"
	Pages        int           `json:"pages,omitempty"`
	PagesPrinted string        `json:"pages_printed,omitempty"` // "81 pages", "pp. 34-40"
	Size         string        `json:"size,omitempty"`          // as printed: "0.7 MB"
	URL          string        `json:"url,omitempty"`
	Code         string        `json:"code,omitempty"` // the list's own item code: "08AD887"
	Rest         string        `json:"rest,omitempty"` // text that no field took; never dropped
	Confidence   float64       `json:"confidence"`     // 0..1
	Line         int           `json:"line,omitempty"` // first line in the list, from 1
	Layout       EntryLayout   `json:"-"`
}

// EntryAuthor is one agent of an entry.
type EntryAuthor struct {
	Name   string `json:"name"`             // in natural order: "Philip H. Gordon"
	Role   Role   `json:"role"`             // author or speaker
	Stated string `json:"stated,omitempty"` // office as printed, or "Testimony", "Remarks" where no office is
	EtAl   bool   `json:"et_al,omitempty"`
	Family string `json:"-"` // where the entry has the family name first
	Given  string `json:"-"`
}

// EntryLayout is how an imported entry was written, so that it can be written
// again byte for byte: the raw text, where each field stands in it, the value
// each field was read as, and the white space after the entry.
type EntryLayout struct {
	Raw   string      `json:"raw"`            // the entry without the white space after it
	After string      `json:"after"`          // white space up to the next entry or the end of the list
	Last  bool        `json:"last,omitempty"` // it was the last entry of its list
	Spans []EntrySpan `json:"spans"`          // in the order of Raw, not overlapping
}

// EntrySpan says that Raw[Start:End] (bytes) writes Field, whose value was
// Value when it was read. A field may have several spans (the title stands in
// heading and citation).
type EntrySpan struct {
	Field string `json:"field"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Value string `json:"value"`
}

// MarshalJSON writes the layout; a raw text that is not UTF-8 is written as
// bytes (base64), so that no byte of it changes on the way through a store.
func (l EntryLayout) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(l.Raw) {
		return json.Marshal(layoutFields(l))
	}
	raw := []byte(l.Raw)
	l.Raw = ""
	return json.Marshal(storedLayout{layoutFields: layoutFields(l), RawBytes: raw})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (l *EntryLayout) UnmarshalJSON(data []byte) error {
	var stored storedLayout
	if err := json.Unmarshal(data, &stored); err != nil {
		return err
	}
	*l = EntryLayout(stored.layoutFields)
	if len(stored.RawBytes) > 0 {
		l.Raw = string(stored.RawBytes)
	}
	return nil
}

// layoutFields is [EntryLayout] without its methods.
type layoutFields EntryLayout

// storedLayout is the stored form of an [EntryLayout].
type storedLayout struct {
	layoutFields
	RawBytes []byte `json:"raw_bytes,omitempty"`
}
