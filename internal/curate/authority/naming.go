package authority

import (
	"context"
	"maps"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Naming gives the identifiers of the reports that point to the authority with
// the identifier, and of those that have one of the forms and point to no
// authority there: each once, in order.
func Naming(ctx context.Context, links catalog.Links, id string, forms []string) ([]string, error) {
	found := map[string]bool{}
	add := func(kind, target string) error {
		if target == "" {
			return nil
		}
		ids, err := links.Linked(ctx, catalog.Link{Kind: kind, Target: target}, 0)
		for _, id := range ids {
			found[id] = true
		}
		return err
	}
	if err := add(catalog.LinkAuthority, id); err != nil {
		return nil, err
	}
	for _, form := range forms {
		if err := add(catalog.LinkName, Fold(form)); err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// Name is a name of a report as its authority has it at present. The zero value
// stands for a name that no authority, or more than one, is known for.
type Name struct {
	ID    string
	Label string
	Above []string // identifiers of all concepts above it
}

// Namer finds the authorities of the agents and headings of reports. It
// remembers what it found: one is made for a pass over many reports and then
// thrown away. It is not safe for concurrent use.
type Namer struct {
	records catalog.Records
	byID    map[string]*greyshelf.Authority   // nil = there is none
	byName  map[string][]*greyshelf.Authority // by class and folded name
}

// NewNamer makes one that remembers nothing.
func NewNamer(records catalog.Records) *Namer {
	n := &Namer{records: records}
	n.forget()
	return n
}

// mostRemembered bounds the memory of a [Namer], in records.
const mostRemembered = 50_000

func (n *Namer) forget() {
	n.byID, n.byName = map[string]*greyshelf.Authority{}, map[string][]*greyshelf.Authority{}
}

// Report gives the present names of the agents and headings of a report, as
// many of each as it has. What points to an authority has the name of that one,
// or of the one that it was merged into; what points to none has the name of
// the only one of the right sort that is called so. A heading that is a
// preferred form in some language stays as it is; another one gets that of its
// language. Errors: those of the catalogue.
func (n *Namer) Report(ctx context.Context, r greyshelf.Report) (agents, headings []Name, err error) {
	if len(n.byID)+len(n.byName) > mostRemembered {
		n.forget()
	}
	for _, c := range r.Agents {
		a, err := n.find(ctx, Names, c.Authority, c.Name, func(a greyshelf.Authority) bool {
			return (a.Type == greyshelf.AuthorityPerson) == (c.Kind == greyshelf.Person)
		})
		if err != nil {
			return nil, nil, err
		}
		var name Name
		if a != nil {
			name = Name{ID: a.ID, Label: a.Label}
		}
		agents = append(agents, name)
	}
	for _, h := range r.Headings {
		a, err := n.find(ctx, Subjects, h.Authority, h.Label, func(greyshelf.Authority) bool { return true })
		if err != nil {
			return nil, nil, err
		}
		var name Name
		if a != nil {
			name = Name{ID: a.ID, Label: headingOf(*a, h)}
			if name.Above, err = n.above(ctx, *a); err != nil {
				return nil, nil, err
			}
		}
		headings = append(headings, name)
	}
	return agents, headings, nil
}

func headingOf(a greyshelf.Authority, h greyshelf.Heading) string {
	if h.Label == a.Label {
		return h.Label
	}
	for _, label := range a.Labels {
		if h.Label == label {
			return h.Label
		}
	}
	return a.LabelIn(h.Language)
}

// find gives the authority that a name points to, else the only one that is
// called so.
func (n *Namer) find(ctx context.Context, class Class, id, name string, right func(greyshelf.Authority) bool) (*greyshelf.Authority, error) {
	if id != "" {
		return n.get(ctx, id)
	}
	key := string(class) + Fold(name)
	all, ok := n.byName[key]
	if !ok {
		found, err := keyed(ctx, n.records, Fold(name), string(class))
		if err != nil {
			return nil, err
		}
		for i := range found {
			all = append(all, &found[i])
		}
		n.byName[key] = all
	}
	var only *greyshelf.Authority
	for _, a := range all {
		switch {
		case !right(*a):
		case only != nil:
			return nil, nil
		default:
			only = a
		}
	}
	return only, nil
}

// longestWay bounds how far it is followed where records were merged into, and
// how many concepts stand above one.
const longestWay = 64

// get gives the authority with the identifier, or the one that it was merged
// into; nil where there is none.
func (n *Namer) get(ctx context.Context, id string) (*greyshelf.Authority, error) {
	for range longestWay {
		a, ok := n.byID[id]
		if !ok {
			found, _, err := Get(ctx, n.records, id)
			if err != nil && greyshelf.KindOf(err) != greyshelf.NotFound {
				return nil, err
			}
			if err == nil {
				a = &found
			}
			n.byID[id] = a
		}
		if a == nil || a.MergedInto == "" {
			return a, nil
		}
		id = a.MergedInto
	}
	return nil, nil
}

// above gives the identifiers of all concepts above one, each once.
func (n *Namer) above(ctx context.Context, a greyshelf.Authority) ([]string, error) {
	var all []string
	next := a.Broader
	for i := 0; i < len(next) && len(all) < longestWay; i++ {
		if next[i] == a.ID || slices.Contains(all, next[i]) {
			continue
		}
		b, err := n.get(ctx, next[i])
		if err != nil {
			return nil, err
		}
		if b != nil {
			all = append(all, next[i])
			next = append(slices.Clone(next), b.Broader...)
		}
	}
	return all, nil
}
