package sqlite_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// typical is a report of the size that described ones have.
func typical(n int) greyshelf.Report {
	var outline []greyshelf.Outline
	for i := range 30 {
		outline = append(outline, greyshelf.Outline{Title: fmt.Sprint("Chapter and section ", i), Level: 1, Page: i})
	}
	return greyshelf.Report{
		ID: fmt.Sprint("r", n), State: greyshelf.Published, Title: fmt.Sprint("A report of typical length about the matter ", n), Abstract: strings.Repeat("The abstract says it. ", 50),
		Agents:   []greyshelf.Contribution{{Agent: greyshelf.PersonFromName("Ada Tester"), Role: greyshelf.Author}},
		Editions: []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{SHA256: fmt.Sprintf("%064x", n), Bytes: 1, Pages: 30, Outline: outline}}}},
	}
}

// BenchmarkCommit writes one report with its findings.
func BenchmarkCommit(b *testing.B) {
	c := open(b, b.TempDir())
	defer c.Close()
	set := greyshelf.FindingSet{Method: "describe@1"}
	for range 40 {
		set.Findings = append(set.Findings, greyshelf.Finding{Field: greyshelf.FieldTitle, Value: "A report of typical length", Page: 1, Quote: "A report of typical length", Method: "cover@1", Why: "chosen: cover"})
	}
	n := 0
	for b.Loop() {
		n++
		set.Report = fmt.Sprint("r", n)
		if _, err := c.Commit(b.Context(), catalog.Commit{Decision: decision(n), Reports: []greyshelf.Report{typical(n)}, Findings: []greyshelf.FindingSet{set}}); err != nil {
			b.Fatal(err)
		}
	}
}

func decision(n int) greyshelf.Decision {
	return greyshelf.Decision{ID: fmt.Sprint("d", n), At: time.Unix(int64(n), 0), Who: "tester", Method: greyshelf.ByAdd}
}

// fill puts reports in, a thousand at a time.
func fill(b *testing.B, c catalog.Catalog, count int) {
	b.Helper()
	for n := 0; n < count; {
		commit := catalog.Commit{Decision: decision(n)}
		for range 1000 {
			commit.Reports = append(commit.Reports, typical(n))
			n++
		}
		if _, err := c.Commit(b.Context(), commit); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReports streams 10,000 reports and says how much memory is held in
// the middle of it.
func BenchmarkReports(b *testing.B) {
	c := open(b, b.TempDir())
	defer c.Close()
	const count = 10_000
	fill(b, c, count)
	for b.Loop() {
		n := 0
		for _, err := range c.Reports(b.Context(), catalog.Filter{}) {
			if err != nil {
				b.Fatal(err)
			}
			if n++; n == count/2 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-held")
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/count, "ns/report")
}

// BenchmarkReport reads one report of many.
func BenchmarkReport(b *testing.B) {
	c := open(b, b.TempDir())
	defer c.Close()
	fill(b, c, 10_000)
	n := 0
	for b.Loop() {
		if _, err := c.Report(b.Context(), fmt.Sprint("r", n%10_000)); err != nil {
			b.Fatal(err)
		}
		n += 7919
	}
}
