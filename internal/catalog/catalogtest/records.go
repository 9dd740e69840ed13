package catalogtest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

func records(t *testing.T, f *fixture) {
	person := catalog.Record{Kind: "person", ID: "p1", Keys: []string{"anna", "ann"}, Data: json.RawMessage(`{"name":"Anna"}`)}
	other := catalog.Record{Kind: "person", ID: "p2", Keys: []string{"anselm"}, Data: json.RawMessage(`{"name":"Anselm"}`)}
	if err := f.PutRecords(t.Context(), person, other, catalog.Record{Kind: "place", ID: "p1", Keys: []string{"anna"}, Data: json.RawMessage(`1`)}); err != nil {
		t.Fatal(err)
	}
	got, err := f.Record(t.Context(), "person", "p1")
	if err != nil || got.Revision != 1 || string(got.Data) != `{"name":"Anna"}` {
		t.Errorf("%+v, %v", got, err)
	}
	for _, test := range []struct {
		filter catalog.RecordFilter
		want   string
	}{
		{catalog.RecordFilter{Kind: "person"}, "p1 p2"},
		{catalog.RecordFilter{Kind: "person", After: "p1"}, "p2"},
		{catalog.RecordFilter{Kind: "person", Limit: 1}, "p1"},
		{catalog.RecordFilter{Kind: "person", Key: "anna"}, "p1"},
		{catalog.RecordFilter{Kind: "person", Key: "an"}, ""},
		{catalog.RecordFilter{Kind: "person", Prefix: "an"}, "p1 p2"},
		{catalog.RecordFilter{Kind: "person", Prefix: "ans"}, "p2"},
		{catalog.RecordFilter{Kind: "nothing"}, ""},
	} {
		if got := f.recordIDs(t, test.filter); got != test.want {
			t.Errorf("%+v: %q, want %q", test.filter, got, test.want)
		}
	}
	got.Keys, got.Data = []string{"hanna"}, json.RawMessage(`{"name":"Hanna"}`)
	if err := f.PutRecords(t.Context(), got); err != nil {
		t.Fatal(err)
	}
	if found := f.recordIDs(t, catalog.RecordFilter{Kind: "person", Key: "anna"}); found != "" {
		t.Errorf("an old key still finds %s", found)
	}
	want(t, f.PutRecords(t.Context(), got), greyshelf.Conflict)
	want(t, f.PutRecords(t.Context(), person), greyshelf.Exists)
	got.Revision = 2
	if err := f.PutRecords(t.Context(), got.Drop()); err != nil {
		t.Fatal(err)
	}
	_, err = f.Record(t.Context(), "person", "p1")
	want(t, err, greyshelf.NotFound)
	want(t, f.PutRecords(t.Context(), got), greyshelf.NotFound)
}

func (f *fixture) recordIDs(t *testing.T, filter catalog.RecordFilter) string {
	t.Helper()
	var ids []string
	for r, err := range f.Records(t.Context(), filter) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

// recordErrors: what cannot be a record is refused, and nothing of a write
// that fails stays.
func recordErrors(t *testing.T, f *fixture) {
	good := catalog.Record{Kind: "k", ID: "good", Data: json.RawMessage(`1`)}
	for _, bad := range []catalog.Record{
		{ID: "x", Data: json.RawMessage(`1`)}, {Kind: "k", Data: json.RawMessage(`1`)}, {Kind: "k", ID: "x", Data: json.RawMessage(`{`)},
		{Kind: "k", ID: "x", Data: json.RawMessage(`1`), Keys: []string{""}}, {Kind: "k", ID: "x", Data: json.RawMessage(`1`), Keys: []string{strings.Repeat("x", 5000)}},
	} {
		want(t, f.PutRecords(t.Context(), good, bad), greyshelf.Invalid)
	}
	want(t, f.PutRecords(t.Context(), good, good.Drop()), greyshelf.Exists) // a record may be written once only
	if got := f.recordIDs(t, catalog.RecordFilter{Kind: "k"}); got != "" {
		t.Errorf("%s stayed of writes that failed", got)
	}
}

// decidedRecords: a decision keeps what it changed beside reports.
func decidedRecords(t *testing.T, f *fixture) {
	r := catalog.Record{Kind: "authority", ID: "a1", Keys: []string{"rand"}, Data: json.RawMessage(`{"label":"RAND"}`)}
	made, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Records: []catalog.Record{r}})
	if err != nil {
		t.Fatal(err)
	}
	r.Revision, r.Data = 1, json.RawMessage(`{"label":"RAND Corporation"}`)
	report := full("r1")
	changed, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{report}, Records: []catalog.Record{r}})
	if err != nil {
		t.Fatal(err)
	}
	wanted := []greyshelf.RecordChange{{Kind: "authority", ID: "a1", Before: json.RawMessage(`{"label":"RAND"}`), After: json.RawMessage(`{"label":"RAND Corporation"}`)}}
	if diff := cmp.Diff(wanted, changed.Records); diff != "" {
		t.Error(diff)
	}
	all, err := f.RecordDecisions(t.Context(), "authority", "a1")
	if err != nil || len(all) != 2 || all[0].ID != changed.ID || all[1].ID != made.ID || !cmp.Equal(all[0].Records, wanted) {
		t.Errorf("%+v, %v", all, err)
	}
	read, err := f.Decision(t.Context(), changed.ID)
	if err != nil || !cmp.Equal(read.Records, wanted) {
		t.Errorf("%+v, %v", read, err)
	}
	_, err = f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Records: []catalog.Record{{Kind: "authority", ID: "a1", Revision: 2, Data: r.Data}}})
	want(t, err, greyshelf.Invalid) // nothing would change
	if _, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Records: []catalog.Record{{Kind: "authority", ID: "a1", Revision: 2}}}); err != nil {
		t.Fatal(err)
	}
	if got := f.recordIDs(t, catalog.RecordFilter{Kind: "authority"}); got != "" {
		t.Errorf("%s was dropped and is there", got)
	}
}

// seals: every decision is sealed, differently, in order.
func seals(t *testing.T, f *fixture) {
	for _, id := range []string{"r1", "r2", "r3"} {
		f.put(t, greyshelf.Report{ID: id, State: greyshelf.Draft})
	}
	_, err := f.Commit(t.Context(), catalog.Commit{Decision: f.decision()})
	want(t, err, greyshelf.Invalid) // and leaves no gap
	d := f.decision()               // file names need not be UTF-8
	d.Source, d.Reason = &greyshelf.Source{File: "list\xff.txt", Raw: "caf\xe9"}, "list\xff.txt, line 1"
	if _, err := f.Commit(t.Context(), catalog.Commit{Decision: d, Reports: []greyshelf.Report{{ID: "r4", State: greyshelf.Draft}}}); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	next := int64(1)
	for d, err := range f.Chain(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Seq != next || len(d.Seal) != 64 || seen[d.Seal] || len(d.Changes) == 0 {
			t.Errorf("%+v", d)
		}
		seen[d.Seal] = true
		next++
	}
	if next != 5 {
		t.Errorf("%d decisions are sealed", next-1)
	}
	if defects, err := f.Check(t.Context()); err != nil || len(defects) > 0 {
		t.Errorf("%v, %v", defects, err)
	}
}
