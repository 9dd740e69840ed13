package curate_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
)

// steps gives steps for a list of references, each with the verdict.
func steps(t *testing.T, text string, judge func(bring.Item) bring.Verdict) iter.Seq2[bring.Step, error] {
	in := bring.Input{Name: "x.ris", Path: "x.ris", FS: fstest.MapFS{"x.ris": {Data: []byte(text)}}}
	return func(yield func(bring.Step, error) bool) {
		for item, err := range bring.Read(t.Context(), in, bring.Options{}) {
			if !yield(bring.Step{Item: item, Verdict: judge(item)}, err) {
				return
			}
		}
	}
}

func isNew(bring.Item) bring.Verdict { return bring.Verdict{Status: bring.New} }

func references(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "TY  - RPRT\nTI  - Report of wells %d\nPB  - Harbour Institute\nER  - \n", i)
	}
	return b.String()
}

func TestBringAndUndo(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	made, err := d.Bring(ctx, steps(t, references(450), isNew), curate.Order{Who: "ann", Name: "x.ris"})
	if err != nil || made.Added != 450 {
		t.Fatal(made, err)
	}
	var first greyshelf.Report
	n := 0
	for r, err := range d.Catalog.Reports(ctx, catalog.Filter{States: []greyshelf.State{greyshelf.Draft}}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 1 {
			first = r
		}
	}
	decisions, _ := d.Catalog.RecordDecisions(ctx, "import", made.ID)
	if n != 450 || len(decisions) != 3 {
		t.Fatalf("%d drafts by %d decisions", n, len(decisions))
	}
	from, err := d.CameFrom(ctx, first.ID)
	if err != nil || from.File != "x.ris" || from.Line != 1 || from.Import != made.ID || !strings.HasPrefix(from.Raw, "TY  - RPRT") {
		t.Errorf("%+v %v", from, err)
	}
	on, _ := d.Catalog.Decisions(ctx, first.ID, 0)
	if on, err = curate.Sourced(ctx, d.Catalog, first.ID, on); err != nil || curate.Origins(first, on, nil)["title"].Source.Line != 1 {
		t.Error("the title does not say where it came from", err)
	}
	if _, err := d.Edit(ctx, "ann", first.ID, 1, func(r *greyshelf.Report) error { r.Title = "Corrected"; return nil }, ""); err != nil {
		t.Fatal(err)
	}
	undone, err := d.UndoImport(ctx, "ann", made.ID, "")
	if err != nil || undone.Withdrawn != 449 || len(undone.Kept) != 1 || undone.Kept[0] != first.ID {
		t.Fatal(undone, err)
	}
	if _, err := d.UndoImport(ctx, "ann", made.ID, ""); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Error(err)
	}
	again := func(i bring.Item) bring.Verdict {
		r, again, err := d.Brought(ctx, i)
		if err != nil {
			t.Fatal(err)
		}
		if again {
			return bring.Verdict{Status: bring.New, Other: r.ID, Again: true}
		}
		return bring.Verdict{Status: bring.Known, Other: r.ID}
	}
	became := map[curate.Status]int{}
	back, err := d.Bring(ctx, steps(t, references(450), again), curate.Order{Who: "ann", Done: func(_ bring.Step, b curate.Brought) { became[b.Status]++ }})
	if err != nil || back.Added != 449 || became[curate.Known] != 1 || became[curate.Added] != 449 {
		t.Error(back, became, err)
	}
	if all, err := d.Imports(ctx, 1); err != nil || len(all) != 1 || all[0].ID != back.ID {
		t.Error(all, err)
	}
	problems, err := d.Catalog.Check(ctx)
	if err != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
}

// TestBringStopped: what was brought before the end of a broken list stays.
func TestBringStopped(t *testing.T) {
	d := newDesk(t)
	broken := errors.New("the disk went")
	s := func(yield func(bring.Step, error) bool) {
		for step, err := range steps(t, references(250), isNew) {
			if !yield(step, err) {
				return
			}
		}
		yield(bring.Step{}, broken)
	}
	made, err := d.Bring(t.Context(), s, curate.Order{Who: "ann"})
	if !errors.Is(err, broken) || made.Added != 250 {
		t.Error(made, err)
	}
}

// TestBringChoices: a look-alike is a marked draft, skipped, or a report of
// its own, as chosen; one bad item does not stop its neighbours.
func TestBringChoices(t *testing.T) {
	d := newDesk(t)
	alike := func(i bring.Item) bring.Verdict {
		if i.Ordinal > 3 {
			return bring.Verdict{Status: bring.New}
		}
		return bring.Verdict{Status: bring.Alike, Other: "other", Title: "Wells", Percent: 92, Why: "the same title"}
	}
	entry := "TY  - RPRT\nTI  - Same\nER  - \n"
	_, err := d.Bring(t.Context(), steps(t, references(4)+entry+entry, alike), curate.Order{
		Who: "ann", Choices: bring.Choices{Publish: true, Each: map[int]bring.Take{2: bring.TakeSkip, 3: bring.TakeNew}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for r := range d.Catalog.Reports(t.Context(), catalog.Filter{}) {
		got = append(got, fmt.Sprintf("%s %s %t", r.Title, r.State, strings.Contains(r.Note, "looks like report other (Wells), 92 %")))
	}
	want := []string{"Report of wells 0 draft true", "Report of wells 2 published true", "Report of wells 3 published false", "Same published false"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q", got)
	}
}

// TestBringFiles: files beside a record are kept with it; one that is held
// already, or cannot be read, is left out and told.
func TestBringFiles(t *testing.T) {
	d := newDesk(t)
	take := func(_ any, f bring.File) (curate.Described, error) {
		if f.Name == "bad.pdf" {
			return curate.Described{}, greyshelf.Errorf(greyshelf.Invalid, "read", f.Name, "it is damaged")
		}
		return curate.Described{File: greyshelf.File{SHA256: strings.Repeat(f.Name[:1], 64), Name: f.Name, MediaType: "application/pdf"}, Method: "describe@1"}, nil
	}
	s := func(yield func(bring.Step, error) bool) {
		for step, err := range steps(t, references(2), isNew) {
			step.Files = []bring.File{{Name: "a.pdf"}, {Name: "bad.pdf"}}
			if !yield(step, err) {
				return
			}
		}
	}
	var told []string
	_, err := d.Bring(t.Context(), s, curate.Order{Who: "ann", Take: func(ctx context.Context, f bring.File) (curate.Described, error) { return take(ctx, f) }, Done: func(step bring.Step, b curate.Brought) {
		told = append(told, fmt.Sprint(step.Ordinal, b.Status, b.Problems))
	}})
	if err != nil || fmt.Sprint(told) != "[1added[bad.pdf: it is damaged] 2added[a.pdf: the same bytes as a file of record 1 bad.pdf: it is damaged]]" {
		t.Error(told, err)
	}
	id, err := d.Catalog.Holder(t.Context(), strings.Repeat("a", 64))
	if r, _ := d.Catalog.Report(t.Context(), id); err != nil || r.Title != "Report of wells 0" || len(r.Files()) != 1 {
		t.Error(r, err)
	}
}
