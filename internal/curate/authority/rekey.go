package authority

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// keysForm is the number of the present form of [Keys]. Records of a library
// that a program with an earlier form wrote get their keys again.
const keysForm = 2

const (
	keysStage  = "authority keys" // under which the form is marked
	rekeyBatch = 500              // records written at a time
)

// Marked is where records and marks are kept.
type Marked interface {
	catalog.Records
	Mark(ctx context.Context, stage string) (int64, error)
	SetMark(ctx context.Context, stage string, mark int64) error
}

// Rekey gives the records that an earlier program wrote the keys under which
// this one finds them; once for a library. Where somebody changes a record at
// the same moment, it is done when the library is opened the next time. Errors:
// those of the catalogue.
func Rekey(ctx context.Context, c Marked) error {
	form, err := c.Mark(ctx, keysStage)
	if err != nil || form >= keysForm {
		return err
	}
	for after := ""; ; {
		var batch []catalog.Record
		for r, err := range c.Records(ctx, catalog.RecordFilter{Kind: Kind, After: after, Limit: rekeyBatch}) {
			if err != nil {
				return err
			}
			a, err := Of(r)
			if err != nil {
				return err
			}
			r.Keys, after = Keys(a), r.ID
			batch = append(batch, r)
		}
		err := c.PutRecords(ctx, batch...)
		if kind := greyshelf.KindOf(err); err != nil && (kind == greyshelf.Conflict || kind == greyshelf.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(batch) < rekeyBatch {
			return c.SetMark(ctx, keysStage, keysForm)
		}
	}
}
