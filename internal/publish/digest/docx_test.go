package digest_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/judgetest"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
)

// parts reads the parts of a package; each but a picture must be well-formed XML.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		all[f.Name] = string(text)
		if strings.HasSuffix(f.Name, ".png") {
			continue
		}
		d := xml.NewDecoder(bytes.NewReader(text))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return all
}

// hostile is an issue with everything that breaks documents.
func hostile(t *testing.T) (*shelf, digest.Document) {
	t.Helper()
	s := newShelf(t)
	arabic, markup := report("ar"), report("x")
	arabic.Title, arabic.Abstract, arabic.Languages = "تقرير عن المياه (2016)", "ملخص التقرير.\n\nفقرة ثانية.", []string{"ar"}
	markup.Title, markup.Abstract, markup.URL = "A & B <w:p/> \x01\x0b ]]> 𝒳 \ufffe Отчёт о воде", "x", `https://example.org/?a="b"&c=<d>`
	s.put(arabic)
	s.put(markup)
	i := s.issue("ar", "x")
	i.Sections[0].Heading = "Water & <wells>"
	doc, err := s.Document(t.Context(), i, "https://library.example.org")
	must(t, err)
	return s, doc
}

func TestDOCX(t *testing.T) {
	s, doc := hostile(t)
	var out bytes.Buffer
	must(t, digest.DOCX(&out, doc, words, s.now))
	all := parts(t, out.Bytes())
	text := all["word/document.xml"]
	for _, want := range []string{`<w:pStyle w:val="Title"/>`, `<w:pStyle w:val="Heading1"/>`, `<w:pStyle w:val="Heading2"/><w:bidi/>`, "<w:rtl/>", "Water &amp; &lt;wells&gt;", "A &amp; B &lt;w:p/&gt;", "𝒳", "Отчёт", `<w:hyperlink r:id="l1">`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	links := all["word/_rels/document.xml.rels"]
	if strings.Count(links, "TargetMode") != strings.Count(text, "<w:hyperlink") || !strings.Contains(links, "c=%3Cd%3E") {
		t.Error(links)
	}
	var again bytes.Buffer
	must(t, digest.DOCX(&again, doc, words, s.now))
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same issue is not the same bytes")
	}
}

// TestDOCXOpens lets a word processor read what breaks documents.
func TestDOCXOpens(t *testing.T) {
	office := judgetest.Need(t, "soffice", "libreoffice-writer-nogui")
	s, doc := hostile(t)
	var out bytes.Buffer
	must(t, digest.DOCX(&out, doc, words, s.now))
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "issue.docx"), out.Bytes(), 0o600))
	judgetest.Run(t, "", office, "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, filepath.Join(dir, "issue.docx"))
	text, err := os.ReadFile(filepath.Join(dir, "issue.txt"))
	must(t, err)
	for _, want := range []string{"تقرير عن المياه", "Отчёт о воде", "A & B <w:p/>", "فقرة ثانية."} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}
