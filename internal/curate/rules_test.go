package curate_test

import (
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
)

func oasisReport() greyshelf.Report {
	return greyshelf.Report{
		ID: "a", State: greyshelf.Draft, Title: "Who Owns the Wells?", Languages: []string{"en"}, URL: "https://oasis.example/7", Type: "brief",
		Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Oasis"}, Role: greyshelf.Publisher}},
		Rights: greyshelf.Rights{Code: "cc-by-4.0"}, Headings: []greyshelf.Heading{{Label: "Water"}},
	}
}

func TestWhenMatches(t *testing.T) {
	for name, test := range map[string]struct {
		when curate.When
		want bool
	}{
		"publisher": {curate.When{Publisher: "OASIS"}, true}, "another publisher": {curate.When{Publisher: "Oasis International"}, false},
		"language": {curate.When{Language: "EN"}, true}, "another language": {curate.When{Language: "fr"}, false},
		"words of the title": {curate.When{Title: "wells owns"}, true}, "not all of them": {curate.When{Title: "wells rivers"}, false},
		"source": {curate.When{Source: "https://oasis.example/"}, true}, "another source": {curate.When{Source: "https://other.example/"}, false},
		"rights": {curate.When{Rights: "cc-by-4.0"}, true}, "type": {curate.When{Type: "Brief"}, true}, "another type": {curate.When{Type: "report"}, false},
		"all of it": {curate.When{Publisher: "Oasis", Language: "en", Title: "wells"}, true}, "all but one": {curate.When{Publisher: "Oasis", Language: "fr"}, false},
	} {
		if got := test.when.Matches(oasisReport()); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestRules keeps, tries, applies, undoes and drops a rule.
func TestRules(t *testing.T) {
	d := newDesk(t)
	for name, bad := range map[string]curate.Rule{
		"no name": {When: curate.When{Language: "fr"}, Then: curate.Then{Move: curate.Accept}}, "for everything": {Name: "x", Then: curate.Then{Move: curate.Accept}},
		"does nothing": {Name: "x", When: curate.When{Language: "fr"}}, "refuses without a reason": {Name: "x", When: curate.When{Language: "fr"}, Then: curate.Then{Move: curate.Refuse}},
		"withdraws": {Name: "x", When: curate.When{Language: "fr"}, Then: curate.Then{Move: curate.Withdraw}}, "endless": {Name: strings.Repeat("x", 1000), When: curate.When{Language: "fr"}, Then: curate.Then{Move: curate.Accept}},
	} {
		if _, _, err := d.PutRule(t.Context(), "ada", bad, ""); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	rule := curate.Rule{Name: "Oasis", When: curate.When{Publisher: "Oasis"}, Then: curate.Then{Headings: []string{"Deserts", "water", " "}, Sensitivity: "internal", Move: curate.AcceptFirst}}
	r := oasisReport()
	if _, err := d.Catalog.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "made", At: d.Now(), Who: "ada", Method: greyshelf.ByAdd}, Reports: []greyshelf.Report{r}}); err != nil {
		t.Fatal(err)
	}
	trials, err := d.TryRule(t.Context(), rule, 100)
	if err != nil || len(trials) != 1 || len(trials[0].Changes) != 3 {
		t.Fatalf("tried: %+v, %v", trials, err)
	}
	if got := get(t, d, "a"); got.Revision != 1 {
		t.Error("trying a rule changes a report")
	}
	rule, made, err := d.PutRule(t.Context(), "ada", rule, "every week")
	if err != nil || rule.ID == "" {
		t.Fatal(err)
	}
	applied, err := d.ApplyRules(t.Context(), "a")
	if err != nil || applied.Method != greyshelf.ByRule || applied.Reason != "Oasis" {
		t.Fatalf("%+v, %v", applied, err)
	}
	got := get(t, d, "a")
	if got.State != greyshelf.Published || !got.Desk.Review || got.Desk.Sensitivity != "internal" || len(got.Headings) != 2 || got.Headings[1].Label != "Deserts" {
		t.Errorf("%+v", got)
	}
	if again, err := d.ApplyRules(t.Context(), "a"); err != nil || again.ID != "" {
		t.Errorf("applied again: %+v, %v", again, err)
	}
	undo(t, d, applied.ID, "")
	if got = get(t, d, "a"); got.State != greyshelf.Draft || len(got.Headings) != 1 {
		t.Errorf("undone: %+v", got)
	}
	dropped, err := d.DropRule(t.Context(), "ada", rule.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	undo(t, d, dropped.ID, "")
	if back, err := d.Rule(t.Context(), rule.ID); err != nil || back.Name != "Oasis" {
		t.Errorf("brought back: %+v, %v", back, err)
	}
	if made.ID == "" {
		t.Error("keeping a rule is no decision")
	}
}
