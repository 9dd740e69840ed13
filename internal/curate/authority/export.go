package authority

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/skos"
)

// ownURI begins the addresses of records that come from no vocabulary.
const ownURI = "urn:greyshelf:authority:"

// uriOf gives the address under which a record is written: that of its
// vocabulary, else one of its own.
func uriOf(a greyshelf.Authority) string {
	if a.URI != "" {
		return a.URI
	}
	return ownURI + a.ID
}

// reach gives records by their identifier: those that are written, and those
// that they point to.
type reach struct {
	records catalog.Records
	byID    map[string]*greyshelf.Authority
}

func newReach(records catalog.Records, all []greyshelf.Authority) reach {
	r := reach{records, map[string]*greyshelf.Authority{}}
	for i := range all {
		r.byID[all[i].ID] = &all[i]
	}
	return r
}

// of gives the records with the identifiers; one that is not there is left out.
func (r reach) of(ctx context.Context, ids ...string) ([]greyshelf.Authority, error) {
	var all []greyshelf.Authority
	for _, id := range ids {
		if id == "" {
			continue
		}
		a, ok := r.byID[id]
		if !ok {
			found, _, err := Get(ctx, r.records, id)
			if err != nil && greyshelf.KindOf(err) != greyshelf.NotFound {
				return nil, err
			}
			if err == nil {
				a = &found
			}
			r.byID[id] = a
		}
		if a != nil {
			all = append(all, *a)
		}
	}
	return all, nil
}

// ExportSKOS writes every authority of the type ("" = all) as [WriteSKOS] does.
func ExportSKOS(ctx context.Context, w io.Writer, records catalog.Records, of greyshelf.AuthorityType) error {
	all, err := List(ctx, records, of, 0, 0)
	if err != nil {
		return err
	}
	return WriteSKOS(ctx, w, records, all)
}

// WriteSKOS writes authorities as SKOS concepts, in Turtle. Links become exact
// matches. Errors: those of the catalogue and of w.
func WriteSKOS(ctx context.Context, w io.Writer, records catalog.Records, all []greyshelf.Authority) error {
	known := newReach(records, all)
	v := skos.Vocabulary{Title: "Authorities"}
	for _, a := range all {
		c := skos.Concept{URI: uriOf(a), Preferred: map[string]string{a.Language: a.Label}, Alternate: map[string][]string{}, Notations: a.Notations, Note: map[string]string{}}
		maps.Copy(c.Preferred, a.Labels)
		maps.Copy(c.Alternate, a.VariantsIn)
		c.Alternate[""] = append(slices.Clone(c.Alternate[""]), a.Variants...)
		if a.Note != "" {
			c.Note[a.Language] = a.Note
		}
		for into, ids := range map[*[]string][]string{&c.Broader: a.Broader, &c.Related: append(slices.Clone(a.Related), a.Earlier...)} {
			others, err := known.of(ctx, ids...)
			if err != nil {
				return err
			}
			for _, other := range others {
				*into = append(*into, uriOf(other))
			}
		}
		for _, link := range a.Links {
			if address := Address(link); address != "" {
				c.Matches = append(c.Matches, address)
			}
		}
		v.Concepts = append(v.Concepts, c)
	}
	return skos.Write(w, v, "urn:greyshelf:authorities")
}

// Address gives where an identifier is looked up; "" for one without.
func Address(link greyshelf.Identifier) string {
	switch link.Scheme {
	case greyshelf.ROR:
		return "https://ror.org/" + strings.TrimPrefix(link.Value, "https://ror.org/")
	case greyshelf.Wikidata:
		return "http://www.wikidata.org/entity/" + link.Value
	case greyshelf.VIAF:
		return "http://viaf.org/viaf/" + link.Value
	case greyshelf.ORCID:
		return "https://orcid.org/" + link.Value
	}
	return ""
}
