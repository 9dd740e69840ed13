package catalog

import (
	"context"
	"encoding/json"
	"iter"
)

// Record is something that the catalogue keeps beside reports: a person, an
// authority, a setting, an issue of a digest. What its data mean is the affair
// of the one package that owns its kind.
type Record struct {
	Kind     string          // "person", "authority" …
	ID       string          // unique within the kind
	Keys     []string        // under which it is found again: folded names, an address; not unique
	Data     json.RawMessage // a JSON value; nil in a write = the record is dropped
	Revision int             // of the form that was read, 0 for a new one; guards against lost updates
}

// Records keeps what is not a report.
type Records interface {
	// Record gives one record. Errors: NotFound.
	Record(ctx context.Context, kind, id string) (Record, error)
	// Records gives the records that the filter lets through, one at a time.
	Records(ctx context.Context, f RecordFilter) iter.Seq2[Record, error]
	// PutRecords writes records in one transaction without a decision: what no
	// history is kept of, such as sessions. Errors: Conflict when a Revision is
	// not the stored one, Exists when a new record's identifier is taken,
	// NotFound when a record with a Revision does not exist, Invalid without
	// kind or identifier or when the data are no JSON, Unavailable.
	PutRecords(ctx context.Context, records ...Record) error
}

// RecordFilter narrows [Records.Records]. Keys of the records that come do not
// come with them.
type RecordFilter struct {
	Kind   string // must be given
	Key    string // only records with this key, by ID
	Prefix string // only records with a key that begins so, by key; each once
	After  string // only records with a greater ID, where neither key nor prefix is given
	Limit  int    // 0 = no limit
}

// Drop gives the record as a write that drops it.
func (r Record) Drop() Record { return Record{Kind: r.Kind, ID: r.ID, Revision: r.Revision} }
