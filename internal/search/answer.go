package search

import "github.com/greyshelf/greyshelf/internal/rights"

// Ask is a query as a reader puts it to a [Service].
type Ask struct {
	Text      string              // in the query language; empty = everything
	Facets    map[string][]string // chosen facet values
	Only      string              // search in this report only; empty = in all
	Counted   []string            // facets beyond [Facets] that are counted, too
	Sort      Sort
	Limit     int // hits, or reports when Grouped; 0 = 20
	Offset    int
	Grouped   bool
	PerReport int  // with Grouped; 0 = all
	Bare      bool // no snippets, marks and labels: reports are wanted, not pages
	Reader    rights.Reader
}

// Answer is what a reader gets. Its JSON is the command line's and the API's.
type Answer struct {
	TotalReports int                     `json:"total_reports"`
	TotalPages   int                     `json:"total_pages"`
	Hits         []Hit                   `json:"hits"`
	Facets       map[string][]FacetCount `json:"facets,omitempty"`
	Suggestion   string                  `json:"suggestion,omitempty"` // the whole query respelled
	Rebuilding   bool                    `json:"rebuilding,omitempty"` // the index is being made again: hits may be missing
}

// Hit is a page, or a record, that answers a query.
type Hit struct {
	Report  string   `json:"report"`
	Title   string   `json:"title,omitempty"`
	File    string   `json:"file,omitempty"` // SHA-256; absent for a hit in the record
	Page    int      `json:"page,omitempty"` // index from 1; absent for a hit in the record
	Label   string   `json:"label,omitempty"`
	Snippet string   `json:"snippet,omitempty"` // plain text, at most 300 characters
	Marks   [][2]int `json:"marks,omitempty"`   // [start, end) in code points of the snippet
	Score   float64  `json:"score"`
	Found   int      `json:"-"` // pages of this report with a hit
	Open    bool     `json:"-"` // the reader may open the page
}
