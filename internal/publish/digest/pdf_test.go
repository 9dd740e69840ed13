package digest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/judgetest"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
)

// TestPDF lets another program read the text back, where it is installed.
func TestPDF(t *testing.T) {
	s, doc := hostile(t)
	doc.Intro = append(doc.Intro, strings.Repeat("word ", 2000), strings.Repeat("x", 5000))
	var out, again bytes.Buffer
	must(t, digest.PDF(&out, doc, words, s.now))
	must(t, digest.PDF(&again, doc, words, s.now))
	if !bytes.Equal(out.Bytes(), again.Bytes()) || !bytes.HasPrefix(out.Bytes(), []byte("%PDF-1.7")) {
		t.Error("the same issue is not the same bytes")
	}
	for _, want := range []string{"/URI (https://library.example.org/r/x)", `/URI (https://example.org/?a="b"&c=%3Cd%3E)`, "/DisplayDocTitle true", "/Lang (en)", "/Outlines"} {
		if !bytes.Contains(out.Bytes(), []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	reader := judgetest.Need(t, "pdftotext", "poppler-utils")
	path := filepath.Join(t.TempDir(), "issue.pdf")
	must(t, os.WriteFile(path, out.Bytes(), 0o600))
	text := judgetest.Run(t, "", reader, path, "-")
	for _, want := range []string{"New on the shelf", "Отчёт о воде", "Water & <wells>", "تقرير", "2016"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text[max(0, len(text)-1500):])
		}
	}
}
