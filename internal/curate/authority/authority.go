// Package authority keeps authority records: one for each named thing (person,
// body, state, instrument, place, concept …) with its preferred form and the
// other forms under which it is found.
//
// It belongs to curate: it makes the records that decisions write and reads
// them back; the describer is told the bodies among them, so that the next
// report of a publisher is recognised. It stores through the catalogue only
// (records of the kind "authority"), and decides nothing by itself.
package authority

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Kind is the kind of the records of authorities in the catalogue.
const Kind = "authority"

// Record gives the authority as the catalogue keeps it. revision is that of
// the form that was read, 0 for a new one.
func Record(a greyshelf.Authority, revision int) catalog.Record {
	data, _ := json.Marshal(a) // texts always have a JSON form
	return catalog.Record{Kind: Kind, ID: a.ID, Keys: Keys(a), Data: data, Revision: revision}
}

// Of reads a record. Errors: Internal when it holds no authority.
func Of(r catalog.Record) (greyshelf.Authority, error) {
	var a greyshelf.Authority
	if err := json.Unmarshal(r.Data, &a); err != nil {
		return a, greyshelf.E(greyshelf.Internal, "read the authority", r.ID, err)
	}
	return a, nil
}

// longestKey is in bytes; a name that is longer is no name.
const longestKey = 500

// mostWords is how many words of a name are found by their beginning.
const mostWords = 8

// Keys gives the keys under which an authority is found: every form of its
// name, folded, and each further word of it; its links; what it points to. Keys
// that are no names begin with ":", those of concepts with "#", those of a word
// within a name with "~". A merged record is found by where it went only.
func Keys(a greyshelf.Authority) []string {
	k := &keys{seen: map[string]bool{}}
	if a.MergedInto != "" {
		k.add(":merged:", a.MergedInto)
		return k.all
	}
	space := ""
	if a.Type == greyshelf.AuthorityConcept {
		space = "#"
	}
	for _, form := range a.Forms() {
		k.name(space, Fold(form))
		if core := Core(form); a.Type != greyshelf.AuthorityConcept && a.Type != greyshelf.AuthorityPerson && core != "" {
			k.add(":core:", core)
		}
	}
	for _, link := range a.Links {
		k.add(":id:", string(link.Scheme)+":"+link.Value)
	}
	k.add(":label:", Fold(a.Label))
	k.add(":type:", string(a.Type)+":"+Fold(a.Label))
	k.add(":uri:", a.URI)
	k.add(":parent:", a.Parent)
	for relation, ids := range map[string][]string{":earlier:": a.Earlier, ":broader:": a.Broader, ":related:": a.Related} {
		for _, id := range ids {
			k.add(relation, id)
		}
	}
	if a.Type == greyshelf.AuthorityConcept && len(a.Broader) == 0 {
		k.add(":top:", Fold(a.Label))
	}
	slices.Sort(k.all)
	return k.all
}

type keys struct {
	seen map[string]bool
	all  []string
}

func (k *keys) add(space, value string) {
	key := space + value
	if value != "" && len(key) <= longestKey && !k.seen[key] && len(k.all) < mostKeys {
		k.seen[key] = true
		k.all = append(k.all, key)
	}
}

// mostKeys bounds the keys of one record.
const mostKeys = 5000

// name adds a form, and what follows each of its spaces.
func (k *keys) name(space, folded string) {
	k.add(space, folded)
	for range mostWords {
		_, rest, found := strings.Cut(folded, " ")
		if !found {
			return
		}
		folded = rest
		k.add(space+"~", folded)
	}
}

// Fold gives the form under which names are compared, that of
// [catalog.Fold]; see also [Core].
func Fold(name string) string { return catalog.Fold(name) }

// Core gives the folded name of a body without the words at its end that say
// its legal form only: "RAND", "Rand Corporation" and "The RAND Corporation"
// have one core.
func Core(name string) string {
	words := strings.Fields(Fold(name))
	for len(words) > 1 && slices.Contains(legalForms(), words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// legalForms gives the words and abbreviations of company law, folded.
func legalForms() []string {
	return []string{"corporation", "corp", "incorporated", "inc", "limited", "ltd", "llc", "llp", "plc", "company", "gmbh", "ggmbh", "ev", "ag", "sa", "sas", "sarl", "asbl", "aisbl", "bv", "nv", "spa", "srl", "oyj", "ab"}
}

// Named gives the authorities but concepts with the name, in any of their
// forms.
func Named(ctx context.Context, records catalog.Records, name string) ([]greyshelf.Authority, error) {
	return keyed(ctx, records, Fold(name), "")
}

// Concepts gives the concepts with the label, in any language.
func Concepts(ctx context.Context, records catalog.Records, label string) ([]greyshelf.Authority, error) {
	return keyed(ctx, records, Fold(label), "#")
}

// Find gives the bodies with the name; without any those whose name differs by
// the legal form only, see [Core].
func Find(ctx context.Context, records catalog.Records, name string) ([]greyshelf.Authority, error) {
	found, err := Named(ctx, records, name)
	if err != nil || len(found) > 0 {
		return found, err
	}
	return keyed(ctx, records, Core(name), ":core:")
}

// Linked gives the authorities with the identifier.
func Linked(ctx context.Context, records catalog.Records, id greyshelf.Identifier) ([]greyshelf.Authority, error) {
	return keyed(ctx, records, string(id.Scheme)+":"+id.Value, ":id:")
}

// WithURI gives the concepts that were imported under the address.
func WithURI(ctx context.Context, records catalog.Records, uri string) ([]greyshelf.Authority, error) {
	return keyed(ctx, records, uri, ":uri:")
}

// Relation is one by which a record points to another.
type Relation string

// The relations.
const (
	Parent  Relation = "parent"
	Earlier Relation = "earlier"
	Broader Relation = "broader"
	Related Relation = "related"
	Merged  Relation = "merged"
)

// Pointing gives the records that point to the one with the identifier: with
// [Broader] its narrower concepts, with [Parent] its parts, with [Earlier] its
// later names, with [Merged] those merged into it. In the order of their names.
func Pointing(ctx context.Context, records catalog.Records, relation Relation, id string) ([]greyshelf.Authority, error) {
	all, err := keyed(ctx, records, id, ":"+string(relation)+":")
	slices.SortStableFunc(all, func(a, b greyshelf.Authority) int { return strings.Compare(Fold(a.Label), Fold(b.Label)) })
	return all, err
}

func keyed(ctx context.Context, records catalog.Records, value, space string) ([]greyshelf.Authority, error) {
	if value == "" || len(space)+len(value) > longestKey {
		return nil, nil
	}
	return collect(records.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: space + value}))
}

// Class is what is asked for: things that have names, or subjects.
type Class string

// The classes.
const (
	Names    Class = ""  // persons, bodies, states, places …
	Subjects Class = "#" // concepts
)

// Suggest gives at most limit authorities of which a form begins with the
// text, in the order of that form; after them those of which a later word of a
// form does. Letter case and accents do not matter.
func Suggest(ctx context.Context, records catalog.Records, class Class, text string, limit int) ([]greyshelf.Authority, error) {
	prefix := Fold(text)
	if prefix == "" || len(prefix) > longestKey || limit <= 0 {
		return nil, nil
	}
	all, err := collect(records.Records(ctx, catalog.RecordFilter{Kind: Kind, Prefix: string(class) + prefix, Limit: limit}))
	if err != nil || len(all) >= limit {
		return all, err
	}
	within, err := collect(records.Records(ctx, catalog.RecordFilter{Kind: Kind, Prefix: string(class) + "~" + prefix, Limit: limit}))
	for _, a := range within {
		if len(all) < limit && !slices.ContainsFunc(all, func(has greyshelf.Authority) bool { return has.ID == a.ID }) {
			all = append(all, a)
		}
	}
	return all, err
}

// List gives the authorities of the type ("" = all) in the order of their
// preferred forms, limit of them from the offset on.
func List(ctx context.Context, records catalog.Records, of greyshelf.AuthorityType, offset, limit int) ([]greyshelf.Authority, error) {
	f := catalog.RecordFilter{Kind: Kind, Prefix: ":label:", Limit: offset + limit}
	if of != "" {
		f.Prefix = ":type:" + string(of) + ":"
	}
	if limit <= 0 {
		f.Limit = 0
	}
	all, err := collect(records.Records(ctx, f))
	return all[min(offset, len(all)):], err
}

// Top gives the concepts that have no broader one, in the order of their
// labels.
func Top(ctx context.Context, records catalog.Records) ([]greyshelf.Authority, error) {
	return collect(records.Records(ctx, catalog.RecordFilter{Kind: Kind, Prefix: ":top:"}))
}

// Get gives the authority with the identifier, also a merged one. Errors:
// NotFound.
func Get(ctx context.Context, records catalog.Records, id string) (greyshelf.Authority, int, error) {
	r, err := records.Record(ctx, Kind, id)
	if err != nil {
		return greyshelf.Authority{}, 0, err
	}
	a, err := Of(r)
	return a, r.Revision, err
}

// Bodies gives every authority that can publish or commission a report.
func Bodies(ctx context.Context, records catalog.Records) ([]greyshelf.Authority, error) {
	var bodies []greyshelf.Authority
	for _, of := range []greyshelf.AuthorityType{greyshelf.AuthorityBody, greyshelf.AuthorityIGO, greyshelf.AuthorityState, greyshelf.AuthorityGroup, greyshelf.AuthorityForum} {
		some, err := List(ctx, records, of, 0, 0)
		if err != nil {
			return nil, err
		}
		bodies = append(bodies, some...)
	}
	slices.SortFunc(bodies, func(a, b greyshelf.Authority) int { return strings.Compare(a.ID, b.ID) })
	return bodies, nil
}

func collect(records func(func(catalog.Record, error) bool)) ([]greyshelf.Authority, error) {
	var all []greyshelf.Authority
	for r, err := range records {
		if err != nil {
			return all, err
		}
		a, err := Of(r)
		if err != nil {
			return all, err
		}
		all = append(all, a)
	}
	return all, nil
}

// Missing gives new authorities for the bodies among the agents that no
// authority names yet. newID gives their identifiers.
func Missing(ctx context.Context, records catalog.Records, agents []greyshelf.Contribution, newID func() string) ([]greyshelf.Authority, error) {
	var missing []greyshelf.Authority
	seen := map[string]bool{}
	for _, c := range agents {
		key := Fold(c.Name)
		if c.Kind != greyshelf.Body || key == "" || len(key) > longestKey || seen[key] {
			continue
		}
		seen[key] = true
		known, err := Find(ctx, records, c.Name)
		if err != nil {
			return nil, err
		}
		if len(known) == 0 {
			missing = append(missing, greyshelf.Authority{ID: newID(), Type: greyshelf.AuthorityBody, Label: c.Name})
		}
	}
	return missing, nil
}
