package authority

import (
	"context"
	"encoding/xml"
	"io"
	"maps"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

const (
	// marcAgency says in 003 that 001 is an identifier of this program.
	marcAgency = "greyshelf"
	// marcLeader: new (n), authority data (z), UTF-8 (a), complete (n).
	marcLeader = "00000nz  a2200000n  4500"
	// inLanguage stands in $9 before the language (BCP 47) of a form, as the
	// Gemeinsame Normdatei has it; MARC 21 has no place of its own for it.
	inLanguage = "L:"
)

// ExportMARC writes every authority of the type ("" = all) as [WriteMARC] does,
// or, with binary, as [WriteBinaryMARC] does.
func ExportMARC(ctx context.Context, w io.Writer, records catalog.Records, of greyshelf.AuthorityType, binary bool) error {
	all, err := List(ctx, records, of, 0, 0)
	if err != nil {
		return err
	}
	if binary {
		return WriteBinaryMARC(ctx, w, records, all)
	}
	return WriteMARC(ctx, w, records, all)
}

// WriteBinaryMARC writes authorities as MARC 21 authority records, in ISO 2709
// and UTF-8. A field there has at most 9,999 bytes: a longer note is cut.
// Errors: those of the catalogue and of w.
func WriteBinaryMARC(ctx context.Context, w io.Writer, records catalog.Records, all []greyshelf.Authority) error {
	return eachMARC(ctx, records, all, func(r marc.Record) error {
		_, err := w.Write(r.Binary())
		return err
	})
}

// WriteMARC writes authorities as MARC 21 authority records, in MARCXML, such
// that [Read] gives the same records again. Errors: those of the catalogue and
// of w.
func WriteMARC(ctx context.Context, w io.Writer, records catalog.Records, all []greyshelf.Authority) error {
	if _, err := io.WriteString(w, xml.Header+`<marc:collection xmlns:marc="`+marc.Namespace+"\">\n"); err != nil {
		return err
	}
	if err := eachMARC(ctx, records, all, func(r marc.Record) error { return xmltree.Write(w, r.XML()) }); err != nil {
		return err
	}
	_, err := io.WriteString(w, "</marc:collection>\n")
	return err
}

// eachMARC makes one record at a time: a hundred thousand are no tree in memory.
func eachMARC(ctx context.Context, records catalog.Records, all []greyshelf.Authority, write func(marc.Record) error) error {
	known := newReach(records, all)
	for _, a := range all {
		r, err := marcOf(ctx, a, known)
		if err != nil {
			return err
		}
		if err := write(r); err != nil {
			return err
		}
	}
	return nil
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

// marcRecord is a record that is being made.
type marcRecord struct{ marc.Record }

// field adds a data field; pairs are codes and texts in turn. Empty ones are
// left out.
func (r *marcRecord) field(tag string, ind1, ind2 byte, pairs ...string) {
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

// spokenIn gives what $9 says of the language of a form.
func spokenIn(language string) string {
	if language == "" {
		return ""
	}
	return inLanguage + language
}

// marcOf makes a record. Beside the fields of names it has 024 (identifiers,
// the address in a vocabulary), 040 $f (vocabulary), 065 (notations), 075 (the
// type), 370 (place), 5XX (relations, with $w), 680 (note), 7XX (preferred forms
// in other languages).
func marcOf(ctx context.Context, a greyshelf.Authority, known reach) (marc.Record, error) {
	r := &marcRecord{marc.Record{Leader: marcLeader, Fields: []marc.Field{{Tag: "001", Value: a.ID}, {Tag: "003", Value: marcAgency}}}}
	for _, link := range a.Links {
		r.field("024", '7', ' ', "a", link.Value, "2", string(link.Scheme))
	}
	if a.URI != "" {
		r.field("024", '7', ' ', "a", a.URI, "2", "uri")
	}
	r.field("040", ' ', ' ', "f", a.Scheme)
	for _, notation := range a.Notations {
		r.field("065", ' ', ' ', "a", notation)
	}
	r.field("075", ' ', ' ', "a", string(a.Type))
	tag, ind1 := tagOf(a.Type)
	r.field("1"+tag, ind1, ' ', "a", a.Label, "9", spokenIn(a.Language))
	r.field("370", ' ', ' ', "e", a.Place)
	for _, form := range a.Variants {
		r.field("4"+tag, ind1, ' ', "a", form)
	}
	for _, language := range slices.Sorted(maps.Keys(a.VariantsIn)) {
		for _, form := range a.VariantsIn[language] {
			r.field("4"+tag, ind1, ' ', "a", form, "9", spokenIn(language))
		}
	}
	for _, see := range []struct {
		w   string
		ids []string
	}{{"a", a.Earlier}, {"g", a.Broader}, {"t", []string{a.Parent}}, {"", a.Related}} {
		others, err := known.of(ctx, see.ids...)
		if err != nil {
			return r.Record, err
		}
		for _, other := range others {
			tag, ind1 := tagOf(other.Type)
			r.field("5"+tag, ind1, ' ', "w", see.w, "a", other.Label, "0", "("+marcAgency+")"+other.ID)
		}
	}
	r.field("680", ' ', ' ', "i", a.Note)
	for _, language := range slices.Sorted(maps.Keys(a.Labels)) {
		r.field("7"+tag, ind1, '4', "a", a.Labels[language], "9", spokenIn(language))
	}
	return r.Record, nil
}
