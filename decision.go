package greyshelf

import (
	"encoding/json"
	"time"
)

// Decision is what a person, an import or the program did to reports, when and
// why. Decisions are only ever added; a decision is undone by another one.
type Decision struct {
	ID      string    `json:"id"`
	Seq     int64     `json:"seq"` // order of arrival, from 1; given by the catalogue
	At      time.Time `json:"at"`
	Who     string    `json:"who"` // "local" until there are accounts
	Method  Method    `json:"method"`
	Reason  string    `json:"reason,omitempty"` // why, for people; also file and line of an import
	Undoes  string    `json:"undoes,omitempty"` // identifier of the decision that this one undoes
	Source  *Source   `json:"source,omitempty"` // where imported values came from
	Changes []Change  `json:"changes"`

	Records []RecordChange `json:"records,omitempty"` // what changed beside reports
}

// Method says by what a decision was made.
type Method string

// The methods.
const (
	ByAdd    Method = "add"    // a file was added and described
	ByImport Method = "import" // an entry or record was imported
	ByPerson Method = "person" // a form or command of a person
	ByUndo   Method = "undo"   // an undo, also of an undo

	ByRule       Method = "rule"       // a rule of the desk, or a day that had come
	ByRedescribe Method = "redescribe" // a newer describer read a stored file again
)

// Source is the place that an imported value came from.
type Source struct {
	File string `json:"file"`          // name of the imported file
	Line int    `json:"line"`          // from 1
	Raw  string `json:"raw,omitempty"` // the entry as written
}

// RecordChange is a record of the catalogue beside reports (a person, an
// authority, a rule) before and after a decision, whole; null where there was
// or is none.
type RecordChange struct {
	Kind   string          `json:"kind"` // "person", "authority" …
	ID     string          `json:"id"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

// Change is one field of one report before and after a decision, as JSON
// values of that field in [Report]; absent values are null.
type Change struct {
	Report string          `json:"report"`
	Field  string          `json:"field"` // JSON name of the field of Report: "title", "agents", "state"
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}
