// Package marc writes and reads MARC 21 bibliographic records, as ISO 2709
// ("binary MARC", UTF-8) and as MARCXML, and turns reports into records and
// records into reports.
//
// It is a leaf at the end of the way of the data: exports, OAI-PMH and SRU
// send what it writes; imports read. It stores nothing. Notes of the desk,
// files and states are never in a record. Fields and codes are those of the
// MARC 21 Format for Bibliographic Data; punctuation is left out (leader/18 =
// c), so that values come back as they went.
package marc

import (
	"strings"

	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Namespace is that of MARCXML, Schema where its schema lies.
const (
	Namespace = "http://www.loc.gov/MARC21/slim"
	Schema    = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"
)

// The media types of the two forms (RFC 2220; as the Library of Congress
// serves MARCXML).
const (
	MediaType    = "application/marc"
	XMLMediaType = "application/marcxml+xml"
)

// Record is a record: its leader (24 characters) and its fields in order.
type Record struct {
	Leader string
	Fields []Field
}

// Field is a control field (001 to 009: only Value) or a data field.
type Field struct {
	Tag       string // three digits
	Value     string // of a control field
	Ind1      byte   // ' ' where not defined
	Ind2      byte
	Subfields []Subfield
}

// Subfield is a part of a data field: a code (a letter or digit) and its text.
type Subfield struct {
	Code byte
	Text string
}

// All gives the fields with the tag, in order.
func (r Record) All(tag string) []Field {
	var found []Field
	for _, f := range r.Fields {
		if f.Tag == tag {
			found = append(found, f)
		}
	}
	return found
}

// Control gives the value of the first control field with the tag, or "".
func (r Record) Control(tag string) string {
	for _, f := range r.All(tag) {
		return f.Value
	}
	return ""
}

// First gives the first subfield of the code in a field with the tag, or "".
func (r Record) First(tag string, code byte) string {
	for _, f := range r.All(tag) {
		if text := f.Sub(code); text != "" {
			return text
		}
	}
	return ""
}

// Sub gives the first subfield of the code, or "".
func (f Field) Sub(code byte) string {
	for _, s := range f.Subfields {
		if s.Code == code {
			return s.Text
		}
	}
	return ""
}

// Subs gives every subfield of the code.
func (f Field) Subs(code byte) []string {
	var all []string
	for _, s := range f.Subfields {
		if s.Code == code {
			all = append(all, s.Text)
		}
	}
	return all
}

// control reports whether the tag is that of a control field.
func control(tag string) bool { return strings.HasPrefix(tag, "00") }

// builder puts a record together. Empty subfields and fields without any are
// left out; every text is on one line and without control characters.
type builder struct{ Record }

func (b *builder) control(tag, value string) {
	if value = xmltree.Clean(value); value != "" {
		b.Fields = append(b.Fields, Field{Tag: tag, Value: value})
	}
}

// field adds a data field; indicators are two characters, parts are codes and
// texts in turn.
func (b *builder) field(tag, indicators string, parts ...string) {
	f := Field{Tag: tag, Ind1: indicators[0], Ind2: indicators[1]}
	said := false
	for i := 0; i+1 < len(parts); i += 2 {
		if text := xmltree.Line(parts[i+1]); text != "" {
			f.Subfields = append(f.Subfields, Subfield{parts[i][0], text})
			said = said || parts[i] != "2" && parts[i] != "3" // a source or a part alone says nothing
		}
	}
	if said {
		b.Fields = append(b.Fields, f)
	}
}
