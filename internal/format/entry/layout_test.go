package entry

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/corpustest"
)

// page is a list with the oddities that lists have: no-break spaces in the
// headings, no stop behind the first date, "at al.", uneven blank lines.
const page = "Water in the\u00a0Delta\n\nWater in the Delta. Institute of Rivers & Seas. Ann Lee Brook. July 2, 2017\n\nRivers fall. So do seas. [Note: contains copyrighted material].\n\n[PDF format, 7 pages, 268.20 KB].\n\n\n" +
	"The Grain\u00a0Ledger\n\nThe Grain Ledger. Harvest Corporation. Paul J. Miller at al. October 9, 2016.\n\nGrain is counted — twice. [Note: contains copyrighted material].\n\n[PDF format, 81 pages, 0.7 MB].\n\n" +
	"Who Owns the Well?\n\nWho Owns the Well? Oasis International. Rosa Vega Cruz. June 3, 2012.\n\nWells are owned by few. [Note: contains copyrighted material].\n\n[PDF format, 10 pages, 361.95 KB]."

// stored reads a list as the catalogue gives it back: as reports that went
// through JSON.
func stored(t testing.TB, text string) []greyshelf.Report {
	t.Helper()
	var reports []greyshelf.Report
	for _, e := range ParseText(text) {
		raw, err := json.Marshal(ToReport(e))
		if err != nil {
			t.Fatal(err)
		}
		var r greyshelf.Report
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	return reports
}

// listed writes reports as a list.
func listed(t testing.TB, reports []greyshelf.Report, finalNewline bool) string {
	t.Helper()
	var out bytes.Buffer
	err := WriteReports(&out, func(yield func(greyshelf.Report, error) bool) {
		for _, r := range reports {
			if !yield(r, nil) {
				return
			}
		}
	}, finalNewline)
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestImportedListIsWrittenByteForByte(t *testing.T) {
	texts := []string{page}
	if raw, err := os.ReadFile(filepath.Join(corpustest.Dir(t), "seed", "seed.txt")); err == nil {
		texts = append(texts, string(raw))
	}
	for _, k := range knownEntries(t) {
		texts = append(texts, k.Rendered)
	}
	for _, text := range texts {
		for _, begin := range []string{"", "\ufeff", "\n \n", "DOCUMENTS OF MAY\n\n"} {
			for _, end := range []string{"", "\n", "\n\n\n", " \r\n"} {
				for _, whole := range []string{begin + text + end, strings.ReplaceAll(begin+text+end, "\n", "\r\n")} {
					if diff := cmp.Diff(whole, listed(t, stored(t, whole), false)); diff != "" {
						t.Fatal(diff)
					}
				}
			}
		}
	}
	bytesOfOld := "Caf\xe9 Report. Institute of Coffee. May 2009.\n\nCoffee \xff is drunk."
	if got := listed(t, stored(t, bytesOfOld), true); got != bytesOfOld {
		t.Errorf("%q", got)
	}
}

func TestChangedFieldChangesItsBytesOnly(t *testing.T) {
	for _, c := range []struct {
		name     string
		change   func(r *greyshelf.Report)
		old, new string
		times    int
	}{
		{"pages", func(r *greyshelf.Report) { r.Extent.Pages = 82 }, "81 pages", "82 pages", 1},
		{"extent", func(r *greyshelf.Report) { r.Extent = greyshelf.Extent{Pages: 1} }, "81 pages", "1 page", 1},
		{"no pages", func(r *greyshelf.Report) { r.Extent = greyshelf.Extent{} }, "PDF format, 81 pages", "PDF format", 1},
		{"size", func(r *greyshelf.Report) { r.Size = greyshelf.Size{Bytes: 2 << 20} }, "0.7 MB", "2.00 MB", 1},
		{"title", func(r *greyshelf.Report) { r.Title = "The Corn Ledger" }, "The Grain\u00a0Ledger\n\nThe Grain Ledger", "The Corn Ledger\n\nThe Corn Ledger", 1},
		{"question", func(r *greyshelf.Report) { r.Title = "Whose Grain?" }, "The Grain\u00a0Ledger\n\nThe Grain Ledger.", "Whose Grain?\n\nWhose Grain?", 1},
		{"day", func(r *greyshelf.Report) { r.Date.EDTF = "2016-10-10" }, "October 9", "October 10", 1},
		{"no date", func(r *greyshelf.Report) { r.Date = greyshelf.Date{} }, " October 9, 2016.", "", 1},
		{"publisher", func(r *greyshelf.Report) { r.Agents[1].Name = "Mill Ltd." }, "Harvest Corporation.", "Mill Ltd.", 1},
		{"no publisher", func(r *greyshelf.Report) { r.Agents = r.Agents[:1] }, "Harvest Corporation. ", "", 1},
		{"author", func(r *greyshelf.Report) {
			r.Agents[0] = greyshelf.Contribution{Agent: greyshelf.PersonFromName("Ida Moor"), Role: greyshelf.Author}
		}, "Paul J. Miller at al.", "Ida Moor.", 1},
		{"no author", func(r *greyshelf.Report) { r.Agents = r.Agents[1:] }, "Paul J. Miller at al. ", "", 1},
		{"abstract", func(r *greyshelf.Report) { r.Abstract = "Grain is not counted." }, "Grain is counted — twice.", "Grain is not counted.", 1},
		{"no abstract", func(r *greyshelf.Report) { r.Abstract = "" }, "Grain is counted — twice. ", "", 1},
		{"licence", func(r *greyshelf.Report) { r.Rights = greyshelf.Rights{Code: "cc-by-4.0"} }, "twice. [Note: contains copyrighted material]", "twice. [Note: licensed under CC BY 4.0]", 1},
		{"no rights", func(r *greyshelf.Report) { r.Rights = greyshelf.Rights{} }, "twice. [Note: contains copyrighted material].", "twice.", 1},
		{"no format line", func(r *greyshelf.Report) {
			r.Format, r.Extent, r.Size = "", greyshelf.Extent{}, greyshelf.Size{}
		}, "\n\n[PDF format, 81 pages, 0.7 MB].", "", 1},
	} {
		reports := stored(t, page)
		c.change(&reports[1])
		want := strings.Replace(page, c.old, c.new, c.times)
		if diff := cmp.Diff(want, listed(t, reports, false)); diff != "" || want == page {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestNewFieldMakesTheHouseForm(t *testing.T) {
	reports := stored(t, page)
	reports[1].URL = "https://example.org/grain"
	want := strings.Replace(strings.Replace(page, "The Grain\u00a0Ledger", "The Grain Ledger", 1), "at al.", "et al.", 1)
	want = strings.Replace(want, "0.7 MB].", "0.7 MB].\nhttps://example.org/grain", 1)
	if diff := cmp.Diff(want, listed(t, reports, false)); diff != "" {
		t.Error(diff)
	}
}

func TestOtherOrderAndOtherLength(t *testing.T) {
	reports := stored(t, page)
	one, two, three := reports[0].Entry.Raw, reports[1].Entry.Raw, reports[2].Entry.Raw
	if got, want := listed(t, slices.Delete(slices.Clone(reports), 1, 2), false), one+"\n\n\n"+three; got != want {
		t.Error(cmp.Diff(want, got))
	}
	slices.Reverse(reports)
	if got, want := listed(t, reports, true), three+"\n\n\n"+two+"\n\n"+one+"\n"; got != want {
		t.Error(cmp.Diff(want, got))
	}
	if got := listed(t, nil, true); got != "" {
		t.Errorf("an empty list is %q", got)
	}
}

func TestInvertedAndSpokenNamesChangeInTheirForm(t *testing.T) {
	for _, c := range [][3]string{
		{"Brook, Ann; Lee, Bo M. Water. River Institute. May 2009.", "Ida Moor", "Moor, Ida. Water. River Institute. May 2009."},
		{"Water. Testimony of Ann Brook Before the Committee on Rivers. May 2009.", "Ida Moor", "Water. Testimony of Ida Moor Before the Committee on Rivers. May 2009."},
	} {
		reports := stored(t, c[0])
		r := &reports[0]
		role := r.Agents[0].Role
		r.Agents = append([]greyshelf.Contribution{{Agent: greyshelf.PersonFromName(c[1]), Role: role}}, r.Agents[len(r.Agents)-1])
		if diff := cmp.Diff(c[2], listed(t, reports, false)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestCanonicalOfARecord(t *testing.T) {
	r := greyshelf.Report{
		Title: "Who Counts?", Subtitle: "A Census of Wells",
		Agents: []greyshelf.Contribution{
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Oasis Inc."}, Role: greyshelf.Publisher},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Host"}, Role: greyshelf.Hosting},
			{Agent: greyshelf.PersonFromName("Rosa Vega"), Role: greyshelf.Author}, {Agent: greyshelf.PersonFromName("Li Wei"), Role: greyshelf.Author, EtAl: true},
		},
		Date: greyshelf.Date{EDTF: "2015-24"}, Abstract: "One.\n\nTwo.", Rights: greyshelf.Rights{Code: greyshelf.AllRightsReserved, Statement: "© 2015 Oasis"},
		Editions: []greyshelf.Edition{{Files: []greyshelf.File{{MediaType: "application/pdf", Pages: 1, Bytes: 1436549}}}},
	}
	want := "Who Counts? A Census of Wells\n\nWho Counts? A Census of Wells. Oasis Inc. Rosa Vega; Li Wei et al. Winter 2015.\n\nOne.\n\nTwo. [Note: contains copyrighted material].\n\n[PDF format, 1 page, 1.37 MB].\n"
	if diff := cmp.Diff(want, listed(t, []greyshelf.Report{r}, true)); diff != "" {
		t.Error(diff)
	}
	if got := listed(t, []greyshelf.Report{{Title: "A"}, {Title: "B!"}, {}}, false); got != "A\n\nA.\n\n\nB!\n\nB!\n\n\n" {
		t.Errorf("%q", got)
	}
}
