package ocr_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/greyshelf/greyshelf/internal/describe/ocr"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
)

// engine gives the real tesseract. Where it is not installed the test is
// skipped; with GREYSHELF_OCR=required it fails.
func engine(t testing.TB) *ocr.Engine {
	t.Helper()
	e := ocr.New(ocr.Options{Languages: []string{"en", "fr", "es", "de", "ru", "ar"}})
	if _, err := e.Ready(t.Context()); err != nil {
		if os.Getenv("GREYSHELF_OCR") == "required" {
			t.Fatalf("OCR is required (GREYSHELF_OCR=required): %v; install the Debian packages tesseract-ocr and tesseract-ocr-{osd,eng,fra,spa,deu,rus,ara}", err)
		}
		t.Skipf("skipped: %v", err)
	}
	return e
}

// reader gives the PDF engine with compiled modules in a folder that outlives
// the test.
func reader(t testing.TB) *pdf.Engine {
	t.Helper()
	dir := t.TempDir()
	if user, err := os.UserCacheDir(); err == nil {
		dir = filepath.Join(user, "greyshelf-test", "pdfium")
	}
	e := pdf.New(pdf.Options{CacheDir: dir})
	t.Cleanup(func() { _ = e.Close() })
	return e
}
