// Package csl is the pivot of citations: the item of CSL-JSON 1.0.2, from which
// every citation style and every format of reference managers is written, and
// into which those formats are read.
//
// It is a leaf behind the catalogue: report → item → format, and back on
// import. It stores nothing, formats no citation and does not decide what
// becomes of a record that was read.
package csl

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/greyshelf/greyshelf"
)

// The item types of CSL 1.0.2 (appendix III) that the library writes.
const (
	TypeDocument    = "document" // of a type that is not stated
	TypeReport      = "report"
	TypeChapter     = "chapter"
	TypeSpeech      = "speech"
	TypeArticle     = "article"
	TypeWebpage     = "webpage"
	TypeLegislation = "legislation"
)

// MaxFile is the longest file in bytes that is read, MaxItems the most items.
const (
	MaxFile  = 64 << 20
	MaxItems = 100_000
)

// Item is one item with the variable names of CSL 1.0.2 (appendix IV).
type Item struct {
	ID               Text    `json:"id"`
	Type             string  `json:"type"`
	Title            string  `json:"title,omitempty"`
	TitleShort       string  `json:"title-short,omitempty"`
	ContainerTitle   string  `json:"container-title,omitempty"`
	CollectionTitle  string  `json:"collection-title,omitempty"`
	CollectionNumber Text    `json:"collection-number,omitempty"`
	Author           []Name  `json:"author,omitempty"`
	Editor           []Name  `json:"editor,omitempty"`
	Publisher        string  `json:"publisher,omitempty"`
	PublisherPlace   string  `json:"publisher-place,omitempty"`
	Issued           *Date   `json:"issued,omitempty"`
	Accessed         *Date   `json:"accessed,omitempty"`
	Abstract         string  `json:"abstract,omitempty"`
	Number           Text    `json:"number,omitempty"`
	Volume           Text    `json:"volume,omitempty"`
	Issue            Text    `json:"issue,omitempty"`
	Page             Text    `json:"page,omitempty"`
	NumberOfPages    Text    `json:"number-of-pages,omitempty"`
	Version          Text    `json:"version,omitempty"`
	Genre            string  `json:"genre,omitempty"`
	DOI              string  `json:"DOI,omitempty"`
	ISBN             string  `json:"ISBN,omitempty"`
	ISSN             string  `json:"ISSN,omitempty"`
	URL              string  `json:"URL,omitempty"`
	Language         string  `json:"language,omitempty"`
	Keyword          string  `json:"keyword,omitempty"` // divided by ", "
	License          string  `json:"license,omitempty"`
	Note             string  `json:"note,omitempty"`
	Custom           *Custom `json:"custom,omitempty"`
}

// Custom holds what CSL has no variable for.
type Custom struct {
	EtAl     bool     `json:"et-al,omitempty"`    // the document names more authors than it lists
	Keywords []string `json:"keywords,omitempty"` // where one of them has a comma in it

	// Record is the description that the item was made of, without what is not
	// for readers. It is believed only while it says what the item says.
	Record *greyshelf.Report `json:"greyshelf,omitempty"`
}

// custom gives the item's Custom, made where it has none.
func (item *Item) custom() *Custom {
	if item.Custom == nil {
		item.Custom = &Custom{}
	}
	return item.Custom
}

// Text is a string that files also write as a number: "id": 7.
type Text string

// UnmarshalJSON reads a string, a number or null.
func (t *Text) UnmarshalJSON(data []byte) error {
	var s string
	if len(data) > 0 && data[0] == '"' {
		err := json.Unmarshal(data, &s)
		*t = Text(s)
		return err
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return err
	}
	*t = Text(n)
	return nil
}

// Write writes the items as a CSL-JSON array.
func Write(w io.Writer, items []Item) error {
	if items == nil {
		items = []Item{}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(items); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "write CSL-JSON", "", err)
	}
	return nil
}

// Read reads a CSL-JSON array, or one object. It fails with
// [greyshelf.Invalid] for other text and with [greyshelf.TooLarge] beyond
// [MaxFile] and [MaxItems].
func Read(r io.Reader) ([]Item, error) {
	data, err := Limited(r, "read CSL-JSON")
	if err != nil {
		return nil, err
	}
	var items []Item
	if data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\uFEFF"))); len(data) > 0 && data[0] == '{' {
		var one Item
		err = json.Unmarshal(data, &one)
		items = []Item{one}
	} else {
		err = json.Unmarshal(data, &items)
	}
	switch {
	case err != nil:
		return nil, greyshelf.E(greyshelf.Invalid, "read CSL-JSON", "", err)
	case len(items) > MaxItems:
		return nil, greyshelf.Errorf(greyshelf.TooLarge, "read CSL-JSON", "", "more than %d items", MaxItems)
	}
	return items, nil
}

// Limited reads a whole file of at most [MaxFile] bytes for the reader that op
// names.
func Limited(r io.Reader, op string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	switch {
	case err != nil:
		return nil, greyshelf.E(greyshelf.Unavailable, op, "", err)
	case len(data) > MaxFile:
		return nil, greyshelf.Errorf(greyshelf.TooLarge, op, "", "the file is longer than %d bytes; divide it", MaxFile)
	}
	return data, nil
}
