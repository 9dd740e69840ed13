package authorities

import (
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type subjectsView struct {
	Top       []*branch
	Others    []search.FacetCount // subjects in use that no concept names
	Shortened bool                // not every concept is in the tree
	MayBring  bool                // the vocabulary that comes with the program
}

// branch is a concept in the tree.
type branch struct {
	ID, Label string
	Count     int // reports with exactly this subject
	Below     int // reports with one below it, each as often as it has such
	Narrower  []*branch
}

const (
	mostBranches = 3000 // in the tree of the page
	mostOthers   = 300
	deepest      = 12
)

// Subjects answers GET /subjects.
func (p *Page) Subjects(v *site.Visit) error {
	answer, err := v.Search.Search(v.R.Context(), search.Ask{Reader: v.Reader, Grouped: true, Bare: true, PerReport: 1, Limit: 1})
	if err != nil {
		return err
	}
	concepts, err := authority.List(v.R.Context(), v.Catalog, greyshelf.AuthorityConcept, 0, 0)
	if err != nil {
		return err
	}
	t := newTree(v.Text.Tag, concepts, answer.Facets[search.FacetSubject])
	data := subjectsView{Others: t.others(answer.Facets[search.FacetSubject])}
	data.Top, data.Shortened = t.grow("", 0), false
	data.Shortened, data.MayBring = t.left <= 0, v.MayChange()
	return v.Show(p.subjects, v.Text.Get("subjects.title"), data)
}

// tree makes branches of concepts.
type tree struct {
	language string
	below    map[string][]greyshelf.Authority
	count    map[string]int  // of a concept
	named    map[string]bool // folded labels of concepts
	left     int             // branches that may still be made
}

func newTree(language string, concepts []greyshelf.Authority, counts []search.FacetCount) *tree {
	t := &tree{language: language, below: map[string][]greyshelf.Authority{}, count: map[string]int{}, named: map[string]bool{}, left: mostBranches}
	by := map[string]int{}
	for _, c := range counts {
		by[authority.Fold(c.Value)] += c.Count
	}
	for _, a := range concepts {
		counted := map[string]bool{}
		for _, form := range a.Forms() {
			folded := authority.Fold(form)
			t.named[folded] = true
			if !counted[folded] {
				counted[folded] = true
				t.count[a.ID] += by[folded]
			}
		}
		for _, above := range a.Broader {
			t.below[above] = append(t.below[above], a)
		}
		if len(a.Broader) == 0 {
			t.below[""] = append(t.below[""], a)
		}
	}
	return t
}

// grow makes the branches under a concept, in the order of their labels.
func (t *tree) grow(id string, depth int) []*branch {
	var all []*branch
	for _, a := range t.below[id] {
		if t.left--; t.left <= 0 || depth > deepest {
			break
		}
		b := &branch{ID: a.ID, Label: a.LabelIn(t.language), Count: t.count[a.ID], Narrower: t.grow(a.ID, depth+1)}
		for _, n := range b.Narrower {
			b.Below += n.Count + n.Below
		}
		all = append(all, b)
	}
	slices.SortStableFunc(all, func(a, b *branch) int { return strings.Compare(authority.Fold(a.Label), authority.Fold(b.Label)) })
	return all
}

func (t *tree) others(counts []search.FacetCount) []search.FacetCount {
	var all []search.FacetCount
	for _, c := range counts {
		if !t.named[authority.Fold(c.Value)] && len(all) < mostOthers {
			all = append(all, c)
		}
	}
	return all
}
