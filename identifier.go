package greyshelf

// Identifier is a value in an identifier scheme, normalised: a DOI in lower
// case without resolver, an ISBN as 13 digits, an ISSN as "1234-567X", a report
// number as printed.
type Identifier struct {
	Scheme Scheme `json:"scheme"`
	Value  string `json:"value"`
}

// Scheme names an identifier scheme.
type Scheme string

// The schemes.
const (
	DOI          Scheme = "doi"
	ISBN         Scheme = "isbn"
	ISSN         Scheme = "issn"
	ReportNumber Scheme = "report_number"
	ItemCode     Scheme = "item_code" // a list's own code for the item
	ROR          Scheme = "ror"
	ORCID        Scheme = "orcid"
	VIAF         Scheme = "viaf"
	Wikidata     Scheme = "wikidata"
)
