package pdf_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
)

func TestTmpDump(t *testing.T) {
	out := os.Getenv("DUMP")
	if out == "" {
		t.Skip()
	}
	e := pdf.New(pdf.Options{CacheDir: "/tmp/gs/pdfcache"})
	defer e.Close()
	files, _ := filepath.Glob(filepath.Join(corpustest.Dir(t), "corpus/reports/pdf/*.pdf"))
	s := time.Now()
	e.Warm(context.Background())
	t.Log("warm", time.Since(s))
	s = time.Now()
	n := 0
	for _, f := range files {
		data, _ := os.ReadFile(f)
		d, err := describe.Read(context.Background(), e, data, filepath.Base(f), nil)
		if err != nil {
			t.Error(err)
			continue
		}
		n += len(d.Pages)
		w, _ := os.Create(filepath.Join(out, filepath.Base(f)+".txt"))
		for _, p := range d.Pages {
			w.WriteString(p.Text + "\n\f")
		}
		w.Close()
		if d.Failed != nil {
			t.Log(f, d.Failed)
		}
	}
	t.Log(n, "pages", time.Since(s))
}
