package pdfcpu_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// TestCorpus copies every fortieth real and hostile PDF: see [measure].
func TestCorpus(t *testing.T) { measure(t, 40) }

// BenchmarkCorpus copies all of them and says how many are copied, refused,
// and why:
//
//	go test -run '^$' -bench Corpus -benchtime 1x ./internal/publish/embed/pdfcpu
func BenchmarkCorpus(b *testing.B) {
	for b.Loop() {
		measure(b, 1)
	}
}

// measure copies every nth PDF of the corpus. A copy begins with the original,
// and the engine of the library reads the same pages out of it and the record;
// what was signed is so no longer. Everything else is refused with a reason.
func measure(t testing.TB, step int) {
	dir := corpustest.Dir(t)
	e := engine(t)
	for _, kind := range []string{"reports/pdf", "hostile"} {
		files, err := filepath.Glob(filepath.Join(dir, "corpus", filepath.FromSlash(kind), "*.pdf"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no PDFs in %s: %v", kind, err)
		}
		reasons := map[string]int{}
		var times []time.Duration
		copied, unsigned, pages, n := 0, 0, 0, 0
		for k := 0; k < len(files); k += step {
			n++
			data, err := os.ReadFile(files[k])
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			made, err := copyOf(t, data)
			times = append(times, time.Since(start))
			if kind := greyshelf.KindOf(err); err != nil {
				if kind != greyshelf.Invalid && kind != greyshelf.TooLarge {
					t.Errorf("%s: %v (%v)", filepath.Base(files[k]), err, kind)
				}
				reasons[greyshelf.ReasonOf(err)]++
				if _, opens := textOf(t.Context(), e, data); opens == nil {
					reasons["… of which the engine reads"]++
				}
				continue
			}
			copied++
			if signatures(data) > 0 {
				unsigned++
			}
			if n := signatures(made[len(data):]); n > 0 {
				t.Errorf("%s: %d signatures in what the copy adds", filepath.Base(files[k]), n)
			}
			pages += same(t, e, filepath.Base(files[k]), data, made)
		}
		slices.Sort(times)
		t.Logf("%s: %d files, %d copied (%d of them signed, %d pages the same), median %v, slowest %v; refused: %v", kind, n, copied, unsigned, pages, times[len(times)/2].Round(time.Millisecond), times[len(times)-1].Round(time.Millisecond), reasons)
	}
}

// same compares a copy with its original and gives the number of pages.
func same(t testing.TB, e describe.Engine, name string, data, made []byte) int {
	if !bytes.HasPrefix(made, data) {
		t.Errorf("%s: the copy does not begin with the original", name)
	}
	before, errBefore := textOf(t.Context(), e, data)
	after, errAfter := textOf(t.Context(), e, made)
	if errBefore != nil {
		return 0 // the engine does not read the original: nothing to compare
	}
	if errAfter != nil {
		t.Errorf("%s: the original can be read, the copy cannot: %v", name, errAfter)
		return 0
	}
	if diff := cmp.Diff(before.pages, after.pages); diff != "" {
		t.Errorf("%s: the pages are not the same:\n%.500s", name, diff)
	}
	want := record(data)
	if after.info.Meta["Title"] != want.Title || !slices.Equal(after.info.XMP["dc:creator"], want.Authors) || !slices.Equal(after.info.XMP["dc:title"], []string{want.Title, want.Title}) {
		t.Errorf("%s: the record is not inside: %q %q %q", name, after.info.Meta["Title"], after.info.XMP["dc:title"], after.info.XMP["dc:creator"])
	}
	return len(before.pages)
}

// signatures counts what says that something is signed.
func signatures(data []byte) int {
	return bytes.Count(data, []byte("/ByteRange")) + bytes.Count(data, []byte("/Perms")) + bytes.Count(data, []byte("/SigFlags"))
}

type content struct {
	info  describe.Info
	pages []string
}

// textOf reads every page as runs of characters with where they stand.
func textOf(ctx context.Context, e describe.Engine, data []byte) (content, error) {
	f, err := e.Open(ctx, data)
	if err != nil {
		return content{}, err
	}
	defer f.Close()
	c := content{info: f.Info()}
	for n := 1; n <= min(c.info.Pages, 400); n++ {
		p, err := f.Page(ctx, n, false)
		text := fmt.Sprintf("%.1f×%.1f %v: ", p.Width, p.Height, greyshelf.KindOf(err))
		for _, ch := range p.Chars {
			text += string(ch.Rune)
		}
		c.pages = append(c.pages, text)
	}
	return c, nil
}
