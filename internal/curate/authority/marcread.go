package authority

import (
	"bytes"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/marc"
)

// readMARC reads MARC 21 authority records, in MARCXML or ISO 2709. A record
// that is no authority record, or has no heading, is left out.
func readMARC(data []byte) (File, error) {
	f := File{Format: "marc"}
	var all []marc.Record
	if data[0] == '<' {
		var err error
		if all, err = marc.ReadXML(bytes.NewReader(data)); err != nil {
			return f, err
		}
	} else {
		for r, err := range marc.Read(bytes.NewReader(data)) {
			if err != nil {
				return f, err
			}
			all = append(all, r)
		}
	}
	if len(all) > mostItems {
		return f, greyshelf.Errorf(greyshelf.TooLarge, opImport, "", "it has more than %d records", mostItems)
	}
	for i, r := range all {
		in, reason := fromMARC(r)
		in.Item = i + 1
		if reason != "" {
			f.Skipped = append(f.Skipped, Skip{Item: i + 1, Name: in.Authority.Label, Reason: reason})
			continue
		}
		f.Records = append(f.Records, in)
	}
	return f, nil
}

// fromMARC reads one record; reason says why it is left out.
func fromMARC(r marc.Record) (in Incoming, reason string) {
	if len(r.Leader) > 6 && r.Leader[6] != 'z' {
		return in, "it is no authority record (leader/06 is not z)"
	}
	a := &in.Authority
	tag := ""
	for _, f := range r.Fields {
		if tag == "" && len(f.Tag) == 3 && f.Tag[0] == '1' && typeByTag(f.Tag[1:], "") != "" {
			tag = f.Tag[1:]
			a.Label, a.Language = headingText(f), languageOf(f)
		}
	}
	if tag == "" || a.Label == "" {
		return in, "it has no heading (1XX)"
	}
	a.Type = typeByTag(tag, greyshelf.AuthorityType(r.First("075", 'a')))
	a.Scheme, a.Place, a.Note = r.First("040", 'f'), r.First("370", 'e'), r.First("680", 'i')
	a.Labels, a.VariantsIn = map[string]string{}, map[string][]string{}
	own := r.Control("003") == marcAgency
	if id := r.Control("001"); id != "" {
		in.Keys = []string{"marc:" + id}
		if own && isOwnID(id) {
			in.ID = id
		}
	}
	in.Keys = append(in.Keys, "heading:"+tag+":"+Fold(a.Label))
	for _, f := range r.Fields {
		readField(&in, f, tag)
	}
	return in, ""
}

// readField takes one field of a record whose heading has the tag into it.
func readField(in *Incoming, f marc.Field, tag string) {
	a := &in.Authority
	switch {
	case len(f.Tag) != 3:
	case f.Tag == "024":
		readIdentifier(a, f)
	case f.Tag == "065":
		a.Notations = append(a.Notations, f.Subs('a')...)
	case f.Tag == "4"+tag:
		if language := languageOf(f); language != "" {
			a.VariantsIn[language] = append(a.VariantsIn[language], headingText(f))
		} else {
			a.Variants = append(a.Variants, headingText(f))
		}
	case f.Tag == "7"+tag:
		if language := languageOf(f); language != "" && a.Labels[language] == "" {
			a.Labels[language] = headingText(f)
		}
	case f.Tag[0] == '5' && typeByTag(f.Tag[1:], "") != "":
		readRelation(&in.points, f)
	}
}

func readIdentifier(a *greyshelf.Authority, f marc.Field) {
	scheme, value := strings.ToLower(f.Sub('2')), strings.TrimSpace(f.Sub('a'))
	if scheme == "uri" {
		if link, ok := linkOf(value); ok {
			a.Links = append(a.Links, link)
		} else if a.URI == "" {
			a.URI = value
		}
		return
	}
	known := []greyshelf.Scheme{greyshelf.ROR, greyshelf.ORCID, greyshelf.VIAF, greyshelf.Wikidata}
	if link, ok := greyshelf.ParseIdentifier(greyshelf.Scheme(scheme), value); ok && slices.Contains(known, link.Scheme) {
		a.Links = append(a.Links, link)
	}
}

// readRelation reads a see also field: $w says which relation it is, $0 or the
// heading which record.
func readRelation(p *pointers, f marc.Field) {
	key := "heading:" + f.Tag[1:] + ":" + Fold(headingText(f))
	if id, ok := strings.CutPrefix(f.Sub('0'), "("+marcAgency+")"); ok {
		key = "marc:" + id
	}
	first, _, _ := strings.Cut(f.Sub('w'), "n") // "nne": the earlier established form
	switch {
	case f.Sub('w') == "a", strings.HasSuffix(f.Sub('w'), "nea"):
		p.earlier = append(p.earlier, key)
	case first == "g":
		p.broader = append(p.broader, key)
	case first == "t":
		p.parent = append(p.parent, key)
	case first == "":
		p.related = append(p.related, key)
	}
}

// headingText gives the heading of a 1XX, 4XX, 5XX or 7XX field: its parts in
// order, subdivisions ($v $x $y $z) behind dashes, without dates and sources.
func headingText(f marc.Field) string {
	var b strings.Builder
	dates := false
	for _, s := range f.Subfields {
		if !strings.ContainsRune("abcnpqtvxyz", rune(s.Code)) {
			dates = dates || s.Code == 'd'
			continue
		}
		switch {
		case b.Len() == 0:
		case strings.ContainsRune("vxyz", rune(s.Code)):
			b.WriteString(" — ")
		default:
			b.WriteByte(' ')
		}
		b.WriteString(s.Text)
	}
	if dates {
		return strings.TrimRight(b.String(), " ,")
	}
	return b.String()
}

// languageOf gives the language that $9 states.
func languageOf(f marc.Field) string {
	for _, text := range f.Subs('9') {
		if language, ok := strings.CutPrefix(text, inLanguage); ok && len(language) <= 35 {
			return language
		}
	}
	return ""
}

// typeByTag gives the type of the records with a heading of the tag; stated (075
// $a) tells those of one tag apart. "" for a tag of no heading that is read.
func typeByTag(tag string, stated greyshelf.AuthorityType) greyshelf.AuthorityType {
	if slices.Contains(greyshelf.AuthorityTypes(), stated) {
		if of, _ := tagOf(stated); of == tag {
			return stated
		}
	}
	switch tag {
	case "00":
		return greyshelf.AuthorityPerson
	case "10":
		return greyshelf.AuthorityBody
	case "11":
		return greyshelf.AuthorityForum
	case "30":
		return greyshelf.AuthorityInstrument
	case "50":
		return greyshelf.AuthorityConcept
	case "51":
		return greyshelf.AuthorityPlace
	}
	return ""
}

// isOwnID reports whether a text has the form of an identifier of this program.
func isOwnID(id string) bool {
	return len(id) >= 3 && len(id) <= 40 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}
