// Package curate turns findings and imported entries into reports, and every
// change of a report into a decision that can be shown and undone.
//
// It stands between identify and search in the way of the data. It stores
// through the catalogue only. It does not read files, does not index and does
// not decide who may act: the caller asks package rights first.
package curate

import (
	"context"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Desk is where decisions are made. Its fields must be set. It is safe for
// concurrent use.
type Desk struct {
	Catalog catalog.Catalog
	Now     func() time.Time
	NewID   func() string // a new identifier for reports and decisions: 10 characters of [0-9a-z]
}

// Outcome says what became of a file or an entry.
type Outcome struct {
	Status   Status
	Report   string // identifier of the new report or of the one that is there
	Decision string // identifier of what was decided; empty when the report was known
}

// Status is what became of a file or an entry.
type Status string

// The statuses of an [Outcome].
const (
	Added Status = "added" // a new report, or one that an undo had withdrawn is there again
	Known Status = "known" // a report holds the same bytes, or the same entry, already
)

// decision begins a decision that is made now.
func (d *Desk) decision(who string, method greyshelf.Method, reason string) greyshelf.Decision {
	return greyshelf.Decision{ID: d.NewID(), At: d.Now(), Who: who, Method: method, Reason: shortened(reason)}
}

// initial gives the state in which a report begins.
func initial(draft bool) greyshelf.State {
	if draft {
		return greyshelf.Draft
	}
	return greyshelf.Published
}

// mostTries bounds how often a new identifier is drawn when one is taken.
const mostTries = 5

// create commits a new report. holder finds the report that holds the same
// file or entry: when another process was quicker, that one is known.
func (d *Desk) create(ctx context.Context, c catalog.Commit, holder func() (string, error)) (Outcome, error) {
	var err error
	for range mostTries {
		id := d.NewID()
		c.Reports[0].ID, c.Decision.ID = id, d.NewID()
		for i := range c.Findings {
			c.Findings[i].Report = id
		}
		var made greyshelf.Decision
		if made, err = d.Catalog.Commit(ctx, c); err == nil {
			return Outcome{Status: Added, Report: id, Decision: made.ID}, nil
		}
		if greyshelf.KindOf(err) != greyshelf.Exists {
			return Outcome{}, err
		}
		if quicker, found := holder(); found == nil {
			return Outcome{Status: Known, Report: quicker}, nil
		}
	}
	return Outcome{}, err
}

// again answers for a report that holds the same file or entry already: it is
// known. One that an undo had withdrawn is made visible again as it was, since
// its identifier and its address stay; one that a person withdrew is not.
func (d *Desk) again(ctx context.Context, id string, c catalog.Commit, draft bool) (Outcome, error) {
	known := Outcome{Status: Known, Report: id}
	report, err := d.Catalog.Report(ctx, id)
	if report.MergedInto != "" {
		known.Report = report.MergedInto
		return known, err
	}
	if err != nil || report.State != greyshelf.Withdrawn {
		return known, err
	}
	undone, err := d.withdrawnByUndo(ctx, id)
	if err != nil || !undone {
		return known, err
	}
	report.State = initial(draft)
	c.Reports = []greyshelf.Report{report}
	for i := range c.Findings {
		c.Findings[i].Report = id
	}
	made, err := d.Catalog.Commit(ctx, c)
	if greyshelf.KindOf(err) == greyshelf.Conflict {
		return known, nil // somebody else was quicker
	}
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{Status: Added, Report: id, Decision: made.ID}, nil
}

// withdrawnByUndo reports whether an undo gave the report its present state.
func (d *Desk) withdrawnByUndo(ctx context.Context, id string) (bool, error) {
	decisions, err := d.Catalog.Decisions(ctx, id, 0)
	if err != nil {
		return false, err
	}
	for _, past := range decisions {
		if _, ok := changeOf(past, id, "state"); ok {
			return past.Method == greyshelf.ByUndo, nil
		}
	}
	return false, nil
}

// changeOf finds what a decision changed in a field of a report.
func changeOf(d greyshelf.Decision, report, field string) (greyshelf.Change, bool) {
	for _, c := range d.Changes {
		if c.Report == report && c.Field == field {
			return c, true
		}
	}
	return greyshelf.Change{}, false
}
