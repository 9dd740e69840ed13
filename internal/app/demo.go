package app

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// DemoDir is where demo makes its library unless told otherwise.
const DemoDir = "./greyshelf-demo"

// FillDemo puts the entries of the seed page and the sample reports into the
// library. What is there already stays, so an interrupted run is finished by
// the next.
func (l *Library) FillDemo(ctx context.Context, progress func(done, total int, what string)) error {
	samples := sample.Reports()
	entries := entry.ParseText(sample.Seed())
	total, done := len(samples)+len(entries), 0
	for _, e := range entries {
		imported := l.ImportEntry(ctx, e, "seed.txt", AddOptions{Who: "demo"})
		if imported.Err != nil {
			return imported.Err
		}
		done++
		progress(done, total, imported.Title)
	}
	for _, s := range samples {
		data, err := s.Make()
		if err != nil {
			return greyshelf.E(greyshelf.Internal, "make the sample", s.Name, err)
		}
		added := l.AddBytes(ctx, s.Source, data, AddOptions{Who: "demo"})
		if added.Err != nil {
			return greyshelf.E(greyshelf.KindOf(added.Err), "add the sample", s.Name, added.Err)
		}
		done++
		progress(done, total, s.Name)
	}
	return ctx.Err()
}
