package app

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// DemoDir is where demo makes its library unless told otherwise.
const DemoDir = "./greyshelf-demo"

// demoStage is the mark that says that the demo has been filled.
const demoStage = "demo"

// FillDemo puts the entries of the seed page and the sample reports into the
// library, once: what a reader then changes or takes back stays so. What is
// there already is passed over, so an interrupted run is finished by the next.
func (l *Library) FillDemo(ctx context.Context, progress func(done, total int, what string)) error {
	if filled, err := l.Catalog.Mark(ctx, demoStage); err != nil || filled > 0 {
		return err
	}
	samples := sample.Reports()
	entries := entry.ParseText(sample.Seed())
	total, done := len(samples)+len(entries), 0
	if _, _, err := l.ImportStarter(ctx, false); err != nil {
		return err
	}
	for i, e := range entries {
		imported := l.ImportEntry(ctx, e, "seed.txt", AddOptions{Who: "demo"})
		if imported.Err != nil {
			return imported.Err
		}
		if err := l.index(ctx, imported.Report, sample.SeedHeadings()[i]); err != nil {
			return err
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
	if err := ctx.Err(); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "fill the demo", "", err)
	}
	return l.Catalog.SetMark(ctx, demoStage, 1)
}

// index puts a report of the demo under subjects, unless it stands there.
func (l *Library) index(ctx context.Context, id string, labels []string) error {
	r, err := l.Catalog.Report(ctx, id)
	if err != nil || len(r.Headings) > 0 {
		return err
	}
	_, err = l.Desk.Edit(ctx, "demo", id, r.Revision, func(r *greyshelf.Report) error {
		for _, label := range labels {
			r.Headings = append(r.Headings, greyshelf.Heading{Label: label, Language: "en"})
		}
		return nil
	}, "subjects of the demo")
	return err
}
