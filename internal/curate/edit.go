package curate

import (
	"context"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Edit lets change work on a report and writes what it changed, also its
// state. revision is that of the form the person saw. Identifier and times
// cannot be changed. Errors: NotFound, Conflict when the report is at another
// revision by now, Invalid when a value breaks a rule or nothing would change,
// and whatever change gives.
func (d *Desk) Edit(ctx context.Context, who, id string, revision int, change func(*greyshelf.Report) error, reason string) (greyshelf.Decision, error) {
	return d.edit(ctx, who, id, revision, change, reason, nil)
}

// edit is [Desk.Edit] with what a person found in the report's files.
func (d *Desk) edit(ctx context.Context, who, id string, revision int, change func(*greyshelf.Report) error, reason string, found []greyshelf.FindingSet) (greyshelf.Decision, error) {
	before, err := d.Catalog.Report(ctx, id)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	if before.Revision != revision {
		return greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Conflict, opEdit, id,
			"somebody changed the report in between (it is at revision %d, you had %d); look at it again", before.Revision, revision)
	}
	after, err := d.Catalog.Report(ctx, id) // a copy that shares nothing with before
	if err == nil {
		err = change(&after)
	}
	if err != nil {
		return greyshelf.Decision{}, err
	}
	after.ID, after.Revision, after.Created, after.Updated, after.MergedInto = before.ID, revision, before.Created, before.Updated, before.MergedInto
	if after.State != greyshelf.Withdrawn {
		after.Tombstone = "" // what is on the shelf again was not taken down
	}
	if err := d.others(ctx, before, after); err != nil {
		return greyshelf.Decision{}, err
	}
	if err := d.link(ctx, before, &after); err != nil {
		return greyshelf.Decision{}, err
	}
	if err := valid(&after, catalog.Diff(before, after)); err != nil {
		return greyshelf.Decision{}, err
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, reason), Reports: []greyshelf.Report{after}, Findings: found}
	if c.Records, err = d.bodyRecords(ctx, newAgents(before, after)); err != nil {
		return greyshelf.Decision{}, err
	}
	return d.Catalog.Commit(ctx, c)
}

const opTakeDown = "take down the report"

// longestTombstone bounds the words for everybody, in characters.
const longestTombstone = 2000

// TakeDown withdraws a report, with words for everybody who asks for it from
// now on; reason is the desk's own. What it was stays in the catalogue, and
// Undo brings it back. Errors: as of [Desk.Edit]; Invalid without words, or
// when it was merged into another.
func (d *Desk) TakeDown(ctx context.Context, who, id string, revision int, words, reason string) (greyshelf.Decision, error) {
	words = strings.TrimSpace(words)
	if n := len([]rune(words)); n == 0 || n > longestTombstone {
		return greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Invalid, opTakeDown, id, "say in at most %d characters why, for those who come to its address", longestTombstone)
	}
	return d.Edit(ctx, who, id, revision, func(r *greyshelf.Report) error {
		if r.MergedInto != "" {
			return greyshelf.Errorf(greyshelf.Invalid, opTakeDown, id, "it was merged into %s; take that one down", r.MergedInto)
		}
		r.State, r.Tombstone = greyshelf.Withdrawn, words
		return nil
	}, reason)
}

// others checks that the reports of new relations are in the library. Errors:
// Invalid.
func (d *Desk) others(ctx context.Context, before, after greyshelf.Report) error {
	for _, other := range after.Relations {
		if other.Report == "" || slices.Contains(before.Relations, other) {
			continue
		}
		_, err := d.Catalog.Report(ctx, other.Report)
		switch {
		case greyshelf.KindOf(err) == greyshelf.NotFound:
			return greyshelf.Errorf(greyshelf.Invalid, opEdit, after.ID, "there is no report %s in the library; name the other by its title", other.Report)
		case err != nil:
			return err
		}
	}
	return nil
}
