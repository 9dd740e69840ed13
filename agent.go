package greyshelf

import (
	"maps"
	"slices"
	"strings"
)

// Agent is a person or a corporate body as a report names it (RDA: agent;
// MARC 21: 100/110/700/710).
type Agent struct {
	Kind      AgentKind `json:"kind"`
	Name      string    `json:"name"`                // as printed: "Michael J. Mazarr", "RAND Corporation"
	Family    string    `json:"family,omitempty"`    // persons: "Mazarr"; empty for one-name persons
	Given     string    `json:"given,omitempty"`     // persons: "Michael J."
	Authority string    `json:"authority,omitempty"` // identifier of its authority record; empty when not linked
}

// AgentKind tells a person from a corporate body.
type AgentKind string

// The kinds of agents.
const (
	Person AgentKind = "person"
	Body   AgentKind = "body"
)

// Role is what an agent did for a report. Publisher, hosting body and author
// are three different things.
type Role string

// The roles (MARC relator terms: author, publisher, commissioning body,
// hosting institution, speaker).
const (
	Author        Role = "author"
	Publisher     Role = "publisher"
	Commissioning Role = "commissioning body"
	Hosting       Role = "hosting body"
	Speaker       Role = "speaker" // of a testimony or remarks
)

// Contribution is an agent in a role.
type Contribution struct {
	Agent
	Role        Role   `json:"role"`
	Stated      string `json:"stated,omitempty"`      // the role or office as printed: "Assistant Secretary"
	Affiliation string `json:"affiliation,omitempty"` // the body that the document gives an author: "Chatham House"

	EtAl bool `json:"et_al,omitempty"` // the document names this one "et al.": there are more
}

// Authority is the record of one named thing that agents, headings and
// statements point to (MARC 21 authority record; SKOS concept for concepts).
// A relation is kept on one side only: narrower concepts, later names and parts
// of a body are found from the other.
type Authority struct {
	ID       string        `json:"id"`
	Type     AuthorityType `json:"type"`
	Label    string        `json:"label"`              // preferred form
	Language string        `json:"language,omitempty"` // BCP 47 of the label; empty for names
	Variants []string      `json:"variants,omitempty"` // "see from" forms
	Links    []Identifier  `json:"links,omitempty"`    // ROR, ORCID, VIAF, Wikidata

	Labels     map[string]string   `json:"labels,omitempty"`      // preferred forms in other languages, by BCP 47 tag
	VariantsIn map[string][]string `json:"variants_in,omitempty"` // variants of a stated language, by BCP 47 tag

	URI       string   `json:"uri,omitempty"`       // of the concept in the vocabulary that it was imported from
	Scheme    string   `json:"scheme,omitempty"`    // name of that vocabulary
	Notations []string `json:"notations,omitempty"` // codes of a classification (SKOS notation)
	Note      string   `json:"note,omitempty"`      // scope note or history
	Place     string   `json:"place,omitempty"`     // seat of a body: "Santa Monica, United States"

	Parent  string   `json:"parent,omitempty"`  // identifier of the body that this one is part of
	Earlier []string `json:"earlier,omitempty"` // identifiers of the records of its earlier names, or of bodies it succeeded
	Broader []string `json:"broader,omitempty"` // identifiers of broader concepts
	Related []string `json:"related,omitempty"` // identifiers of related records

	// MergedInto is the record that this one was merged into; its address leads
	// there, and nothing points to it.
	MergedInto string `json:"merged_into,omitempty"`
}

// LabelIn gives the preferred form in the language (BCP 47), or in that
// language without region, or else the preferred form.
func (a Authority) LabelIn(language string) string {
	for _, tag := range []string{language, primary(language)} {
		if tag == a.Language {
			return a.Label
		}
		if label := a.Labels[tag]; label != "" {
			return label
		}
	}
	return a.Label
}

// Forms gives every form of the name once: the preferred one first, then those
// of other languages and the variants.
func (a Authority) Forms() []string {
	seen := map[string]bool{"": true}
	var all []string
	add := func(forms ...string) {
		for _, form := range forms {
			if !seen[form] {
				seen[form] = true
				all = append(all, form)
			}
		}
	}
	add(a.Label)
	for _, tag := range slices.Sorted(maps.Keys(a.Labels)) {
		add(a.Labels[tag])
	}
	add(a.Variants...)
	for _, tag := range slices.Sorted(maps.Keys(a.VariantsIn)) {
		add(a.VariantsIn[tag]...)
	}
	return all
}

func primary(language string) string {
	first, _, _ := strings.Cut(language, "-")
	return first
}

// AuthorityType says what sort of thing an [Authority] names.
type AuthorityType string

// The types of authorities.
const (
	AuthorityPerson     AuthorityType = "person"
	AuthorityBody       AuthorityType = "body"
	AuthorityState      AuthorityType = "state"
	AuthorityIGO        AuthorityType = "intergovernmental organisation"
	AuthorityGroup      AuthorityType = "group"
	AuthorityInstrument AuthorityType = "instrument"
	AuthorityForum      AuthorityType = "forum"
	AuthorityPlace      AuthorityType = "place"
	AuthorityConcept    AuthorityType = "concept"
)

// AuthorityTypes gives every type, in the order in which they are shown.
func AuthorityTypes() []AuthorityType {
	return []AuthorityType{AuthorityPerson, AuthorityBody, AuthorityState, AuthorityIGO, AuthorityGroup, AuthorityInstrument, AuthorityForum, AuthorityPlace, AuthorityConcept}
}

// Heading is a subject of a report (SKOS: a concept's prefLabel).
type Heading struct {
	Label     string `json:"label"`
	Language  string `json:"language,omitempty"`  // BCP 47 of the label
	Authority string `json:"authority,omitempty"` // identifier of its concept; empty when not linked
}
