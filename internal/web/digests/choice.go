package digests

import (
	"net/url"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/locale"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

const (
	mostOffered   = 300 // names that the form suggests
	mostLanguages = 24  // to be ticked
	emptyFields   = 2   // for further names
)

// choice is the part of a form in which it is said what a contact gets.
type choice struct {
	Issues, All                    bool
	Headings, Publishers, Searches []string // what is chosen, and empty fields
	Languages                      []tick
	Mails                          []tick // languages of the site
	Every                          contact.Frequency
	Frequencies                    []contact.Frequency
	OfferedHeadings, OfferedBodies []string
}

type tick struct {
	Value   string
	Checked bool
}

// choice gives the form's part for what the contact has.
func (p *Pages) choice(v *site.Visit, c contact.Contact) (choice, error) {
	hears := c.Frequency != "" || !c.Interests.None()
	view := choice{
		Issues: !c.AlertsOnly, All: hears && c.Interests.Everything(), Every: c.Frequency, Frequencies: contact.Frequencies(),
		Headings: spare(c.Interests.Headings), Publishers: spare(c.Interests.Publishers), Searches: spare(c.Interests.Searches),
	}
	if view.Every == "" {
		view.Every = contact.Weekly
	}
	for _, tag := range v.Languages() {
		view.Mails = append(view.Mails, tick{tag, tag == c.MailLanguage()})
	}
	offered, err := offers(v)
	if err != nil {
		return view, err
	}
	view.OfferedHeadings, view.OfferedBodies = offered[search.FacetSubject], offered[search.FacetPublisher]
	languages := slices.Concat(c.Languages, offered[search.FacetLanguage])
	for n, tag := range languages[:min(len(languages), mostLanguages)] {
		if !slices.Contains(languages[:n], tag) {
			view.Languages = append(view.Languages, tick{tag, slices.Contains(c.Languages, tag)})
		}
	}
	return view, nil
}

// spare gives the names with empty fields behind them.
func spare(names []string) []string {
	return append(slices.Clone(names), make([]string, emptyFields)...)
}

// offers gives the values by which public reports are found, for those who may
// read the library.
func offers(v *site.Visit) (map[string][]string, error) {
	if v.Private && v.Editor().Role < rights.Member {
		return nil, nil
	}
	answer, err := v.Search.Search(v.R.Context(), search.Ask{Grouped: true, PerReport: 1, Bare: true, Limit: 1})
	if err != nil {
		return nil, err
	}
	all := map[string][]string{}
	for facet, values := range answer.Facets {
		for _, value := range values[:min(len(values), mostOffered)] {
			all[facet] = append(all[facet], value.Value)
		}
	}
	return all, nil
}

// interests gives what a form or an address names.
func interests(form url.Values) contact.Interests {
	return contact.Interests{All: form.Get("all") != "", Headings: named(form["heading"]), Publishers: named(form["publisher"]), Searches: named(form["q"])}
}

// named gives the fields that were filled in.
func named(fields []string) []string {
	var all []string
	for _, text := range fields {
		if text = strings.TrimSpace(text); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// chosen puts what the form says into the contact, and gives what is wrong with
// it in words.
func chosen(v *site.Visit, c *contact.Contact, form url.Values) (problem string) {
	c.AlertsOnly, c.Interests, c.Languages = form.Get("issues") == "", interests(form), nil
	for _, tag := range form["languages"] {
		if isLanguage(tag) {
			c.Languages = append(c.Languages, tag)
		}
	}
	c.Language = v.Text.Tag
	if tag := form.Get("language"); slices.Contains(v.Languages(), tag) {
		c.Language = tag
	}
	c.Frequency = ""
	if !c.Interests.None() {
		c.Frequency = contact.Frequency(form.Get("frequency"))
	}
	if c.Frequency == "" && !c.Interests.None() {
		c.Frequency = contact.Weekly
	}
	for _, text := range c.Interests.Searches {
		if q, err := query.Parse(text); err != nil || q == nil { // one that asks for nothing would find everything
			return v.Text.Get("subscribe.badsearch", text)
		}
	}
	switch {
	case c.Frequency != "" && !slices.Contains(contact.Frequencies(), c.Frequency):
		return reason(greyshelf.Errorf(greyshelf.Invalid, "subscribe", "", "%q is not a frequency", c.Frequency))
	case c.AlertsOnly && c.Interests.None():
		return v.Text.Get("subscribe.nothing")
	}
	return ""
}

// isLanguage reports whether a text can be the tag of a language.
func isLanguage(tag string) bool {
	return tag != "" && len(tag) <= 35 && strings.Trim(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

// wishes says in words what a contact gets, a line each.
func wishes(text *locale.Text, c contact.Contact) []string {
	var all []string
	if !c.AlertsOnly {
		all = append(all, text.Get("subscribe.wish.issues"))
	}
	if c.Frequency == "" && c.Interests.None() {
		return all
	}
	if c.Interests.Everything() {
		all = append(all, text.Get("subscribe.wish.all"))
	}
	for _, name := range c.Interests.Headings {
		all = append(all, text.Get("subscribe.wish.heading", name))
	}
	for _, name := range c.Interests.Publishers {
		all = append(all, text.Get("subscribe.wish.publisher", name))
	}
	for _, name := range c.Interests.Searches {
		all = append(all, text.Get("subscribe.wish.search", name))
	}
	every := c.Frequency
	if every == "" {
		every = contact.Weekly
	}
	all = append(all, text.Get("subscribe.wish.frequency", text.Get("subscribe.frequency."+string(every))))
	if len(c.Languages) > 0 {
		var names []string
		for _, tag := range c.Languages {
			names = append(names, text.Or("language.", tag))
		}
		all = append(all, text.Get("subscribe.wish.languages", strings.Join(names, ", ")))
	}
	return all
}
