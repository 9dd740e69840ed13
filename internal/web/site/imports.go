package site

import (
	"context"
	"iter"

	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
)

// Imports brings lists that the desk sends. The zero value is for a library in
// which nothing can be changed.
type Imports struct {
	Dir string // where uploads wait between the steps
	// Steps says what would become of each record.
	Steps func(ctx context.Context, in bring.Input, o bring.Options) iter.Seq2[bring.Step, error]
	// Bring carries the plan out.
	Bring func(ctx context.Context, in bring.Input, o bring.Options, order curate.Order) (curate.Import, error)
}
