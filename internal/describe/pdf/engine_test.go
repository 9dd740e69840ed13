package pdf_test

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/describetest"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
)

func TestEngine(t *testing.T) {
	describetest.Run(t, func(t *testing.T) describe.Engine {
		return pdf.New(pdf.Options{CacheDir: cacheDir(t), StepDeadline: 2 * time.Second})
	})
}

// heavy is a PDF of two pages: the first holds n curves, the second a word.
func heavy(n int) []byte {
	curves := strings.Repeat("0 0 m 99 1 1 99 9 9 c S ", n)
	var out bytes.Buffer
	fmt.Fprintf(&out, "%%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n")
	fmt.Fprintf(&out, "2 0 obj <</Type /Pages /Count 2 /Kids [3 0 R 5 0 R] /MediaBox [0 0 600 800]>> endobj\n")
	fmt.Fprintf(&out, "3 0 obj <</Type /Page /Parent 2 0 R /Contents 4 0 R>> endobj\n")
	fmt.Fprintf(&out, "4 0 obj <</Length %d>> stream\n%s\nendstream endobj\n", len(curves), curves)
	fmt.Fprintf(&out, "5 0 obj <</Type /Page /Parent 2 0 R /Contents 6 0 R /Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Courier>>>>>>>> endobj\n")
	fmt.Fprintf(&out, "6 0 obj <</Length 37>> stream\nBT /F 12 Tf 50 700 Td (after) Tj ET    \nendstream endobj\n")
	fmt.Fprintf(&out, "trailer <</Root 1 0 R /Size 7>>\n%%%%EOF\n")
	return out.Bytes()
}

// TestLimits: a step that takes too long or too much memory says so, the next
// one works, and nothing is left behind.
func TestLimits(t *testing.T) {
	for name, c := range map[string]struct {
		options pdf.Options
		data    []byte
		reason  string
	}{
		"time":   {pdf.Options{StepDeadline: 300 * time.Millisecond}, heavy(400_000), "longer than 300ms"},
		"memory": {pdf.Options{MemoryPages: 768, StepDeadline: time.Minute}, heavy(400_000), "48 MB of memory"},
	} {
		c.options.CacheDir = cacheDir(t)
		engine := pdf.New(c.options)
		if err := engine.Warm(t.Context()); err != nil {
			t.Fatal(err)
		}
		doc, err := describe.Read(t.Context(), engine, c.data, name, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(doc.Failed) != 1 || doc.Pages[1].Text != "after" {
			t.Errorf("%s: pages %v failed, page 2 is %q", name, doc.Failed, doc.Pages[1].Text)
		}
		file, err := engine.Open(t.Context(), c.data)
		if err != nil {
			t.Fatal(err)
		}
		_, err = file.Page(t.Context(), 1, false)
		if greyshelf.KindOf(err) != greyshelf.TooLarge || !strings.Contains(greyshelf.ReasonOf(err), c.reason) {
			t.Errorf("%s: %v", name, err)
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestCloseWhileWorking: closing interrupts running steps and leaves no
// goroutine behind.
func TestCloseWhileWorking(t *testing.T) {
	before := runtime.NumGoroutine()
	engine := pdf.New(pdf.Options{CacheDir: cacheDir(t), Instances: 2, StepDeadline: time.Minute})
	file, err := engine.Open(context.Background(), heavy(2_000_000))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	started := make(chan struct{})
	go func() {
		close(started)
		_, err := file.Page(context.Background(), 1, true)
		ended <- err
	}()
	<-started
	if err := engine.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("the interrupted step: %v", err)
	}
	for range 100_000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
