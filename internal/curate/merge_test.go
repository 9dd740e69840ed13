package curate_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/curate"
)

// addFile adds a report of one file whose SHA-256 is the digit over and over.
func addFile(t *testing.T, d *curate.Desk, digit string, more ...greyshelf.Finding) string {
	t.Helper()
	f := file
	f.SHA256 = strings.Repeat(digit, 64)
	outcome, err := d.Add(t.Context(), "ada", curate.Described{File: f, Findings: append(more, findings...), Method: "describe@1"})
	if err != nil {
		t.Fatal(err)
	}
	return outcome.Report
}

func get(t *testing.T, d *curate.Desk, id string) greyshelf.Report {
	t.Helper()
	r, err := d.Catalog.Report(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func merge(t *testing.T, d *curate.Desk, id, into string, as curate.MergeAs) greyshelf.Decision {
	t.Helper()
	made, err := d.Merge(t.Context(), "ben", id, into, as, "the same")
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// same compares reports but for what every decision changes.
func same(t *testing.T, what string, want, got greyshelf.Report) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(greyshelf.Report{}, "Revision", "Updated")); diff != "" {
		t.Errorf("%s: %s", what, diff)
	}
}

func TestMergeAsEdition(t *testing.T) {
	d := newDesk(t)
	old := addFile(t, d, "a")
	now := addFile(t, d, "b", greyshelf.Finding{Field: greyshelf.FieldDate, Value: "2010-02", Printed: "February 2010", Chosen: true},
		greyshelf.Finding{Field: greyshelf.FieldVersion, Value: "2", Chosen: true}, greyshelf.Finding{Field: greyshelf.FieldReportNumber, Value: "R-1/2", Chosen: true})
	was, wasNow := get(t, d, old), get(t, d, now)
	made := merge(t, d, now, old, curate.AsEdition)

	got, gone := get(t, d, old), get(t, d, now)
	if len(got.Editions) != 2 || got.Editions[0].ID != "2" || got.Editions[0].Label != "Version 2" || got.Date.EDTF != "2010-02" || got.Version != "2" || got.Title != was.Title {
		t.Errorf("%+v", got)
	}
	if gone.State != greyshelf.Withdrawn || gone.MergedInto != old || len(gone.Files()) != 0 {
		t.Errorf("%+v", gone)
	}
	if got.Identifier(greyshelf.ReportNumber) != "R-1" || len(got.Identifiers) != 3 {
		t.Errorf("identifiers %v", got.Identifiers)
	}
	if holder, err := d.Catalog.Holder(t.Context(), strings.Repeat("b", 64)); holder != old || err != nil {
		t.Errorf("the file is with %s, %v", holder, err)
	}
	if sets, err := d.Catalog.Findings(t.Context(), old); len(sets) != 2 || err != nil {
		t.Errorf("%d sets of findings, %v", len(sets), err)
	}
	if outcome, err := d.Add(t.Context(), "ada", curate.Described{File: gotFile(got, "b"), Findings: findings}); err != nil || outcome.Status != curate.Known || outcome.Report != old {
		t.Errorf("the same bytes again: %+v, %v", outcome, err)
	}
	undone := undo(t, d, made.ID, "")
	same(t, "undone", was, get(t, d, old))
	same(t, "undone", wasNow, get(t, d, now))
	undo(t, d, undone.ID, "")
	same(t, "the undo undone", got, get(t, d, old))
	same(t, "the undo undone", gone, get(t, d, now))
}

func gotFile(r greyshelf.Report, digit string) greyshelf.File {
	f, _ := r.File(strings.Repeat(digit, 64))
	return f
}

func TestMergeAsCopyAndTranslation(t *testing.T) {
	d := newDesk(t)
	first, copied := addFile(t, d, "a"), addFile(t, d, "b")
	french := addFile(t, d, "c", greyshelf.Finding{Field: greyshelf.FieldLanguage, Value: "fr", Chosen: true}, greyshelf.Finding{Field: greyshelf.FieldDate, Value: "2011", Chosen: true})
	merge(t, d, copied, first, curate.AsCopy)
	merge(t, d, french, first, curate.AsTranslation)
	got := get(t, d, first)
	if len(got.Editions) != 2 || len(got.Editions[0].Files) != 2 || got.Editions[1].Language != "fr" || got.Date.EDTF != "2009-05" {
		t.Errorf("%+v", got.Editions)
	}
	if diff := cmp.Diff([]string{"en", "fr"}, got.Languages); diff != "" {
		t.Error(diff)
	}
}

// TestMergeRefused: what cannot be merged is refused in words, and nothing has
// changed.
func TestMergeRefused(t *testing.T) {
	d := newDesk(t)
	a, b, c := addFile(t, d, "a"), addFile(t, d, "b"), addFile(t, d, "c")
	merge(t, d, b, a, curate.AsCopy)
	for name, test := range map[string]struct {
		from, into string
		as         curate.MergeAs
		kind       greyshelf.Kind
		says       string
	}{
		"itself":         {a, a, curate.AsCopy, greyshelf.Invalid, "itself"},
		"merged already": {b, c, curate.AsCopy, greyshelf.Conflict, "already"},
		"a circle":       {a, b, curate.AsCopy, greyshelf.Conflict, "was merged into"},
		"into one gone":  {c, b, curate.AsEdition, greyshelf.Conflict, "merge into that one"},
		"no way":         {c, a, "banana", greyshelf.Invalid, "edition, copy or translation"},
		"nothing":        {"none", a, curate.AsCopy, greyshelf.NotFound, ""},
		"into nothing":   {c, "none", curate.AsCopy, greyshelf.NotFound, ""},
	} {
		_, err := d.Merge(t.Context(), "ben", test.from, test.into, test.as, "")
		if greyshelf.KindOf(err) != test.kind || !strings.Contains(greyshelf.ReasonOf(err), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	merged := get(t, d, b)
	_, err := d.Edit(t.Context(), "ben", b, merged.Revision, func(r *greyshelf.Report) error { r.State = greyshelf.Published; return nil }, "")
	if greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("a merged report was published: %v", err)
	}
}

func TestSplit(t *testing.T) {
	d := newDesk(t)
	old := addFile(t, d, "a")
	now := addFile(t, d, "b", greyshelf.Finding{Field: greyshelf.FieldTitle, Value: "Another Title", Chosen: true})
	if _, err := d.Split(t.Context(), "ben", old, strings.Repeat("a", 64), ""); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("the only file: %v", err)
	}
	merge(t, d, now, old, curate.AsEdition)
	was := get(t, d, old)
	if _, err := d.Split(t.Context(), "ben", old, "deadbeef", ""); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Errorf("no such file: %v", err)
	}
	outcome, err := d.Split(t.Context(), "ben", old, strings.Repeat("b", 16), "another report after all")
	if err != nil {
		t.Fatal(err)
	}
	fresh, left := get(t, d, outcome.Report), get(t, d, old)
	if fresh.Title != "Another Title" || fresh.State != greyshelf.Published || len(fresh.Files()) != 1 || len(left.Files()) != 1 || len(left.Editions) != 1 {
		t.Errorf("%+v %+v", fresh, left)
	}
	undone := undo(t, d, outcome.Decision, "")
	same(t, "undone", was, get(t, d, old))
	if gone := get(t, d, outcome.Report); gone.State != greyshelf.Withdrawn || gone.MergedInto != old || len(gone.Files()) != 0 {
		t.Errorf("%+v", gone)
	}
	undo(t, d, undone.ID, "")
	same(t, "split again", fresh, get(t, d, outcome.Report))
	same(t, "split again", left, get(t, d, old))
}

func TestKeepApart(t *testing.T) {
	d := newDesk(t)
	a, b := addFile(t, d, "a"), addFile(t, d, "b")
	made, err := d.KeepApart(t.Context(), "ben", b, a, "two years")
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if apart, err := curate.Apart(t.Context(), d.Catalog, pair[0]); !apart[pair[1]] || len(apart) != 1 || err != nil {
			t.Errorf("%v, %v", apart, err)
		}
	}
	if _, err := d.KeepApart(t.Context(), "ben", a, b, ""); greyshelf.KindOf(err) != greyshelf.Exists {
		t.Errorf("twice: %v", err)
	}
	if _, err := d.KeepApart(t.Context(), "ben", a, a, ""); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("from itself: %v", err)
	}
	undone := undo(t, d, made.ID, "")
	if apart, err := curate.Apart(t.Context(), d.Catalog, a); len(apart) != 0 || err != nil {
		t.Errorf("undone: %v, %v", apart, err)
	}
	undo(t, d, undone.ID, "")
	if apart, err := curate.Apart(t.Context(), d.Catalog, a); !apart[b] || err != nil {
		t.Errorf("the undo undone: %v, %v", apart, err)
	}
	if _, err := d.TakeTogether(t.Context(), "ben", b, a, ""); err != nil {
		t.Error(err)
	}
	if apart, err := curate.Apart(t.Context(), d.Catalog, a); len(apart) != 0 || err != nil {
		t.Errorf("taken together: %v, %v", apart, err)
	}
	if _, err := d.TakeTogether(t.Context(), "ben", b, a, ""); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Errorf("taken together twice: %v", err)
	}
}

// TestMergeThereAndBack: whatever two reports hold, a merge that is undone
// leaves both as they were, and so does a split.
func TestMergeThereAndBack(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		c, err := sqlite.Open(context.Background(), filepath.Join(dir, fmt.Sprint(n)), sqlite.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		defer c.Close()
		ids, at := 0, time.Date(2026, 4, 22, 0, 0, 0, 0, time.UTC)
		d := &curate.Desk{Catalog: c, NewID: func() string { ids++; return fmt.Sprint("id", ids) }, Now: func() time.Time { at = at.Add(time.Minute); return at }}
		drawn := func(digit string) string {
			f := file
			f.SHA256 = strings.Repeat(digit, 64)
			var said []greyshelf.Finding
			for field, values := range map[greyshelf.Field][]string{
				greyshelf.FieldTitle: {"", "One", "Two"}, greyshelf.FieldDate: {"", "2009", "2010-03"}, greyshelf.FieldLanguage: {"", "en", "fr"},
				greyshelf.FieldVersion: {"", "2"}, greyshelf.FieldReportNumber: {"", "R-1", "R-2"},
			} {
				said = append(said, greyshelf.Finding{Field: field, Value: rapid.SampledFrom(values).Draw(rt, string(field)), Chosen: true})
			}
			outcome, err := d.Add(context.Background(), "ada", curate.Described{File: f, Findings: said, Method: "describe@1", Draft: rapid.Bool().Draw(rt, "draft")})
			if err != nil {
				rt.Fatal(err)
			}
			return outcome.Report
		}
		a, b := drawn("a"), drawn("b")
		read := func(id string) greyshelf.Report {
			r, err := c.Report(context.Background(), id)
			if err != nil {
				rt.Fatal(err)
			}
			r.Revision, r.Updated = 0, time.Time{}
			return r
		}
		wasA, wasB := read(a), read(b)
		as := rapid.SampledFrom([]curate.MergeAs{curate.AsCopy, curate.AsEdition, curate.AsTranslation}).Draw(rt, "as")
		merged, err := d.Merge(context.Background(), "ben", a, b, as, "")
		if err != nil {
			rt.Fatal(err)
		}
		both := read(b)
		split, err := d.Split(context.Background(), "ben", b, strings.Repeat("a", 64), "")
		if err != nil {
			rt.Fatal(err)
		}
		for _, id := range []string{split.Decision, merged.ID} {
			if _, err := d.Undo(context.Background(), "ben", id, ""); err != nil {
				rt.Fatal(err)
			}
			if id == split.Decision && !cmp.Equal(both, read(b)) {
				rt.Fatal(cmp.Diff(both, read(b)))
			}
		}
		if diff := cmp.Diff([]greyshelf.Report{wasA, wasB}, []greyshelf.Report{read(a), read(b)}); diff != "" {
			rt.Fatal(diff)
		}
	})
}
