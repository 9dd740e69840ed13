package csl

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// Name is a name of CSL-JSON: parts for a person, of which one with a single
// name has Family only; Literal for a body.
type Name struct {
	Family      string `json:"family,omitempty"`
	Given       string `json:"given,omitempty"`
	Dropping    string `json:"dropping-particle,omitempty"`
	NonDropping string `json:"non-dropping-particle,omitempty"`
	Suffix      string `json:"suffix,omitempty"`
	Literal     string `json:"literal,omitempty"`
}

// FromAgent makes a name. Particles in small letters at the head of a family
// name are non-dropping; a suffix is taken off the given names.
func FromAgent(a greyshelf.Agent) Name {
	switch {
	case a.Kind != greyshelf.Person:
		return Name{Literal: a.Name}
	case a.Family == "":
		return Name{Family: a.Name}
	}
	name := Name{Family: a.Family, Given: a.Given}
	if given, suffix, found := strings.Cut(a.Given, ", "); found {
		name.Given, name.Suffix = given, suffix
	}
	words := strings.Fields(a.Family)
	n := 0
	for n < len(words)-1 && isLower(words[n]) {
		n++
	}
	if n > 0 {
		name.NonDropping, name.Family = strings.Join(words[:n], " "), strings.Join(words[n:], " ")
	}
	return name
}

// isLower reports whether a word begins with a small letter.
func isLower(word string) bool {
	for _, r := range word {
		if unicode.IsLetter(r) {
			return unicode.IsLower(r)
		}
	}
	return false
}

// FullFamily gives the family name with its non-dropping particle, or the
// literal name.
func (n Name) FullFamily() string {
	if n.Literal != "" {
		return n.Literal
	}
	return joined(" ", n.NonDropping, n.Family)
}

// Inverted gives "van der Berg, Lynn, Jr."; a literal name as it is.
func (n Name) Inverted() string {
	if n.Literal != "" {
		return n.Literal
	}
	return joined(", ", n.FullFamily(), joined(" ", n.Given, n.Dropping), n.Suffix)
}

// Natural gives "Lynn van der Berg, Jr."; a literal name as it is.
func (n Name) Natural() string {
	if n.Literal != "" {
		return n.Literal
	}
	return joined(", ", joined(" ", n.Given, n.Dropping, n.NonDropping, n.Family), n.Suffix)
}

// Agent gives the name as an agent. A literal name is a body's. A dropping
// particle goes behind the given names, as in a heading.
func (n Name) Agent() greyshelf.Agent {
	if n.Literal != "" {
		return greyshelf.Agent{Kind: greyshelf.Body, Name: n.Literal}
	}
	given := joined(", ", joined(" ", n.Given, n.Dropping), n.Suffix)
	if n.Family == "" || given == "" {
		return greyshelf.Agent{Kind: greyshelf.Person, Name: n.Natural()}
	}
	return greyshelf.Agent{Kind: greyshelf.Person, Name: n.Natural(), Family: n.FullFamily(), Given: given}
}

// joined joins what is not empty.
func joined(separator string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, separator)
}
