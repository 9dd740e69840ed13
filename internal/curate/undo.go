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
	return d.undo(ctx, who, decision, reason, false)
}

// UndoRest is [Desk.Undo] of a decision of which some fields were changed again
// since: those stay as they are, and the rest becomes what it was. Errors: also
// Conflict when the decision can be undone as a whole only, or nothing of it is
// left.
func (d *Desk) UndoRest(ctx context.Context, who, decision, reason string) (greyshelf.Decision, error) {
	return d.undo(ctx, who, decision, reason, true)
}

func (d *Desk) undo(ctx context.Context, who, decision, reason string, rest bool) (greyshelf.Decision, error) {
	plan, err := d.PlanUndo(ctx, decision)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByUndo, reason)}
	c.Decision.Undoes = decision
	for _, r := range plan.Reports {
		if len(r.Later) > 0 && (!rest || plan.Whole) {
			return greyshelf.Decision{}, overtaken(plan.Decision, r.Later[0])
		}
		if len(r.Changes) > 0 {
			c.Reports = append(c.Reports, r.After)
		}
	}
	if c.Records, err = d.recordsBefore(ctx, plan.Decision); err != nil {
		return greyshelf.Decision{}, err
	}
	if len(c.Reports)+len(c.Records) == 0 {
		return greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Conflict, opUndo, decision, "all that it changed was changed again since; nothing is left to undo")
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
func overtaken(past greyshelf.Decision, later Overtaken) error {
	if later.By.ID == "" {
		return greyshelf.Errorf(greyshelf.Conflict, opUndo, past.ID, "the field %s was changed again", later.Field)
	}
	return greyshelf.Errorf(greyshelf.Conflict, opUndo, past.ID, "the field %s was changed again by %s; undo that first", later.Field, described(later.By))
}

// described names a decision in an error.
func described(d greyshelf.Decision) string {
	return "decision " + d.ID + " (" + d.Who + ", " + d.At.UTC().Format(time.DateTime) + ")"
}
