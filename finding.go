package greyshelf

import "strings"

// Field names one described value of a report. The names are those of the
// command line's JSON.
type Field string

// The fields that describers find and people edit.
const (
	FieldTitle        Field = "title"
	FieldSubtitle     Field = "subtitle"
	FieldCreator      Field = "creator" // authors; one finding per author
	FieldPublisher    Field = "publisher"
	FieldDate         Field = "date"
	FieldAbstract     Field = "abstract"
	FieldRights       Field = "rights"
	FieldLanguage     Field = "language"
	FieldReportNumber Field = "report_number"
	FieldIdentifier   Field = "identifier" // value "doi:10.1000/182"
	FieldSeries       Field = "series"
	FieldVersion      Field = "version"
	FieldPages        Field = "pages"
	FieldSize         Field = "size"
	FieldType         Field = "type"

	FieldParallelTitle Field = "parallel_title"     // the title in another language, as the document gives it
	FieldCommissioning Field = "commissioning_body" // whom the report was prepared for
	FieldHosting       Field = "hosting_body"       // on whose site or in whose collection it stands
	FieldAffiliation   Field = "affiliation"        // of one author, see Finding.Of
	FieldCitation      Field = "citation"           // how the document wants to be cited, verbatim
	FieldURL           Field = "url"                // where the report was published: its landing page
)

// The kinds of dates that a document states ([Finding.Kind]).
const (
	DatePublished = "published"
	DateUpdated   = "updated"
	DateRevised   = "revised"
	DateSubmitted = "submitted"
	DateAsOf      = "as of"     // the state of the information
	DateCopyright = "copyright" // the year of the copyright line
	DateAccessed  = "accessed"  // when somebody looked something up; never a date of the report
	DateMade      = "made"      // when the file was made; never a date of the report
)

// The kinds of abstracts ([Finding.Kind]).
const (
	AbstractLabelled  = "labelled"        // headed abstract, summary, key findings …
	AbstractParagraph = "first paragraph" // the first paragraph of running text: no abstract is stated
)

// Finding is a proposed value of a field with its evidence. Findings are never
// thrown away when another one is chosen: they stay visible beside it.
type Finding struct {
	Field      Field   `json:"field"`
	Value      string  `json:"value"`             // dates: EDTF; persons: "Family, Given"; rights: the code
	Kind       string  `json:"kind,omitempty"`    // of a date or an abstract: see DatePublished …, AbstractLabelled …; of a creator that no name shows to be one: "body"
	Of         string  `json:"of,omitempty"`      // what it belongs to: an affiliation names the value of its author's finding
	Printed    string  `json:"printed,omitempty"` // as the document prints it, where that differs from Value
	Page       int     `json:"page,omitempty"`    // index from 1; 0 when the evidence is not on a page (file, metadata)
	Quote      string  `json:"quote,omitempty"`   // verbatim from the page's text
	Box        Box     `json:"box,omitzero"`      // around the quotation
	Method     string  `json:"method"`            // "cover-layout@1", "info-title@1", "import", "person"
	Confidence float64 `json:"confidence"`        // 0..1: the share of such findings that is right
	Chosen     bool    `json:"chosen,omitempty"`
	Why        string  `json:"why,omitempty"` // why it won or lost, for people
}

// Agent reads the value of a creator: "Family, Given" is a person, a name
// without comma a body or a person with one name. The name of a body may have a
// comma too ("Subcommittee on Europe, Committee on Foreign Affairs"); what is
// behind the comma tells.
func (f Finding) Agent() Agent {
	_, behind, comma := strings.Cut(f.Value, ",")
	if !comma && LooksLikeBody(f.Value) || comma && LooksLikeBody(behind) || f.Kind == string(Body) {
		return Agent{Kind: Body, Name: f.Value}
	}
	person := PersonFromInverted(f.Value)
	if f.Printed != "" && PersonFromName(f.Printed).Inverted() == person.Inverted() {
		person.Name = f.Printed // with the titles that the document gives
	}
	return person
}

// FindingSet is what one describer version found in one file.
type FindingSet struct {
	Report   string    `json:"report"`
	File     string    `json:"file"`   // SHA-256
	Method   string    `json:"method"` // describer and version that made the set: "describe@1"
	Findings []Finding `json:"findings"`
}
