package identify

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// batchReports is how many reports are read between two marks.
const batchReports = 50

// Indexer brings the index up to date with the catalogue. Its fields must be
// set. The mark of what is done lies in the index itself, so one that was
// deleted is filled again from the beginning.
type Indexer struct {
	Index Index
	Shelf Shelf
	// Outbox tells what changed.
	Outbox interface {
		Changed(ctx context.Context, after int64, limit int) ([]catalog.Changed, error)
	}
}

// Run takes in the keys of whatever changed since the index's mark, at most so
// many reports (0 = all), and returns when there is no more. It can be
// interrupted and repeated at any point, also by two processes at a time.
func (x Indexer) Run(ctx context.Context, most int) error {
	mark, err := x.Index.Mark(ctx)
	if err != nil {
		return err
	}
	for done := 0; most == 0 || done < most; {
		changed, err := x.Outbox.Changed(ctx, mark, batchReports)
		if err != nil || len(changed) == 0 {
			return err
		}
		var files []Keyed
		for _, c := range changed {
			if files, err = x.report(ctx, files, c.Report); err != nil {
				return err
			}
		}
		if err := x.Index.Put(ctx, files...); err != nil {
			return err
		}
		mark = changed[len(changed)-1].Mark
		done += len(changed)
		if err := x.Index.SetMark(ctx, mark); err != nil {
			return err
		}
	}
	return nil
}

// report appends the keys of a report's files. A file that it no longer holds
// is another report's, which was changed too.
func (x Indexer) report(ctx context.Context, files []Keyed, id string) ([]Keyed, error) {
	report, err := x.Shelf.Catalog.Report(ctx, id)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return files, nil
	}
	if err != nil {
		return nil, err
	}
	for _, file := range report.Files() {
		k, err := x.Shelf.Of(ctx, report, file)
		if err != nil {
			return nil, err
		}
		files = append(files, Keyed{File: file.SHA256, Keys: Keys(k)})
	}
	return files, nil
}
