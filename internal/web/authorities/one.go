package authorities

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/publish/growth"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
	"github.com/greyshelf/greyshelf/internal/web/subject"
)

type oneView struct {
	greyshelf.Authority
	Name       string // in the reader's language
	Also       []form
	Relations  []relation
	Links      []outside
	Reports    []entry
	More       bool
	Feed, Full string
	Subscribe  string        // "" where mail is not set up, and for persons
	Picture    template.HTML // how the holdings grew
	Years      []growth.Year
	About      string
	History    []decision
	Revision   int
	Formats    []format
	MayChange  bool
	Desk       bool
}

// form is a form of a name with the language it is in.
type form struct {
	Text, Language string
	Variant        bool // it can be made a record of its own
}

// relation is a heading with the records under it.
type relation struct {
	Name string // "narrower", "later" …
	To   []line
}

type outside struct{ Scheme, Value, Address string }

// decision is a line of the history.
type decision struct {
	ID, Who, Method, Reason string
	At                      time.Time
}

// One answers GET /a/ID.
func (p *Page) One(v *site.Visit) error {
	a, revision, answered, err := get(v)
	if err != nil || answered {
		return err
	}
	data := oneView{Authority: a, Name: a.LabelIn(v.Text.Tag), Revision: revision, Formats: formats(), MayChange: v.MayChange(), Desk: v.Desk() || v.MayChange()}
	data.Also = formsOf(a, data.Name)
	if data.Relations, err = relations(v, a); err != nil {
		return err
	}
	for _, link := range a.Links {
		data.Links = append(data.Links, outside{string(link.Scheme), link.Value, authority.Address(link)})
	}
	if data.Reports, data.More, err = reports(v, a); err != nil {
		return err
	}
	if data.Picture, data.Years, data.About, err = grown(v, a, data.Name); err != nil {
		return err
	}
	data.Feed, data.Full = v.Link("/feed/atom?", asked(a).Encode()), v.Link("/list?", asked(a).Encode())
	if v.Post != nil && !v.ReadOnly && a.Type != greyshelf.AuthorityPerson {
		data.Subscribe = v.Link("/subscribe?", subscribed(a).Encode())
	}
	if data.Desk {
		decisions, err := v.Catalog.RecordDecisions(v.R.Context(), authority.Kind, a.ID)
		if err != nil {
			return err
		}
		for _, d := range decisions {
			data.History = append(data.History, decision{d.ID, d.Who, string(d.Method), d.Reason, d.At})
		}
	}
	return v.Show(p.one, data.Name, data)
}

// grown draws how many reports name the authority, by year of publication.
func grown(v *site.Visit, a greyshelf.Authority, name string) (template.HTML, []growth.Year, string, error) {
	ask := search.Ask{Facets: map[string][]string{search.FacetAuthority: {a.ID}}, Reader: v.Reader, Grouped: true, Bare: true, PerReport: 1, Limit: 1}
	answer, err := v.Search.Search(v.R.Context(), ask)
	if err != nil {
		return "", nil, "", err
	}
	return subject.Grown(v, name, answer)
}

// subscribed names the record on the form of who wants mail.
func subscribed(a greyshelf.Authority) url.Values {
	if a.Type == greyshelf.AuthorityConcept {
		return url.Values{"heading": {a.Label}}
	}
	return url.Values{"publisher": {a.Label}}
}

// formsOf gives the other forms of the name with their languages.
func formsOf(a greyshelf.Authority, but string) []form {
	variant, language := map[string]bool{}, map[string]string{a.Label: a.Language}
	for _, text := range a.Variants {
		variant[text] = true
	}
	for tag, text := range a.Labels {
		language[text] = tag
	}
	for tag, all := range a.VariantsIn {
		for _, text := range all {
			variant[text], language[text] = true, tag
		}
	}
	var all []form
	for _, text := range a.Forms() {
		if text != but {
			all = append(all, form{text, language[text], variant[text]})
		}
	}
	return all
}

// relations gives what the record points to and what points to it.
func relations(v *site.Visit, a greyshelf.Authority) ([]relation, error) {
	var all []relation
	add := func(name string, to []greyshelf.Authority) {
		if len(to) > 0 {
			all = append(all, relation{name, newLines(v, to)})
		}
	}
	for _, r := range []struct {
		name, inverse string
		ids           []string
		by            authority.Relation
	}{
		{"broader", "narrower", a.Broader, authority.Broader}, {"parent", "parts", []string{a.Parent}, authority.Parent},
		{"earlier", "later", a.Earlier, authority.Earlier}, {"related", "related", a.Related, authority.Related},
	} {
		pointed, err := named(v, r.ids)
		if err != nil {
			return nil, err
		}
		pointing, err := authority.Pointing(v.R.Context(), v.Catalog, r.by, a.ID)
		if err != nil {
			return nil, err
		}
		if r.name == r.inverse {
			add(r.name, once(append(pointed, pointing...)))
			continue
		}
		add(r.name, pointed)
		add(r.inverse, pointing)
	}
	return all, nil
}

func once(all []greyshelf.Authority) []greyshelf.Authority {
	seen := map[string]bool{}
	var kept []greyshelf.Authority
	for _, a := range all {
		if !seen[a.ID] {
			seen[a.ID] = true
			kept = append(kept, a)
		}
	}
	return kept
}

// named reads records; one that an undo has taken away is passed over.
func named(v *site.Visit, ids []string) ([]greyshelf.Authority, error) {
	var all []greyshelf.Authority
	for _, id := range ids {
		if id == "" {
			continue
		}
		a, _, err := authority.Get(v.R.Context(), v.Catalog, id)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// mostAsked is how many forms of a name a search is made of.
const mostAsked = 25

// asked gives the search that finds every report that names the authority.
func asked(a greyshelf.Authority) url.Values {
	forms := a.Forms()
	forms = forms[:min(len(forms), mostAsked)]
	if a.Type == greyshelf.AuthorityConcept {
		return url.Values{search.FacetSubject: forms}
	}
	var parts []string
	for _, text := range forms {
		text = strings.Join(strings.Fields(strings.NewReplacer(`"`, " ", `\`, " ").Replace(text)), " ")
		if len(text) > 150 {
			continue
		}
		parts = append(parts, `author:"`+text+`"`)
		if a.Type != greyshelf.AuthorityPerson {
			parts = append(parts, `publisher:"`+text+`"`)
		}
		if len(strings.Join(parts, " OR ")) > 1500 {
			break
		}
	}
	return url.Values{"q": {strings.Join(parts, " OR ")}}
}

// Undo answers POST /a/ID/undo.
func (p *Page) Undo(v *site.Visit) error {
	a, _, _, err := get(v)
	if err != nil {
		return err
	}
	sent, err := v.Form()
	if err != nil {
		return err
	}
	if _, err := v.Library.Desk.Undo(v.R.Context(), v.Editor().Name, sent.Get("decision"), sent.Get("reason")); err != nil {
		return err
	}
	v.WasChanged()
	return v.Redirect(http.StatusSeeOther, v.Link("/a/", a.ID))
}
