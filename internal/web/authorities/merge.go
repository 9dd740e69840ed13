package authorities

import (
	"net/http"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type mergeView struct {
	ID, Name, Query string
	Found           []line       // what it could be merged into
	Into            *line        // what was chosen
	Reports         []site.Brief // that would point to it
	Split           string       // the variant that becomes a record of its own
}

// Merge answers GET /a/ID/merge: first what it may be merged into, then which
// reports are touched; or, with a variant, what dividing it off touches.
func (p *Page) Merge(v *site.Visit) error {
	a, _, answered, err := get(v)
	if err != nil || answered {
		return err
	}
	form := v.R.URL.Query()
	data := mergeView{ID: a.ID, Name: a.Label, Query: form.Get("name"), Split: form.Get("variant")}
	touching := a
	switch {
	case data.Split != "":
		touching = greyshelf.Authority{ID: a.ID, Type: a.Type, Label: data.Split}
		if _, ok := authority.Without(a, data.Split); !ok {
			return site.NotFound(v)
		}
	case form.Get("into") != "":
		into, _, err := authority.Get(v.R.Context(), v.Catalog, form.Get("into"))
		if err != nil {
			return err
		}
		l := newLine(v, into)
		data.Into = &l
	default:
		if data.Query == "" {
			data.Query = a.Label
		}
		class := authority.Names
		if a.Type == greyshelf.AuthorityConcept {
			class = authority.Subjects
		}
		found, err := authority.Suggest(v.R.Context(), v.Catalog, class, firstWord(data.Query, form.Has("name")), perPage)
		if err != nil {
			return err
		}
		for _, one := range found {
			if one.ID != a.ID {
				data.Found = append(data.Found, newLine(v, one))
			}
		}
		return v.Show(p.merge, v.Text.Get("authorities.merge"), data)
	}
	touched, err := v.Library.Desk.Touched(v.R.Context(), touching)
	if err != nil {
		return err
	}
	for _, r := range touched {
		if data.Split != "" && !namesSo(r, data.Split) {
			continue
		}
		data.Reports = append(data.Reports, v.Brief(r))
	}
	return v.Show(p.merge, v.Text.Get("authorities.merge"), data)
}

// firstWord gives what is looked for at first: records that begin like it.
func firstWord(query string, asked bool) string {
	if asked {
		return query
	}
	first, _, _ := strings.Cut(authority.Fold(query), " ")
	return first
}

// namesSo reports whether a report names an agent or subject so.
func namesSo(r greyshelf.Report, form string) bool {
	folded := authority.Fold(form)
	for _, c := range r.Agents {
		if authority.Fold(c.Name) == folded {
			return true
		}
	}
	for _, h := range r.Headings {
		if authority.Fold(h.Label) == folded {
			return true
		}
	}
	return false
}

// Decide answers POST /a/ID/merge.
func (p *Page) Decide(v *site.Visit) error {
	a, _, _, err := get(v)
	if err != nil {
		return err
	}
	sent, err := v.Form()
	if err != nil {
		return err
	}
	chosen := sent["report"]
	if chosen == nil {
		chosen = []string{} // none was left chosen
	}
	next := sent.Get("into")
	if variant := sent.Get("variant"); variant != "" {
		var apart greyshelf.Authority
		apart, _, err = v.Library.Desk.SplitAuthority(v.R.Context(), v.Editor().Name, a.ID, variant, chosen, sent.Get("reason"))
		next = apart.ID
	} else {
		_, err = v.Library.Desk.MergeAuthorities(v.R.Context(), v.Editor().Name, a.ID, next, chosen, sent.Get("reason"))
	}
	if err != nil {
		return err
	}
	v.WasChanged()
	return v.Redirect(http.StatusSeeOther, v.Link("/a/", next))
}
