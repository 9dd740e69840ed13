package bleve

import (
	"encoding/json"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/search"
)

// row is what is kept in memory of a report: all that filters, facets and
// sorting need. It is stored with the report's record document.
type row struct {
	ID      string              `json:"id"`
	State   greyshelf.State     `json:"state"`
	Title   string              `json:"title"` // as sorted
	Date    string              `json:"date,omitempty"`
	Files   []string            `json:"files,omitempty"` // SHA-256, by the file numbers in document names
	Facets  map[string][]string `json:"facets,omitempty"`
	Also    map[string][]string `json:"also,omitempty"` // as printed, where the authority's name counts
	Pages   int                 `json:"pages,omitempty"`
	Texts   int                 `json:"texts,omitempty"`  // documents with words
	Length  int                 `json:"length,omitempty"` // words in all of them
	facets  [][]int32           // Facets as numbers into table.values
	also    [][]int32           // Also, the same
	present bool                // false: removed, or not yet wholly written
}

// table holds the rows of all reports by number. Numbers are given in order of
// arrival and hold as long as the process.
type table struct {
	mu      sync.RWMutex
	numbers map[string]int32 // report → number
	rows    []*row           // by number; never nil
	reports int              // present ones
	pages   int
	texts   int
	length  int

	values       [][]string         // facet (as in search.Kept) → number → value
	valueNumbers []map[string]int32 // facet → value → number
}

func newTable() *table {
	t := &table{numbers: map[string]int32{}}
	for range search.Kept() {
		t.values = append(t.values, nil)
		t.valueNumbers = append(t.valueNumbers, map[string]int32{})
	}
	return t
}

// number gives the number of the report, a new one if need be. The table must
// be locked for writing.
func (t *table) number(report string) int32 {
	n, ok := t.numbers[report]
	if !ok {
		n = int32(len(t.rows))
		t.numbers[report] = n
		t.rows = append(t.rows, &row{ID: report})
	}
	return n
}

// set replaces the row of its report.
func (t *table) set(r *row) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.number(r.ID)
	t.count(t.rows[n], -1)
	r.facets, r.also = make([][]int32, len(t.values)), make([][]int32, len(t.values))
	for f, name := range search.Kept() {
		for _, value := range r.Facets[name] {
			r.facets[f] = append(r.facets[f], t.value(f, value))
		}
		for _, value := range r.Also[name] {
			r.also[f] = append(r.also[f], t.value(f, value))
		}
	}
	t.rows[n] = r
	t.count(r, 1)
}

func (t *table) count(r *row, sign int) {
	if r.present {
		t.reports += sign
		t.pages += sign * r.Pages
		t.texts += sign * r.Texts
		t.length += sign * r.Length
	}
}

func (t *table) value(facet int, value string) int32 {
	n, ok := t.valueNumbers[facet][value]
	if !ok {
		n = int32(len(t.values[facet]))
		t.valueNumbers[facet][value] = n
		t.values[facet] = append(t.values[facet], value)
	}
	return n
}

// files gives the file numbers of a report: those it has had, with new ones
// behind. Numbers never change their file while pages may carry them.
func (t *table) files(report string, pages []search.IndexedPage) []string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	var files []string
	if n, ok := t.numbers[report]; ok {
		files = slices.Clone(t.rows[n].Files)
	}
	for _, p := range pages {
		if !slices.Contains(files, p.File) {
			files = append(files, p.File)
		}
	}
	return files
}

// announce makes new file numbers known before pages carry them.
func (t *table) announce(report string, files []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.number(report)
	changed := *t.rows[n]
	changed.Files = files
	t.rows[n] = &changed
}

// read fills the table from the record documents.
func (t *table) read(reader *scorch.IndexSnapshot) error {
	for _, segment := range reader.Segments() {
		dictionary, err := segment.Segment().Dictionary(kindField)
		if err != nil {
			return err
		}
		list, err := dictionary.PostingsList([]byte(recordKind), segment.Deleted(), nil)
		if err != nil {
			return err
		}
		records := list.Iterator(false, false, false, nil)
		for {
			next, err := records.Next()
			if err != nil {
				return err
			}
			if next == nil {
				break
			}
			if err := t.readRow(segment, next.Number()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *table) readRow(segment *scorch.SegmentSnapshot, doc uint64) error {
	var failed error
	err := segment.VisitDocument(doc, func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != rowField {
			return true
		}
		r := &row{}
		if failed = json.Unmarshal(value, r); failed == nil {
			r.present = true
			t.set(r)
		}
		return false
	})
	if err == nil {
		err = failed
	}
	return err
}
