package curate

import (
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

// link makes the agents and headings that a person brought point to their
// authority, where exactly one of the right sort has the name. What was there
// before stays as it is.
func (d *Desk) link(ctx context.Context, before greyshelf.Report, after *greyshelf.Report) error {
	fresh := newAgents(before, *after)
	for i, c := range after.Agents {
		if c.Authority != "" || !slices.Contains(fresh, c) {
			continue
		}
		found, err := authority.Named(ctx, d.Catalog, c.Name)
		if err != nil {
			return err
		}
		found = slices.DeleteFunc(found, func(a greyshelf.Authority) bool {
			return (a.Type == greyshelf.AuthorityPerson) != (c.Kind == greyshelf.Person)
		})
		if len(found) == 1 {
			after.Agents[i].Authority = found[0].ID
		}
	}
	for i, h := range after.Headings {
		if h.Authority != "" || slices.Contains(before.Headings, h) {
			continue
		}
		found, err := authority.Concepts(ctx, d.Catalog, h.Label)
		if err != nil {
			return err
		}
		if len(found) == 1 {
			after.Headings[i].Authority = found[0].ID
		}
	}
	return nil
}
