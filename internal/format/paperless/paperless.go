// Package paperless reads the manifest of an export of paperless-ngx: its
// documents with the names of correspondents, types and tags.
//
// It is a leaf that imports the words only. It stores nothing and opens no
// document: it gives their paths as written. The text that paperless
// recognised is not taken; the library reads the file itself.
package paperless

import (
	"encoding/json"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Manifest collects the names that documents point to. The zero value is ready.
type Manifest struct {
	names map[string]string   // "correspondent 7" → name
	notes map[string][]string // of documents, by key
}

// record is one object of a manifest, as Django writes it.
type record struct {
	Model  string          `json:"model"`
	PK     json.RawMessage `json:"pk"`
	Fields json.RawMessage `json:"fields"`
	File   string          `json:"__exported_file_name__"`
}

type document struct {
	Title         string            `json:"title"`
	Correspondent json.RawMessage   `json:"correspondent"`
	Type          json.RawMessage   `json:"document_type"`
	Tags          []json.RawMessage `json:"tags"`
	Created       string            `json:"created"`
	Name          string            `json:"original_filename"`
}

// Collect takes what an object of the manifest names: correspondents, types,
// tags and notes. Other objects are passed over.
func (m *Manifest) Collect(object []byte) {
	var r record
	var f struct {
		Name     string          `json:"name"`
		Note     string          `json:"note"`
		Document json.RawMessage `json:"document"`
	}
	kind, ok := "", false
	if json.Unmarshal(object, &r) == nil {
		kind, ok = strings.CutPrefix(r.Model, "documents.")
	}
	if !ok || kind == "document" || json.Unmarshal(r.Fields, &f) != nil {
		return
	}
	if m.names == nil {
		m.names, m.notes = map[string]string{}, map[string][]string{}
	}
	switch kind {
	case "correspondent", "documenttype", "tag":
		m.names[kind+" "+string(r.PK)] = f.Name
	case "note":
		m.notes[string(f.Document)] = append(m.notes[string(f.Document)], f.Note)
	}
}

// Document is a document of an export.
type Document struct {
	Report greyshelf.Report
	File   string // its path within the export
}

// Document reads an object of the manifest; false when it is no document.
// Errors: Invalid.
func (m *Manifest) Document(object []byte) (Document, bool, error) {
	var r record
	var f document
	if err := json.Unmarshal(object, &r); err != nil {
		return Document{}, true, greyshelf.Errorf(greyshelf.Invalid, "read the manifest", "", "the object is no JSON: %v", err)
	}
	if r.Model != "documents.document" {
		return Document{}, false, nil
	}
	if err := json.Unmarshal(r.Fields, &f); err != nil {
		return Document{}, true, greyshelf.Errorf(greyshelf.Invalid, "read the manifest", "", "the document cannot be read: %v", err)
	}
	d := Document{File: r.File}
	d.Report.Title, d.Report.Type = f.Title, strings.ToLower(m.names["documenttype "+string(f.Type)])
	if day, _, _ := strings.Cut(f.Created, "T"); greyshelf.ValidEDTF(day) {
		d.Report.Date = greyshelf.Date{EDTF: day, Printed: day}
	}
	if name := m.names["correspondent "+string(f.Correspondent)]; name != "" {
		d.Report.Agents = []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: greyshelf.Publisher}}
	}
	for _, tag := range f.Tags {
		if label := m.names["tag "+string(tag)]; label != "" {
			d.Report.Headings = append(d.Report.Headings, greyshelf.Heading{Label: label})
		}
	}
	d.Report.Note = strings.Join(m.notes[string(r.PK)], "\n\n")
	return d, true, nil
}
