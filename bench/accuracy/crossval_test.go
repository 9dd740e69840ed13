package accuracy

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// crossValidation fits the table of weights on all groups but one and scores
// that one, for every group in turn: what the table is worth on a type, a
// layout, a publisher that it was not fitted on.
func (p *page) crossValidation(t *testing.T, d *describe.Describer, reports, generated []specimen) {
	fmt.Fprintf(p, "\n## Cross-validation\n\nThe table of weights (internal/describe/words/weights.txt) fitted without a group (package describe, Fit) and scored on it, each group in turn.\n\n")
	fmt.Fprintf(p, "| set, left out in turn | groups |")
	for _, name := range mainFields {
		fmt.Fprintf(p, " %s |", name)
	}
	fmt.Fprintf(p, "\n|---|---|---|---|---|---|---|---|---|\n")
	all := append(append([]specimen{}, reports...), generated...)
	lessons := map[string]describe.Lesson{}
	for _, s := range all {
		lessons[s.name] = d.Learn(s.doc, rightValue(s))
	}
	for _, fold := range []struct {
		name string
		set  []specimen
		of   func(specimen) string
	}{
		{"real, type", reports, kindOf},
		{"generated, layout", generated, kindOf},
		{"generated, publisher", generated, houseOf},
	} {
		groups := groupNames(fold.set, fold.of)
		fmt.Fprintf(p, "| %s | %d |", fold.name, len(groups))
		for _, f := range crossScored(t, all, fold.set, fold.of, groups, lessons) {
			for _, name := range mainFields {
				if f.field == name {
					fmt.Fprintf(p, " %.1f %% |", 100*share(f.right, f.n))
				}
			}
		}
		p.WriteString("\n")
	}
}

// crossScored scores every document of the set with a table that was fitted on
// all documents outside its group.
func crossScored(t *testing.T, all, set []specimen, of func(specimen) string, groups []string, lessons map[string]describe.Lesson) []tally {
	fitted := map[string]*describe.Describer{}
	for _, name := range groups {
		var learned []describe.Lesson
		for _, s := range all {
			if of(s) != name {
				learned = append(learned, lessons[s.name])
			}
		}
		d, err := describe.NewWith(bytes.NewReader(describe.Fit(learned)))
		if err != nil {
			t.Fatal(err)
		}
		fitted[name] = d
	}
	return tallied(set, func(s specimen) map[string]outcome { return fields(s, fitted[of(s)].Describe(s.doc)) })
}

// rightValue says whether a finding is right, and whether the truth knows.
func rightValue(s specimen) func(greyshelf.Finding) (is, known bool) {
	scored := map[greyshelf.Field]struct {
		name string
		is   func(value string) bool
	}{
		greyshelf.FieldTitle:   {"title", func(v string) bool { return s.truth.title != "" && sameTitle(v, s.truth.title) }},
		greyshelf.FieldCreator: {"creator", func(v string) bool { return overlap(nameKeys(v), nameKeys(strings.Join(s.truth.creators, "; "))) > 0 }},
		greyshelf.FieldPublisher: {"publisher", func(v string) bool {
			return overlap(keys(v, plain), keys(strings.Join(s.truth.publisher, "; "), plain)) > 0
		}},
		greyshelf.FieldDate:         {"date", func(v string) bool { return v == s.truth.date }},
		greyshelf.FieldReportNumber: {"report number", func(v string) bool { return samePlain(v, s.truth.number) }},
		greyshelf.FieldRights:       {"rights", func(v string) bool { return samePlain(v, s.truth.rights) }},
	}
	return func(f greyshelf.Finding) (is, known bool) {
		field, ok := scored[f.Field]
		if !ok || s.truth.unknown[field.name] {
			return false, false
		}
		return field.is(f.Value), true
	}
}
