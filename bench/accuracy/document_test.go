package accuracy

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// specimen is a document that was read, and what it states.
type specimen struct {
	name, kind string
	doc        *describe.Document
	truth      stated
}

// engine starts the reader of PDFs for the whole test.
func engine(t *testing.T) describe.Engine {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = t.TempDir()
	}
	e := pdf.New(pdf.Options{CacheDir: filepath.Join(dir, "greyshelf"), Instances: 2})
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// realReports reads the real reports with their truth.
func realReports(t *testing.T, e describe.Engine) []specimen {
	dir := filepath.Join(corpustest.Dir(t), "corpus", "reports")
	list, err := os.Open(filepath.Join(dir, "truth.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	var all []specimen
	for scan := bufio.NewScanner(list); scan.Scan(); {
		var line struct {
			File, Title, Date, Language, Rights, Type string
			ReportNumber                              string `json:"report_number"`
			Creator, Publisher                        []string
		}
		if err := json.Unmarshal(scan.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, line.File))
		if err != nil {
			t.Fatal(err)
		}
		truth := stated{title: line.Title, date: line.Date, number: line.ReportNumber, language: line.Language, creators: line.Creator, publisher: line.Publisher}
		if strings.Contains(line.Rights, "public domain") {
			truth.rights = string(greyshelf.PublicDomain)
		}
		all = append(all, read(t, e, filepath.Base(line.File), line.Type, data, truth))
	}
	return all
}

// sampleReports makes and reads the sample reports. What a scan states can
// only be seen, so nothing is expected of it.
func sampleReports(t *testing.T, e describe.Engine) []specimen {
	var all []specimen
	for _, s := range sample.Reports() {
		data, err := s.Make()
		if err != nil {
			t.Fatal(err)
		}
		truth := stated{
			title: s.Truth.Title, subtitle: s.Truth.Subtitle, date: s.Truth.Date.EDTF, number: s.Truth.ReportNumber,
			language: s.Truth.Language, rights: string(s.Truth.Rights.Code), abstract: s.Truth.Abstract, creators: s.Truth.Creators,
		}
		if s.Truth.Publisher != "" {
			truth.publisher = []string{s.Truth.Publisher}
		}
		if s.Truth.Scan {
			truth = stated{}
		}
		all = append(all, read(t, e, s.Name, "sample", data, truth))
	}
	return all
}

// read reads a file. The name is not handed on, so that it can be no witness.
func read(t *testing.T, e describe.Engine, name, kind string, data []byte, truth stated) specimen {
	doc, err := describe.Read(context.Background(), e, data, "", nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return specimen{name: name, kind: kind, doc: doc, truth: truth}
}

// without gives a copy of the document from which every line that holds drop
// is gone: from text, lines and words, in place of which there are spaces, and
// from the metadata and the outline.
func without(doc *describe.Document, drop func(string) bool) *describe.Document {
	cut := *doc
	cut.Info.Meta, cut.Info.XMP, cut.Info.Outline = nil, nil, nil
	cut.Pages = nil
	for _, page := range doc.Pages {
		text, lines := []rune(page.Text), page.Lines
		page.Lines, page.Words = nil, append([]greyshelf.Word{}, page.Words...)
		for _, line := range lines {
			if !drop(line.Text) {
				page.Lines = append(page.Lines, line)
				continue
			}
			for i := line.Start; i < line.End; i++ {
				text[i] = ' '
			}
			kept := page.Words[:0]
			for _, w := range page.Words {
				if w.End <= line.Start || w.Start >= line.End {
					kept = append(kept, w)
				}
			}
			page.Words = kept
		}
		page.Text = string(text)
		cut.Pages = append(cut.Pages, page)
	}
	return &cut
}
