package curate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
)

func described(digit string) curate.Described {
	f := file
	f.SHA256 = strings.Repeat(digit, 64)
	return curate.Described{File: f, Findings: findings, Method: "describe@1"}
}

func attach(t *testing.T, d *curate.Desk, id, digit string, as curate.AttachAs, part string) curate.Outcome {
	t.Helper()
	outcome, err := d.Attach(t.Context(), "ben", id, described(digit), as, part)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func TestAttachParts(t *testing.T) {
	d := newDesk(t)
	id := addFile(t, d, "a")
	before := get(t, d, id)
	attach(t, d, id, "b", curate.AttachAnnex, "Annex 10")
	attach(t, d, id, "c", curate.AttachData, "")
	attach(t, d, id, "d", curate.AttachAnnex, " annex 2 ")
	last := attach(t, d, id, "e", curate.AttachCopy, "")
	var got []string
	r := get(t, d, id)
	for _, f := range r.Files() {
		got = append(got, f.SHA256[:1]+" "+f.Part)
	}
	if diff := cmp.Diff([]string{"a ", "e ", "d annex 2", "b Annex 10", "c Data"}, got); diff != "" {
		t.Error(diff)
	}
	if len(r.Editions) != 1 || r.Title != before.Title || r.Extent != before.Extent {
		t.Errorf("the record changed: %+v", r)
	}
	sets, err := d.Catalog.Findings(t.Context(), id)
	if err != nil || len(sets) != 2 {
		t.Errorf("%d sets of findings, %v; want those of the two documents", len(sets), err)
	}
	if again := attach(t, d, id, "b", curate.AttachAnnex, "Annex 10"); again.Status != curate.Known || again.Decision != "" {
		t.Errorf("the same bytes again: %+v", again)
	}
	if _, err := d.Undo(t.Context(), "ben", last.Decision, ""); err != nil {
		t.Fatal(err)
	}
	if _, there := get(t, d, id).File(strings.Repeat("e", 64)); there {
		t.Error("undo left the file")
	}
	if holder, err := d.Catalog.Holder(t.Context(), strings.Repeat("e", 64)); err == nil {
		t.Errorf("%s still holds the file", holder)
	}
}

func TestAttachEdition(t *testing.T) {
	d := newDesk(t)
	id := addFile(t, d, "a")
	attach(t, d, id, "b", curate.AttachEdition, "")
	attach(t, d, id, "c", curate.AttachTranslation, "")
	if r := get(t, d, id); len(r.Editions) != 3 || len(r.Files()) != 3 {
		t.Errorf("%+v", r.Editions)
	}
}

func TestAttachRefuses(t *testing.T) {
	d := newDesk(t)
	id, other := addFile(t, d, "a"), addFile(t, d, "b")
	merged := addFile(t, d, "c")
	merge(t, d, merged, id, curate.AsCopy)
	for name, c := range map[string]struct {
		report, digit, part string
		as                  curate.AttachAs
		kind                greyshelf.Kind
	}{
		"an unknown way":      {id, "d", "", "appendix", greyshelf.Invalid},
		"no such report":      {"nothing", "d", "", curate.AttachAnnex, greyshelf.NotFound},
		"a file of another":   {id, "b", "", curate.AttachAnnex, greyshelf.Conflict},
		"a merged report":     {merged, "d", "", curate.AttachAnnex, greyshelf.Conflict},
		"a name without end":  {other, "d", strings.Repeat("x", 201), curate.AttachAnnex, greyshelf.Invalid},
		"a name of two lines": {other, "d", "Annex\nX: 1", curate.AttachAnnex, greyshelf.Invalid},
		"no file":             {other, "x", "", curate.AttachAnnex, greyshelf.Invalid},
	} {
		_, err := d.Attach(t.Context(), "ben", c.report, described(c.digit), c.as, c.part)
		if greyshelf.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want %s", name, err, c.kind)
		}
	}
}

func TestRecord(t *testing.T) {
	d := newDesk(t)
	report := greyshelf.Report{Title: "Grain in Wartime", URL: "https://example.org/grain", Rights: greyshelf.Rights{Access: greyshelf.AccessLink},
		Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Harbour Institute"}, Role: greyshelf.Publisher}}}
	outcome, err := d.Record(t.Context(), "ben", report, false)
	if err != nil || outcome.Status != curate.Added {
		t.Fatal(outcome, err)
	}
	if r := get(t, d, outcome.Report); r.State != greyshelf.Published || r.URL != report.URL || r.Rights.Access != greyshelf.AccessLink || len(r.Editions) != 0 {
		t.Errorf("%+v", r)
	}
	attach(t, d, outcome.Report, "a", curate.AttachCopy, "")
	if r := get(t, d, outcome.Report); len(r.Files()) != 1 || r.Extent.Pages == 0 || r.Title != report.Title {
		t.Errorf("its file: %+v", r)
	}
	for name, bad := range map[string]greyshelf.Report{
		"no title": {URL: "https://example.org"}, "no address": {Title: "T"}, "a script as address": {Title: "T", URL: "javascript:alert(1)"},
		"no date": {Title: "T", URL: "https://example.org", Date: greyshelf.Date{EDTF: "soon"}},
	} {
		if _, err := d.Record(t.Context(), "ben", bad, false); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
