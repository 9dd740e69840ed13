// Package search finds pages: it keeps the index up to date from the
// catalogue's outbox, answers queries with pages grouped under their report,
// snippets with the words marked, exact facet counts and a spelling
// suggestion.
//
// It stands after curate in the way of the data. The index (the port [Index];
// bleve now, opensearch later; suite searchtest) holds no text: snippets are
// made from the page store. It can be deleted and is rebuilt. What a reader
// may see of a hit is decided by package rights.
package search

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/query"
)

// Index is the port to a full-text engine. It is safe for concurrent use.
type Index interface {
	// Put replaces everything indexed of each report by the document; doing it
	// twice changes nothing. mark (see catalog.Outbox) is stored in the same
	// batch as the last of it: [Index.Mark] gives it back after a crash. The
	// memory it takes does not grow with the number of pages. Errors:
	// Unavailable (closed, disk full).
	Put(ctx context.Context, docs []Document, mark int64) error
	// Mark gives the mark of the last batch; 0 for a new index.
	Mark(ctx context.Context) (int64, error)
	// Search answers a request. Errors: Invalid (a query that cannot be run),
	// Unavailable (closed or damaged).
	Search(ctx context.Context, r Request) (Result, error)
	// Marks finds in a text, which is in the language (BCP 47), the words that
	// the query asks for in all their forms: [start, end) in code points, in
	// order, not overlapping.
	Marks(q query.Query, language, text string) [][2]int
	// Suggest gives a word of the index close to word and more frequent, or "".
	Suggest(ctx context.Context, word string) (string, error)
	// Count gives the numbers of reports and pages in the index.
	Count(ctx context.Context) (reports, pages int, err error)
	Close() error
}

// Document is a report as the index sees it. A document without Report.Title,
// agents and pages and with Gone removes the report.
type Document struct {
	Report greyshelf.Report
	Pages  []IndexedPage
	Gone   bool // the report is to be removed
	Names  Names
}

// Names is what the authorities say of the agents and headings of a report at
// present: as many of each as the report has, in its order, or none.
type Names struct {
	Agents   []Named
	Headings []Named
}

// Named is a name as its authority has it. The zero value stands for a name
// that no authority is known for.
type Named struct {
	Authority string   // its identifier
	Name      string   // its preferred form
	Above     []string // identifiers of all concepts above it
}

// IndexedPage is one page of one file of a report.
type IndexedPage struct {
	File     string // SHA-256
	Index    int    // from 1
	Text     string
	Language string // BCP 47; decides the stemming
}

// Request is a query for an [Index].
type Request struct {
	Query     query.Query         // parsed; nil = everything
	Facets    map[string][]string // chosen values by facet, see [Kept]; values of one facet are alternatives; a publisher or subject also as printed
	Counted   []string            // facets beyond [Facets] that are counted, too
	States    []greyshelf.State   // only reports in these states; empty = all
	Only      string              // only the report with this identifier; empty = all
	Sort      Sort
	Limit     int  // hits, or reports when Grouped
	Offset    int  // the same
	Grouped   bool // hits of one report stand together, ordered by the best of each
	PerReport int  // with Grouped: at most so many hits a report; 0 = all
}

// Sort is the order of hits.
type Sort string

// The orders. Title ignores leading articles.
const (
	ByRelevance Sort = "relevance"
	ByDate      Sort = "date" // newest first
	ByTitle     Sort = "title"
)

// Result is what an [Index] found.
type Result struct {
	Reports int // total reports with a hit
	Pages   int // total pages with a hit
	Hits    []Found
	Facets  map[string][]FacetCount // exact numbers of reports, most first
}

// Found is one hit of an index.
type Found struct {
	Report string
	File   string // empty for a hit in the record
	Page   int    // 0 for a hit in the record
	Score  float64
	Pages  int // pages of this report with a hit
}

// The facets.
const (
	FacetYear      = "year"
	FacetPublisher = "publisher"
	FacetLanguage  = "language"
	FacetFormat    = "format"
	FacetType      = "type"
	FacetSubject   = "subject"
)

// Facets gives the names of all facets in the order in which they are shown.
func Facets() []string {
	return []string{FacetYear, FacetPublisher, FacetSubject, FacetLanguage, FacetFormat, FacetType}
}

// The facets that are not among [Facets]: they are counted where a request
// names them. The first two hold identifiers of authorities, the others names.
const (
	FacetAuthority = "authority" // what an agent or heading of a report is the name of
	FacetUnder     = "under"     // a concept that a heading is the name of, or one above it
	FacetPerson    = "person"
	FacetBody      = "body" // a body that is no publisher: author, commissioner, host
)

// Kept gives the names of all facets that an index keeps.
func Kept() []string {
	return append(Facets(), FacetAuthority, FacetUnder, FacetPerson, FacetBody)
}

// FacetCount is one value of a facet.
type FacetCount struct {
	Value string `json:"value"`
	Count int    `json:"count"` // reports
}
