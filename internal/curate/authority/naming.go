package authority

import (
	"context"
	"maps"
	"slices"

	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Naming gives the identifiers of the reports that point to the authority with
// the identifier, and of those that have one of the forms and point to no
// authority there: each once, in order.
func Naming(ctx context.Context, links catalog.Links, id string, forms []string) ([]string, error) {
	found := map[string]bool{}
	add := func(kind, target string) error {
		if target == "" {
			return nil
		}
		ids, err := links.Linked(ctx, catalog.Link{Kind: kind, Target: target}, 0)
		for _, id := range ids {
			found[id] = true
		}
		return err
	}
	if err := add(catalog.LinkAuthority, id); err != nil {
		return nil, err
	}
	for _, form := range forms {
		if err := add(catalog.LinkName, Fold(form)); err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}
