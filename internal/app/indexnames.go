package app

import (
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/search"
)

const (
	namesStage   = "index names" // marks up to which decision the index has the names of authorities
	renamedBatch = 200           // reports indexed again at a time
)

// catchUp indexes what has changed since the index was last written: reports,
// and then the reports whose authorities have been renamed, merged or put
// elsewhere among the subjects. Reports that change meanwhile go first.
func (x *index) catchUp(ctx context.Context, progress func(done, total int)) error {
	c := x.library.Catalog
	after, err := x.namedUpTo(ctx)
	if err != nil {
		return err
	}
	indexer := x.indexer()
	if err := indexer.Run(ctx, progress); err != nil {
		return err
	}
	for {
		ids, upTo, err := authority.Renamed(ctx, c, after, renamedBatch)
		if err != nil || upTo == after {
			return err
		}
		for some := range slices.Chunk(ids, renamedBatch) {
			indexer := x.indexer()
			if err := indexer.Again(ctx, some); err != nil {
				return err
			}
			if err := indexer.Run(ctx, progress); err != nil {
				return err
			}
		}
		if err := c.SetMark(ctx, namesStage, upTo); err != nil {
			return err
		}
		after = upTo
	}
}

// namedUpTo gives the decision up to which the index has the names. An index
// that is filled from the beginning gets the present ones.
func (x *index) namedUpTo(ctx context.Context) (int64, error) {
	c := x.library.Catalog
	indexed, err := x.open.Mark(ctx)
	if err != nil {
		return 0, err
	}
	if indexed != 0 {
		return c.Mark(ctx, namesStage)
	}
	last, err := c.Log(ctx, catalog.LogFilter{Limit: 1})
	if err != nil || len(last) == 0 {
		return 0, err
	}
	return last[0].Seq, c.SetMark(ctx, namesStage, last[0].Seq)
}

// indexer makes an indexer that takes the names from the authorities as they
// are now.
func (x *index) indexer() *search.Indexer {
	namer := authority.NewNamer(x.library.Catalog)
	return &search.Indexer{Index: x.open, Catalog: x.library.Catalog, Pages: x.library.Pages, Names: func(ctx context.Context, r greyshelf.Report) (search.Names, error) {
		agents, headings, err := namer.Report(ctx, r)
		return search.Names{Agents: named(agents), Headings: named(headings)}, err
	}}
}

func named(all []authority.Name) []search.Named {
	var names []search.Named
	for _, n := range all {
		names = append(names, search.Named{Authority: n.ID, Name: n.Label, Above: n.Above})
	}
	return names
}
