package matches

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// unchanged is how much of two pages must be the same for them not to be named:
// a running head or the number of the page may differ.
const unchanged = 0.93

// diff is what became of the pages of the other file.
type diff struct {
	Same, Changed, Come, Gone int
	Pages                     []page
	More                      int // pages that are not listed
}

// page is a page that changed, came or went; links are empty where
// there is none to be seen.
type page struct {
	Old, New         int
	OldLink, NewLink string
	Percent          int // the same
}

// newDiff puts the pages of both files side by side.
func newDiff(v *site.Visit, r, other greyshelf.Report, m identify.Found) (*diff, error) {
	shelf := identify.Shelf{Catalog: v.Catalog, Pages: v.Pages}
	texts := func(r greyshelf.Report, sha string) ([]string, error) {
		f, _ := r.File(sha)
		k, err := shelf.Of(v.R.Context(), r, f)
		return k.Pages, err
	}
	now, err := texts(r, m.For)
	if err != nil {
		return nil, err
	}
	old, err := texts(other, m.File)
	if err != nil || len(now) == 0 || len(old) == 0 {
		return nil, err
	}
	d := &diff{}
	for _, c := range identify.PageDiff(old, now) {
		one := page{Old: c.Old, New: c.New, Percent: int(100 * c.Same)}
		if c.Old > 0 && v.May(other, rights.Page) {
			one.OldLink = v.PageLink(other.ID, m.File, c.Old)
		}
		if c.New > 0 && v.May(r, rights.Page) {
			one.NewLink = v.PageLink(r.ID, m.For, c.New)
		}
		d.count(one, c.Same)
	}
	return d, nil
}

func (d *diff) count(p page, same float64) {
	switch {
	case p.New == 0:
		d.Gone++
	case p.Old == 0:
		d.Come++
	case same >= unchanged:
		d.Same++
		return
	default:
		d.Changed++
	}
	if len(d.Pages) == mostPages {
		d.More++
		return
	}
	d.Pages = append(d.Pages, p)
}
