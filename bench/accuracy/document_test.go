package accuracy

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
	"github.com/greyshelf/greyshelf/internal/sample"
	"github.com/greyshelf/greyshelf/internal/sample/invented"
)

// generated is how many reports are generated for one measurement.
const generated = 240

// specimen is a document that was read, and what it states.
type specimen struct {
	name  string
	kind  string // type of report, or layout
	house string // of a generated report: the publisher it was made for
	path  string // of a real report
	doc   *describe.Document
	truth stated
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
		truth.unknown = known("title", "creator", "publisher", "date", "year", "report number", "language", "rights")
		if strings.Contains(line.Rights, "public domain") {
			truth.rights = string(greyshelf.PublicDomain)
		}
		s := read(t, e, filepath.Base(line.File), line.Type, data, truth)
		s.path = filepath.Join(dir, line.File)
		all = append(all, s)
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
			unknown: known("title", "subtitle", "creator", "publisher", "date", "year", "report number", "language", "rights", "abstract"),
		}
		if s.Truth.Publisher != "" {
			truth.publisher = []string{s.Truth.Publisher}
		}
		if s.Truth.Scan {
			truth = stated{unknown: truth.unknown}
		}
		all = append(all, read(t, e, s.Name, "sample", data, truth))
	}
	return all
}

// generatedReports makes and reads reports of many layouts, languages and
// publishers, each lacking some of the fields.
func generatedReports(t *testing.T, e describe.Engine, seed uint64) []specimen {
	var all []specimen
	for _, g := range invented.Reports(seed, generated) {
		data, err := g.Make()
		if err != nil {
			t.Fatal(err)
		}
		s := read(t, e, g.Name, g.Layout, data, generatedTruth(g.Truth))
		s.house = g.House
		all = append(all, s)
	}
	return all
}

func generatedTruth(w invented.Truth) stated {
	truth := stated{
		title: w.Title, subtitle: w.Subtitle, parallel: w.Parallel, creators: w.Creators, commissioning: w.Commissioning,
		date: w.Date, number: w.ReportNumber, series: w.Series, language: w.Language, rights: w.Rights,
	}
	if w.Labelled {
		truth.abstract = w.Abstract
	}
	if w.Publisher != "" {
		truth.publisher = []string{w.Publisher}
	}
	for scheme, value := range w.Identifiers {
		truth.identifiers = append(truth.identifiers, scheme+":"+value)
	}
	return truth
}

// known gives the fields about which a truth that knows these says nothing.
func known(names ...string) map[string]bool {
	unknown := map[string]bool{}
	for _, f := range scoredFields() {
		unknown[f.name] = !slices.Contains(names, f.name)
	}
	return unknown
}

// read reads a file. The name is not handed on, so that it can be no witness.
func read(t *testing.T, e describe.Engine, name, kind string, data []byte, truth stated) specimen {
	doc, err := describe.Read(context.Background(), e, data, "", nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return specimen{name: name, kind: kind, doc: doc, truth: truth}
}
