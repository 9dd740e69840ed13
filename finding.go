package greyshelf

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
)

// Finding is a proposed value of a field with its evidence. Findings are never
// thrown away when another one is chosen: they stay visible beside it.
type Finding struct {
	Field      Field   `json:"field"`
	Value      string  `json:"value"`             // dates: EDTF; persons: "Family, Given"; rights: the code
	Printed    string  `json:"printed,omitempty"` // as the document prints it, where that differs from Value
	Page       int     `json:"page,omitempty"`    // index from 1; 0 when the evidence is not on a page (file, metadata)
	Quote      string  `json:"quote,omitempty"`   // verbatim from the page's text
	Box        Box     `json:"box,omitzero"`      // around the quotation
	Method     string  `json:"method"`            // "cover-layout@1", "info-title@1", "import", "person"
	Confidence float64 `json:"confidence"`        // 0..1: the share of such findings that is right
	Chosen     bool    `json:"chosen,omitempty"`
	Why        string  `json:"why,omitempty"` // why it won or lost, for people
}

// FindingSet is what one describer version found in one file.
type FindingSet struct {
	Report   string    `json:"report"`
	File     string    `json:"file"`   // SHA-256
	Method   string    `json:"method"` // describer and version that made the set: "describe@1"
	Findings []Finding `json:"findings"`
}
