package curate

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

// bodyRecords gives authority records for the bodies that a person or an
// import names for the first time: what the desk has called a publisher once,
// the describer knows from then on. What a describer found makes none, so that
// it is never its own witness.
func (d *Desk) bodyRecords(ctx context.Context, agents []greyshelf.Contribution) ([]catalog.Record, error) {
	missing, err := authority.Missing(ctx, d.Catalog, agents, d.NewID)
	if err != nil {
		return nil, err
	}
	var records []catalog.Record
	for _, a := range missing {
		records = append(records, authority.Record(a, 0))
	}
	return records, nil
}

// newAgents gives the agents that a change brought or renamed.
func newAgents(before, after greyshelf.Report) []greyshelf.Contribution {
	return slices.DeleteFunc(slices.Clone(after.Agents), func(c greyshelf.Contribution) bool {
		return slices.ContainsFunc(before.Agents, func(was greyshelf.Contribution) bool { return was.Name == c.Name && was.Kind == c.Kind })
	})
}

// recordsBefore gives the records that a decision changed as they were before
// it. Errors: Conflict when one was changed again since (one that the decision
// made then stays), Invalid when its kind cannot be taken back here.
func (d *Desk) recordsBefore(ctx context.Context, past greyshelf.Decision) ([]catalog.Record, error) {
	var all []catalog.Record
	for _, c := range past.Records {
		if c.Kind == importKind || c.Kind == importedKind {
			continue // what was imported is known, also when it is taken back
		}
		if c.Kind != authority.Kind && c.Kind != apartKind && c.Kind != ruleKind {
			return nil, greyshelf.Errorf(greyshelf.Invalid, opUndo, past.ID, "what it changed of a %s cannot be undone here", c.Kind)
		}
		present, err := d.Catalog.Record(ctx, c.Kind, c.ID)
		switch {
		case greyshelf.KindOf(err) == greyshelf.NotFound:
			present.Data = json.RawMessage("null")
		case err != nil:
			return nil, err
		}
		switch {
		case string(present.Data) == string(c.After):
		case string(c.Before) == "null":
			continue // it was made by the way, and is in use by now
		default:
			return nil, greyshelf.Errorf(greyshelf.Conflict, opUndo, past.ID, "the %s %s was changed again since; undo that first", c.Kind, c.ID)
		}
		record := catalog.Record{Kind: c.Kind, ID: c.ID, Revision: present.Revision}
		switch {
		case string(c.Before) == "null":
		case c.Kind == apartKind:
			record = apartRecord(c.ID, present.Revision)
		case c.Kind == ruleKind:
			record.Data = c.Before
		default:
			a, err := authority.Of(catalog.Record{ID: c.ID, Data: c.Before})
			if err != nil {
				return nil, err
			}
			record = authority.Record(a, present.Revision)
		}
		all = append(all, record)
	}
	return all, nil
}
