package digest

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// Hold asks for a second pair of eyes. Errors: Invalid for an empty issue.
func (d *Desk) Hold(ctx context.Context, who rights.Reader, id string, revision int) (Issue, error) {
	return d.step(ctx, who, id, revision, func(i *Issue) error {
		if i.State != Draft {
			return wrongStep(*i)
		}
		i.State, i.HeldBy = Held, personOf(who)
		return d.full(ctx, *i)
	})
}

// Approve is the second pair of eyes: somebody else than who changed the issue
// last and who held it. Errors: Forbidden for the same person.
func (d *Desk) Approve(ctx context.Context, who rights.Reader, id string, revision int) (Issue, error) {
	return d.step(ctx, who, id, revision, func(i *Issue) error {
		if i.State != Held {
			return wrongStep(*i)
		}
		if p := personOf(who); same(p, i.EditedBy) || same(p, i.HeldBy) {
			return greyshelf.Errorf(greyshelf.Forbidden, opIssue, i.ID, "another person must look at it: you changed it yourself")
		}
		i.Approved = personOf(who)
		return d.full(ctx, *i)
	})
}

// same: without accounts everybody is who sits at the computer.
func same(a, b Person) bool { return a.ID == b.ID }

// Schedule lets the issue go out at the time; a zero time is at once. Errors:
// Invalid for an empty issue, Forbidden while another person has to approve it.
func (d *Desk) Schedule(ctx context.Context, who rights.Reader, id string, revision int, at time.Time) (Issue, error) {
	return d.step(ctx, who, id, revision, func(i *Issue) error {
		if !i.Open() {
			return wrongStep(*i)
		}
		if d.TwoPairs && i.Approved == (Person{}) {
			return greyshelf.Errorf(greyshelf.Forbidden, opIssue, i.ID, "another person must approve the issue first")
		}
		if at.IsZero() {
			at = d.Now()
		}
		i.State, i.SendAt = Scheduled, at.UTC().Truncate(time.Second)
		return d.full(ctx, *i)
	})
}

// Recall makes a held or scheduled issue a draft again; what was sent stays
// sent.
func (d *Desk) Recall(ctx context.Context, who rights.Reader, id string, revision int) (Issue, error) {
	return d.step(ctx, who, id, revision, func(i *Issue) error {
		if i.State != Held && i.State != Scheduled {
			return wrongStep(*i)
		}
		i.State, i.SendAt, i.HeldBy, i.Approved = Draft, time.Time{}, Person{}, Person{}
		return nil
	})
}

// Release makes a scheduled issue one that was sent: it gets its number, its
// page and its place in the feed. The sender calls it when its time has come
// and every contact has its sending; nothing else does. Errors: Invalid when
// nothing is left in it that everybody may see.
func (d *Desk) Release(ctx context.Context, id string) (Issue, error) {
	i, err := d.Issue(ctx, id)
	if err != nil || i.State == Sent {
		return i, err
	}
	if i.State != Scheduled {
		return i, wrongStep(i)
	}
	if i, err = d.Ready(ctx, i); err != nil {
		return i, err
	}
	i.State, i.SentAt = Sent, d.Now().UTC().Truncate(time.Second)
	return d.write(ctx, rights.Reader{Name: "local"}, i, "sent", greyshelf.ByPerson)
}

// Ready gives the issue with the number it will have, if it has anything to
// send. Errors: Invalid.
func (d *Desk) Ready(ctx context.Context, i Issue) (Issue, error) {
	if err := d.full(ctx, i); err != nil {
		return i, err
	}
	all, err := d.Issues(ctx)
	if err != nil || i.State == Sent {
		return i, err
	}
	highest, taken := 0, false
	for _, other := range all {
		if other.State == Sent {
			highest = max(highest, other.Number)
			taken = taken || other.Number == i.Number
		}
	}
	if i.Number == 0 || taken {
		i.Number = highest + 1
	}
	return i, nil
}

// Due gives the scheduled issues whose time has come, in order of that time.
func (d *Desk) Due(ctx context.Context) ([]Issue, error) {
	var due []Issue
	for r, err := range d.Catalog.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: "state:" + string(Scheduled)}) {
		if err != nil {
			return nil, err
		}
		i, err := issueOf(r)
		if err != nil {
			return nil, err
		}
		if !i.SendAt.After(d.Now()) {
			due = append(due, i)
		}
	}
	slices.SortStableFunc(due, func(a, b Issue) int { return a.SendAt.Compare(b.SendAt) })
	return due, nil
}

// step writes a change of state.
func (d *Desk) step(ctx context.Context, who rights.Reader, id string, revision int, change func(*Issue) error) (Issue, error) {
	i, err := d.at(ctx, id, revision)
	if err != nil {
		return i, err
	}
	if err := change(&i); err != nil {
		return i, err
	}
	return d.write(ctx, who, i, string(i.State), greyshelf.ByPerson)
}

func wrongStep(i Issue) error {
	return greyshelf.Errorf(greyshelf.Conflict, opIssue, i.ID, "the issue is %s; this step does not follow from there", i.State)
}

// full refuses an issue in which nothing stands that everybody may see.
func (d *Desk) full(ctx context.Context, i Issue) error {
	shown, err := d.shown(ctx, i)
	if err == nil && len(shown) == 0 {
		err = greyshelf.Errorf(greyshelf.Invalid, opIssue, i.ID, "the issue is empty: it has no report that everybody may see")
	}
	return err
}

// Undo takes a decision on an issue or a style back by a new one. Errors:
// NotFound, Conflict when it was changed again since, Invalid when the issue
// was sent.
func (d *Desk) Undo(ctx context.Context, who rights.Reader, decision string) error {
	const op = "undo decision"
	past, err := d.Catalog.Decision(ctx, decision)
	if err != nil {
		return err
	}
	var records []catalog.Record
	for _, c := range past.Records {
		if c.Kind != Kind && c.Kind != KindStyle && c.Kind != KindRules {
			return greyshelf.Errorf(greyshelf.Invalid, op, decision, "it is no decision on an issue")
		}
		record, err := d.before(ctx, c)
		if err != nil {
			return err
		}
		records = append(records, record)
	}
	if len(records) == 0 || len(past.Changes) > 0 {
		return greyshelf.Errorf(greyshelf.Invalid, op, decision, "it is no decision on an issue")
	}
	_, err = d.Catalog.Commit(ctx, catalog.Commit{
		Decision: greyshelf.Decision{ID: d.NewID(), At: d.Now(), Who: who.Name, Method: greyshelf.ByUndo, Undoes: decision},
		Records:  records,
	})
	return err
}

// before gives a record as it was before the change.
func (d *Desk) before(ctx context.Context, c greyshelf.RecordChange) (catalog.Record, error) {
	const op = "undo decision"
	present, err := d.Catalog.Record(ctx, c.Kind, c.ID)
	switch {
	case greyshelf.KindOf(err) == greyshelf.NotFound:
		present.Data = json.RawMessage("null")
	case err != nil:
		return present, err
	}
	if string(present.Data) != string(c.After) {
		return present, greyshelf.Errorf(greyshelf.Conflict, op, c.ID, "it was changed again since; undo that first")
	}
	was := catalog.Record{Kind: c.Kind, ID: c.ID, Data: c.Before, Revision: present.Revision}
	if string(c.Before) == "null" {
		return was.Drop(), notSent(present)
	}
	if c.Kind != Kind {
		return was, nil
	}
	i, err := issueOf(was)
	if err != nil {
		return was, err
	}
	return recordOf(i), notSent(present)
}

// notSent refuses to take back what readers have already.
func notSent(present catalog.Record) error {
	if present.Kind != Kind {
		return nil
	}
	i, err := issueOf(present)
	if err == nil && i.State == Sent {
		err = greyshelf.Errorf(greyshelf.Invalid, "undo decision", i.ID, "the issue was sent; that cannot be undone")
	}
	return err
}
