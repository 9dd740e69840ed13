package skos

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Limits of what is read.
const (
	mostBytes   = 256 << 20
	mostTriples = 5_000_000
	mostDepth   = 100       // of nested nodes and collections
	longestTerm = 256 << 10 // bytes of one literal or IRI
)

const op = "read the vocabulary"

// term is an IRI, a blank node or a literal (RDF 1.1 Concepts §3.1).
type term struct {
	value    string
	language string // of a literal, BCP 47
	kind     kind
}

type kind uint8

const (
	iri kind = iota
	blank
	literal
)

// sink takes the triples of a file. Its error ends the reading.
type sink func(subject term, predicate string, object term) error

// The vocabularies that matter here.
const (
	rdfNS    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	skosNS   = "http://www.w3.org/2004/02/skos/core#"
	skosxlNS = "http://www.w3.org/2008/05/skos-xl#"
	dctNS    = "http://purl.org/dc/terms/"
	dcNS     = "http://purl.org/dc/elements/1.1/"
	rdfType  = rdfNS + "type"
)

func invalid(line int, format string, args ...any) error {
	err := greyshelf.Errorf(greyshelf.Invalid, op, "", "line %d: "+format, append([]any{line}, args...)...)
	return err
}

// resolve gives an IRI reference absolute (RFC 3986 §5, without dot segments:
// a vocabulary names its concepts by whole IRIs or fragments).
func resolve(base, ref string) string {
	if base == "" || hasScheme(ref) {
		return ref
	}
	switch {
	case ref == "":
		return strings.SplitN(base, "#", 2)[0]
	case ref[0] == '#':
		return strings.SplitN(base, "#", 2)[0] + ref
	case ref[0] == '/':
		scheme, rest, _ := strings.Cut(base, "://")
		host, _, _ := strings.Cut(rest, "/")
		return scheme + "://" + host + ref
	}
	if at := strings.LastIndexByte(strings.SplitN(base, "#", 2)[0], '/'); at >= 0 {
		return base[:at+1] + ref
	}
	return base + ref
}

func hasScheme(ref string) bool {
	for i, c := range []byte(ref) {
		switch {
		case c == ':':
			return i > 0
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && (c >= '0' && c <= '9' || strings.IndexByte("+-.", c) >= 0):
		default:
			return false
		}
	}
	return false
}
