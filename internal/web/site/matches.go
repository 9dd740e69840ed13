package site

import (
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/identify"
)

// Matches gives what was found for the files of a report and nobody has decided
// yet, the closest first.
func (v *Visit) Matches(r greyshelf.Report) ([]identify.Found, error) {
	found, err := identify.Kept(v.R.Context(), v.Catalog, r)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	apart, err := curate.Apart(v.R.Context(), v.Catalog, r.ID)
	return slices.DeleteFunc(found, func(m identify.Found) bool { return apart[m.Report] }), err
}
