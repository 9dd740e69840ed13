package curate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
)

// A newer description changes what a describer said and fills what is empty;
// what a person gave or emptied stays.
func TestRedescribe(t *testing.T) {
	finding := func(field greyshelf.Field, value string) greyshelf.Finding {
		return greyshelf.Finding{Field: field, Value: value, Method: "cover-layout@1", Chosen: true}
	}
	file := greyshelf.File{SHA256: "aa", MediaType: "application/pdf", Pages: 2}
	old := []greyshelf.Finding{finding(greyshelf.FieldTitle, "Old title"), finding(greyshelf.FieldAbstract, "Old abstract."), finding(greyshelf.FieldSeries, "Old series")}
	added := curate.FromFindings(file, old)
	added.ID, added.State, added.Revision = "r1", greyshelf.Published, 1
	edited := added
	edited.Abstract, edited.Series = "The desk's abstract.", ""
	decisions := []greyshelf.Decision{
		{ID: "d2", Method: greyshelf.ByPerson, Who: "ana", At: time.Unix(2, 0), Changes: catalog.Diff(added, edited)},
		{ID: "d1", Method: greyshelf.ByAdd, Who: "local", At: time.Unix(1, 0), Changes: catalog.Diff(greyshelf.Report{ID: "r1"}, added)},
	}
	sets := []greyshelf.FindingSet{{Report: "r1", File: "aa", Method: "describe@0", Findings: old}}
	now := []greyshelf.Finding{
		finding(greyshelf.FieldTitle, "New title"), finding(greyshelf.FieldAbstract, "New abstract."),
		finding(greyshelf.FieldSeries, "New series"), finding(greyshelf.FieldVersion, "2"),
	}
	plan, err := curate.Redescribe(edited, file, now, decisions, sets)
	if err != nil {
		t.Fatal(err)
	}
	var changed, kept []string
	for _, c := range plan.Changes {
		changed = append(changed, c.Field+" "+string(c.Before)+" → "+string(c.After)+" by "+c.Findings[0].Method)
	}
	for _, o := range plan.Kept {
		kept = append(kept, o.Field+" by "+o.Who)
	}
	if d := cmp.Diff([]string{`title "Old title" → "New title" by cover-layout@1`, `version null → "2" by cover-layout@1`}, changed); d != "" {
		t.Errorf("changes: %s", d)
	}
	if d := cmp.Diff([]string{"abstract by ana", "series by ana"}, kept); d != "" {
		t.Errorf("kept: %s", d)
	}
	want := edited
	want.Title, want.Version = "New title", "2"
	if d := cmp.Diff(want, plan.After); d != "" {
		t.Errorf("after: %s", d)
	}
}

// Written, the new text version stands in the report, the older findings beside
// the new ones, and an undo brings all of it back.
func TestDeskRedescribe(t *testing.T) {
	d := newDesk(t)
	file := greyshelf.File{SHA256: strings.Repeat("a", 64), MediaType: "application/pdf", Text: "engine@1", Pages: 2}
	said := func(title string) []greyshelf.Finding {
		return []greyshelf.Finding{{Field: greyshelf.FieldTitle, Value: title, Method: "cover-layout@1", Chosen: true}}
	}
	outcome, err := d.Add(t.Context(), "ada", curate.Described{File: file, Findings: said("Old"), Method: "describe@1"})
	if err != nil {
		t.Fatal(err)
	}
	before, err := d.Catalog.Report(t.Context(), outcome.Report)
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := d.Catalog.Decisions(t.Context(), before.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	now := file
	now.Text = "engine@2"
	plan, err := curate.Redescribe(before, now, said("New"), decisions, nil)
	if err != nil || !plan.Text || !plan.Changed() || before.Files()[0].Text != "engine@1" {
		t.Fatal(plan, err)
	}
	made, err := d.Redescribe(t.Context(), "ada", plan, greyshelf.FindingSet{File: file.SHA256, Method: "describe@2", Findings: said("New")})
	if err != nil {
		t.Fatal(err)
	}
	state := func() string {
		r, err := d.Catalog.Report(t.Context(), before.ID)
		if err != nil {
			t.Fatal(err)
		}
		sets, err := d.Catalog.Findings(t.Context(), before.ID)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(r.Title, " ", r.Files()[0].Text, " ", len(sets))
	}
	if got := state(); got != "New engine@2 2" {
		t.Errorf("after it: %s", got)
	}
	if _, err := d.Redescribe(t.Context(), "ada", plan, greyshelf.FindingSet{}); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("a stale plan: %v", err)
	}
	if _, err := d.Undo(t.Context(), "ada", made.ID, ""); err != nil {
		t.Fatal(err)
	}
	if got := state(); got != "Old engine@1 2" {
		t.Errorf("after the undo: %s", got)
	}
}
