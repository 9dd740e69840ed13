// Package catalogtest is the suite that every backend of the catalogue passes:
//
//	catalogtest.Run(t, func(t testing.TB, dir string) catalog.Catalog { … })
//
// It belongs to the port internal/catalog and holds tests only.
package catalogtest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Open opens a catalogue kept in the folder; opened again on the same folder
// it is the same catalogue. The suite closes what it opens.
type Open func(t testing.TB, dir string) catalog.Catalog

// Run runs the suite.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, *fixture){
		"round trip": roundTrip, "changes": changes, "conflict": conflict, "exists": exists, "nothing changes": nothingChanges,
		"all or nothing": allOrNothing, "files": fileHolders, "entries": entryHolders, "moved file": movedFile, "findings": findings, "history": history, "filters": filters,
		"outbox": outbox, "marks": marks, "reading while writing": readingWhileWriting, "two handles": twoHandles,
		"many writers": manyWriters, "reopen": reopen, "backup": backup, "check": check, "cancelled": cancelled,
		"records": records, "record errors": recordErrors, "decided records": decidedRecords, "seals": seals, "shown": shown, "log": decisionLog, "links": links, "queue": queue, "arrivals": arrivals,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			f := &fixture{dir: dir, open: open, Catalog: open(t, dir)}
			t.Cleanup(func() { _ = f.Close() })
			test(t, f)
		})
	}
}

// fixture is a catalogue under test and what it takes to write decisions.
type fixture struct {
	catalog.Catalog
	dir  string
	open Open
	mu   sync.Mutex
	n    int
}

var start = time.Date(2026, 4, 22, 9, 30, 0, 123456789, time.UTC)

// decision gives a new decision, a second later than the one before.
func (f *fixture) decision() greyshelf.Decision {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
	return greyshelf.Decision{ID: fmt.Sprintf("d%d", f.n), At: start.Add(time.Duration(f.n) * time.Second), Who: "tester", Method: greyshelf.ByPerson, Reason: "because"}
}

// put commits reports with a new decision and gives them as they are stored.
func (f *fixture) put(t *testing.T, reports ...greyshelf.Report) ([]greyshelf.Report, greyshelf.Decision) {
	t.Helper()
	d, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: reports})
	if err != nil {
		t.Fatal(err)
	}
	var stored []greyshelf.Report
	for _, r := range reports {
		stored = append(stored, f.get(t, r.ID))
	}
	return stored, d
}

func (f *fixture) get(t *testing.T, id string) greyshelf.Report {
	t.Helper()
	r, err := f.Report(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (f *fixture) ids(t *testing.T, filter catalog.Filter) string {
	t.Helper()
	var ids []string
	for r, err := range f.Reports(t.Context(), filter) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

// sha gives a well-formed file name.
func sha(digit string) string { return strings.Repeat(digit, 64) }

// full is a report with a value in every field.
func full(id string) greyshelf.Report {
	return greyshelf.Report{
		ID: id, State: greyshelf.Published, Type: "report", Title: "Grey “shelf” \u2028 النص", Subtitle: "A test",
		Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Ada Tester", Family: "Tester", Given: "Ada"}, Role: greyshelf.Author, EtAl: true}},
		Date:   greyshelf.Date{Printed: "May 2009", EDTF: "2009-05"}, Abstract: "First.\nSecond.", Headings: []greyshelf.Heading{{Label: "Testing", Language: "en"}},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.DOI, Value: "10.1000/182"}}, Languages: []string{"en", "ar"},
		Rights: greyshelf.Rights{Code: "cc-by-4.0", Statement: "CC BY 4.0"}, Format: "PDF", Extent: greyshelf.Extent{Printed: "81 pages", Pages: 81},
		Size: greyshelf.Size{Printed: "0.7 MB", Bytes: 734003}, URL: "https://example.org/x", Series: "S", Version: "6", Note: "n",
		Entry: &greyshelf.EntryLayout{Raw: "raw " + id, After: "\n\n", Spans: []greyshelf.EntrySpan{{Field: "title", Start: 0, End: 3, Value: "raw"}}},
		Editions: []greyshelf.Edition{{ID: "1", Language: "en", Files: []greyshelf.File{{SHA256: sha(id[:1]), MediaType: "application/pdf", Bytes: 5, Pages: 1, Text: "v1", Added: start,
			Outline: []greyshelf.Outline{{Title: "One", Level: 1, Page: 1}}}}}},
	}
}

func want(t *testing.T, err error, kind greyshelf.Kind) {
	t.Helper()
	if greyshelf.KindOf(err) != kind {
		t.Errorf("got %q (%v), want %q", greyshelf.KindOf(err), err, kind)
	}
}
