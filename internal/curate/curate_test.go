package curate_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/curate"
)

// newDesk gives a desk on a real catalogue, with a clock and identifiers that
// count.
func newDesk(t testing.TB) *curate.Desk {
	t.Helper()
	c, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	n := 0
	at := time.Date(2026, 4, 22, 0, 0, 0, 0, time.UTC)
	return &curate.Desk{Catalog: c, NewID: func() string { n++; return fmt.Sprint("id", n) }, Now: func() time.Time { at = at.Add(time.Minute); return at }}
}

var file = greyshelf.File{SHA256: strings.Repeat("a", 64), MediaType: "application/pdf", Name: "x.pdf", Source: "https://example.org/x.pdf", Bytes: 734003, Pages: 81}

var findings = []greyshelf.Finding{
	{Field: greyshelf.FieldTitle, Value: "The Title", Page: 1, Quote: "The Title", Method: "cover@1", Confidence: 0.9, Chosen: true},
	{Field: greyshelf.FieldTitle, Value: "Microsoft Word", Method: "info@1", Confidence: 0.1},
	{Field: greyshelf.FieldCreator, Value: "Tester, Ada", Page: 1, Chosen: true},
	{Field: greyshelf.FieldCreator, Value: "Institute of Testing", Page: 1, Chosen: true},
	{Field: greyshelf.FieldCreator, Value: "Plato", Page: 1, Chosen: true},
	{Field: greyshelf.FieldPublisher, Value: "Harbour House", Page: 2, Chosen: true},
	{Field: greyshelf.FieldDate, Value: "2009-05", Printed: "May 2009", Page: 1, Chosen: true},
	{Field: greyshelf.FieldRights, Value: "cc-by-4.0", Quote: "CC BY 4.0", Page: 2, Chosen: true},
	{Field: greyshelf.FieldLanguage, Value: "en", Chosen: true},
	{Field: greyshelf.FieldReportNumber, Value: "R-1", Page: 1, Chosen: true},
	{Field: greyshelf.FieldIdentifier, Value: "doi:10.1000/182", Page: 1, Chosen: true},
}

func TestFromFindings(t *testing.T) {
	got := curate.FromFindings(file, findings)
	want := greyshelf.Report{
		Title: "The Title", URL: "https://example.org/x.pdf", Format: "PDF",
		Agents: []greyshelf.Contribution{
			{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Ada Tester", Family: "Tester", Given: "Ada"}, Role: greyshelf.Author},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Institute of Testing"}, Role: greyshelf.Author},
			{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Plato"}, Role: greyshelf.Author},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Harbour House"}, Role: greyshelf.Publisher},
		},
		Date: greyshelf.Date{Printed: "May 2009", EDTF: "2009-05"}, Rights: greyshelf.Rights{Code: "cc-by-4.0", Statement: "CC BY 4.0"}, Languages: []string{"en"},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.ReportNumber, Value: "R-1"}, {Scheme: greyshelf.DOI, Value: "10.1000/182"}},
		Extent:      greyshelf.Extent{Printed: "81 pages", Pages: 81}, Size: greyshelf.Size{Printed: "716.80 KB", Bytes: 734003},
		Editions: []greyshelf.Edition{{ID: "1", Date: greyshelf.Date{Printed: "May 2009", EDTF: "2009-05"}, Language: "en", Files: []greyshelf.File{file}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func add(t *testing.T, d *curate.Desk) curate.Outcome {
	t.Helper()
	outcome, err := d.Add(t.Context(), "ada", curate.Described{File: file, Findings: findings, Method: "describe@1"})
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func TestAddTwice(t *testing.T) {
	d := newDesk(t)
	first, second := add(t, d), add(t, d)
	if first.Status != curate.Added || second.Status != curate.Known || first.Report != second.Report {
		t.Errorf("%+v, %+v", first, second)
	}
}

func edit(t *testing.T, d *curate.Desk, id string, change func(*greyshelf.Report)) greyshelf.Decision {
	t.Helper()
	r := report(t, d, id)
	decision, err := d.Edit(t.Context(), "ben", id, r.Revision, func(r *greyshelf.Report) error { change(r); return nil }, "")
	if err != nil {
		t.Fatal(err)
	}
	return decision
}

func report(t *testing.T, d *curate.Desk, id string) greyshelf.Report {
	t.Helper()
	r, err := d.Catalog.Report(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func undo(t *testing.T, d *curate.Desk, decision string, want greyshelf.Kind) greyshelf.Decision {
	t.Helper()
	got, err := d.Undo(t.Context(), "ada", decision, "")
	if greyshelf.KindOf(err) != want {
		t.Fatalf("undo %s: %v, want kind %q", decision, err, want)
	}
	return got
}

func TestUndo(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	first := edit(t, d, id, func(r *greyshelf.Report) { r.Title = "One" })
	second := edit(t, d, id, func(r *greyshelf.Report) { r.Title, r.Subtitle = "Two", "Sub" })
	undo(t, d, first.ID, greyshelf.Conflict) // the title was changed again
	back := undo(t, d, second.ID, "")
	if r := report(t, d, id); r.Title != "One" || r.Subtitle != "" {
		t.Errorf("after the undo: %q, %q", r.Title, r.Subtitle)
	}
	undo(t, d, second.ID, greyshelf.Conflict) // already undone
	undo(t, d, back.ID, "")
	if r := report(t, d, id); r.Title != "Two" || r.Subtitle != "Sub" {
		t.Errorf("after the undo of the undo: %q, %q", r.Title, r.Subtitle)
	}
	undo(t, d, second.ID, "")
	undo(t, d, first.ID, "")
	if r := report(t, d, id); r.Title != "The Title" {
		t.Errorf("after all undone: %q", r.Title)
	}
	undo(t, d, "nothing", greyshelf.NotFound)
}

func TestUndoOfAdding(t *testing.T) {
	d := newDesk(t)
	outcome := add(t, d)
	back := undo(t, d, outcome.Decision, "")
	if r := report(t, d, outcome.Report); r.State != greyshelf.Withdrawn || r.Title != "The Title" {
		t.Errorf("%s, %q", r.State, r.Title)
	}
	undo(t, d, outcome.Decision, greyshelf.Conflict)
	undo(t, d, back.ID, "")
	if r := report(t, d, outcome.Report); r.State != greyshelf.Published {
		t.Errorf("%s", r.State)
	}
}

func TestEditRefuses(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	for name, change := range map[string]func(*greyshelf.Report){
		"state": func(r *greyshelf.Report) { r.State = "gone" }, "date": func(r *greyshelf.Report) { r.Date.EDTF = "2016-13-45" },
		"isbn": func(r *greyshelf.Report) {
			r.Identifiers = []greyshelf.Identifier{{Scheme: greyshelf.ISBN, Value: "9780000000000"}}
		},
		"agent": func(r *greyshelf.Report) { r.Agents = []greyshelf.Contribution{{Role: greyshelf.Author}} }, "pages": func(r *greyshelf.Report) { r.Extent.Pages = -1 },
		"nothing": func(*greyshelf.Report) {},
	} {
		_, err := d.Edit(t.Context(), "ben", id, 1, func(r *greyshelf.Report) error { change(r); return nil }, "")
		if greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	edit(t, d, id, func(r *greyshelf.Report) { r.Title = "Newer" })
	_, err := d.Edit(t.Context(), "ben", id, 1, func(r *greyshelf.Report) error { r.Title = "Mine"; return nil }, "")
	if greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("an old revision: %v", err)
	}
}

func TestImport(t *testing.T) {
	d := newDesk(t)
	entry := greyshelf.Report{Title: "Entry", Entry: &greyshelf.EntryLayout{Raw: "Entry. 2012."}}
	source := greyshelf.Source{File: "list.txt", Line: 3, Raw: "Entry. 2012."}
	imports := func() curate.Outcome {
		t.Helper()
		outcome, err := d.ImportEntry(t.Context(), "ada", greyshelf.Entry{Layout: *entry.Entry}, entry, source, false)
		if err != nil {
			t.Fatal(err)
		}
		return outcome
	}
	first, second := imports(), imports()
	if first.Status != curate.Added || second.Status != curate.Known || second.Report != first.Report {
		t.Errorf("%+v, %+v", first, second)
	}
	decision, err := d.Catalog.Decision(t.Context(), first.Decision)
	if err != nil || decision.Method != greyshelf.ByImport || *decision.Source != source {
		t.Errorf("%+v, %v", decision, err)
	}
	undo(t, d, first.Decision, "")
	if third := imports(); third.Status != curate.Added || third.Report != first.Report {
		t.Errorf("after the undo: %+v", third)
	}
	if r := report(t, d, first.Report); r.State != greyshelf.Published {
		t.Errorf("it is %s after it was imported again", r.State)
	}
	edit(t, d, first.Report, func(r *greyshelf.Report) { r.State = greyshelf.Withdrawn })
	if fourth := imports(); fourth.Status != curate.Known {
		t.Errorf("a person withdrew it, and an import brought it back: %+v", fourth)
	}
}

func TestOrigins(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	origins := func() map[string]curate.Origin {
		t.Helper()
		decisions, err := d.Catalog.Decisions(t.Context(), id, 0)
		if err != nil {
			t.Fatal(err)
		}
		sets, err := d.Catalog.Findings(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return curate.Origins(report(t, d, id), decisions, sets)
	}
	title := origins()["title"]
	if title.Method != greyshelf.ByAdd || len(title.Findings) != 1 || title.Findings[0].Page != 1 || title.File != file.SHA256 {
		t.Errorf("described: %+v", title)
	}
	if agents := origins()["agents"]; len(agents.Findings) != 4 {
		t.Errorf("agents: %+v", agents)
	}
	change := edit(t, d, id, func(r *greyshelf.Report) { r.Title = "By hand" })
	if title := origins()["title"]; title.Method != greyshelf.ByPerson || title.Who != "ben" || title.Findings != nil {
		t.Errorf("edited: %+v", title)
	}
	undo(t, d, change.ID, "")
	if title := origins()["title"]; title.Method != greyshelf.ByAdd || len(title.Findings) != 1 {
		t.Errorf("undone: %+v", title)
	}
}

// TestAddAtOnce lets several add the same file: one report comes of it.
func TestAddAtOnce(t *testing.T) {
	d := newDesk(t)
	var n, added atomic.Int64
	d.NewID = func() string { return fmt.Sprint("n", n.Add(1)) }
	d.Now = func() time.Time { return time.Unix(0, 0) }
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			outcome, err := d.Add(t.Context(), "ada", curate.Described{File: file, Findings: findings, Method: "describe@1"})
			if err != nil {
				t.Error(err)
			}
			if outcome.Status == curate.Added {
				added.Add(1)
			}
		})
	}
	all.Wait()
	if count, err := d.Catalog.Count(t.Context(), catalog.Filter{}); err != nil || count != 1 || added.Load() != 1 {
		t.Errorf("%d reports, added %d times (%v)", count, added.Load(), err)
	}
}

// TestAddAfterUndo adds a file again whose report an undo had withdrawn: it is
// there again under its address. One that a person withdrew stays away.
func TestAddAfterUndo(t *testing.T) {
	d := newDesk(t)
	first := add(t, d)
	undo(t, d, first.Decision, "")
	second := add(t, d)
	if second.Status != curate.Added || second.Report != first.Report || report(t, d, first.Report).State != greyshelf.Published {
		t.Errorf("%+v", second)
	}
	edit(t, d, first.Report, func(r *greyshelf.Report) { r.State = greyshelf.Withdrawn })
	if third := add(t, d); third.Status != curate.Known {
		t.Errorf("%+v", third)
	}
}

// TestTakenIdentifier draws another identifier when one is taken.
func TestTakenIdentifier(t *testing.T) {
	d := newDesk(t)
	var ids []string
	d.NewID = func() string { id := ids[0]; ids = ids[1:]; return id }
	for i, want := range []string{"one", "two"} {
		ids = map[int][]string{0: {"x", "one", "d1"}, 1: {"x", "one", "d2", "two", "d3"}}[i]
		in := curate.Described{File: file, Method: "describe@1"}
		in.File.SHA256 = strings.Repeat(fmt.Sprint(i), 64)
		if outcome, err := d.Add(t.Context(), "ada", in); err != nil || outcome.Report != want {
			t.Errorf("%+v, %v; want %s", outcome, err, want)
		}
	}
}

// TestUndoNamesWhatStandsInTheWay checks that an error says enough to go on.
func TestUndoNamesWhatStandsInTheWay(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	first := edit(t, d, id, func(r *greyshelf.Report) { r.Title = "One" })
	second := edit(t, d, id, func(r *greyshelf.Report) { r.Title = "Two" })
	_, err := d.Undo(t.Context(), "ada", first.ID, "")
	if err == nil || !strings.Contains(err.Error(), "title") || !strings.Contains(err.Error(), second.ID) {
		t.Errorf("got %v", err)
	}
	back := undo(t, d, second.ID, "")
	_, err = d.Undo(t.Context(), "ada", second.ID, "")
	if err == nil || !strings.Contains(err.Error(), "already undone") || !strings.Contains(err.Error(), back.ID) {
		t.Errorf("got %v", err)
	}
}

// TestOriginOfRestored names the decision that gave a value first and the undo
// that brought it back.
func TestOriginOfRestored(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	given := edit(t, d, id, func(r *greyshelf.Report) { r.Note = "mine" })
	lost := edit(t, d, id, func(r *greyshelf.Report) { r.Note = "other" })
	back := undo(t, d, lost.ID, "")
	decisions, err := d.Catalog.Decisions(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	origins := curate.Origins(report(t, d, id), decisions, nil)
	if note := origins["note"]; note.Decision != given.ID || note.Restored != back.ID || note.Method != greyshelf.ByPerson {
		t.Errorf("%+v", note)
	}
	if _, ok := origins["series"]; ok {
		t.Error("an empty field has an origin")
	}
	for field := range origins {
		if !slices.Contains(catalog.Fields(), field) {
			t.Errorf("%s is no field", field)
		}
	}
}

// TestCreators tells persons from bodies.
func TestCreators(t *testing.T) {
	for value, want := range map[string]greyshelf.AgentKind{
		"Tester, Ada": greyshelf.Person, "House, Karen": greyshelf.Person, "Plato": greyshelf.Person, "RAND Corporation": greyshelf.Body,
		"Subcommittee on Europe, Committee on Foreign Affairs": greyshelf.Body,
	} {
		r := curate.FromFindings(file, []greyshelf.Finding{{Field: greyshelf.FieldCreator, Value: value, Chosen: true}})
		if len(r.Agents) != 1 || r.Agents[0].Kind != want || r.Agents[0].Inverted() != value {
			t.Errorf("%s: %+v", value, r.Agents)
		}
	}
}

// TestRelationToNothing: a relation needs a report that is there.
func TestRelationToNothing(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	for other, want := range map[string]greyshelf.Kind{"nothing": greyshelf.Invalid, id: greyshelf.Invalid} {
		change := func(r *greyshelf.Report) error {
			r.Relations = []greyshelf.Relation{{Kind: greyshelf.PartOf, Report: other}}
			return nil
		}
		if _, err := d.Edit(t.Context(), "ben", id, report(t, d, id).Revision, change, ""); greyshelf.KindOf(err) != want {
			t.Errorf("%s: %v", other, err)
		}
	}
}

func TestTakeDown(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	for _, words := range []string{" \n", strings.Repeat("x", 2001)} {
		if _, err := d.TakeDown(t.Context(), "ben", id, 1, words, ""); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%.10q: %v", words, err)
		}
	}
	made, err := d.TakeDown(t.Context(), "ben", id, 1, " The publisher asked us. ", "letter of 3 May")
	if err != nil {
		t.Fatal(err)
	}
	if r := report(t, d, id); r.State != greyshelf.Withdrawn || r.Tombstone != "The publisher asked us." || r.Title == "" || made.Reason != "letter of 3 May" {
		t.Errorf("%+v", r)
	}
	edit(t, d, id, func(r *greyshelf.Report) { r.State = greyshelf.Published })
	if r := report(t, d, id); r.Tombstone != "" {
		t.Errorf("published again with a tombstone: %q", r.Tombstone)
	}
}
