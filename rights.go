package greyshelf

// Rights is what a document says about its use and what follows from it.
type Rights struct {
	Code      RightsCode `json:"code,omitempty"`      // what kind of statement it is; empty = none stated
	Statement string     `json:"statement,omitempty"` // verbatim
	Holder    string     `json:"holder,omitempty"`    // © holder as printed
	Access    Access     `json:"access,omitempty"`    // set by a person; empty = follows from the code
}

// RightsCode is the kind of a rights statement: one of the constants or a
// Creative Commons licence with its version such as "cc-by-4.0".
type RightsCode string

// The rights codes that are not Creative Commons licences.
const (
	PublicDomain      RightsCode = "public-domain"
	Copyright         RightsCode = "copyright"           // © with a holder, nothing more said
	AllRightsReserved RightsCode = "all-rights-reserved" // said in so many words
)

// Access is what a reader without special rights may open.
type Access string

// The degrees of access.
const (
	AccessOpen    Access = "open"    // record, snippets, pages, file
	AccessExtract Access = "extract" // record and snippets of at most 300 characters
	AccessLink    Access = "link"    // record and the publisher's address only
	AccessEmbargo Access = "embargo" // nothing yet
)

// EffectiveAccess gives the access that a person set, else what follows from
// the code: public domain and Creative Commons are open; everything else, also
// nothing stated, is an extract.
func (r Rights) EffectiveAccess() Access {
	if r.Access != "" {
		return r.Access
	}
	if r.Code == PublicDomain || len(r.Code) >= 3 && r.Code[:3] == "cc-" || r.Code == "cc0" {
		return AccessOpen
	}
	return AccessExtract
}
