package authority

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/skos"
)

// Limits of a file.
const (
	mostBytes = 512 << 20
	mostItems = 1_000_000
)

const opImport = "read the authorities"

// File is what a file of authorities holds.
type File struct {
	Format  string // "ror", "wikidata", "skos", "marc"
	Records []Incoming
	Skipped []Skip
}

// Read reads a file of authorities: a ROR dump (JSON, schema version 1 or 2), a
// Wikidata extract (JSON of the query service or of entities, or CSV), SKOS, or
// MARC 21 authority records (MARCXML or ISO 2709). What it is, is told by its content. Errors: Invalid
// when it is none of these, TooLarge.
func Read(r io.Reader) (File, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return File{}, greyshelf.E(greyshelf.Unavailable, opImport, "", err)
	}
	if len(data) > mostBytes {
		return File{}, greyshelf.Errorf(greyshelf.TooLarge, opImport, "", "it is larger than %s", greyshelf.FormatSize(mostBytes))
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	head := bytes.TrimLeft(data[:min(len(data), 4096)], " \t\r\n")
	switch {
	case len(head) == 0:
		return File{}, greyshelf.Errorf(greyshelf.Invalid, opImport, "", "it is empty")
	case head[0] == '{' && bytes.Contains(data[:min(len(data), 100_000)], []byte("@context")):
		return readSKOS(data)
	case head[0] == '[' || head[0] == '{':
		return readJSON(data)
	case isMARC(head):
		return readMARC(bytes.TrimLeft(data, " \t\r\n"))
	case head[0] == '<' || head[0] == '@' || bytes.HasPrefix(bytes.ToLower(head), []byte("prefix")):
		return readSKOS(data)
	}
	return readCSV(data)
}

// isMARC reports whether a file that begins so holds records of MARC 21.
func isMARC(head []byte) bool {
	if head[0] == '<' {
		return bytes.Contains(head, []byte(marc.Namespace))
	}
	if len(head) < 24 || head[10] != '2' || head[11] != '2' {
		return false
	}
	return !slices.ContainsFunc(head[:5], func(c byte) bool { return c < '0' || c > '9' })
}

func readSKOS(data []byte) (File, error) {
	v, err := skos.Read(bytes.NewReader(data))
	if err != nil {
		return File{}, err
	}
	return FromVocabulary(v), nil
}

// FromVocabulary makes records of concepts.
func FromVocabulary(v skos.Vocabulary) File {
	f := File{Format: "skos"}
	for _, why := range v.Skipped {
		f.Skipped = append(f.Skipped, Skip{Reason: why})
	}
	for i, c := range v.Concepts {
		a := greyshelf.Authority{Type: greyshelf.AuthorityConcept, URI: c.URI, Scheme: v.Title, Notations: c.Notations, Labels: maps.Clone(c.Preferred), VariantsIn: maps.Clone(c.Alternate)}
		if len(a.URI) > 1 && a.URI[0] == '_' {
			a.URI = "" // a blank node has no name outside its file
		}
		own := ""
		if id, ok := strings.CutPrefix(a.URI, ownURI); ok && isOwnID(id) {
			a.URI, own = "", id
		}
		a.Language = mainLanguage(c.Preferred)
		a.Label = c.Preferred[a.Language]
		delete(a.Labels, a.Language)
		a.Variants = a.VariantsIn[""]
		if plain := a.Labels[""]; plain != "" {
			a.Variants = append(a.Variants, plain)
		}
		delete(a.VariantsIn, "")
		delete(a.Labels, "")
		if a.Note = c.Note[a.Language]; a.Note == "" {
			a.Note = c.Note["en"]
		}
		for _, uri := range c.Matches {
			if link, ok := linkOf(uri); ok {
				a.Links = append(a.Links, link)
			}
		}
		f.Records = append(f.Records, Incoming{Authority: a, ID: own, Item: i + 1, Keys: []string{c.URI}, points: pointers{broader: c.Broader, related: c.Related}})
	}
	return f
}

// mainLanguage chooses the language of the preferred form: English, else none,
// else the first.
func mainLanguage(labels map[string]string) string {
	for _, tag := range []string{"en", "en-GB", "en-US", ""} {
		if labels[tag] != "" {
			return tag
		}
	}
	return slices.Min(slices.Collect(maps.Keys(labels)))
}

// linkOf reads the address of a record elsewhere.
func linkOf(uri string) (greyshelf.Identifier, bool) {
	for scheme, beginnings := range map[greyshelf.Scheme][]string{
		greyshelf.Wikidata: {"http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/", "https://www.wikidata.org/wiki/"},
		greyshelf.ROR:      {"https://ror.org/"}, greyshelf.VIAF: {"http://viaf.org/viaf/", "https://viaf.org/viaf/"}, greyshelf.ORCID: {"https://orcid.org/", "http://orcid.org/"},
	} {
		for _, beginning := range beginnings {
			if len(uri) > len(beginning) && uri[:len(beginning)] == beginning {
				return greyshelf.ParseIdentifier(scheme, uri[len(beginning):])
			}
		}
	}
	return greyshelf.Identifier{}, false
}
