package authority

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/skos"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// uriOf gives the address under which a record is written: that of its
// vocabulary, else one of its own.
func uriOf(id string, uris map[string]string) string {
	if uri := uris[id]; uri != "" {
		return uri
	}
	return "urn:greyshelf:authority:" + id
}

// ExportSKOS writes every authority of the type ("" = all) as a SKOS concept,
// in Turtle. Links become exact matches. Errors: those of the catalogue and
// of w.
func ExportSKOS(ctx context.Context, w io.Writer, records catalog.Records, of greyshelf.AuthorityType) error {
	all, err := List(ctx, records, of, 0, 0)
	if err != nil {
		return err
	}
	uris := map[string]string{}
	for _, a := range all {
		uris[a.ID] = a.URI
	}
	v := skos.Vocabulary{Title: "Authorities"}
	for _, a := range all {
		c := skos.Concept{URI: uriOf(a.ID, uris), Preferred: map[string]string{a.Language: a.Label}, Alternate: map[string][]string{}, Notations: a.Notations, Note: map[string]string{}}
		maps.Copy(c.Preferred, a.Labels)
		maps.Copy(c.Alternate, a.VariantsIn)
		c.Alternate[""] = append(c.Alternate[""], a.Variants...)
		if a.Note != "" {
			c.Note[a.Language] = a.Note
		}
		for _, id := range a.Broader {
			c.Broader = append(c.Broader, uriOf(id, uris))
		}
		for _, id := range append(slices.Clone(a.Related), a.Earlier...) {
			c.Related = append(c.Related, uriOf(id, uris))
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

// ExportMARC writes every authority of the type ("" = all) as a MARC 21
// authority record, in MARCXML. Errors: those of the catalogue and of w.
func ExportMARC(ctx context.Context, w io.Writer, records catalog.Records, of greyshelf.AuthorityType) error {
	all, err := List(ctx, records, of, 0, 0)
	if err != nil {
		return err
	}
	byID := map[string]greyshelf.Authority{}
	for _, a := range all {
		byID[a.ID] = a
	}
	var out []marc.Record
	for _, a := range all {
		out = append(out, marcOf(a, byID))
	}
	return xmltree.Document(w, marc.Collection(out...))
}

// tagOf gives the last two digits of the heading's tag (MARC 21 Format for
// Authority Data, 1XX) and its first indicator.
func tagOf(of greyshelf.AuthorityType) (tag string, ind1 byte) {
	switch of {
	case greyshelf.AuthorityPerson:
		return "00", '0'
	case greyshelf.AuthorityForum:
		return "11", '2'
	case greyshelf.AuthorityInstrument:
		return "30", ' '
	case greyshelf.AuthorityState, greyshelf.AuthorityPlace:
		return "51", ' '
	case greyshelf.AuthorityConcept:
		return "50", ' '
	}
	return "10", '2'
}

func marcOf(a greyshelf.Authority, byID map[string]greyshelf.Authority) marc.Record {
	r := marc.Record{Leader: "00000nz  a2200000n  4500", Fields: []marc.Field{{Tag: "001", Value: a.ID}}}
	field := func(tag string, ind1, ind2 byte, pairs ...string) {
		f := marc.Field{Tag: tag, Ind1: ind1, Ind2: ind2}
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i+1] != "" {
				f.Subfields = append(f.Subfields, marc.Subfield{Code: pairs[i][0], Text: pairs[i+1]})
			}
		}
		if len(f.Subfields) > 0 {
			r.Fields = append(r.Fields, f)
		}
	}
	for _, link := range a.Links {
		field("024", '7', ' ', "a", link.Value, "2", string(link.Scheme))
	}
	tag, ind1 := tagOf(a.Type)
	field("1"+tag, ind1, ' ', "a", a.Label)
	if a.Place != "" {
		field("370", ' ', ' ', "e", a.Place)
	}
	for _, form := range a.Forms()[1:] {
		field("4"+tag, ind1, ' ', "a", form)
	}
	see := func(ids []string, w string) {
		for _, id := range ids {
			if other, ok := byID[id]; ok {
				tag, ind1 := tagOf(other.Type)
				field("5"+tag, ind1, ' ', "w", w, "a", other.Label, "0", other.ID)
			}
		}
	}
	see(a.Earlier, "a")
	see(a.Broader, "g")
	see([]string{a.Parent}, "t")
	see(a.Related, "")
	field("680", ' ', ' ', "i", a.Note)
	return r
}
