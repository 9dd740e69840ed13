package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// related is another report that this one has to do with.
type related struct {
	Key   string // of the words that say how: reportrelation.KEY in the locale files
	Title string
	Link  string // "" where it is nowhere
	Away  bool   // it is not in the library
}

// reversed begins the keys of relations that the other report states.
const reversed = "of."

// mostRelated bounds the reports that are looked up for one page.
const mostRelated = 200

// relations gives what the report states of others, and what others state of
// it or of a report that was merged into it: those that the reader may see.
func relations(v *site.Visit, r greyshelf.Report) ([]related, error) {
	var all []related
	add := func(one related) {
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	for _, other := range r.Relations {
		one := related{Key: string(other.Kind), Title: cmp.Or(other.Title, other.URL), Link: site.SafeURL(other.URL), Away: true}
		if other.Report != "" {
			there, ok, err := visible(v, other.Report)
			if err != nil {
				return nil, err
			}
			switch {
			case ok && there.ID != r.ID:
				one = related{Key: string(other.Kind), Title: v.TitleOf(there), Link: v.ReportLink(there.ID)}
			case one.Title == "":
				continue
			}
		}
		add(one)
	}
	ids, err := pointing(v, r.ID)
	if err != nil {
		return nil, err
	}
	for other, err := range v.Catalog.Reports(v.R.Context(), catalog.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		for _, said := range other.Relations {
			target, _, err := visible(v, said.Report)
			if err != nil {
				return nil, err
			}
			if target.ID == r.ID && other.ID != r.ID && other.MergedInto == "" && v.May(other, rights.Record) {
				add(related{Key: reversed + string(said.Kind), Title: v.TitleOf(other), Link: v.ReportLink(other.ID)})
			}
		}
	}
	return all, nil
}

// pointing gives the reports that point to a report, or to one that was merged
// into it.
func pointing(v *site.Visit, id string) ([]string, error) {
	merged, err := v.Catalog.Linked(v.R.Context(), catalog.Link{Kind: catalog.LinkMerged, Target: id}, mostRelated)
	if err != nil {
		return nil, err
	}
	all := []string{}
	for _, target := range append([]string{id}, merged...) {
		ids, err := v.Catalog.Linked(v.R.Context(), catalog.Link{Kind: catalog.LinkReport, Target: target}, mostRelated)
		if err != nil {
			return nil, err
		}
		all = append(all, ids...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// visible gives a report, or the one that it was merged into, if the reader may
// see its record.
func visible(v *site.Visit, id string) (greyshelf.Report, bool, error) {
	for range 10 { // merges of merges; no more are believed
		r, err := v.Catalog.Report(v.R.Context(), id)
		switch {
		case greyshelf.KindOf(err) == greyshelf.NotFound:
			return r, false, nil
		case err != nil:
			return r, false, err
		case r.MergedInto == "":
			return r, v.May(r, rights.Record), nil
		}
		id = r.MergedInto
	}
	return greyshelf.Report{}, false, nil
}

// member is a number of a series, or a gap in it.
type member struct {
	Number, Title, Link string
	Current             bool
	Gap                 string // the numbers that the library has not: "3", "5–7"
}

// Bounds of a series on the page.
const (
	mostSeries = 500 // reports that are read
	mostGap    = 200 // missing numbers in a row that are believed to be a gap
	around     = 15  // members on either side of this one
)

// series gives the numbers of the report's series that the reader may see, in
// order, with the gaps between whole numbers; nothing where it is alone in it.
func series(v *site.Visit, r greyshelf.Report) ([]member, error) {
	name := strings.TrimSpace(r.Series)
	if name == "" {
		return nil, nil
	}
	ids, err := v.Catalog.Linked(v.R.Context(), catalog.Link{Kind: catalog.LinkSeries, Target: name}, mostSeries)
	if err != nil || len(ids) < 2 {
		return nil, err
	}
	var found []greyshelf.Report
	for other, err := range v.Catalog.Reports(v.R.Context(), catalog.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		if other.MergedInto == "" && (v.May(other, rights.Record) && shelved(other) || other.ID == r.ID) {
			found = append(found, other)
		}
	}
	if len(found) < 2 {
		return nil, nil
	}
	slices.SortStableFunc(found, bySeries)
	var all []member
	for i, other := range found {
		if i > 0 {
			if gap := gapBetween(found[i-1].SeriesNumber, other.SeriesNumber); gap != "" {
				all = append(all, member{Gap: gap})
			}
		}
		all = append(all, member{Number: other.SeriesNumber, Title: v.TitleOf(other), Link: v.ReportLink(other.ID), Current: other.ID == r.ID})
	}
	at := slices.IndexFunc(all, func(m member) bool { return m.Current })
	return all[max(0, at-around):min(len(all), at+around+1)], nil
}

// shelved reports whether a report is, or is to be, on the shelf.
func shelved(r greyshelf.Report) bool {
	return r.State != greyshelf.Withdrawn && r.State != greyshelf.Refused
}

// bySeries orders by number where there is one, then by date.
func bySeries(a, b greyshelf.Report) int {
	x, okA := number(a.SeriesNumber)
	y, okB := number(b.SeriesNumber)
	switch {
	case okA && okB && x != y:
		return cmp.Compare(x, y)
	case okA != okB:
		if okA {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.SeriesNumber, b.SeriesNumber), cmp.Compare(a.Date.EDTF, b.Date.EDTF), cmp.Compare(a.ID, b.ID))
}

// number reads the number of a report in its series: "12", "No. 12".
func number(text string) (int, bool) {
	digits := strings.TrimLeft(text, "NnUuMmBbEeRrOoSs.°º№# ")
	n, err := strconv.Atoi(strings.TrimSpace(digits))
	return n, err == nil && n >= 0
}

// gapBetween gives the whole numbers that lie between two numbers; "" for none,
// and where so many are missing that they are no gap.
func gapBetween(before, after string) string {
	a, okA := number(before)
	b, okB := number(after)
	switch missing := b - a - 1; {
	case !okA || !okB || missing < 1 || missing > mostGap:
		return ""
	case missing == 1:
		return strconv.Itoa(a + 1)
	}
	return fmt.Sprintf("%d–%d", a+1, b-1)
}
