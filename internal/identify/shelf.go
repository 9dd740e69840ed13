package identify

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/pages"
)

// Shelf is the [Library] of a catalogue and its page texts.
type Shelf struct {
	Catalog catalog.Reader
	Pages   pages.Store
}

var _ Library = Shelf{}

// Known gives a file with the report that holds it now.
func (s Shelf) Known(ctx context.Context, file string) (Known, error) {
	id, err := s.Catalog.Holder(ctx, file)
	if err != nil {
		return Known{}, err
	}
	report, err := s.Catalog.Report(ctx, id)
	if err != nil {
		return Known{}, err
	}
	f, ok := report.File(file)
	if !ok { // moved just now
		return Known{}, greyshelf.Errorf(greyshelf.NotFound, "read the file", file, "no report holds it")
	}
	return s.Of(ctx, report, f)
}

// Of gives a file of a report with its texts. Of a file whose texts are not
// kept there are none.
func (s Shelf) Of(ctx context.Context, report greyshelf.Report, file greyshelf.File) (Known, error) {
	k := Known{Report: As(report, file), File: file}
	for page, err := range s.Pages.Pages(ctx, file.SHA256, file.Text) {
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			break
		}
		if err != nil {
			return Known{}, err
		}
		k.Pages = append(k.Pages, page.Text)
	}
	return k, nil
}

// As gives a report as it is for one of its files: with the date and language
// of the file's edition.
func As(report greyshelf.Report, file greyshelf.File) greyshelf.Report {
	for _, e := range report.Editions {
		for _, f := range e.Files {
			if f.SHA256 != file.SHA256 {
				continue
			}
			if e.Date.EDTF != "" {
				report.Date = e.Date
			}
			if e.Language != "" {
				report.Languages = []string{e.Language}
			}
			return report
		}
	}
	return report
}
