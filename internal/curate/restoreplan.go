package curate

import (
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Undoing is what undoing a decision would do now.
type Undoing struct {
	Decision greyshelf.Decision
	Reports  []UndoneReport // in the order of the decision
	Whole    bool           // it moved files between reports, or made one: all or nothing
}

// UndoneReport is what undoing a decision would do to one report.
type UndoneReport struct {
	Report  greyshelf.Report   // as it is now
	After   greyshelf.Report   // as it would be
	Changes []greyshelf.Change // from the one to the other
	Later   []Overtaken        // fields that were changed again since: they would stay
}

// Overtaken is a field that was changed again after a decision.
type Overtaken struct {
	Field string
	By    greyshelf.Decision // the newest that did
}

// Open reports whether some fields of the decision were changed again since.
func (u Undoing) Open() bool {
	return slices.ContainsFunc(u.Reports, func(r UndoneReport) bool { return len(r.Later) > 0 })
}

// PlanUndo says what undoing a decision would change, and which fields were
// changed again since. Errors: NotFound, Conflict when it is undone already,
// Invalid when it changed nothing.
func (d *Desk) PlanUndo(ctx context.Context, decision string) (Undoing, error) {
	past, err := d.Catalog.Decision(ctx, decision)
	if err != nil {
		return Undoing{}, err
	}
	if len(past.Changes) == 0 && len(past.Records) == 0 {
		return Undoing{}, greyshelf.Errorf(greyshelf.Invalid, opUndo, decision, "it changed nothing that could be undone")
	}
	plan := Undoing{Decision: past}
	moved := 0
	for _, id := range reports(past) {
		one, err := d.planUndo(ctx, past, id)
		if err != nil {
			return plan, err
		}
		plan.Reports = append(plan.Reports, one)
		if _, ok := changeOf(past, id, "editions"); ok {
			moved++
		}
		plan.Whole = plan.Whole || madeBy(past, id)
	}
	plan.Whole = plan.Whole && len(plan.Reports) == 1 || moved > 1
	return plan, nil
}

func (d *Desk) planUndo(ctx context.Context, past greyshelf.Decision, id string) (UndoneReport, error) {
	report, err := d.Catalog.Report(ctx, id)
	if err != nil {
		return UndoneReport{}, err
	}
	later, err := d.later(ctx, past, id)
	if err != nil {
		return UndoneReport{}, err
	}
	if undo, ok := undoneBy(past.ID, later); ok {
		return UndoneReport{}, greyshelf.Errorf(greyshelf.Conflict, opUndo, past.ID, "already undone by %s", described(undo))
	}
	changes := changesOf(past, id)
	if made, ok := changeOf(past, id, "state"); ok && madeBy(past, id) {
		// The decision made the report: nothing was before it.
		made.Before = []byte(`"` + greyshelf.Withdrawn + `"`)
		changes = append([]greyshelf.Change{made}, givenBack(past, id)...)
	}
	out := UndoneReport{Report: report}
	fields := catalog.Overtaken(report, changes)
	for _, field := range fields {
		out.Later = append(out.Later, Overtaken{Field: field, By: lastOn(later, id, field)})
	}
	changes = slices.DeleteFunc(changes, func(c greyshelf.Change) bool { return slices.Contains(fields, c.Field) })
	out.After, err = catalog.Revert(report, changes)
	out.Changes = catalog.Diff(report, out.After)
	return out, err
}

// madeBy reports whether a decision made the report.
func madeBy(d greyshelf.Decision, report string) bool {
	made, ok := changeOf(d, report, "state")
	return ok && string(made.Before) == "null"
}

func changesOf(d greyshelf.Decision, report string) []greyshelf.Change {
	return slices.DeleteFunc(slices.Clone(d.Changes), func(c greyshelf.Change) bool { return c.Report != report })
}

// lastOn gives the newest of the decisions, newest first, that changed the
// field; the zero decision when none did.
func lastOn(decisions []greyshelf.Decision, report, field string) greyshelf.Decision {
	for _, d := range decisions {
		if _, ok := changeOf(d, report, field); ok {
			return d
		}
	}
	return greyshelf.Decision{}
}

const opRestore = "put the earlier value back"

// MayRestore reports whether an earlier value of a field can be put back
// without the rest of the decision.
func MayRestore(field string) bool {
	return slices.Contains(catalog.Fields(), field) && !slices.Contains([]string{"editions", "merged_into", "entry"}, field)
}

// Restore gives one field of a report the value again that it had right after
// the decision with the sequence number. Errors: NotFound, Conflict when the
// report is at another revision by now, Invalid for a field that only an undo
// brings back (files, what was merged, how an entry was laid out), for a value
// that breaks a rule, and when it has that value already.
func (d *Desk) Restore(ctx context.Context, who, id string, revision int, field string, seq int64, reason string) (greyshelf.Decision, error) {
	if !MayRestore(field) {
		return greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Invalid, opRestore, id, "the field %s cannot be put back alone; undo the decision that changed it", field)
	}
	present, err := d.Catalog.Report(ctx, id)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	decisions, err := d.Catalog.Decisions(ctx, id, 0)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	past, err := Past(present, decisions, seq)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	back := slices.DeleteFunc(catalog.Diff(present, past), func(c greyshelf.Change) bool { return c.Field != field })
	change := func(r *greyshelf.Report) (err error) {
		*r, err = catalog.Apply(*r, back)
		return err
	}
	return d.Edit(ctx, who, id, revision, change, reason)
}
