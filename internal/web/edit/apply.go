package edit

import (
	"net/url"

	"github.com/greyshelf/greyshelf"
)

// Apply writes what a form sent into the report, by the names of the inputs of
// this form. Fields that were not sent stay, so a smaller form can use it.
// Errors: Invalid.
func Apply(sent url.Values, r *greyshelf.Report) error { return apply(sent, r) }
