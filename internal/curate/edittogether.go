package curate

import (
	"context"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Editing is what a person changed on a form of a report.
type Editing struct {
	Report   string
	Revision int // that the form was made from
	Seen     int // newest revision of which the person was told since; 0 = Revision
	Change   func(*greyshelf.Report) error
	Mine     map[string]bool // of fields in collision: true keeps my value, false theirs; absent = not decided
	Reason   string
	Found    []greyshelf.Finding // where in File the new values stand, as the person showed it
	File     string              // SHA-256
}

// Edited is what became of an [Editing].
type Edited struct {
	Decision greyshelf.Decision   // no identifier when all of it was there already
	Since    []greyshelf.Decision // what others decided since the form was made, newest first
	Base     greyshelf.Report     // what the form was made from
	Together Together             // with the collisions that are left to be decided
	Present  int                  // revision of the report that this is about
}

// EditTogether is [Desk.Edit] for a report that others may have changed since
// the form was made: what was changed by one side only is kept of both, and of
// fields that both changed the person says whose value stays. Errors: Conflict
// when that is still to be said (see Edited.Together), or once when the report
// was withdrawn, refused or merged meanwhile; else as of Edit.
func (d *Desk) EditTogether(ctx context.Context, who string, e Editing) (Edited, error) {
	var out Edited
	var err error
	for range mostTries {
		if out, err = d.editTogether(ctx, who, e); greyshelf.KindOf(err) != greyshelf.Conflict || len(out.Together.Collisions) > 0 || out.Present == e.Revision {
			break
		}
		present, readErr := d.Catalog.Report(ctx, e.Report)
		if readErr != nil || present.Revision == out.Present {
			break // it is not that somebody was quicker
		}
	}
	return out, err
}

func (d *Desk) editTogether(ctx context.Context, who string, e Editing) (Edited, error) {
	theirs, err := d.Catalog.Report(ctx, e.Report)
	if err != nil {
		return Edited{}, err
	}
	out := Edited{Base: theirs, Present: theirs.Revision}
	found, err := d.shown(ctx, e)
	if err != nil {
		return out, err
	}
	if theirs.Revision == e.Revision {
		out.Decision, err = d.edit(ctx, who, e.Report, e.Revision, e.Change, e.Reason, found)
		return out, err
	}
	decisions, err := d.Catalog.Decisions(ctx, e.Report, 0)
	if err != nil {
		return out, err
	}
	if out.Base, err = PastRevision(theirs, decisions, e.Revision); err != nil {
		return out, err
	}
	out.Since = Since(theirs, decisions, e.Revision)
	mine, err := copyOf(out.Base)
	if err == nil {
		err = e.Change(&mine)
	}
	if err != nil {
		return out, err
	}
	mine.MergedInto = out.Base.MergedInto
	if out.Together, err = MergeEdits(out.Base, mine, theirs); err != nil {
		return out, err
	}
	if err := gone(theirs, out, max(e.Seen, e.Revision)); err != nil {
		return out, err
	}
	if err := out.decide(theirs, decisions, e); err != nil || len(out.Together.Collisions) > 0 {
		return out, collision(out, err)
	}
	if len(catalog.Diff(theirs, out.Together.Report)) == 0 {
		return out, nil
	}
	take := func(r *greyshelf.Report) error { *r = out.Together.Report; return nil }
	out.Decision, err = d.edit(ctx, who, e.Report, theirs.Revision, take, e.Reason, found)
	return out, err
}

// decide puts the values into the report for which the person has decided,
// and leaves the collisions of which that cannot be said: not decided, or
// changed again since.
func (out *Edited) decide(theirs greyshelf.Report, decisions []greyshelf.Decision, e Editing) error {
	seen, err := PastRevision(theirs, decisions, max(e.Seen, e.Revision))
	if err != nil {
		return err
	}
	anew := catalog.Diff(seen, theirs)
	var left []Collision
	for _, c := range out.Together.Collisions {
		keepMine, decided := e.Mine[c.Field]
		again := slices.ContainsFunc(anew, func(a greyshelf.Change) bool { return a.Field == c.Field })
		switch {
		case !decided || again:
			left = append(left, c)
		case keepMine:
			change := []greyshelf.Change{c.TakeMine(theirs.ID)}
			if out.Together.Report, err = catalog.Apply(out.Together.Report, change); err != nil {
				return err
			}
			out.Together.Mine = append(out.Together.Mine, c.Field)
		}
	}
	out.Together.Collisions = left
	return nil
}

// collision is the error of fields of which the person must say whose value
// stays.
func collision(out Edited, err error) error {
	if err != nil {
		return err
	}
	var fields []string
	for _, c := range out.Together.Collisions {
		fields = append(fields, c.Field)
	}
	return greyshelf.Errorf(greyshelf.Conflict, opEdit, out.Base.ID, "somebody else changed %s too; say whose value stays", strings.Join(fields, ", "))
}

// gone is the error of a report that left the shelf meanwhile, which the
// person does not know yet. One that was merged into another cannot be changed.
func gone(theirs greyshelf.Report, out Edited, seen int) error {
	by := ""
	for _, d := range out.Since {
		if _, ok := changeOf(d, theirs.ID, "state"); ok {
			by = " by " + described(d)
			break
		}
	}
	switch {
	case theirs.MergedInto != "" && out.Base.MergedInto == "":
		return greyshelf.Errorf(greyshelf.Conflict, opEdit, theirs.ID, "it was merged into %s%s while you edited it; put your changes there, or undo that", theirs.MergedInto, by)
	case seen >= theirs.Revision || theirs.State == out.Base.State:
	case theirs.State == greyshelf.Withdrawn || theirs.State == greyshelf.Refused:
		return greyshelf.Errorf(greyshelf.Conflict, opEdit, theirs.ID, "it was made %s%s while you edited it; save again to keep your changes all the same", theirs.State, by)
	}
	return nil
}

// copyOf gives a copy that shares nothing with the report.
func copyOf(r greyshelf.Report) (greyshelf.Report, error) {
	fresh := greyshelf.Report{ID: r.ID, Created: r.Created, Updated: r.Updated, Revision: r.Revision}
	return catalog.Apply(fresh, catalog.Diff(greyshelf.Report{}, r))
}
