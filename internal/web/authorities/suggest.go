package authorities

import (
	"encoding/json"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// suggested is a name or subject that is offered while typing.
type suggested struct {
	ID    string                  `json:"id"`
	Label string                  `json:"label"`
	Type  greyshelf.AuthorityType `json:"type"`
	Form  string                  `json:"form,omitempty"`  // a form of the name that tells it apart
	Words []authority.Words       `json:"words,omitempty"` // of the report, that made the suggestion
	Like  string                  `json:"like,omitempty"`  // which reports like it were indexed so
}

const mostSuggested = 10

// Suggest answers GET /suggest/{class}: names or subjects that begin with q,
// as JSON.
func (p *Page) Suggest(v *site.Visit) error {
	class := authority.Names
	switch v.R.PathValue("class") {
	case "names":
	case "subjects":
		class = authority.Subjects
	default:
		return site.NotFound(v)
	}
	found, err := authority.Suggest(v.R.Context(), v.Catalog, class, v.R.URL.Query().Get("q"), mostSuggested)
	if err != nil {
		return err
	}
	all := []suggested{}
	for _, a := range found {
		l := newLine(v, a)
		one := suggested{ID: a.ID, Label: a.Label, Type: a.Type, Form: a.Place}
		if one.Form == "" && len(l.Also) > 0 {
			one.Form = l.Also[0]
		}
		all = append(all, one)
	}
	return send(v, all)
}

// like says which reports were indexed with a suggested subject; "" for none.
func like(v *site.Visit, reports []authority.Indexed) string {
	if len(reports) == 0 {
		return ""
	}
	var titles []string
	for _, r := range reports[:min(len(reports), 2)] {
		titles = append(titles, r.Title)
	}
	if len(reports) > 2 {
		titles = append(titles, "…")
	}
	return v.Text.Get("edit.headings.like", strings.Join(titles, "; "))
}

// Headings answers GET /r/ID/headings: subjects that the words of the report
// suggest, and those of reports that are like it, as JSON.
func (p *Page) Headings(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	all := []suggested{}
	if v.Library.Headings != nil {
		found, err := v.Library.Headings(v.R.Context(), r.ID)
		if err != nil {
			return err
		}
		for _, s := range found {
			label := s.Authority.Label
			if len(r.Languages) > 0 {
				label = s.Authority.LabelIn(r.Languages[0])
			}
			all = append(all, suggested{ID: s.Authority.ID, Label: label, Type: s.Authority.Type, Words: s.Words, Like: like(v, s.Reports)})
		}
	}
	return send(v, all)
}

func send(v *site.Visit, answer any) error {
	h := v.W.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	return json.NewEncoder(v.W).Encode(answer)
}
