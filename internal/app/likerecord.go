package app

import (
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
	"github.com/greyshelf/greyshelf/internal/identify"
)

// mostLikeRecords is how many look-alikes of a record are kept.
const mostLikeRecords = 20

// IdentifyRecord compares what the record of a report says with every other
// record, and keeps the look-alikes with it: for reports without a file, of
// which there is no text to compare. It reads the whole catalogue. Errors:
// NotFound, Unavailable.
func (l *Library) IdentifyRecord(ctx context.Context, report string) ([]identify.Match, error) {
	r, err := l.Catalog.Report(ctx, report)
	if err != nil {
		return nil, err
	}
	apart, err := curate.Apart(ctx, l.Catalog, r.ID)
	if err != nil {
		return nil, err
	}
	var found []identify.Match
	for other, err := range l.Catalog.Reports(ctx, catalog.Filter{}) {
		if err != nil {
			return nil, err
		}
		if other.ID == r.ID || other.MergedInto != "" || other.State == greyshelf.Withdrawn || apart[other.ID] {
			continue
		}
		if m, ok := identify.MatchRecord(r, other); ok {
			found = append(found, m)
		}
	}
	slices.SortStableFunc(found, func(a, b identify.Match) int { return b.Percent - a.Percent })
	found = found[:min(len(found), mostLikeRecords)]
	return found, identify.Keep(ctx, l.Catalog, r.ID, "", found)
}

// RecordLink makes a report without a file, see [curate.Desk.Record], and
// gives the reports that it looks like. Whatever goes wrong in comparing does
// not undo the adding.
func (l *Library) RecordLink(ctx context.Context, who string, report greyshelf.Report, draft bool) (curate.Outcome, []identify.Match, error) {
	outcome, err := l.Desk.Record(ctx, who, report, draft)
	if err != nil {
		return outcome, nil, err
	}
	found, err := l.IdentifyRecord(ctx, outcome.Report)
	if err != nil && ctx.Err() == nil {
		l.Log.Warn("the record was added, but not compared with the library", "report", outcome.Report, "err", err)
	}
	return outcome, found, nil
}

// likenesses keeps with each report that an import makes what its record was
// found to be like, so that it is decided on the page of matches.
type likenesses struct {
	library *Library
	made    map[int]string // number of a record in the import → its report
}

// done is told what became of an item.
func (k *likenesses) done(ctx context.Context, step bring.Step, became curate.Brought) {
	if became.Status != curate.Added || became.Report == "" {
		return
	}
	k.made[step.Ordinal] = became.Report
	other := step.Other
	if other == "" {
		other = k.made[step.Record]
	}
	if step.Status != bring.Alike || other == "" {
		return
	}
	if err := k.keep(ctx, became.Report, other); err != nil {
		k.library.Log.Warn("a report was imported, but what it looks like is not kept", "report", became.Report, "err", err)
	}
}

func (k *likenesses) keep(ctx context.Context, report, other string) error {
	now, err := k.library.Catalog.Report(ctx, report)
	if err != nil {
		return err
	}
	old, err := k.library.Catalog.Report(ctx, other)
	if err != nil {
		return err
	}
	m, _ := identify.MatchRecord(now, old)
	return identify.Keep(ctx, k.library.Catalog, report, "", []identify.Match{m})
}
