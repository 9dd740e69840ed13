package curate

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// apartKind is the kind of the records that say of two reports that they are
// not the same. Their identifier is that of both, in order, with a space.
const apartKind = "apart"

const opApart = "keep reports apart"

func apartID(a, b string) string {
	pair := []string{a, b}
	slices.Sort(pair)
	return strings.Join(pair, " ")
}

func apartRecord(id string, revision int) catalog.Record {
	pair := strings.Fields(id)
	data, _ := json.Marshal(map[string][]string{"reports": pair}) // texts always have a JSON form
	return catalog.Record{Kind: apartKind, ID: id, Keys: pair, Data: data, Revision: revision}
}

// KeepApart decides that two reports are not the same, so that nobody is
// asked again. It can be undone. Errors: NotFound, Invalid for a report and
// itself, Exists when that was decided already.
func (d *Desk) KeepApart(ctx context.Context, who, a, b, reason string) (greyshelf.Decision, error) {
	if a == b {
		return greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Invalid, opApart, a, "a report cannot be kept apart from itself")
	}
	for _, id := range []string{a, b} {
		if _, err := d.Catalog.Report(ctx, id); err != nil {
			return greyshelf.Decision{}, err
		}
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, reason), Records: []catalog.Record{apartRecord(apartID(a, b), 0)}}
	return d.Catalog.Commit(ctx, c)
}

// TakeTogether undoes that two reports are kept apart. Errors: NotFound when
// they are not.
func (d *Desk) TakeTogether(ctx context.Context, who, a, b, reason string) (greyshelf.Decision, error) {
	if _, err := d.Catalog.Record(ctx, apartKind, apartID(a, b)); err != nil {
		return greyshelf.Decision{}, err
	}
	decisions, err := d.Catalog.RecordDecisions(ctx, apartKind, apartID(a, b))
	if err != nil {
		return greyshelf.Decision{}, err
	}
	return d.Undo(ctx, who, decisions[0].ID, reason) // what is there was decided last
}

// Apart gives the reports of which the desk has said that they are not the same
// as this one.
func Apart(ctx context.Context, records catalog.Records, report string) (map[string]bool, error) {
	apart := map[string]bool{}
	for r, err := range records.Records(ctx, catalog.RecordFilter{Kind: apartKind, Key: report}) {
		if err != nil {
			return nil, err
		}
		for _, id := range strings.Fields(r.ID) {
			if id != report {
				apart[id] = true
			}
		}
	}
	return apart, nil
}
