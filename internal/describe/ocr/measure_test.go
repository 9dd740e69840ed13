//go:build unix

package ocr_test

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// BenchmarkReports recognises the second page of twenty real reports and
// compares the words with those of its text layer: once as the page is
// rendered, once from a grainy scan of it at 150 dots an inch. It gives word
// F1, CPU seconds of tesseract a page and its mean confidence for several
// resolutions at which the page is handed over, with the language known (en)
// and not (any):
//
//	go test -run '^$' -bench Reports -benchtime 1x ./internal/describe/ocr
func BenchmarkReports(b *testing.B) {
	e, pdfs := engine(b), reader(b)
	files, err := filepath.Glob(filepath.Join(corpustest.Dir(b), "corpus", "reports", "pdf", "*.pdf"))
	if err != nil || len(files) < 20 {
		b.Fatalf("%d reports: %v", len(files), err)
	}
	var clean, scanned []paper
	for k := range 20 {
		data, err := os.ReadFile(files[k*len(files)/20])
		if err != nil {
			b.Fatal(err)
		}
		p := paperOf(b, pdfs, data, 2)
		clean, scanned = append(clean, p), append(scanned, p.scanned(b, pdfs))
	}
	for _, dpi := range []int{100, 150, 200, 250} {
		for _, languages := range [][]string{{"en"}, nil} {
			for kind, papers := range map[string][]paper{"clean": clean, "scan": scanned} {
				b.Run(fmt.Sprintf("%s/%d/%s", kind, dpi, strings.Join(append(languages, "any")[:1], "")), func(b *testing.B) {
					for b.Loop() {
						measure(b, e, papers, dpi, languages)
					}
				})
			}
		}
	}
}

// paper is a page and the text that stands on it.
type paper struct {
	file  describe.File
	page  int
	width float64 // inches
	text  string
}

func paperOf(b *testing.B, engine describe.Engine, data []byte, page int) paper {
	b.Helper()
	doc, err := describe.Read(b.Context(), engine, data, "", nil)
	if err != nil {
		b.Fatal(err)
	}
	file, err := engine.Open(b.Context(), data)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = file.Close() })
	page = min(page, len(doc.Pages))
	return paper{file, page, doc.Pages[page-1].Width / 72, doc.Pages[page-1].Text}
}

// scanned gives the same page as a scanner at 150 dots an inch would: the
// grain comes from a fixed seed.
func (p paper) scanned(b *testing.B, engine describe.Engine) paper {
	b.Helper()
	data, err := p.file.Image(b.Context(), p.page, int(p.width*150))
	if err != nil {
		b.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	grey := image.NewGray(picture.Bounds())
	draw.Draw(grey, grey.Rect, picture, grey.Rect.Min, draw.Src)
	seed := uint32(1)
	for k, v := range grey.Pix {
		seed = seed*1664525 + 1013904223 // Numerical Recipes' linear congruential generator
		grey.Pix[k] = uint8(min(max(40+int(v)*190/255+int(seed>>26)-32, 0), 255))
	}
	doc := pdfwrite.New(pdfwrite.Info{})
	doc.Page().Image(grey.Rect.Dx(), grey.Rect.Dy(), grey.Pix)
	scan, err := doc.Bytes()
	if err != nil {
		b.Fatal(err)
	}
	made := paperOf(b, engine, scan, 1)
	made.text = p.text
	return made
}

func measure(b *testing.B, e describe.Recognizer, papers []paper, dpi int, languages []string) {
	f1, sure, words := 0.0, 0.0, 0
	var cpu time.Duration
	for _, p := range papers {
		picture, err := p.file.Image(b.Context(), p.page, int(p.width*float64(dpi)))
		if err != nil {
			b.Fatal(err)
		}
		before := children()
		found, err := e.Recognize(b.Context(), picture, dpi, languages)
		if err != nil {
			b.Fatal(err)
		}
		cpu += children() - before
		var text strings.Builder
		for _, l := range found.Lines {
			for _, w := range l.Words {
				text.WriteString(w.Text + " ")
				sure += w.Confidence
				words++
			}
			text.WriteString("\n")
		}
		f1 += wordF1(text.String(), p.text)
	}
	n := float64(len(papers))
	b.ReportMetric(f1/n, "F1")
	b.ReportMetric(cpu.Seconds()/n, "CPU-s/page")
	b.ReportMetric(sure/float64(max(words, 1)), "confidence")
	b.ReportMetric(0, "ns/op")
}

// children gives the CPU time of all processes that have ended.
func children() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_CHILDREN, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
