package accuracy

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// The seeds of the generated reports: rules were looked at on the first, the
// second is only scored.
const (
	developed = 1
	unseen    = 5
)

// least is what each field must reach on the real reports, as a share.
var least = map[string]float64{
	"title": 0.97, "creator": 0.95, "publisher": 0.95, "date": 0.99, "report number": 1, "language": 1, "rights": 1,
}

// leastGenerated is what fields must reach on generated reports that nobody
// has looked at, and mostInvented how many values may be made up in each.
var leastGenerated = map[string]float64{"title": 0.95, "publisher": 0.90}

const mostInvented = 0.02

// TestAccuracy scores descriptions on all sets, compares the scores with the
// golden file and, with -write, writes both down.
func TestAccuracy(t *testing.T) {
	e, d := engine(t), describe.New()
	reports, samples := realReports(t, e), sampleReports(t, e)
	first, second := generatedReports(t, e, developed), generatedReports(t, e, unseen)
	now := golden{Scores: map[string]kept{}}
	page := newPage()

	real := score(t, d, reports)
	page.table("The real reports", realAbout, real)
	page.groups("type", real, byGroup(t, d, reports, kindOf))
	now.keep("real", real)
	require(t, "real", real, least)

	blind := scoreBlind(t, d, second)
	page.table("Generated reports", generatedAbout, blind)
	page.groups("layout", blind, byGroup(t, d, second, kindOf))
	page.groups("language", blind, byGroup(t, d, second, languageOf))
	now.keep("generated", blind)
	require(t, "generated", blind, leastGenerated)
	requireFewInvented(t, blind)
	seen := score(t, d, first)
	page.table("Generated reports that the rules were developed on", developedAbout, seen)
	now.keep("developed", seen)

	sampled := score(t, d, samples)
	page.table("The sample reports", sampleAbout, sampled)
	now.keep("sample", sampled)

	var cutScores []tally
	for _, c := range cuts() {
		cutScores = append(cutScores, scoreCut(t, d, c, reports))
	}
	page.cutTable(cutScores)
	now.keep("cut out", cutScores)

	if *write {
		page.crossValidation(t, d, reports, first)
		page.speed(t, d, reports)
		page.allPairs(t)
	}
	fmt.Println(page.String())
	now = checkGolden(t, now)
	if *write && !t.Failed() {
		now.write(t)
		if err := os.WriteFile(filepath.Join("..", "..", "docs", "accuracy.md"), []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func require(t *testing.T, set string, tallies []tally, least map[string]float64) {
	for _, f := range tallies {
		if got := share(f.right, f.n); got < least[f.field] {
			t.Errorf("%s: %s: %.3f are right, at least %.3f are asked for", set, f.field, got, least[f.field])
		}
	}
}

func requireFewInvented(t *testing.T, tallies []tally) {
	for _, f := range tallies {
		if got := float64(f.added) / float64(f.n); got > mostInvented {
			t.Errorf("%s: %.3f of the values are invented, at most %.3f may be", f.field, got, mostInvented)
		}
	}
}

func kindOf(s specimen) string     { return s.kind }
func houseOf(s specimen) string    { return s.house }
func languageOf(s specimen) string { return s.truth.language }

// score describes the documents and adds up, and logs what is not right.
func score(t *testing.T, d *describe.Describer, all []specimen) []tally {
	return tallied(all, func(s specimen) map[string]outcome {
		found := d.Describe(s.doc)
		checkEvidence(t, s, found)
		out := fields(s, found)
		for _, f := range scoredFields() {
			if o, ok := out[f.name]; ok && !o.right {
				t.Logf("%s: %s: %q instead of %q (%.2f)", s.name, f.name, o.given, o.want, o.confidence)
			}
		}
		return out
	})
}

// scoreBlind is score without saying what is not right: rules that were written
// with the errors in view would be measured on what they were made for.
func scoreBlind(t *testing.T, d *describe.Describer, all []specimen) []tally {
	return tallied(all, func(s specimen) map[string]outcome {
		found := d.Describe(s.doc)
		checkEvidence(t, s, found)
		return fields(s, found)
	})
}

// tallied adds up the outcomes of the documents by field.
func tallied(all []specimen, outcomes func(specimen) map[string]outcome) []tally {
	byField := map[string]*tally{}
	for _, s := range all {
		for name, o := range outcomes(s) {
			if byField[name] == nil {
				byField[name] = &tally{field: name}
			}
			byField[name].add(o)
		}
	}
	var tallies []tally
	for _, f := range scoredFields() {
		if byField[f.name] != nil {
			tallies = append(tallies, *byField[f.name])
		}
	}
	return tallies
}

// checkEvidence: what a finding quotes stands on its page, in a box.
func checkEvidence(t *testing.T, s specimen, d describe.Description) {
	for _, f := range d.Findings {
		if f.Page > 0 && (f.Quote == "" || !strings.Contains(s.doc.Pages[f.Page-1].Text, f.Quote) || f.Box == (greyshelf.Box{})) {
			t.Errorf("%s: the evidence for %s is not on page %d: %q %v", s.name, f.Field, f.Page, f.Quote, f.Box)
		}
	}
}

// group is the scores of the documents that have something in common.
type group struct {
	name    string
	n       int
	tallies []tally
}

// byGroup scores the documents by group, in the order of their first members.
func byGroup(t *testing.T, d *describe.Describer, all []specimen, of func(specimen) string) []group {
	var groups []group
	for _, name := range groupNames(all, of) {
		members := among(all, of, name, true)
		tallies := tallied(members, func(s specimen) map[string]outcome { return fields(s, d.Describe(s.doc)) })
		groups = append(groups, group{name, len(members), tallies})
	}
	return groups
}

func groupNames(all []specimen, of func(specimen) string) []string {
	var names []string
	seen := map[string]bool{}
	for _, s := range all {
		if name := of(s); !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// among gives the documents that are in the group, or those that are not.
func among(all []specimen, of func(specimen) string, name string, in bool) []specimen {
	var members []specimen
	for _, s := range all {
		if (of(s) == name) == in {
			members = append(members, s)
		}
	}
	return members
}
