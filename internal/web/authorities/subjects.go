package authorities

import (
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type subjectsView struct {
	Top       []*branch
	Others    []search.FacetCount // subjects in use that no concept names
	Shortened bool                // not every concept is in the tree
	MayBring  bool                // the vocabulary that comes with the program
}

// Subjects answers GET /subjects.
func (p *Page) Subjects(v *site.Visit) error {
	answer, err := v.Search.Search(v.R.Context(), search.Ask{Reader: v.Reader, Grouped: true, Bare: true, PerReport: 1, Limit: 1, Counted: []string{search.FacetAuthority, search.FacetUnder}})
	if err != nil {
		return err
	}
	concepts, err := p.vocabulary.Concepts(v.R.Context(), v.Catalog)
	if err != nil {
		return err
	}
	t := newTree(v.Text.Tag, concepts, answer.Facets)
	data := subjectsView{MayBring: v.MayChange()}
	if data.Others, err = others(v, concepts, answer.Facets[search.FacetSubject]); err != nil {
		return err
	}
	data.Top, data.Shortened = t.grow()
	return v.Show(p.subjects, v.Text.Get("subjects.title"), data)
}
