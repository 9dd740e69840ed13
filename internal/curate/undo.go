package curate

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

const opUndo = "undo decision"

// Undo takes a decision back by a new one: every field it changed becomes what
// it was. The report that a decision made is withdrawn instead; its record and
// its address stay. An undo can be undone. Errors: NotFound, Conflict when the
// decision is undone already or a field was changed again since (the later
// decision is named), Invalid when it changed nothing.
func (d *Desk) Undo(ctx context.Context, who, decision, reason string) (greyshelf.Decision, error) {
	past, err := d.Catalog.Decision(ctx, decision)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	if len(past.Changes) == 0 && len(past.Records) == 0 {
		return greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Invalid, opUndo, decision, "it changed nothing that could be undone")
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByUndo, reason)}
	c.Decision.Undoes = decision
	for _, id := range reports(past) {
		report, err := d.before(ctx, past, id)
		if err != nil {
			return greyshelf.Decision{}, err
		}
		c.Reports = append(c.Reports, report)
	}
	if c.Records, err = d.recordsBefore(ctx, past); err != nil {
		return greyshelf.Decision{}, err
	}
	return d.Catalog.Commit(ctx, c)
}

// reports gives the reports that a decision changed.
func reports(d greyshelf.Decision) []string {
	var ids []string
	for _, c := range d.Changes {
		if !slices.Contains(ids, c.Report) {
			ids = append(ids, c.Report)
		}
	}
	return ids
}

// before gives the report without the decision.
func (d *Desk) before(ctx context.Context, past greyshelf.Decision, id string) (greyshelf.Report, error) {
	report, err := d.Catalog.Report(ctx, id)
	if err != nil {
		return report, err
	}
	later, err := d.later(ctx, past, id)
	if err != nil {
		return report, err
	}
	if undo, ok := undoneBy(past.ID, later); ok {
		return report, greyshelf.Errorf(greyshelf.Conflict, opUndo, past.ID, "already undone by %s", described(undo))
	}
	changes := past.Changes
	if made, ok := changeOf(past, id, "state"); ok && string(made.Before) == "null" {
		// The decision made the report: nothing was before it.
		made.Before = []byte(`"` + greyshelf.Withdrawn + `"`)
		changes = append([]greyshelf.Change{made}, givenBack(past, id)...)
	}
	for _, field := range catalog.Overtaken(report, changes) {
		return report, overtaken(past, id, field, later)
	}
	return catalog.Revert(report, changes)
}

// givenBack gives what is left of a report that a split had made when the
// split is undone: its files go back, and its address leads to where they went.
func givenBack(past greyshelf.Decision, id string) []greyshelf.Change {
	editions, ok := changeOf(past, id, "editions")
	if !ok {
		return nil
	}
	for _, c := range past.Changes {
		if c.Report != id && c.Field == "editions" {
			into, _ := json.Marshal(c.Report) // a text always has a JSON form
			return []greyshelf.Change{editions, {Report: id, Field: "merged_into", Before: into, After: json.RawMessage("null")}}
		}
	}
	return nil
}

// later gives the decisions on the report after the given one, newest first.
func (d *Desk) later(ctx context.Context, past greyshelf.Decision, id string) ([]greyshelf.Decision, error) {
	all, err := d.Catalog.Decisions(ctx, id, 0)
	for i, decision := range all {
		if decision.Seq <= past.Seq {
			return all[:i], err
		}
	}
	return all, err
}

// undoneBy gives the decision that undoes the given one and is itself in
// force: an undo that was undone does not count.
func undoneBy(id string, later []greyshelf.Decision) (greyshelf.Decision, bool) {
	for _, d := range later {
		if d.Undoes != id {
			continue
		}
		if _, undone := undoneBy(d.ID, later); !undone {
			return d, true
		}
	}
	return greyshelf.Decision{}, false
}

// overtaken says which later decision stands in the way.
func overtaken(past greyshelf.Decision, report, field string, later []greyshelf.Decision) error {
	for _, d := range later {
		if _, ok := changeOf(d, report, field); ok {
			return greyshelf.Errorf(greyshelf.Conflict, opUndo, past.ID, "the field %s was changed again by %s; undo that first", field, described(d))
		}
	}
	return greyshelf.Errorf(greyshelf.Conflict, opUndo, past.ID, "the field %s was changed again", field)
}

// described names a decision in an error.
func described(d greyshelf.Decision) string {
	return "decision " + d.ID + " (" + d.Who + ", " + d.At.UTC().Format(time.DateTime) + ")"
}
