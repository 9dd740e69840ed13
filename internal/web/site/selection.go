package site

import (
	"context"
	"iter"
	"net/url"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
)

// Limits of one selection.
const (
	mostPicked = 1000 // reports picked by hand
	batch      = 500  // reports asked of the index at a time
)

// Selection gives the reports that a form or an address names and the reader
// may know of: those that were picked (id), those that a search finds (q, the
// facets, report, sort), or all in order of arrival. Errors: TooLarge.
func (v *Visit) Selection(form url.Values) (iter.Seq2[greyshelf.Report, error], error) {
	ctx := v.R.Context()
	picked := form["id"]
	switch {
	case len(picked) > mostPicked:
		return nil, greyshelf.Errorf(greyshelf.TooLarge, "make a list", "", "a list has at most %d reports picked by hand", mostPicked)
	case len(picked) > 0:
		var known []string
		for _, id := range picked {
			if !slices.Contains(known, id) {
				known = append(known, id)
			}
		}
		return visible(v, v.Catalog.Reports(ctx, catalog.Filter{IDs: known})), nil
	}
	ask, asked := v.ask(form)
	if !asked {
		return visible(v, v.Catalog.Reports(ctx, catalog.Filter{States: []greyshelf.State{greyshelf.Published}})), nil
	}
	return visible(v, found(ctx, v, ask)), nil
}

// ask reads a search for reports out of a form; false where it asks for nothing.
func (v *Visit) ask(form url.Values) (search.Ask, bool) {
	ask := search.Ask{Text: form.Get("q"), Facets: map[string][]string{}, Only: form.Get("report"), Sort: search.Sort(form.Get("sort")),
		Reader: v.Reader, Grouped: true, PerReport: 1, Bare: true, Limit: batch}
	for _, name := range search.Facets() {
		if values := form[name]; len(values) > 0 {
			ask.Facets[name] = values
		}
	}
	return ask, ask.Text != "" || len(ask.Facets) > 0 || ask.Only != "" || ask.Sort != ""
}

// found gives every report that a search finds.
func found(ctx context.Context, v *Visit, ask search.Ask) iter.Seq2[greyshelf.Report, error] {
	return func(yield func(greyshelf.Report, error) bool) {
		for ; ; ask.Offset += batch {
			answer, err := v.Search.Search(ctx, ask)
			if err != nil {
				yield(greyshelf.Report{}, err)
				return
			}
			for _, hit := range answer.Hits {
				r, err := v.Catalog.Report(ctx, hit.Report)
				if greyshelf.KindOf(err) == greyshelf.NotFound {
					continue // gone since it was indexed
				}
				if !yield(r, err) {
					return
				}
			}
			if ask.Offset+batch >= answer.TotalReports {
				return
			}
		}
	}
}

// visible passes on the reports whose record the reader may see.
func visible(v *Visit, reports iter.Seq2[greyshelf.Report, error]) iter.Seq2[greyshelf.Report, error] {
	return func(yield func(greyshelf.Report, error) bool) {
		for r, err := range reports {
			if err == nil && !v.May(r, rights.Record) {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}
