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
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

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

// Keys gives the keys under which an authority is found: every form of its
// name, folded; and each of its links.
func Keys(a greyshelf.Authority) []string {
	seen := map[string]bool{}
	var keys []string
	add := func(key string) {
		if key != "" && len(key) <= longestKey && !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	for _, form := range append([]string{a.Label}, a.Variants...) {
		add(Fold(form))
	}
	for _, link := range a.Links {
		add("id:" + string(link.Scheme) + ":" + link.Value)
	}
	return keys
}

const longestKey = 500 // bytes; a name that is longer is no name

// Fold gives the form under which names are compared: lower case, without
// accents and punctuation, without an article before it. "RAND" and "The Rand"
// are one, "RAND Corporation" needs a variant.
func Fold(name string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == '.':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return strings.TrimPrefix(b.String(), "the ")
}

// Named gives the authorities with the name, in any of their forms.
func Named(ctx context.Context, records catalog.Records, name string) ([]greyshelf.Authority, error) {
	key := Fold(name)
	if key == "" {
		return nil, nil
	}
	return collect(records.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: key}))
}

// Suggest gives at most limit authorities of which a form begins with the
// text, in the order of that form.
func Suggest(ctx context.Context, records catalog.Records, text string, limit int) ([]greyshelf.Authority, error) {
	prefix := Fold(text)
	if prefix == "" {
		return nil, nil
	}
	return collect(records.Records(ctx, catalog.RecordFilter{Kind: Kind, Prefix: prefix, Limit: limit}))
}

// Bodies gives every authority that can publish or commission a report.
func Bodies(ctx context.Context, records catalog.Records) ([]greyshelf.Authority, error) {
	all, err := collect(records.Records(ctx, catalog.RecordFilter{Kind: Kind}))
	var bodies []greyshelf.Authority
	for _, a := range all {
		switch a.Type {
		case greyshelf.AuthorityBody, greyshelf.AuthorityIGO, greyshelf.AuthorityState, greyshelf.AuthorityGroup, greyshelf.AuthorityForum:
			bodies = append(bodies, a)
		}
	}
	return bodies, err
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
		known, err := Named(ctx, records, c.Name)
		if err != nil {
			return nil, err
		}
		if len(known) == 0 {
			missing = append(missing, greyshelf.Authority{ID: newID(), Type: greyshelf.AuthorityBody, Label: c.Name})
		}
	}
	return missing, nil
}
