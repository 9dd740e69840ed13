package pdf_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
)

// TestWordF1 compares the text of the real reports with their HTML editions
// and with what pdftotext makes of the same files: the mean over the files of
// the F1 of their bags of words.
func TestWordF1(t *testing.T) {
	shared := corpustest.Dir(t)
	peer, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not installed: measured without a peer")
	}
	engine := pdf.New(pdf.Options{CacheDir: cacheDir(t)})
	defer engine.Close()
	start := time.Now()
	if err := engine.Warm(context.Background()); err != nil {
		t.Fatal(err)
	}
	started := time.Since(start)
	files, _ := filepath.Glob(filepath.Join(shared, "corpus", "reports", "pdf", "*.pdf"))
	if len(files) == 0 {
		t.Fatal("no reports")
	}
	var ours, theirs float64
	var took, peerTook time.Duration
	pages := 0
	for _, path := range files {
		truth := truthOf(t, path)
		start = time.Now()
		doc := readFile(t, engine, path)
		took += time.Since(start)
		pages += len(doc.Pages)
		ours += f1(words(textOf(doc)), truth)
		if peer != "" {
			start = time.Now()
			out, err := exec.Command(peer, path, "-").Output()
			peerTook += time.Since(start)
			if err != nil {
				t.Fatal(err)
			}
			theirs += f1(words(string(out)), truth)
		}
	}
	n := float64(len(files))
	t.Logf("start %v; %d files, %d pages in %v, word F1 %.4f; pdftotext %v, word F1 %.4f",
		started.Round(time.Millisecond), len(files), pages, took.Round(time.Millisecond), ours/n, peerTook.Round(time.Millisecond), theirs/n)
	if ours < theirs {
		t.Errorf("word F1 %.4f, pdftotext has %.4f", ours/n, theirs/n)
	}
}

func truthOf(t *testing.T, path string) map[string]int {
	t.Helper()
	name := strings.TrimSuffix(filepath.Base(path), ".pdf") + ".md"
	text, err := os.ReadFile(filepath.Join(filepath.Dir(path), "..", "text", name))
	if err != nil {
		t.Fatal(err)
	}
	return words(string(text))
}

func readFile(t *testing.T, engine *pdf.Engine, path string) *describe.Document {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := describe.Read(context.Background(), engine, data, filepath.Base(path), nil)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func textOf(doc *describe.Document) string {
	var s strings.Builder
	for _, p := range doc.Pages {
		s.WriteString(p.Text)
		s.WriteString("\n\f")
	}
	return s.String()
}

// words counts the words of a text: runs of letters and digits in lower case.
func words(text string) map[string]int {
	count := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		count[w]++
	}
	return count
}

// f1 gives the harmonic mean of precision and recall of two bags of words.
func f1(got, want map[string]int) float64 {
	common, all := 0, 0
	for w, n := range got {
		common += min(n, want[w])
		all += n
	}
	for _, n := range want {
		all += n
	}
	if all == 0 {
		return 1
	}
	return 2 * float64(common) / float64(all)
}
