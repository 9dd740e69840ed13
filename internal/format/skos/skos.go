// Package skos reads vocabularies in SKOS (W3C Recommendation of 2009) from
// N-Triples, Turtle, RDF/XML and JSON-LD, and writes them as Turtle.
//
// It is a leaf: authority records are made of what it reads, by package
// curate/authority, and written by it again. It stores nothing, fetches nothing
// (a JSON-LD context must stand in the file) and judges nothing: cycles among
// broader concepts come through as they are.
package skos

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// Concept is one concept with what a library keeps of it. Labels without a
// language have the tag "".
type Concept struct {
	URI       string
	Preferred map[string]string   // by BCP 47 tag
	Alternate map[string][]string // also hidden labels, which are there to be found
	Broader   []string            // URIs; also what calls this one narrower
	Related   []string
	Notations []string
	Note      map[string]string // scope note, else definition, by BCP 47 tag
	Matches   []string          // URIs of the same concept elsewhere: skos:exactMatch
}

// Vocabulary is what a file holds.
type Vocabulary struct {
	Title    string    // of the concept scheme, "" when not stated
	Concepts []Concept // in the order in which the file names them
	Skipped  []string  // what was left out and why, a line each, at most 100
}

// Syntax is a way to write RDF.
type Syntax string

// The syntaxes. N-Triples is read as Turtle.
const (
	Turtle Syntax = "turtle"
	RDFXML Syntax = "rdfxml"
	JSONLD Syntax = "jsonld"
)

// Sniff tells the syntax by the first characters of a file.
func Sniff(head []byte) Syntax {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("<?xml")), bytes.HasPrefix(head, []byte("<rdf:")), bytes.HasPrefix(head, []byte("<RDF")), bytes.HasPrefix(head, []byte("<!")):
		return RDFXML
	case bytes.HasPrefix(head, []byte("{")):
		return JSONLD
	case bytes.HasPrefix(head, []byte("[")):
		rest := bytes.TrimLeft(head[1:], " \t\r\n")
		if len(rest) > 0 && (rest[0] == '{' || rest[0] == '"') {
			return JSONLD
		}
	}
	return Turtle
}

// Read reads a vocabulary of which the syntax is told by its beginning.
// Errors: Invalid with the line, TooLarge.
func Read(r io.Reader) (Vocabulary, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return Vocabulary{}, greyshelf.E(greyshelf.Unavailable, op, "", err)
	}
	if len(data) > mostBytes {
		return Vocabulary{}, greyshelf.Errorf(greyshelf.TooLarge, op, "", "it is larger than %s", greyshelf.FormatSize(mostBytes))
	}
	g := graph{concepts: map[string]*Concept{}, labels: map[string]term{}}
	n := 0
	take := func(s term, p string, o term) error {
		if n++; n > mostTriples {
			return greyshelf.Errorf(greyshelf.TooLarge, op, "", "it has more than %d triples", mostTriples)
		}
		g.take(s, p, o)
		return nil
	}
	switch Sniff(data[:min(len(data), 1000)]) {
	case RDFXML:
		err = readRDFXML(bytes.NewReader(data), "", take)
	case JSONLD:
		err = readJSONLD(bytes.NewReader(data), "", take)
	default:
		err = readTurtle(string(data), "", take)
	}
	if err != nil {
		return Vocabulary{}, err
	}
	return g.vocabulary(), nil
}

// graph gathers triples into concepts.
type graph struct {
	concepts map[string]*Concept
	order    []string
	labels   map[string]term // literal forms of SKOS-XL labels, by node
	xl       []xlLabel
	title    string
}

type xlLabel struct {
	concept, node string
	preferred     bool
}

func (g *graph) concept(uri string) *Concept {
	c := g.concepts[uri]
	if c == nil {
		c = &Concept{URI: uri, Preferred: map[string]string{}, Alternate: map[string][]string{}, Note: map[string]string{}}
		g.concepts[uri] = c
		g.order = append(g.order, uri)
	}
	return c
}

// take keeps what a triple says of a concept.
func (g *graph) take(s term, predicate string, o term) {
	switch {
	case predicate == rdfType && o.value == skosNS+"Concept":
		g.concept(s.value)
	case strings.HasPrefix(predicate, skosNS):
		g.takeSKOS(s, strings.TrimPrefix(predicate, skosNS), o)
	case predicate == skosxlNS+"literalForm":
		g.labels[s.value] = o
	case strings.HasPrefix(predicate, skosxlNS):
		if name := strings.TrimPrefix(predicate, skosxlNS); strings.HasSuffix(name, "Label") {
			g.concept(s.value)
			g.xl = append(g.xl, xlLabel{s.value, o.value, name == "prefLabel"})
		}
	case (predicate == dctNS+"title" || predicate == dcNS+"title") && o.kind == literal:
		if g.title == "" || strings.HasPrefix(o.language, "en") {
			g.title = line(o.value)
		}
	}
}

func (g *graph) takeSKOS(s term, property string, o term) {
	literally := o.kind == literal
	switch property {
	case "prefLabel":
		if literally {
			g.concept(s.value).prefer(o)
		}
	case "altLabel", "hiddenLabel":
		if literally {
			g.concept(s.value).also(o)
		}
	case "notation":
		c := g.concept(s.value)
		c.Notations = appendNew(c.Notations, line(o.value))
	case "scopeNote", "definition":
		if literally {
			c := g.concept(s.value)
			tag := strings.ToLower(o.language)
			if c.Note[tag] == "" || property == "scopeNote" {
				c.Note[tag] = clean(o.value)
			}
		}
	}
	if literally {
		return
	}
	switch property {
	case "broader", "broaderTransitive", "broadMatch":
		if property == "broader" {
			g.concept(s.value).Broader = appendNew(g.concept(s.value).Broader, o.value)
		}
	case "narrower":
		g.concept(o.value).Broader = appendNew(g.concept(o.value).Broader, s.value)
	case "related":
		g.concept(s.value).Related = appendNew(g.concept(s.value).Related, o.value)
	case "exactMatch":
		g.concept(s.value).Matches = appendNew(g.concept(s.value).Matches, o.value)
	}
}

func (c *Concept) prefer(o term) {
	tag, text := tagOf(o.language), line(o.value)
	switch {
	case text == "":
	case c.Preferred[tag] == "":
		c.Preferred[tag] = text
	default: // SKOS S14 allows one a language; a second is a variant
		c.also(o)
	}
}

func (c *Concept) also(o term) {
	tag := tagOf(o.language)
	if text := line(o.value); text != "" && text != c.Preferred[tag] {
		c.Alternate[tag] = appendNew(c.Alternate[tag], text)
	}
}

// tagOf writes a language tag as BCP 47 recommends (RFC 5646 §2.1.1).
func tagOf(tag string) string {
	parts := strings.Split(strings.ToLower(tag), "-")
	for i, p := range parts {
		switch {
		case i == 0:
		case len(p) == 2:
			parts[i] = strings.ToUpper(p)
		case len(p) == 4 && p[0] > '9':
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}

func appendNew(all []string, one string) []string {
	if one == "" || slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// mostLabel is the most characters of a label, mostNote of a note.
const (
	mostLabel = 400
	mostNote  = 10_000
)

// line gives a label on one line, without control characters and marks that
// turn the direction of text.
func line(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }

func clean(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r', unicode.IsControl(r), r == unicode.ReplacementChar, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

// vocabulary gives the concepts that have a label.
func (g *graph) vocabulary() Vocabulary {
	v := Vocabulary{Title: short(g.title, mostLabel)}
	for _, x := range g.xl {
		if o, ok := g.labels[x.node]; ok && x.preferred {
			g.concept(x.concept).prefer(o)
		} else if ok {
			g.concept(x.concept).also(o)
		}
	}
	skip := func(uri, why string) {
		if len(v.Skipped) < 100 {
			v.Skipped = append(v.Skipped, short(line(uri), 200)+": "+why)
		}
	}
	for _, uri := range g.order {
		c := g.concepts[uri]
		switch {
		case len(c.Preferred) == 0:
			if len(c.Alternate) > 0 || len(c.Broader) > 0 {
				skip(uri, "it has no preferred label")
			}
			continue
		case c.tooLong():
			skip(uri, "a label is longer than 400 characters")
			continue
		}
		for tag, note := range c.Note {
			c.Note[tag] = short(note, mostNote)
		}
		v.Concepts = append(v.Concepts, *c)
	}
	return v
}

// tooLong reports whether a preferred label is too long; variants that are
// are left out.
func (c *Concept) tooLong() bool {
	long := func(text string) bool { return len(text) > 4*mostLabel || len([]rune(text)) > mostLabel }
	for tag, label := range c.Preferred {
		if long(label) {
			delete(c.Preferred, tag)
		}
	}
	for tag, labels := range c.Alternate {
		if c.Alternate[tag] = slices.DeleteFunc(labels, long); len(c.Alternate[tag]) == 0 {
			delete(c.Alternate, tag)
		}
	}
	return len(c.Preferred) == 0
}

func short(text string, most int) string {
	if len(text) <= most {
		return text
	}
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
