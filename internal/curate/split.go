package curate

import (
	"cmp"
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

const opSplit = "split the report"

// Split makes a report of its own of one file of a report (its SHA-256, or a
// beginning of it): described as it was found in the file, in the state of the
// report that it leaves. Undo brings the file back. Errors: NotFound, Invalid
// when it is the only file.
func (d *Desk) Split(ctx context.Context, who, id, file, reason string) (Outcome, error) {
	report, err := d.Catalog.Report(ctx, id)
	if err != nil {
		return Outcome{}, err
	}
	f, ok := report.File(file)
	switch {
	case !ok:
		return Outcome{}, greyshelf.Errorf(greyshelf.NotFound, opSplit, id, "it has no file %s", file)
	case len(report.Files()) == 1:
		return Outcome{}, greyshelf.Errorf(greyshelf.Invalid, opSplit, id, "that is its only file; there is nothing to split")
	}
	sets, err := d.Catalog.Findings(ctx, id)
	if err != nil {
		return Outcome{}, err
	}
	fresh, findings := ofItsOwn(report, f, sets)
	fresh.State = report.State
	report.Editions = without(report.Editions, f.SHA256)
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, reason)}
	for range mostTries {
		fresh.ID, c.Decision.ID = d.NewID(), d.NewID()
		c.Reports, c.Findings = []greyshelf.Report{report, fresh}, nil
		for _, set := range findings {
			set.Report = fresh.ID
			c.Findings = append(c.Findings, set)
		}
		var made greyshelf.Decision
		if made, err = d.Catalog.Commit(ctx, c); err == nil {
			return Outcome{Status: Added, Report: fresh.ID, Decision: made.ID}, nil
		}
		if greyshelf.KindOf(err) != greyshelf.Exists {
			break
		}
	}
	return Outcome{}, err
}

// ofItsOwn makes the record of a file from what was found in it; where
// nothing is kept of that, it gets the title of the report that it leaves.
func ofItsOwn(report greyshelf.Report, f greyshelf.File, sets []greyshelf.FindingSet) (greyshelf.Report, []greyshelf.FindingSet) {
	findings := slices.DeleteFunc(slices.Clone(sets), func(s greyshelf.FindingSet) bool { return s.File != f.SHA256 })
	var newest []greyshelf.Finding
	if n := len(findings); n > 0 {
		newest = findings[n-1].Findings
	}
	fresh := FromFindings(f, newest)
	fresh.Title = cmp.Or(fresh.Title, report.Title)
	for _, e := range report.Editions {
		if slices.ContainsFunc(e.Files, func(has greyshelf.File) bool { return has.SHA256 == f.SHA256 }) {
			fresh.Editions[0].Label = e.Label
			fresh.Editions[0].Language = cmp.Or(fresh.Editions[0].Language, e.Language)
			fresh.Editions[0].Date = cmp.Or(fresh.Editions[0].Date, e.Date)
		}
	}
	return fresh, findings
}

// without gives the editions without a file, and without an edition that has
// none left.
func without(editions []greyshelf.Edition, sha string) []greyshelf.Edition {
	var left []greyshelf.Edition
	for _, e := range editions {
		had := len(e.Files)
		e.Files = slices.DeleteFunc(slices.Clone(e.Files), func(f greyshelf.File) bool { return f.SHA256 == sha })
		if len(e.Files) > 0 || had == 0 {
			left = append(left, e)
		}
	}
	return left
}
