package search

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// Limits of what the indexer holds in memory at a time; one report may be
// larger.
const (
	batchReports = 200
	batchText    = 24 << 20 // bytes
)

// Changes is what the indexer reads of the catalogue.
type Changes interface {
	catalog.Reader
	Changed(ctx context.Context, after int64, limit int) ([]catalog.Changed, error)
}

// Indexer brings the index up to date with the catalogue. Its fields but Names
// must be set. The mark of what is done lies in the index itself, so an index that was
// deleted is filled again from the beginning.
type Indexer struct {
	Index   Index
	Catalog Changes
	Pages   pages.Store
	// Names gives what the authorities say of a report; nil where there are none.
	Names func(ctx context.Context, r greyshelf.Report) (Names, error)
}

// Run indexes whatever changed since the index's mark and returns when there
// is no more. It can be interrupted and repeated at any point. progress, which
// may be nil, is told how many of how many reports are done; the total grows
// when more arrive meanwhile.
func (x *Indexer) Run(ctx context.Context, progress func(done, total int)) error {
	mark, err := x.Index.Mark(ctx)
	if err != nil {
		return err
	}
	return x.from(ctx, mark, progress)
}

// Again indexes reports again that have not changed themselves, but whose names
// have. It can be interrupted and repeated at any point.
func (x *Indexer) Again(ctx context.Context, ids []string) error {
	mark, err := x.Index.Mark(ctx)
	if err != nil {
		return err
	}
	var all []catalog.Changed
	for _, id := range ids {
		all = append(all, catalog.Changed{Report: id, Mark: mark})
	}
	for len(all) > 0 {
		n, err := x.batch(ctx, all[:min(len(all), batchReports)])
		if err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// Rebuild indexes every report again, while the index can be searched.
func (x *Indexer) Rebuild(ctx context.Context, progress func(done, total int)) error {
	return x.from(ctx, 0, progress)
}

func (x *Indexer) from(ctx context.Context, mark int64, progress func(done, total int)) error {
	if progress == nil {
		progress = func(int, int) {}
	}
	done, all := 0, 0
	if mark == 0 {
		var err error
		if all, err = x.Catalog.Count(ctx, catalog.Filter{}); err != nil {
			return err
		}
	}
	for {
		changed, err := x.Catalog.Changed(ctx, mark, batchReports)
		if err != nil || len(changed) == 0 {
			return err
		}
		for len(changed) > 0 {
			n, err := x.batch(ctx, changed)
			if err != nil {
				return err
			}
			done += n
			mark = changed[n-1].Mark
			changed = changed[n:]
			progress(done, max(all, done+len(changed)))
		}
	}
}

// batch indexes the first reports of the list, as many as are held at a time,
// and says how many.
func (x *Indexer) batch(ctx context.Context, changed []catalog.Changed) (int, error) {
	var docs []Document
	bytes := 0
	for _, c := range changed {
		doc, size, err := x.document(ctx, c.Report)
		if err != nil {
			return 0, err
		}
		docs = append(docs, doc)
		if bytes += size; bytes >= batchText {
			break
		}
	}
	return len(docs), x.Index.Put(ctx, docs, changed[len(docs)-1].Mark)
}

// document reads a report with the current text of all its files, and the
// size of the text in bytes.
func (x *Indexer) document(ctx context.Context, id string) (Document, int, error) {
	report, err := x.Catalog.Report(ctx, id)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return Document{Report: greyshelf.Report{ID: id}, Gone: true}, 0, nil
	}
	if err != nil {
		return Document{}, 0, err
	}
	if report.MergedInto != "" { // an address that leads to another report, no report to be found
		return Document{Report: report, Gone: true}, 0, nil
	}
	doc := Document{Report: report}
	if x.Names != nil {
		if doc.Names, err = x.Names(ctx, report); err != nil {
			return Document{}, 0, err
		}
	}
	size := 0
	for _, file := range report.Files() {
		language := PageLanguage(report, file.SHA256)
		for page, err := range x.Pages.Pages(ctx, file.SHA256, file.Text) {
			if greyshelf.KindOf(err) == greyshelf.NotFound {
				break // the file has no text
			}
			if err != nil {
				return Document{}, 0, err
			}
			doc.Pages = append(doc.Pages, IndexedPage{File: file.SHA256, Index: page.Index, Text: page.Text, Language: language})
			size += len(page.Text)
		}
	}
	// What an anonymous reader may not even know of is kept out of the counts,
	// too: for the index it is embargoed.
	if report.State == greyshelf.Published && !rights.May(rights.Reader{}, report, rights.Record) {
		doc.Report.State = greyshelf.Embargoed
	}
	return doc, size, nil
}
