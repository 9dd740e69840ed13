package curate

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Move is a step of a report on its way through the desk.
type Move string

// The moves.
const (
	Accept      Move = "accept"       // published; one that was still to be looked at has been
	AcceptFirst Move = "accept-first" // published, and still to be looked at
	SendOn      Move = "send-on"      // to a second pair of eyes
	Refuse      Move = "refuse"       // with a reason
	Hold        Move = "hold"         // embargoed until a day
	Withdraw    Move = "withdraw"     // no longer shown; its address says why
	Archive     Move = "archive"      // kept, out of everybody's way
	TakeBack    Move = "take-back"    // a draft again
)

// Moves gives every move.
func Moves() []Move {
	return []Move{Accept, AcceptFirst, SendOn, Refuse, Hold, Withdraw, Archive, TakeBack}
}

// MovesOf gives the moves that are open to a report.
func MovesOf(r greyshelf.Report) []Move {
	var open []Move
	for _, m := range Moves() {
		if m.open(r) {
			open = append(open, m)
		}
	}
	return open
}

// open reports whether a report can make the move from where it stands.
func (m Move) open(r greyshelf.Report) bool {
	if r.MergedInto != "" {
		return false
	}
	waiting := []greyshelf.State{greyshelf.Candidate, greyshelf.Draft, greyshelf.ToReview}
	from := map[Move][]greyshelf.State{
		Accept:      slices.Concat(waiting, []greyshelf.State{greyshelf.Embargoed, greyshelf.Refused, greyshelf.Withdrawn, greyshelf.Archived}),
		AcceptFirst: slices.Concat(waiting, []greyshelf.State{greyshelf.Embargoed}),
		SendOn:      {greyshelf.Candidate, greyshelf.Draft},
		Refuse:      waiting,
		Hold:        slices.Concat(waiting, []greyshelf.State{greyshelf.Published}),
		Withdraw:    {greyshelf.Published, greyshelf.Embargoed, greyshelf.Archived},
		Archive:     {greyshelf.Published, greyshelf.Refused, greyshelf.Withdrawn},
		TakeBack:    {greyshelf.ToReview, greyshelf.Published, greyshelf.Embargoed, greyshelf.Refused, greyshelf.Withdrawn, greyshelf.Archived},
	}[m]
	if m == Accept && r.State == greyshelf.Published {
		return r.Desk.Review
	}
	return slices.Contains(from, r.State)
}

// Moving says how reports are moved.
type Moving struct {
	Move   Move
	Reason string // must be given to refuse; kept in the history
	Until  string // the day (2026-12-01, UTC) until which reports are held
	Public string // what the address of a withdrawn report says; may be empty
}

const opMove = "move the report"

// Moved gives the report as it is after the move; a pure function. Errors:
// Invalid when the report cannot make it, or something is missing.
func (m Moving) Moved(r greyshelf.Report) (greyshelf.Report, error) {
	switch {
	case !slices.Contains(Moves(), m.Move):
		return r, greyshelf.Errorf(greyshelf.Invalid, opMove, r.ID, "“%s” is not a move; there are %v", m.Move, Moves())
	case !m.Move.open(r):
		return r, greyshelf.Errorf(greyshelf.Invalid, opMove, r.ID, "it is %s and cannot be moved so", r.State)
	case m.Move == Refuse && strings.TrimSpace(m.Reason) == "":
		return r, greyshelf.Errorf(greyshelf.Invalid, opMove, r.ID, "say why it is refused")
	case m.Move == Hold && m.Until == "":
		return r, greyshelf.Errorf(greyshelf.Invalid, opMove, r.ID, "say until which day it is held; write 2026-12-01")
	}
	r.State = map[Move]greyshelf.State{
		Accept: greyshelf.Published, AcceptFirst: greyshelf.Published, SendOn: greyshelf.ToReview, Refuse: greyshelf.Refused,
		Hold: greyshelf.Embargoed, Withdraw: greyshelf.Withdrawn, Archive: greyshelf.Archived, TakeBack: greyshelf.Draft,
	}[m.Move]
	r.Desk.Review = m.Move == AcceptFirst
	r.EmbargoUntil, r.Tombstone = "", ""
	switch m.Move {
	case Hold:
		r.EmbargoUntil = m.Until
	case Withdraw:
		r.Tombstone = strings.TrimSpace(m.Public)
	}
	return r, nil
}

// Step is what a move would do to one report.
type Step struct {
	Before, After greyshelf.Report
	Problem       string // why it cannot be moved; "" = it can
}

// mostMoved bounds how many reports one decision moves.
const mostMoved = 5000

// PlanMove says what a move would do to each of the reports, without doing it.
// Errors: TooLarge, NotFound for an identifier of nothing.
func (d *Desk) PlanMove(ctx context.Context, ids []string, m Moving) ([]Step, error) {
	if len(ids) > mostMoved {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, opMove, "", "at most %d reports are moved at once", mostMoved)
	}
	var steps []Step
	for r, err := range d.Catalog.Reports(ctx, catalog.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		step := Step{Before: r}
		step.After, err = m.Moved(r)
		if err == nil {
			err = valid(&step.After, catalog.Diff(r, step.After))
		}
		if err != nil {
			step.Problem = greyshelf.ReasonOf(err)
		}
		steps = append(steps, step)
	}
	if len(steps) < len(ids) {
		return nil, greyshelf.Errorf(greyshelf.NotFound, opMove, "", "%d of the %d reports are not there", len(ids)-len(steps), len(ids))
	}
	return steps, nil
}

// MoveAll moves the reports that can make the move by one decision, which one
// undo takes back, and gives how it went for each. Errors: as of PlanMove;
// Invalid when none of them can be moved; Conflict when one was changed at the
// same moment, and nothing is moved then.
func (d *Desk) MoveAll(ctx context.Context, who string, ids []string, m Moving) ([]Step, greyshelf.Decision, error) {
	steps, err := d.PlanMove(ctx, ids, m)
	if err != nil {
		return nil, greyshelf.Decision{}, err
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, m.Reason)}
	for _, s := range steps {
		if s.Problem == "" {
			c.Reports = append(c.Reports, s.After)
		}
	}
	if len(c.Reports) == 0 {
		problem := "no report was named"
		if len(steps) > 0 {
			problem = steps[0].Problem
		}
		return steps, greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Invalid, opMove, "", "%s", problem)
	}
	decision, err := d.Catalog.Commit(ctx, c)
	return steps, decision, err
}

// Release publishes what is held until a day that has come. It gives how many
// that were. It can be called again and again.
func (d *Desk) Release(ctx context.Context) (int, error) {
	today := d.Now().UTC().Format(time.DateOnly)
	c := catalog.Commit{Decision: d.decision("greyshelf", greyshelf.ByRule, "the day has come until which it was held")}
	for r, err := range d.Catalog.Reports(ctx, catalog.Filter{States: []greyshelf.State{greyshelf.Embargoed}}) {
		if err != nil {
			return 0, err
		}
		if r.EmbargoUntil == "" || r.EmbargoUntil > today || len(c.Reports) == mostMoved {
			continue
		}
		released, err := Moving{Move: Accept}.Moved(r)
		if err != nil {
			return 0, err
		}
		released.Desk.Review = r.Desk.Review
		c.Reports = append(c.Reports, released)
	}
	if len(c.Reports) == 0 {
		return 0, nil
	}
	_, err := d.Catalog.Commit(ctx, c)
	return len(c.Reports), err
}
