package greyshelf

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
type Authority struct {
	ID       string        `json:"id"`
	Type     AuthorityType `json:"type"`
	Label    string        `json:"label"`              // preferred form
	Variants []string      `json:"variants,omitempty"` // "see from" forms
	Links    []Identifier  `json:"links,omitempty"`    // ROR, ORCID, VIAF, Wikidata
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

// Heading is a subject of a report (SKOS: a concept's prefLabel).
type Heading struct {
	Label     string `json:"label"`
	Language  string `json:"language,omitempty"`  // BCP 47 of the label
	Authority string `json:"authority,omitempty"` // identifier of its concept; empty when not linked
}
