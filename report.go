package greyshelf

import "time"

// Report is the work: what a publisher would call "the report", whatever its
// editions and files (BIBFRAME: Work). The zero value of every field means
// that the value is not stated.
type Report struct {
	ID    string `json:"id"`    // permanent, part of the address /r/ID
	State State  `json:"state"` // who may see it at all
	// MergedInto is the report that this one was merged into. It is withdrawn
	// then, has no files, and its address leads there.
	MergedInto string `json:"merged_into,omitempty"`

	Type string `json:"type,omitempty"` // "report", "brief", "testimony", "article" …; empty when not known

	Title    string `json:"title,omitempty"`
	Subtitle string `json:"subtitle,omitempty"`

	ParallelTitles []string `json:"parallel_titles,omitempty"` // the title in other languages, as the document gives it

	Agents      []Contribution `json:"agents,omitempty"`      // in the order of the document
	Date        Date           `json:"date,omitzero"`         // of the newest edition; "Updated" wins
	Abstract    string         `json:"abstract,omitempty"`    // the document's own, verbatim
	Annotation  string         `json:"annotation,omitempty"`  // the librarian's own abstract; lists print it instead of the document's
	Headings    []Heading      `json:"headings,omitempty"`    // subjects
	Identifiers []Identifier   `json:"identifiers,omitempty"` // DOI, ISBN, ISSN, report number …
	Languages   []string       `json:"languages,omitempty"`   // BCP 47, the main one first
	Rights      Rights         `json:"rights,omitzero"`
	Format      string         `json:"format,omitempty"` // as a list prints it: "PDF"
	Extent      Extent         `json:"extent,omitzero"`  // pages
	Size        Size           `json:"size,omitzero"`    // bytes
	URL         string         `json:"url,omitempty"`    // where it was published
	Series      string         `json:"series,omitempty"`
	Version     string         `json:"version,omitempty"` // as the document counts it: "6"

	SeriesNumber string     `json:"series_number,omitempty"` // its number within Series, as printed: "12"
	Relations    []Relation `json:"relations,omitempty"`     // what it is to other reports

	EmbargoUntil string `json:"embargo_until,omitempty"` // the day (2026-12-01, UTC) on which an embargoed report is published
	Tombstone    string `json:"tombstone,omitempty"`     // why a report was taken down, in words for everybody

	Note string   `json:"note,omitempty"` // for the desk
	Desk DeskFile `json:"desk,omitzero"`  // what else only the desk sees

	Entry    *EntryLayout `json:"entry,omitempty"` // how an imported entry was written; nil for others
	Editions []Edition    `json:"editions,omitempty"`

	Created  time.Time `json:"created"`
	Updated  time.Time `json:"updated"`
	Revision int       `json:"revision"` // counts the decisions on this report; guards against lost updates
}

// DeskFile is what a desk keeps of a report for itself: like [Report.Note] it
// is never shown to readers (package rights sees to it).
type DeskFile struct {
	Review      bool    `json:"review,omitempty"`       // published, and still to be looked at
	Sensitivity string  `json:"sensitivity,omitempty"`  // in the words of the desk: "internal", "do not quote"
	RequestedBy string  `json:"requested_by,omitempty"` // who asked for it
	Reading     Reading `json:"reading,omitempty"`      // how far the desk has come with it
}

// Reading is how far the desk has come in reading a report.
type Reading string

// The degrees of reading; "" is unread.
const (
	ToRead      Reading = "to read"
	ReadingNow  Reading = "reading"
	AlreadyRead Reading = "read"
)

// Relation is what a report is to another (Dublin Core: relation and its
// refinements). One side says it; the other is found by looking for it.
type Relation struct {
	Kind   RelationKind `json:"kind"`
	Report string       `json:"report,omitempty"` // identifier of the other, where the library has it
	Title  string       `json:"title,omitempty"`  // what it is called, where it has not
	URL    string       `json:"url,omitempty"`    // where it is, where the library has it not
}

// RelationKind is what one report is to another.
type RelationKind string

// The kinds of relations, read as "this report … the other".
const (
	Supersedes    RelationKind = "supersedes"
	RespondsTo    RelationKind = "responds to"
	ErratumOf     RelationKind = "erratum of"
	TranslationOf RelationKind = "translation of"
	PartOf        RelationKind = "part of" // also a summary of
	RelatedTo     RelationKind = "related to"
)

// RelationKinds gives every kind.
func RelationKinds() []RelationKind {
	return []RelationKind{Supersedes, RespondsTo, ErratumOf, TranslationOf, PartOf, RelatedTo}
}

// Edition is one version or translation of a report (BIBFRAME: Instance).
type Edition struct {
	ID       string `json:"id"`              // unique within the report: "1", "2" …
	Label    string `json:"label,omitempty"` // as printed: "Updated April 22, 2026", "Version 6"
	Date     Date   `json:"date,omitzero"`
	Language string `json:"language,omitempty"` // BCP 47
	Files    []File `json:"files,omitempty"`
}

// File is one sequence of bytes, named by its SHA-256. The same bytes under
// two names are one file.
type File struct {
	SHA256    string    `json:"sha256"`           // 64 lower-case hexadecimal digits
	MediaType string    `json:"media_type"`       // "application/pdf"
	Name      string    `json:"name,omitempty"`   // the file name it came under
	Source    string    `json:"source,omitempty"` // the path or URL it came from
	Part      string    `json:"part,omitempty"`   // what it is beside the document itself: "Annex 2", "Data"
	Bytes     int64     `json:"bytes"`
	Pages     int       `json:"pages,omitempty"`
	Text      string    `json:"text,omitempty"` // text version that is current, key into the page store
	Facts     Facts     `json:"facts,omitzero"`
	Outline   []Outline `json:"outline,omitempty"` // the file's own, else as read from its contents page
	Added     time.Time `json:"added"`
}

// The media types of the files that are read.
const (
	TypePDF  = "application/pdf"
	TypeHTML = "text/html"
	TypeEPUB = "application/epub+zip"
	TypeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// Flows reports whether the text of the file flows: HTML, EPUB or DOCX. Its
// pages are shown as text, never as pictures.
func (f File) Flows() bool {
	return f.MediaType == TypeHTML || f.MediaType == TypeEPUB || f.MediaType == TypeDOCX
}

// FormatOf gives what lists print of a media type: "PDF", "HTML", "EPUB",
// "DOCX"; "" for any other.
func FormatOf(mediaType string) string {
	switch mediaType {
	case TypePDF:
		return "PDF"
	case TypeHTML:
		return "HTML"
	case TypeEPUB:
		return "EPUB"
	case TypeDOCX:
		return "DOCX"
	}
	return ""
}

// Facts are what the file says of itself technically, without interpretation.
type Facts struct {
	Version   string `json:"version,omitempty"` // PDF version: "1.7"
	Encrypted bool   `json:"encrypted,omitempty"`
	Tagged    bool   `json:"tagged,omitempty"`
	PDFA      string `json:"pdfa,omitempty"`   // what it claims of ISO 19005: "1b", "2u"; empty without a claim
	Scan      bool   `json:"scan,omitempty"`   // no page has a text layer: "scan, not read"; with OCR "scan, read by OCR"
	OCR       bool   `json:"ocr,omitempty"`    // text of pages was recognised on their pictures
	Unread    int    `json:"unread,omitempty"` // pages that are pictures whose text could not be recognised
	Producer  string `json:"producer,omitempty"`
	Sections  bool   `json:"sections,omitempty"` // the file has no printed pages: what counts as its pages are sections of its text
}

// Outline is one line of the document's own table of contents (PDF 32000-1
// §12.3.3, document outline).
type Outline struct {
	Title string `json:"title"`
	Level int    `json:"level"` // from 1
	Page  int    `json:"page"`  // index from 1; 0 when the target is not a page of this file
}

// Files gives every file of every edition, newest edition first as stored.
func (r Report) Files() []File {
	var all []File
	for _, e := range r.Editions {
		all = append(all, e.Files...)
	}
	return all
}

// File finds a file of the report by its SHA-256 or an unambiguous beginning
// of it of at least eight digits.
func (r Report) File(sha string) (File, bool) {
	var found File
	n := 0
	for _, f := range r.Files() {
		if f.SHA256 == sha {
			return f, true
		}
		if len(sha) >= 8 && len(sha) < 64 && f.SHA256[:len(sha)] == sha {
			found = f
			n++
		}
	}
	return found, n == 1
}

// FullTitle gives the title with its subtitle behind a colon.
func (r Report) FullTitle() string {
	if r.Subtitle == "" {
		return r.Title
	}
	return r.Title + ": " + r.Subtitle
}

// ListAbstract gives the abstract that lists, digests and feeds print: the
// librarian's own where there is one, else the document's.
func (r Report) ListAbstract() string {
	if r.Annotation != "" {
		return r.Annotation
	}
	return r.Abstract
}

// AgentsWith gives the agents that have the role, in order.
func (r Report) AgentsWith(role Role) []Agent {
	var agents []Agent
	for _, c := range r.Agents {
		if c.Role == role {
			agents = append(agents, c.Agent)
		}
	}
	return agents
}

// Identifier gives the first value of the scheme, or "".
func (r Report) Identifier(scheme Scheme) string {
	for _, id := range r.Identifiers {
		if id.Scheme == scheme {
			return id.Value
		}
	}
	return ""
}

// State says how far a report has come on its way through the desk.
type State string

// The states of a report. Only a published report is shown to anonymous
// readers; an embargoed one shows its record once a later stage says so.
const (
	Candidate State = "candidate" // found, not yet looked at
	Draft     State = "draft"     // being described
	ToReview  State = "to review" // waits for a second pair of eyes
	Published State = "published"
	Embargoed State = "embargoed" // until a date
	Refused   State = "refused"   // with a reason
	Withdrawn State = "withdrawn" // was there and is no longer shown; its address stays
	Archived  State = "archived"
)

// States gives every state in the order of a report's life.
func States() []State {
	return []State{Candidate, Draft, ToReview, Published, Embargoed, Refused, Withdrawn, Archived}
}

// Valid reports whether s is one of the states.
func (s State) Valid() bool {
	for _, known := range States() {
		if s == known {
			return true
		}
	}
	return false
}
