package curate

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Described is a file whose bytes and pages are kept already, with what the
// describer found in it.
type Described struct {
	File     greyshelf.File
	Findings []greyshelf.Finding // chosen ones flagged
	Method   string              // describer and version: "describe@1"
	Draft    bool                // keep the report as a draft instead of publishing it

	// Beside is what was found in other files that are kept: the landing page
	// on which the report stood. It is kept as evidence only.
	Beside []greyshelf.FindingSet
}

// Add makes a report of a described file. The same bytes are known; anything
// else is a new report, since nothing merges by itself. Errors: Unavailable.
func (d *Desk) Add(ctx context.Context, who string, in Described) (Outcome, error) {
	c := catalog.Commit{
		Decision: d.decision(who, greyshelf.ByAdd, ""),
		Findings: append(slices.Clone(in.Beside), greyshelf.FindingSet{File: in.File.SHA256, Method: in.Method, Findings: in.Findings}),
	}
	holder := func() (string, error) { return d.Catalog.Holder(ctx, in.File.SHA256) }
	switch id, err := holder(); {
	case err == nil:
		return d.again(ctx, id, c, in.Draft)
	case greyshelf.KindOf(err) != greyshelf.NotFound:
		return Outcome{}, err
	}
	in.File.Added = in.File.Added.UTC().Truncate(time.Microsecond)
	report := FromFindings(in.File, in.Findings)
	report.State = initial(in.Draft)
	c.Reports = []greyshelf.Report{report}
	return d.create(ctx, c, holder)
}

// ImportEntry makes a report of an entry of an annotated list; report is what
// package format/entry made of it. An entry with the same raw text is known,
// wherever it stood. The decision says where the entry stood, and keeps its
// raw text. Errors: Unavailable.
func (d *Desk) ImportEntry(ctx context.Context, who string, entry greyshelf.Entry, report greyshelf.Report, source greyshelf.Source, draft bool) (Outcome, error) {
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByImport, "")}
	c.Decision.Source = &source
	if source.File != "" {
		c.Decision.Reason = fmt.Sprintf("%s, line %d", source.File, source.Line)
	}
	holder := func() (string, error) { return d.Catalog.EntryHolder(ctx, entry.Layout.Raw) }
	switch id, err := holder(); {
	case err == nil:
		return d.again(ctx, id, c, draft)
	case greyshelf.KindOf(err) != greyshelf.NotFound:
		return Outcome{}, err
	}
	report.State, report.Revision = initial(draft), 0
	c.Reports = []greyshelf.Report{report}
	var err error
	if c.Records, err = d.bodyRecords(ctx, report.Agents); err != nil {
		return Outcome{}, err
	}
	return d.create(ctx, c, holder)
}
