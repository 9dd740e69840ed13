package catalog_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

func TestDiff(t *testing.T) {
	before := greyshelf.Report{ID: "r", State: greyshelf.Draft, Title: "Old", Languages: []string{"en"}, Revision: 1, Updated: time.Unix(1, 0)}
	after := before
	after.State, after.Title, after.Languages, after.Revision, after.Updated = greyshelf.Published, "", []string{"en", "fr"}, 2, time.Unix(2, 0)
	want := []greyshelf.Change{
		{Report: "r", Field: "state", Before: json.RawMessage(`"draft"`), After: json.RawMessage(`"published"`)},
		{Report: "r", Field: "title", Before: json.RawMessage(`"Old"`), After: json.RawMessage(`null`)},
		{Report: "r", Field: "languages", Before: json.RawMessage(`["en"]`), After: json.RawMessage(`["en","fr"]`)},
	}
	if diff := cmp.Diff(want, catalog.Diff(before, after)); diff != "" {
		t.Error(diff)
	}
	if none := catalog.Diff(before, before); none != nil {
		t.Error(none)
	}
	made := catalog.Diff(greyshelf.Report{}, before)
	if len(made) != 3 || made[0].Field != "state" || string(made[0].Before) != "null" {
		t.Errorf("a new report: %v", made)
	}
}

// TestDiffOfBytes checks that an imported entry that is not UTF-8 keeps its
// bytes through changes.
func TestDiffOfBytes(t *testing.T) {
	before := greyshelf.Report{ID: "r", Entry: &greyshelf.EntryLayout{Raw: "caf\xe9"}}
	after := before
	after.Entry = &greyshelf.EntryLayout{Raw: "caf\xe8"}
	changes := catalog.Diff(before, after)
	back, err := catalog.Revert(after, changes)
	if len(changes) != 1 || err != nil || back.Entry.Raw != "caf\xe9" {
		t.Errorf("%v: %v, %q", changes, err, back.Entry.Raw)
	}
}

func TestRevertConflict(t *testing.T) {
	before := greyshelf.Report{ID: "r", Title: "One"}
	after := greyshelf.Report{ID: "r", Title: "Two", Note: "n"}
	changes := catalog.Diff(before, after)
	later := after
	later.Title = "Three"
	if _, err := catalog.Revert(later, changes); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("got %v", err)
	}
	if got := catalog.Overtaken(later, changes); !cmp.Equal(got, []string{"title"}) {
		t.Errorf("overtaken: %v", got)
	}
	if _, err := catalog.Apply(later, changes); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("apply: %v", err)
	}
	others := []greyshelf.Change{{Report: "another", Field: "title", Before: json.RawMessage(`"x"`), After: json.RawMessage(`"y"`)}}
	if got, err := catalog.Revert(after, others); err != nil || got.Title != "Two" {
		t.Errorf("changes of another report: %v, %v", got, err)
	}
	wrong := []greyshelf.Change{{Report: "r", Field: "title", Before: json.RawMessage(`{}`), After: json.RawMessage(`"Two"`)}}
	if _, err := catalog.Revert(after, wrong); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("a change that cannot be: %v", err)
	}
}

// TestStoredOtherwise takes changes back that a store has written with other
// white space and another order of names.
func TestStoredOtherwise(t *testing.T) {
	after := greyshelf.Report{ID: "r", Date: greyshelf.Date{Printed: "May 2009", EDTF: "2009-05"}}
	changes := []greyshelf.Change{{Report: "r", Field: "date", Before: json.RawMessage("null"), After: json.RawMessage(`{"edtf": "2009-05", "printed": "May 2009"}`)}}
	got, err := catalog.Revert(after, changes)
	if err != nil || got.Date != (greyshelf.Date{}) {
		t.Errorf("%+v, %v", got.Date, err)
	}
}

// TestThereAndBack checks that changes applied and taken back give the report
// that was, whatever it holds.
func TestThereAndBack(t *testing.T) {
	report := rapid.Custom(func(t *rapid.T) greyshelf.Report {
		text := rapid.StringN(0, 20, -1)
		r := greyshelf.Report{ID: "r", State: rapid.SampledFrom(greyshelf.States()).Draw(t, "state"), Title: text.Draw(t, "title"), Abstract: text.Draw(t, "abstract")}
		r.Extent.Pages = rapid.IntRange(0, 2).Draw(t, "pages")
		for range rapid.IntRange(0, 2).Draw(t, "agents") {
			r.Agents = append(r.Agents, greyshelf.Contribution{Agent: greyshelf.Agent{Name: text.Draw(t, "name")}, EtAl: rapid.Bool().Draw(t, "et al.")})
		}
		return r
	})
	rapid.Check(t, func(t *rapid.T) {
		before, after := report.Draw(t, "before"), report.Draw(t, "after")
		changes := catalog.Diff(before, after)
		applied, err := catalog.Apply(before, changes)
		if diff := cmp.Diff(after, applied); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		reverted, err := catalog.Revert(applied, changes)
		if diff := cmp.Diff(before, reverted); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}
