package alert

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/rights"
)

const (
	mostPassages = 3  // of a report in an alert
	mostBroader  = 64 // concepts looked at above the headings of a report
)

// finder matches reports in one run; what it looked up it does not look up
// again for the next contact.
type finder struct {
	*Office
	terms   map[string][]string // report → headings with all that is broader
	answers map[[2]string]answer
}

type answer struct {
	found    bool
	passages []Passage
}

func (o *Office) finder() *finder {
	return &finder{Office: o, terms: map[string][]string{}, answers: map[[2]string]answer{}}
}

// match reports whether the contact wants to hear of the report, and where its
// searches were answered. Whoever names nothing hears of everything.
func (f *finder) match(ctx context.Context, c contact.Contact, r greyshelf.Report) (Entry, bool, error) {
	entry := Entry{Report: r.ID}
	if !speaks(c.Languages, r.Languages) {
		return entry, false, nil
	}
	want := c.Interests
	if want.None() {
		return entry, true, nil
	}
	matched := want.All
	if !matched && len(want.Publishers) > 0 {
		names, err := f.publishers(ctx, r)
		if err != nil {
			return entry, false, err
		}
		matched = anyOf(want.Publishers, names)
	}
	if !matched && len(want.Headings) > 0 {
		terms, err := f.headings(ctx, r)
		if err != nil {
			return entry, false, err
		}
		matched = anyOf(want.Headings, terms)
	}
	for _, query := range want.Searches {
		a, err := f.ask(ctx, query, r)
		if err != nil {
			return entry, false, err
		}
		matched = matched || a.found
		for _, p := range a.passages {
			if len(entry.Passages) < mostPassages && !slices.ContainsFunc(entry.Passages, func(has Passage) bool { return has.File == p.File && has.Page == p.Page }) {
				entry.Passages = append(entry.Passages, p)
			}
		}
	}
	return entry, matched, nil
}

// ask searches a report. A query that cannot be run finds nothing: it must not
// hold up the others.
func (f *finder) ask(ctx context.Context, query string, r greyshelf.Report) (answer, error) {
	key := [2]string{query, r.ID}
	a, known := f.answers[key]
	if known {
		return a, nil
	}
	var err error
	if a.found, a.passages, err = f.Search(ctx, query, r.ID); err != nil && greyshelf.KindOf(err) != greyshelf.Invalid {
		return a, err
	}
	if !rights.May(rights.Reader{}, r, rights.Snippet) {
		a.passages = nil
	}
	f.answers[key] = a
	return a, nil
}

// headings gives the labels and identifiers of a report's headings and of all
// that is broader, so that who wants the broader hears of the narrower.
func (f *finder) headings(ctx context.Context, r greyshelf.Report) ([]string, error) {
	if terms, known := f.terms[r.ID]; known {
		return terms, nil
	}
	var terms, above, seen []string
	for _, h := range r.Headings {
		terms = append(terms, h.Label)
		above = append(above, h.Authority)
	}
	for ; len(above) > 0 && len(seen) < mostBroader; above = above[1:] {
		id := above[0]
		if id == "" || slices.Contains(seen, id) {
			continue
		}
		seen = append(seen, id)
		a, err := f.Authority(ctx, id)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		terms = append(terms, id, a.Label)
		above = append(above, a.Broader...)
	}
	f.terms[r.ID] = terms
	return terms, nil
}

// publishers gives the names of a report's publishers, as printed and as their
// records have them, and their identifiers.
func (f *finder) publishers(ctx context.Context, r greyshelf.Report) ([]string, error) {
	var all []string
	for _, a := range r.AgentsWith(greyshelf.Publisher) {
		all = append(all, a.Name, a.Authority)
		if a.Authority == "" {
			continue
		}
		body, err := f.Authority(ctx, a.Authority)
		switch {
		case greyshelf.KindOf(err) == greyshelf.NotFound:
		case err != nil:
			return nil, err
		default:
			all = append(all, body.Label)
		}
	}
	return all, nil
}

// anyOf reports whether one of the wanted names is among those there; letter
// case and spaces do not matter.
func anyOf(wanted, there []string) bool {
	return slices.ContainsFunc(wanted, func(w string) bool {
		return w != "" && slices.ContainsFunc(there, func(t string) bool { return fold(t) == fold(w) })
	})
}

func fold(text string) string { return cases.Fold().String(strings.Join(strings.Fields(text), " ")) }

// speaks reports whether a report is in one of the languages: en takes en-GB.
// A contact that names none takes all, and a report that names none comes to
// everybody.
func speaks(wanted, there []string) bool {
	if len(wanted) == 0 || len(there) == 0 {
		return true
	}
	return slices.ContainsFunc(wanted, func(w string) bool {
		return slices.ContainsFunc(there, func(t string) bool { return base(w) == base(t) })
	})
}

func base(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil {
		return strings.ToLower(tag)
	}
	b, _ := parsed.Base()
	return b.String()
}
