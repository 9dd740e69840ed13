package authorities

import (
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// branch is a concept in the tree.
type branch struct {
	ID, Label string
	Count     int // reports with exactly this subject
	All       int // reports with it or one below it, each once
	Narrower  []*branch
	More      bool // there are narrower ones that are not shown
}

const (
	mostBranches = 3000 // in the tree of the page
	mostOthers   = 300
	deepest      = 12
)

// tree makes branches of concepts.
type tree struct {
	language   string
	below      map[string][]*greyshelf.Authority // by the identifier of the broader one; "" = top
	count, all map[string]int                    // reports, by the identifier of the concept
}

func newTree(language string, concepts []greyshelf.Authority, counts map[string][]search.FacetCount) *tree {
	t := &tree{language: language, below: map[string][]*greyshelf.Authority{}, count: map[string]int{}, all: map[string]int{}}
	for _, c := range counts[search.FacetAuthority] {
		t.count[c.Value] = c.Count
	}
	for _, c := range counts[search.FacetUnder] {
		t.all[c.Value] = c.Count
	}
	for i := range concepts {
		a := &concepts[i]
		for _, above := range a.Broader {
			t.below[above] = append(t.below[above], a)
		}
		if len(a.Broader) == 0 {
			t.below[""] = append(t.below[""], a)
		}
	}
	return t
}

// grow makes the branches, in the order of their labels: level by level, so
// that of a vocabulary too large for a page the upper levels are shown. It says
// whether some are left out.
func (t *tree) grow() (top []*branch, shortened bool) {
	top = t.narrower("")
	if len(top) > mostBranches {
		return top[:mostBranches], true
	}
	left := mostBranches - len(top)
	level := top
	for depth := 0; len(level) > 0; depth++ {
		var next []*branch
		for _, b := range level {
			n := len(t.below[b.ID])
			if n == 0 {
				continue
			}
			if n > left || depth == deepest {
				b.More, shortened = true, true
				continue
			}
			left -= n
			b.Narrower = t.narrower(b.ID)
			next = append(next, b.Narrower...)
		}
		level = next
	}
	return top, shortened
}

// narrower gives the branches of the concepts under one, without what is below
// them.
func (t *tree) narrower(id string) []*branch {
	type filed struct {
		key string
		*branch
	}
	var keyed []filed
	for _, a := range t.below[id] {
		label := a.LabelIn(t.language)
		keyed = append(keyed, filed{authority.Fold(label), &branch{ID: a.ID, Label: label, Count: t.count[a.ID], All: t.all[a.ID]}})
	}
	slices.SortStableFunc(keyed, func(a, b filed) int { return strings.Compare(a.key, b.key) })
	var all []*branch
	for _, k := range keyed {
		all = append(all, k.branch)
	}
	return all
}

// others gives the subjects in use that no concept names.
func others(v *site.Visit, concepts []greyshelf.Authority, counts []search.FacetCount) ([]search.FacetCount, error) {
	if len(counts) == 0 {
		return nil, nil
	}
	named := map[string]bool{}
	for _, a := range concepts {
		named[a.Label] = true
	}
	var all []search.FacetCount
	for _, c := range counts[:min(len(counts), mostLooked)] {
		if named[c.Value] || len(all) == mostOthers {
			continue
		}
		found, err := authority.Concepts(v.R.Context(), v.Catalog, c.Value)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			all = append(all, c)
		}
	}
	return all, nil
}
