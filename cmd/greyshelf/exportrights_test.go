package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// shelved is a report of the test library and what of it everybody may know:
// its record, its pages.
type shelved struct {
	name          string
	record, pages bool
	report        greyshelf.Report
}

// everyWay gives a report for every way in which one can be open or closed.
func everyWay() []shelved {
	published := func(r greyshelf.Rights) greyshelf.Report {
		return greyshelf.Report{State: greyshelf.Published, Rights: r}
	}
	of := func(s greyshelf.State) greyshelf.Report {
		return greyshelf.Report{State: s, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}}
	}
	takenDown := of(greyshelf.Withdrawn)
	takenDown.Tombstone = "The publisher asked us."
	merged := of(greyshelf.Withdrawn)
	merged.MergedInto = "open"
	return []shelved{
		{"open", true, true, published(greyshelf.Rights{Code: greyshelf.PublicDomain})},
		{"extract", true, false, published(greyshelf.Rights{Code: greyshelf.AllRightsReserved})},
		{"unstated", true, false, published(greyshelf.Rights{})},
		{"link", true, false, published(greyshelf.Rights{Access: greyshelf.AccessLink})},
		{"closed", false, false, published(greyshelf.Rights{Access: greyshelf.AccessEmbargo})},
		{"unknown", false, false, published(greyshelf.Rights{Access: "nobody knows"})},
		{"candidate", false, false, of(greyshelf.Candidate)},
		{"draft", false, false, of(greyshelf.Draft)},
		{"review", false, false, of(greyshelf.ToReview)},
		{"embargoed", false, false, of(greyshelf.Embargoed)},
		{"refused", false, false, of(greyshelf.Refused)},
		{"withdrawn", false, false, of(greyshelf.Withdrawn)},
		{"takendown", false, false, takenDown},
		{"merged", false, false, merged},
		{"archived", false, false, of(greyshelf.Archived)},
	}
}

// marker is a word that stands in one place of one report only, in letters
// that no encoding of text changes.
func marker(report, place string) string { return "zq" + report + "qz" + place + "qz" }

// The places of a report in which a marker stands: those that go with the
// record, those that go with the pages, and those that are the desk's own.
var (
	recordPlaces = []string{"title", "abstract", "annotation", "author", "publisher", "heading", "series"}
	pagePlaces   = []string{"firstpage", "lastpage", "bytes"}
	deskPlaces   = []string{"note", "requested", "sensitivity", "raw", "source", "finding", "quote", "reason", "blurb"}
)

// TestExportHides: of what nobody from elsewhere may see, no word stands in any
// byte of the exported folder, whatever it is packed into; what everybody may
// see is there.
func TestExportHides(t *testing.T) {
	l, err := app.Open(t.Context(), app.Config{Library: t.TempDir()}, true, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	all := everyWay()
	for _, s := range all {
		shelve(t, l, s)
	}
	sendIssues(t, l, all)
	for language, at := range map[string]string{"en": "", "fr": "https://example.org/reports"} {
		dir := filepath.Join(t.TempDir(), "site")
		if _, err := l.ExportSite(t.Context(), dir, at, language, nil); err != nil {
			t.Fatal(err)
		}
		seen := everyByte(t, dir)
		if where := seen["library.invalid"]; where != "" {
			t.Errorf("an address that leads nowhere stands in %s", where)
		}
		for _, s := range all {
			_, record := os.Stat(filepath.Join(dir, "r", s.name, "index.html"))
			_, page := os.Stat(filepath.Join(dir, "r", s.name, "f"))
			_, picture := os.Stat(filepath.Join(dir, "r", s.name, "thumb"))
			if (record == nil) != s.record || (page == nil) != s.pages || (picture == nil) != s.pages {
				t.Errorf("of the report that is %s there are: record %v, pages %v, a picture %v", s.name, record == nil, page == nil, picture == nil)
			}
			for want, places := range map[*bool][]string{&s.record: recordPlaces, &s.pages: pagePlaces, new(bool): deskPlaces} {
				for _, place := range places {
					switch where := seen[marker(s.name, place)]; {
					case where != "" && !*want:
						t.Errorf("the %s of the report that is %s stands in %s", place, s.name, where)
					case where == "" && *want && place != "annotation" && place != "abstract": // one stands for the other
						t.Errorf("the %s of the report that is %s is not there", place, s.name)
					}
				}
			}
		}
	}
}

// shelve puts a report with its file and pages into the library.
func shelve(t *testing.T, l *app.Library, s shelved) {
	t.Helper()
	m := func(place string) string { return marker(s.name, place) }
	stored, err := l.Files.Put(t.Context(), strings.NewReader("<html>"+m("bytes")+"</html>"))
	if err != nil {
		t.Fatal(err)
	}
	pages := []greyshelf.Page{{Index: 1, Label: "i", Text: m("firstpage") + " harbour."}, {Index: 2, Text: strings.Repeat("More words follow. ", 60) + m("lastpage")}}
	if err := l.Pages.Put(t.Context(), stored.SHA256, "v1", pages); err != nil {
		t.Fatal(err)
	}
	r := s.report
	r.ID, r.Title, r.Abstract, r.Annotation, r.Series = s.name, m("title"), m("abstract"), m("annotation"), m("series")
	r.Agents = []greyshelf.Contribution{
		{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: m("author")}, Role: greyshelf.Author},
		{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: m("publisher")}, Role: greyshelf.Publisher},
	}
	r.Headings = []greyshelf.Heading{{Label: m("heading")}}
	r.Date = greyshelf.Date{Printed: "May 2009", EDTF: "2009-05"}
	r.Note, r.Desk = m("note"), greyshelf.DeskFile{RequestedBy: m("requested"), Sensitivity: m("sensitivity")}
	r.Entry = &greyshelf.EntryLayout{Raw: m("raw")}
	r.Editions = []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{SHA256: stored.SHA256, MediaType: greyshelf.TypeHTML, Source: "/home/" + m("source"), Bytes: stored.Bytes, Pages: 2, Text: "v1"}}}}
	_, err = l.Catalog.Commit(t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: "first-" + s.name, At: time.Unix(1_700_000_000, 0), Who: "ann", Method: greyshelf.ByAdd, Reason: m("reason")},
		Reports:  []greyshelf.Report{r},
		Findings: []greyshelf.FindingSet{{Report: s.name, File: stored.SHA256, Method: "describe@1", Findings: []greyshelf.Finding{
			{Field: greyshelf.FieldTitle, Value: m("finding"), Page: 1, Quote: m("quote"), Method: "cover@1", Confidence: 0.9, Chosen: true},
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sendIssues makes an issue of the digest with every report, sends it, and
// leaves another a draft.
func sendIssues(t *testing.T, l *app.Library, all []shelved) {
	t.Helper()
	for _, state := range []digest.State{digest.Sent, digest.Draft} {
		i := digest.Issue{Title: "New on the shelf, " + string(state), Number: 1, State: state}
		for _, s := range all {
			i.Add(s.name)
		}
		for n := range i.Sections {
			for k := range i.Sections[n].Items {
				if e := &i.Sections[n].Items[k]; state == digest.Draft || e.Report != "open" && e.Report != "extract" && e.Report != "unstated" && e.Report != "link" {
					e.Blurb = marker(e.Report, "blurb")
				}
			}
		}
		if _, err := l.Digest.New(t.Context(), rights.Reader{Role: rights.Librarian, Name: "test"}, i); err != nil {
			t.Fatal(err)
		}
	}
}

// everyByte gives every marker that stands in the folder with where it does:
// in names, in the files as they are, and in what they are packed around.
func everyByte(t *testing.T, dir string) map[string]string {
	t.Helper()
	marked := regexp.MustCompile(`zq[a-z]+qz[a-z]+qz|library\.invalid`)
	seen := map[string]string{}
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		all := [][]byte{[]byte(d.Name())}
		if !d.IsDir() {
			files++
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			all = append(all, unpacked(data, 3)...)
		}
		for _, data := range all {
			for _, m := range marked.FindAll(bytes.ToLower(data), -1) {
				seen[string(m)] = path
			}
		}
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("%d files, %v", files, err)
	}
	return seen
}

// unpacked gives the data, without its zero bytes too (UTF-16), and what is
// packed in it: entries of a zip, what gzip or zlib packed at any place of it.
func unpacked(data []byte, depth int) [][]byte {
	all := [][]byte{data, bytes.ReplaceAll(data, []byte{0}, nil)}
	if depth == 0 {
		return all
	}
	if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
		for _, f := range z.File {
			all = append(all, []byte(f.Name))
			if r, err := f.Open(); err == nil {
				inner, _ := io.ReadAll(r)
				all = append(all, unpacked(inner, depth-1)...)
			}
		}
	}
	for at := range data {
		if !bytes.HasPrefix(data[at:], []byte{0x1f, 0x8b}) && data[at] != 0x78 {
			continue
		}
		var r io.Reader
		var err error
		if r, err = gzip.NewReader(bytes.NewReader(data[at:])); err != nil {
			r, err = zlib.NewReader(bytes.NewReader(data[at:]))
		}
		if err == nil {
			if inner, _ := io.ReadAll(io.LimitReader(r, 1<<24)); len(inner) > 0 {
				all = append(all, unpacked(inner, depth-1)...)
			}
		}
	}
	return all
}

// TestEveryByte: what is packed is found.
func TestEveryByte(t *testing.T) {
	dir := t.TempDir()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	inner, _ := z.Create("x")
	deflated := zlib.NewWriter(inner)
	fmt.Fprint(deflated, "before ", marker("a", "b"), " after")
	deflated.Close()
	z.Close()
	for n := range 30 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(n)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if everyByte(t, dir)[marker("a", "b")] == "" {
		t.Error("a marker within a zip was not found")
	}
}
