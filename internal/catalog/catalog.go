// Package catalog is the port to the catalogue, the truth of the library:
// reports, findings, decisions, marks and the outbox. Everything else (search
// index, thumbnails, page images) can be made again from it and the files.
//
// It stands under every stage of the way of the data. Backends are siblings
// (sqlite now, postgres later) that pass one suite, [catalogtest]. It holds no
// bytes of files (internal/files) and no page texts (internal/pages).
package catalog

import (
	"context"
	"iter"
	"time"

	"github.com/greyshelf/greyshelf"
)

// Catalog is everything a backend gives. Stages take the narrower interfaces.
type Catalog interface {
	Reader
	Shown
	Links
	Queue
	Writer
	Records
	History
	Outbox
	// Backup writes a consistent copy of the whole catalogue to a new file at
	// path, while others read and write. Errors: Exists, Unavailable.
	Backup(ctx context.Context, path string) error
	// Check looks for damage and gives a line per defect; none means whole.
	Check(ctx context.Context) ([]string, error)
	Close() error
}

// Reader reads reports. Reads never wait for a writer.
type Reader interface {
	// Report gives the report with the identifier. Errors: NotFound.
	Report(ctx context.Context, id string) (greyshelf.Report, error)
	// Reports gives the reports that the filter lets through, one at a time, as
	// they were when the iteration began.
	Reports(ctx context.Context, f Filter) iter.Seq2[greyshelf.Report, error]
	// Count gives how many reports the filter lets through, whatever its Limit
	// and Offset.
	Count(ctx context.Context, f Filter) (int, error)
	// Arrivals counts the reports of a state by the month in which they came to
	// the library (Created), oldest first; months without any are left out.
	Arrivals(ctx context.Context, state greyshelf.State) ([]Arrival, error)
	// Holder gives the identifier of the report that holds the file. Errors:
	// NotFound.
	Holder(ctx context.Context, sha256 string) (string, error)
	// EntryHolder gives the identifier of the report that was made of an
	// imported entry with exactly this raw text. Errors: NotFound.
	EntryHolder(ctx context.Context, raw string) (string, error)
	// Findings gives every set of findings of the report, oldest first.
	Findings(ctx context.Context, report string) ([]greyshelf.FindingSet, error)
}

// Arrival is how many reports came in a month.
type Arrival struct {
	Month   string // "2026-11" (UTC)
	Reports int
}

// Filter narrows [Reader.Reports]. The zero value lets everything through in
// order of arrival.
type Filter struct {
	States []greyshelf.State // any of these; empty = all
	IDs    []string          // only these, in this order; nil = all
	Newest bool              // newest first instead of order of arrival
	Limit  int               // 0 = no limit
	Offset int
}

// Writer is the only way to change the catalogue.
type Writer interface {
	// Commit writes one decision and all that follows from it in one
	// transaction: the reports in their new form, the findings, the changes (as
	// [Diff] finds them against what is stored) and an outbox mark per report.
	// A report that would not change is left as it is. It gives the decision
	// with Seq and Changes, its time in UTC to the microsecond. Errors: Conflict
	// when a report's Revision is not the stored one, Exists when a file or an
	// imported entry belongs to another report or the identifier of a new report
	// (Revision 0) or of the decision is taken, NotFound when a report with a
	// Revision or of findings does not exist, Invalid when nothing would change,
	// Unavailable when the disk is full.
	Commit(ctx context.Context, c Commit) (greyshelf.Decision, error)
}

// Commit is one decision to be written.
type Commit struct {
	// Decision carries ID, At, Who, Method, Reason, Undoes and Source; Seq and
	// Changes are set by the catalogue.
	Decision greyshelf.Decision
	// Reports are the reports as they shall be. Revision is that of the form
	// that was read (0 for a new report); the catalogue raises it and sets
	// Updated (and Created of a new report) to Decision.At.
	Reports []greyshelf.Report
	// Findings are kept beside those of other describers; a set of the same
	// report, file and method takes the place of the one before.
	Findings []greyshelf.FindingSet
	// Records are written with the decision, which keeps what they were before.
	Records []Record
}

// History reads decisions.
type History interface {
	// Decision gives one decision with its changes. Errors: NotFound.
	Decision(ctx context.Context, id string) (greyshelf.Decision, error)
	// RecordDecisions gives the decisions that touched the record, newest first,
	// with what they changed in it only.
	RecordDecisions(ctx context.Context, kind, id string) ([]greyshelf.Decision, error)
	// Chain gives the SHA-256 (hexadecimal) that each decision is sealed with:
	// over the seal of the one before and everything the decision says, so that
	// none can be changed or taken out unseen ([Catalog.Check] looks). Oldest
	// first, after the decision with the sequence number.
	Chain(ctx context.Context, after int64) iter.Seq2[Sealed, error]
	// Log gives the decisions that the filter lets through, newest first, with
	// all that they changed.
	Log(ctx context.Context, f LogFilter) ([]greyshelf.Decision, error)
	// Decisions gives the decisions that touched the report (all reports when
	// empty), newest first, at most limit (0 = all); of a decision on several
	// reports only the changes of this one.
	Decisions(ctx context.Context, report string, limit int) ([]greyshelf.Decision, error)
}

// LogFilter narrows [History.Log]. The zero value lets everything through.
type LogFilter struct {
	Who         string
	Method      greyshelf.Method
	From, Until time.Time // bounds of the days (UTC): From included, Until not; zero = none
	Before      int64     // only decisions with a smaller Seq; 0 = all
	Limit       int       // 0 = no limit
}

// Sealed is a decision with its seal.
type Sealed struct {
	greyshelf.Decision
	Seal string `json:"seal"`
}

// Outbox tells stages what changed since they last looked.
type Outbox interface {
	// Changed gives the reports changed after the mark, oldest change first, at
	// most limit; a report changed twice appears once, with its latest mark.
	Changed(ctx context.Context, after int64, limit int) ([]Changed, error)
	// Mark gives how far the stage has come; 0 when it never ran.
	Mark(ctx context.Context, stage string) (int64, error)
	// SetMark stores how far the stage has come.
	SetMark(ctx context.Context, stage string, mark int64) error
}

// Changed is a report and the mark of its latest change.
type Changed struct {
	Report string
	Mark   int64
}
