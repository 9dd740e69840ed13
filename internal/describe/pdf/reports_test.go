package pdf_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
)

// reports gives the real reports of the shared corpus.
func reports(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpustest.Dir(t), "corpus", "reports", "pdf", "*.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	return files
}

// TestReports reads every real report: no page fails, lines and words are
// sound, and on average at least as many words are right as pdftotext gets
// right, against the publisher's own HTML of the same reports.
func TestReports(t *testing.T) {
	files := reports(t)
	engine := pdf.New(pdf.Options{CacheDir: cacheDir(t)})
	defer engine.Close()
	ours, peers, compared := 0.0, 0.0, 0
	for _, path := range files {
		doc := readReport(t, engine, path)
		name := strings.TrimSuffix(filepath.Base(path), ".pdf")
		want, err := os.ReadFile(filepath.Join(filepath.Dir(path), "..", "text", name+".md"))
		if err != nil {
			t.Error(err)
			continue
		}
		ours += wordF1(textOf(doc), string(want))
		peers += wordF1(pdftotext(t, path), string(want))
		compared++
	}
	n := float64(compared)
	t.Logf("word F1 of %d reports: %.4f, pdftotext %.4f", compared, ours/n, peers/n)
	if ours < peers {
		t.Errorf("word F1 %.4f is below pdftotext's %.4f", ours/n, peers/n)
	}
	if ours/n < 0.855 {
		t.Errorf("word F1 %.4f, was 0.860", ours/n)
	}
}

func readReport(t *testing.T, engine describe.Engine, path string) *describe.Document {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	doc, err := describe.Read(t.Context(), engine, data, filepath.Base(path), func(page, of int) {
		if page != last+1 || page > of {
			t.Errorf("%s: progress %d of %d after %d", path, page, of, last)
		}
		last = page
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Failed) > 0 || last != len(doc.Pages) || doc.Info.Facts.Scan {
		t.Errorf("%s: pages %v failed, %d of %d told, scan %v", path, doc.Failed, last, len(doc.Pages), doc.Info.Facts.Scan)
	}
	for k := range doc.Pages {
		soundPage(t, path, &doc.Pages[k])
	}
	return doc
}

// soundPage checks that the lines make the text and the words cover it.
func soundPage(t *testing.T, path string, p *describe.Page) {
	t.Helper()
	var lines []string
	for _, l := range p.Lines {
		lines = append(lines, l.Text)
	}
	if strings.Join(lines, "\n") != p.Text {
		t.Errorf("%s page %d: the lines are not the text", path, p.Index)
	}
	text := []rune(p.Text)
	at := 0
	for _, w := range p.Words {
		if w.Start < at || w.End <= w.Start || w.End > len(text) || strings.TrimSpace(string(text[at:w.Start])) != "" {
			t.Fatalf("%s page %d: a word at %d..%d after %d", path, p.Index, w.Start, w.End, at)
		}
		if b := w.Box; b[0] < 0 || b[1] < 0 || b[2] > 1 || b[3] > 1 || b[0] > b[2] || b[1] >= b[3] {
			t.Errorf("%s page %d: word %q has the box %v", path, p.Index, string(text[w.Start:w.End]), b)
		}
		at = w.End
	}
}

func textOf(doc *describe.Document) string {
	var s strings.Builder
	for k := range doc.Pages {
		s.WriteString(doc.Pages[k].Text + "\n")
	}
	return s.String()
}

// pdftotext gives the peer's reading (Debian package poppler-utils).
func pdftotext(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (package poppler-utils) is needed as the peer: %v", err)
	}
	return string(out)
}

// wordF1 is the harmonic mean of precision and recall over the words of two
// texts, their order aside.
func wordF1(got, want string) float64 {
	count := map[string]int{}
	a, b, both := words(got), words(want), 0
	for _, w := range b {
		count[w]++
	}
	for _, w := range a {
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(a)+len(b)))
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// BenchmarkReports reads all real reports; pdftotext's time on them is beside
// it in docs/performance.md.
func BenchmarkReports(b *testing.B) {
	files := reports(b)
	engine := pdf.New(pdf.Options{CacheDir: cacheDir(b)})
	defer engine.Close()
	if err := engine.Warm(b.Context()); err != nil {
		b.Fatal(err)
	}
	pages := 0
	for b.Loop() {
		for _, path := range files {
			data, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			doc, err := describe.Read(b.Context(), engine, data, path, nil)
			if err != nil {
				b.Fatal(err)
			}
			pages += len(doc.Pages)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(pages), "ms/page")
}
