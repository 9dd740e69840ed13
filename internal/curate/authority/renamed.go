package authority

import (
	"context"
	"maps"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Past is what [Renamed] reads of a catalogue.
type Past interface {
	catalog.History
	catalog.Records
	catalog.Links
}

// mostDecisions bounds how many decisions are read at a time.
const mostDecisions = 5000

// Renamed gives the reports whose [Name]s changed by what was decided on
// authorities after the decision with the number: those that name one whose
// forms, type or place among the concepts changed. It reads on until it has
// so many reports, and says up to which decision it came: the same as before
// when there was nothing more. Errors: those of the catalogue.
func Renamed(ctx context.Context, c Past, after int64, limit int) (reports []string, upTo int64, err error) {
	upTo = after
	found, read := map[string]bool{}, 0
	for d, err := range c.Chain(ctx, after) {
		if err != nil {
			return nil, after, err
		}
		for _, change := range d.Records {
			if change.Kind != Kind {
				continue
			}
			if err := renamedBy(ctx, c, change, found); err != nil {
				return nil, after, err
			}
		}
		upTo, read = d.Seq, read+1
		if len(found) >= limit || read >= mostDecisions {
			break
		}
	}
	return slices.Sorted(maps.Keys(found)), upTo, nil
}

// renamedBy adds the reports whose names one change of an authority touches.
func renamedBy(ctx context.Context, c Past, change greyshelf.RecordChange, found map[string]bool) error {
	before, err := Of(catalog.Record{ID: change.ID, Data: change.Before})
	if err != nil {
		return err
	}
	after, err := Of(catalog.Record{ID: change.ID, Data: change.After})
	if err != nil {
		return err
	}
	forms := slices.Equal(before.Forms(), after.Forms()) && before.Type == after.Type && before.MergedInto == after.MergedInto &&
		before.Language == after.Language && maps.Equal(before.Labels, after.Labels)
	if forms && slices.Equal(before.Broader, after.Broader) {
		return nil
	}
	touched := []greyshelf.Authority{{ID: change.ID, Variants: append(before.Forms(), after.Forms()...)}}
	if before.ID != "" { // nothing points to a new one
		merged, err := Pointing(ctx, c, Merged, change.ID)
		if err != nil {
			return err
		}
		touched = append(touched, merged...)
	}
	if !slices.Equal(before.Broader, after.Broader) {
		below, err := allBelow(ctx, c, change.ID)
		if err != nil {
			return err
		}
		touched = append(touched, below...)
	}
	for _, a := range touched {
		ids, err := Naming(ctx, c, a.ID, a.Forms())
		if err != nil {
			return err
		}
		for _, id := range ids {
			found[id] = true
		}
	}
	return nil
}

// allBelow gives every concept under one, each once.
func allBelow(ctx context.Context, records catalog.Records, id string) ([]greyshelf.Authority, error) {
	seen := map[string]bool{id: true}
	var all []greyshelf.Authority
	for next := []string{id}; len(next) > 0; next = next[1:] {
		below, err := Pointing(ctx, records, Broader, next[0])
		if err != nil {
			return nil, err
		}
		for _, a := range below {
			if !seen[a.ID] {
				seen[a.ID] = true
				all, next = append(all, a), append(next, a.ID)
			}
		}
	}
	return all, nil
}
