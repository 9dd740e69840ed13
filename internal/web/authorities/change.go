package authorities

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type changeView struct {
	ID, Name string // empty for a new one
	Revision int
	Types    []greyshelf.AuthorityType
	Text     map[string]string // the fields by the name of their input
	Problem  string
}

// fields are the names of the inputs.
func fields() []string {
	return []string{"label", "language", "type", "variants", "labels", "links", "place", "note", "parent", "earlier", "broader", "related", "reason"}
}

// between divides the identifier of a record from its name in the form.
const between = " · "

// Change answers GET /a/ID/edit.
func (p *Page) Change(v *site.Visit) error {
	a, revision, answered, err := get(v)
	if err != nil || answered {
		return err
	}
	text, err := fill(v, a)
	if err != nil {
		return err
	}
	return v.Show(p.change, v.Text.Get("authorities.change"), changeView{ID: a.ID, Name: a.Label, Revision: revision, Types: greyshelf.AuthorityTypes(), Text: text})
}

// New answers GET /authorities/new.
func (p *Page) New(v *site.Visit) error {
	text := map[string]string{"label": v.R.URL.Query().Get("name"), "type": string(greyshelf.AuthorityBody)}
	return v.Show(p.change, v.Text.Get("authorities.new"), changeView{Types: greyshelf.AuthorityTypes(), Text: text})
}

// fill writes a record into the form.
func fill(v *site.Visit, a greyshelf.Authority) (map[string]string, error) {
	text := map[string]string{"label": a.Label, "language": a.Language, "type": string(a.Type), "place": a.Place, "note": a.Note}
	var links []string
	variants := slices.Clone(a.Variants)
	for _, link := range a.Links {
		links = append(links, string(link.Scheme)+": "+link.Value)
	}
	var labels []string
	for _, tag := range slices.Sorted(maps.Keys(a.Labels)) {
		labels = append(labels, tag+": "+a.Labels[tag])
	}
	for _, tag := range slices.Sorted(maps.Keys(a.VariantsIn)) {
		for _, form := range a.VariantsIn[tag] {
			variants = append(variants, form+" @"+tag)
		}
	}
	text["variants"], text["labels"], text["links"] = strings.Join(variants, "\n"), strings.Join(labels, "\n"), strings.Join(links, "\n")
	for name, ids := range map[string][]string{"parent": {a.Parent}, "earlier": a.Earlier, "broader": a.Broader, "related": a.Related} {
		all, err := named(v, ids)
		if err != nil {
			return nil, err
		}
		var lines []string
		for _, one := range all {
			lines = append(lines, one.ID+between+one.Label)
		}
		text[name] = strings.Join(lines, "\n")
	}
	return text, nil
}

// Save answers POST /a/ID/edit.
func (p *Page) Save(v *site.Visit) error {
	a, _, _, err := get(v)
	if err != nil {
		return err
	}
	return p.save(v, a)
}

// Add answers POST /authorities.
func (p *Page) Add(v *site.Visit) error { return p.save(v, greyshelf.Authority{}) }

func (p *Page) save(v *site.Visit, a greyshelf.Authority) error {
	sent, err := v.Form()
	if err != nil {
		return err
	}
	revision := 0
	if a.ID != "" {
		if revision, err = strconv.Atoi(sent.Get("revision")); err != nil || revision < 1 {
			return greyshelf.Errorf(greyshelf.Invalid, "edit the authority", a.ID, "the form does not say which revision it changes")
		}
	}
	name := a.Label
	if err = apply(v, sent, &a); err == nil {
		var kept greyshelf.Authority
		if kept, _, err = v.Library.Desk.PutAuthority(v.R.Context(), v.Editor().Name, a, revision, sent.Get("reason")); err == nil {
			v.WasChanged()
			return v.Redirect(http.StatusSeeOther, v.Link("/a/", kept.ID))
		}
	}
	kind := greyshelf.KindOf(err)
	if kind != greyshelf.Invalid && kind != greyshelf.Conflict {
		return err
	}
	text := map[string]string{}
	for _, field := range fields() {
		text[field] = sent.Get(field)
	}
	return v.ShowStatus(kind.HTTPStatus(), p.change, v.Text.Get("authorities.change"), changeView{ID: a.ID, Name: name, Revision: revision, Types: greyshelf.AuthorityTypes(), Text: text, Problem: greyshelf.ReasonOf(err)})
}

// apply reads the form into the record.
func apply(v *site.Visit, sent url.Values, a *greyshelf.Authority) error {
	a.Label, a.Language, a.Type, a.Place, a.Note = sent.Get("label"), strings.TrimSpace(sent.Get("language")), greyshelf.AuthorityType(sent.Get("type")), sent.Get("place"), sent.Get("note")
	a.Variants, a.VariantsIn, a.Labels, a.Links = nil, map[string][]string{}, map[string]string{}, nil
	for _, text := range lines(sent.Get("variants")) {
		if at := strings.LastIndex(text, " @"); at > 0 && isTag(text[at+2:]) {
			a.VariantsIn[text[at+2:]] = append(a.VariantsIn[text[at+2:]], text[:at])
			continue
		}
		a.Variants = append(a.Variants, text)
	}
	for _, text := range lines(sent.Get("labels")) {
		tag, label, found := strings.Cut(text, ":")
		if !found || !isTag(tag) {
			return greyshelf.Errorf(greyshelf.Invalid, "edit the authority", a.ID, "“%.100s” does not say of which language it is; write for example “fr: Désarmement”", text)
		}
		a.Labels[tag] = label
	}
	for _, text := range lines(sent.Get("links")) {
		scheme, value, found := strings.Cut(text, ":")
		if !found {
			return greyshelf.Errorf(greyshelf.Invalid, "edit the authority", a.ID, "“%.100s” does not say of which scheme it is; write for example “wikidata: Q1065”", text)
		}
		a.Links = append(a.Links, greyshelf.Identifier{Scheme: greyshelf.Scheme(strings.ToLower(strings.TrimSpace(scheme))), Value: strings.TrimSpace(value)})
	}
	var parents []string
	for name, into := range map[string]*[]string{"parent": &parents, "earlier": &a.Earlier, "broader": &a.Broader, "related": &a.Related} {
		ids, err := pointed(v, *a, lines(sent.Get(name)))
		if err != nil {
			return err
		}
		*into = ids
	}
	a.Parent = ""
	if len(parents) > 0 {
		a.Parent = parents[0]
	}
	return nil
}

func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// isTag reports whether a text looks like a language tag (BCP 47).
func isTag(text string) bool {
	first, _, _ := strings.Cut(text, "-")
	return len(first) >= 2 && len(first) <= 3 && len(text) <= 20 && strings.Trim(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// pointed finds the records that lines name: "ID · name", or a name that only
// one has.
func pointed(v *site.Visit, a greyshelf.Authority, named []string) ([]string, error) {
	var ids []string
	for _, text := range named {
		id, _, _ := strings.Cut(text, between)
		one, _, err := authority.Get(v.R.Context(), v.Catalog, id)
		if err == nil {
			ids = append(ids, one.ID)
			continue
		}
		if greyshelf.KindOf(err) != greyshelf.NotFound {
			return nil, err
		}
		find := authority.Find
		if a.Type == greyshelf.AuthorityConcept {
			find = authority.Concepts
		}
		found, err := find(v.R.Context(), v.Catalog, text)
		if err != nil {
			return nil, err
		}
		if len(found) != 1 {
			return nil, greyshelf.Errorf(greyshelf.Invalid, "edit the authority", a.ID, "%s", fmt.Sprintf("“%.100s” names %d authorities; it must be one", text, len(found)))
		}
		ids = append(ids, found[0].ID)
	}
	return ids, nil
}
