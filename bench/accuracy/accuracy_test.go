package accuracy

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

var write = flag.Bool("write", false, "write docs/accuracy.md")

// least is what each field must reach on the real reports, as a share.
var least = map[string]float64{
	"title": 0.95, "creator": 0.90, "publisher": 0.95, "date": 0.98, "report number": 1, "language": 1, "rights": 1,
}

// TestAccuracy scores descriptions on three sets and, with -write, writes the
// scores down.
func TestAccuracy(t *testing.T) {
	e := engine(t)
	reports, samples := realReports(t, e), sampleReports(t, e)
	var page strings.Builder
	page.WriteString(introduction)
	real := score(t, reports)
	table(&page, "The real reports", fmt.Sprintf("%d reports of one publisher in one language that lack no field; they cannot measure invention.", len(reports)), real)
	for _, field := range real {
		if got := share(field.right, field.n); got < least[field.field] {
			t.Errorf("%s: %.3f of the real reports are right, at least %.3f are asked for", field.field, got, least[field.field])
		}
	}
	byKind(&page, t, reports)
	sampled := score(t, samples)
	table(&page, "The sample reports", fmt.Sprintf("%d sample reports in their layouts; several state no author, date, number or rights.", len(samples)), sampled)
	for _, field := range sampled {
		if field.added > 0 {
			t.Errorf("%s: %d values were invented in the sample reports", field.field, field.added)
		}
	}
	cutTable(&page, t, reports)
	speed(&page, reports)
	fmt.Println(page.String())
	if *write {
		if err := os.WriteFile(filepath.Join("..", "..", "docs", "accuracy.md"), []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const introduction = `# Accuracy of descriptions

Written by ` + "`make accuracy`" + `, which is
` + "`GREYSHELF_CORPUS=required go test -run TestAccuracy ./bench/accuracy/ -v -args -write`" + `.

A value is *right* when it is the stated one (titles: equal after case folding or a Levenshtein ratio of at least 0.95; creators: the
set of family names with first initial; dates: the exact EDTF), or absent where none is stated. *Invented* is a value where none is
stated. A title with its subtitle behind a colon is right as title, as in the truth of the real reports; the subtitle is missing then. *Sure* are the values given with a confidence of at least 0.9, with the share of them that is right. File names are not shown
to the describer here.
`

// fields scores every field of one document.
func fields(s specimen, d describe.Description) map[string]outcome {
	chosen := func(f greyshelf.Field) (string, float64) {
		var values []string
		confidence := 0.0
		for _, found := range d.Chosen(f) {
			values, confidence = append(values, found.Value), found.Confidence
		}
		return strings.Join(values, "; "), confidence
	}
	out := map[string]outcome{}
	put := func(name string, f greyshelf.Field, want string, same func(string, string) bool) {
		given, confidence := chosen(f)
		out[name] = judge(given, want, confidence, same)
	}
	put("title", greyshelf.FieldTitle, s.truth.title, sameTitle)
	put("creator", greyshelf.FieldCreator, strings.Join(s.truth.creators, "; "), sameNames)
	put("publisher", greyshelf.FieldPublisher, strings.Join(s.truth.publisher, "; "), samePlain)
	put("date", greyshelf.FieldDate, s.truth.date, samePlain)
	put("report number", greyshelf.FieldReportNumber, s.truth.number, samePlain)
	put("language", greyshelf.FieldLanguage, s.truth.language, samePlain)
	put("rights", greyshelf.FieldRights, s.truth.rights, samePlain)
	if s.kind == "sample" {
		if o := out["title"]; o.wrong && s.truth.subtitle != "" && sameTitle(o.given, strings.TrimRight(s.truth.title, ":")+": "+s.truth.subtitle) {
			o.wrong, o.right = false, true
			out["title"] = o
		}
		put("subtitle", greyshelf.FieldSubtitle, s.truth.subtitle, sameTitle)
		out["abstract"] = labelledAbstract(d, s.truth.abstract)
	}
	return out
}

// labelledAbstract scores the abstract. A first paragraph says that it is one,
// so it is no invented abstract.
func labelledAbstract(d describe.Description, want string) outcome {
	for _, f := range d.Chosen(greyshelf.FieldAbstract) {
		if strings.HasPrefix(f.Method, "labelled") {
			return judge(f.Value, want, f.Confidence, samePlain)
		}
	}
	return judge("", want, 0, samePlain)
}

// order is the order of the fields in tables.
func order() []string {
	return []string{"title", "subtitle", "creator", "publisher", "date", "report number", "language", "rights", "abstract"}
}

// score describes the documents and adds up, and logs what is not right.
func score(t *testing.T, all []specimen) []tally {
	byField, describer := map[string]*tally{}, describe.New()
	for _, s := range all {
		d := describer.Describe(s.doc)
		for _, f := range d.Findings {
			if f.Page > 0 && (f.Quote == "" || !strings.Contains(s.doc.Pages[f.Page-1].Text, f.Quote) || f.Box == (greyshelf.Box{})) {
				t.Errorf("%s: the evidence for %s is not on page %d: %q %v", s.name, f.Field, f.Page, f.Quote, f.Box)
			}
		}
		for name, o := range fields(s, d) {
			if byField[name] == nil {
				byField[name] = &tally{field: name}
			}
			byField[name].add(o)
			if !o.right {
				t.Logf("%s: %s: %q instead of %q (%.2f)", s.name, name, o.given, o.want, o.confidence)
			}
		}
	}
	var tallies []tally
	for _, name := range order() {
		if byField[name] != nil {
			tallies = append(tallies, *byField[name])
		}
	}
	return tallies
}

func table(page *strings.Builder, title, about string, tallies []tally) {
	fmt.Fprintf(page, "\n## %s\n\n%s\n\n| field | right | wrong | missing | invented | sure | of these right |\n|---|---|---|---|---|---|---|\n", title, about)
	for _, f := range tallies {
		fmt.Fprintf(page, "| %s | %.1f %% (%d of %d) | %d | %d | %d | %d | %.1f %% |\n",
			f.field, 100*share(f.right, f.n), f.right, f.n, f.wrong, f.missing, f.added, f.sure, 100*share(f.sureRight, f.sure))
	}
}

// byKind writes the right shares by type of report.
func byKind(page *strings.Builder, t *testing.T, reports []specimen) {
	fmt.Fprintf(page, "\nBy type: title, creator, publisher, date right.\n\n| type | reports | title | creator | publisher | date |\n|---|---|---|---|---|---|\n")
	var kinds []string
	groups := map[string][]specimen{}
	for _, r := range reports {
		if groups[r.kind] == nil {
			kinds = append(kinds, r.kind)
		}
		groups[r.kind] = append(groups[r.kind], r)
	}
	for _, kind := range kinds {
		fmt.Fprintf(page, "| %s | %d |", kind, len(groups[kind]))
		for _, f := range score(t, groups[kind]) {
			switch f.field {
			case "title", "creator", "publisher", "date":
				fmt.Fprintf(page, " %.1f %% |", 100*share(f.right, f.n))
			}
		}
		page.WriteString("\n")
	}
}

// cutTable describes the real reports with one field cut out of text and
// metadata. A value that is given all the same is invented; what matters most
// is that it is not given with confidence.
func cutTable(page *strings.Builder, t *testing.T, reports []specimen) {
	describer := describe.New()
	fmt.Fprintf(page, "\n## One field cut out\n\nThe real reports without the lines that state the field, without metadata and outline.\n\n| field | absent | given | given with confidence ≥ 0.9 |\n|---|---|---|---|\n")
	for _, c := range []struct {
		field greyshelf.Field
		drop  func(stated) func(string) bool
	}{
		{greyshelf.FieldTitle, func(s stated) func(string) bool {
			title := plain(s.title)
			return func(line string) bool {
				line = plain(line)
				return len(line) > 3 && strings.Contains(title, line) || strings.Contains(line, title)
			}
		}},
		{greyshelf.FieldCreator, func(s stated) func(string) bool {
			return func(line string) bool {
				for _, name := range s.creators {
					family, _, _ := strings.Cut(plain(name), ", ")
					if strings.Contains(plain(line), family) {
						return true
					}
				}
				return false
			}
		}},
		{greyshelf.FieldDate, func(s stated) func(string) bool {
			printed := plain(greyshelf.FormatDate(s.date))
			return func(line string) bool { return strings.Contains(plain(line), printed) }
		}},
		{greyshelf.FieldReportNumber, func(s stated) func(string) bool {
			return func(line string) bool { return strings.Contains(plain(line), plain(s.number)) }
		}},
		{greyshelf.FieldPublisher, func(s stated) func(string) bool {
			return func(line string) bool {
				return strings.Contains(plain(line), plain(s.publisher[0])) || strings.Contains(line, "CRS")
			}
		}},
	} {
		absent, sure := 0, 0
		for _, r := range reports {
			found := describer.Describe(without(r.doc, c.drop(r.truth))).Chosen(c.field)
			switch {
			case len(found) == 0:
				absent++
			case found[0].Confidence >= 0.9:
				sure++
				t.Logf("%s: %s made up: %q by %s (%.2f) on page %d: %s", r.name, c.field, found[0].Value, found[0].Method, found[0].Confidence, found[0].Page, found[0].Why)
			}
		}
		fmt.Fprintf(page, "| %s | %d | %d | %d |\n", c.field, absent, len(reports)-absent, sure)
		if sure*50 > len(reports)*4 {
			t.Errorf("%s: %d of %d values are made up with confidence", c.field, sure, len(reports))
		}
	}
}

// speed writes how long describing takes once the text is there.
func speed(page *strings.Builder, reports []specimen) {
	describer := describe.New()
	start := time.Now()
	for _, r := range reports {
		describer.Describe(r.doc)
	}
	fmt.Fprintf(page, "\n## Speed\n\nDescribing takes %.0f ms a report in the mean once the text is read.\n", float64(time.Since(start).Milliseconds())/float64(len(reports)))
}
