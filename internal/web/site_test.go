package web

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/collection"
	"github.com/greyshelf/greyshelf/internal/curate/notice"
	"github.com/greyshelf/greyshelf/internal/files/blobstore"
	"github.com/greyshelf/greyshelf/internal/pages/cache"
	pagessqlite "github.com/greyshelf/greyshelf/internal/pages/sqlite"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
	"github.com/greyshelf/greyshelf/internal/publish/webhook"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/search/bleve"
)

// The reports of the test library: one for every way in which a report can be
// open or closed. Each has one file of two pages.
var shelf = []greyshelf.Report{
	{ID: "open", State: greyshelf.Published, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}},
	{ID: "extract", State: greyshelf.Published, Rights: greyshelf.Rights{Code: greyshelf.AllRightsReserved, Statement: "All rights reserved."}},
	{ID: "link", State: greyshelf.Published, Rights: greyshelf.Rights{Access: greyshelf.AccessLink}, URL: "https://publisher.example.org/r"},
	{ID: "embargo", State: greyshelf.Published, Rights: greyshelf.Rights{Access: greyshelf.AccessEmbargo}},
	{ID: "draft", State: greyshelf.Draft, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}},
	{ID: "withdrawn", State: greyshelf.Withdrawn, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}},
}

const (
	publicHost = "library.example.org"
	secret     = "the-secret-of-this-run"
	deskNote   = "a note for the desk alone"
)

// hidden is a word at the end of each report's pages, behind more than an
// extract.
func hidden(id string) string { return "hidden" + id }

// firstWords begins every page.
const firstWords = "The harbour is deep"

// library is the site over real parts.
type library struct {
	t       testing.TB
	catalog *catalogsqlite.Store
	handler http.Handler
	indexer *search.Indexer
	shas    map[string]string // report → file
	added   []string          // names of uploads
	addedBy string
	options Options
	web     Library
}

func newLibrary(t testing.TB, change ...func(*Options)) *library {
	t.Helper()
	dir, ctx := t.TempDir(), t.Context()
	c, err := catalogsqlite.Open(ctx, filepath.Join(dir, "catalog.sqlite"), catalogsqlite.Options{})
	must(t, err)
	pageStore, err := pagessqlite.Open(ctx, filepath.Join(dir, "pages.sqlite"), pagessqlite.Options{})
	must(t, err)
	fileStore, err := blobstore.OpenDir(filepath.Join(dir, "files"), blobstore.Options{})
	must(t, err)
	index, err := bleve.Open(filepath.Join(dir, "index"))
	must(t, err)
	t.Cleanup(func() { index.Close(); fileStore.Close(); pageStore.Close(); c.Close() })

	l := &library{t: t, catalog: c, shas: map[string]string{}, indexer: &search.Indexer{Index: index, Catalog: c, Pages: pageStore, Names: namesOf(c)}}
	for _, r := range shelf {
		stored, err := fileStore.Put(ctx, strings.NewReader("bytes of "+r.ID))
		must(t, err)
		must(t, pageStore.Put(ctx, stored.SHA256, "v1", pagesOf(r.ID)))
		l.shas[r.ID] = stored.SHA256
		l.put(described(r, stored.SHA256))
	}
	l.reindex()
	n := 0
	l.web = Library{
		Catalog: c, Pages: pageStore, Files: fileStore, Search: &search.Service{Index: index, Catalog: c, Pages: pageStore},
		Desk:        &curate.Desk{Catalog: c, Now: time.Now, NewID: func() string { n++; return fmt.Sprintf("made%06d", n) }},
		Digest:      &digest.Desk{Catalog: c, Now: time.Now, NewID: func() string { n++; return fmt.Sprintf("made%06d", n) }},
		Webhooks:    &webhook.Post{Catalog: c, Now: time.Now, NewID: func() string { n++; return fmt.Sprintf("hook%06d", n) }},
		Notices:     &notice.Register{Records: c, Now: time.Now, NewID: func() string { n++; return fmt.Sprintf("notice%06d", n) }},
		Collections: &collection.Register{Records: c, Now: time.Now, NewID: func() string { n++; return fmt.Sprintf("kept%06d", n) }},
		Contacts:    &contact.Register{Records: c, Now: time.Now, NewID: func() string { n++; return fmt.Sprintf("made%06d", n) }},
		Image:       picture, Changed: l.reindex,
		Described: embed.NewKeeper(fileStore, cache.New(filepath.Join(t.TempDir(), "described"), 1<<20), appender{}).Copy,
		Add: func(_ context.Context, who, name string, r io.Reader) AddResult {
			data, _ := io.ReadAll(r)
			l.added, l.addedBy = append(l.added, name), who
			if !bytes.HasPrefix(data, []byte("%PDF")) {
				return AddResult{Status: "refused", Reason: "this is no PDF"}
			}
			return AddResult{Status: "added", Report: "draft", Title: "<b>Draft</b>", Verdict: "new edition"}
		},
	}
	l.web.Attach = func(ctx context.Context, who, report string, as curate.AttachAs, part, name string, r io.Reader) AddResult {
		stored, err := fileStore.Put(ctx, r)
		must(t, err)
		must(t, pageStore.Put(ctx, stored.SHA256, "v1", pagesOf("annex")))
		outcome, err := l.web.Desk.Attach(ctx, who, report, curate.Described{File: greyshelf.File{SHA256: stored.SHA256, MediaType: greyshelf.TypePDF, Name: name, Pages: 2, Text: "v1"}}, as, part)
		if err != nil {
			return AddResult{Status: "refused", Reason: greyshelf.ReasonOf(err)}
		}
		return AddResult{Status: string(outcome.Status), Report: outcome.Report}
	}
	l.web.Imports = importsOf(t.TempDir(), l.web.Desk)
	l.options = Options{Hosts: []string{publicHost}, Now: time.Now, Version: "test", Secret: secret}
	for _, f := range change {
		f(&l.options)
	}
	l.handler = New(l.web, l.options)
	return l
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// picture draws a real, small PNG.
func picture(_ context.Context, _ greyshelf.File, _, width int) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 10)))
	return b.Bytes(), err
}

// described fills in what the tests look for.
func described(r greyshelf.Report, sha string) greyshelf.Report {
	r.Title = "Report <script>alert(1)</script> " + r.ID
	r.Abstract = "An abstract on harbours."
	r.Note = deskNote
	r.Languages = []string{"en"}
	r.Date = greyshelf.Date{Printed: "May 2009", EDTF: "2009-05"}
	r.Headings = []greyshelf.Heading{{Label: "Harbours"}}
	r.Agents = []greyshelf.Contribution{
		{Agent: greyshelf.PersonFromName("Ada B. Writer"), Role: greyshelf.Author},
		{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "House & Sons"}, Role: greyshelf.Publisher},
	}
	r.Editions = []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{
		SHA256: sha, MediaType: "application/pdf", Name: "a report “" + r.ID + "”.pdf", Bytes: int64(len("bytes of " + r.ID)), Pages: 2, Text: "v1",
		Outline: []greyshelf.Outline{{Title: "Chapter", Level: 1, Page: 2}},
	}}}}
	return r
}

// pagesOf makes two pages whose words stand in a row.
func pagesOf(id string) []greyshelf.Page {
	var list []greyshelf.Page
	for n, label := range []string{"i", "1"} {
		text := firstWords + " on page " + fmt.Sprint(n+1) + ".\n" + strings.Repeat("Filler follows here. ", 30) + hidden(id)
		p := greyshelf.Page{Index: n + 1, Label: label, Width: 600, Height: 800, Text: text}
		at := 0
		for i, w := range strings.Fields(text) {
			start := at + strings.Index(text[at:], w)
			at = start + len(w)
			x, y := float64(i%8)/8, float64(i/8)/40
			p.Words = append(p.Words, greyshelf.Word{Start: start, End: at, Box: greyshelf.Box{x, y, x + 0.1, y + 0.02}})
		}
		list = append(list, p)
	}
	return list
}

func (l *library) put(r greyshelf.Report) {
	l.t.Helper()
	_, err := l.catalog.Commit(l.t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: "first-" + r.ID, At: time.Unix(1_700_000_000, 0), Who: "test", Method: greyshelf.ByAdd},
		Reports:  []greyshelf.Report{r},
		Findings: []greyshelf.FindingSet{{Report: r.ID, File: r.Files()[0].SHA256, Method: "describe@1", Findings: []greyshelf.Finding{
			{Field: greyshelf.FieldTitle, Value: r.Title, Page: 1, Quote: firstWords + strings.Repeat(" Filler follows here.", 30), Method: "cover@1", Confidence: 0.9, Chosen: true},
		}}},
	})
	must(l.t, err)
}

func (l *library) reindex() {
	if err := l.indexer.Rebuild(context.Background(), nil); err != nil {
		l.t.Error(err)
	}
}

// reader is who asks, from where.
type reader int

const (
	visitor   reader = iota // anybody, from elsewhere
	local                   // at this computer
	librarian               // at this computer, reading as the desk
	thief                   // from elsewhere, with the desk's cookie
)

// ask sends a request as the reader; a form makes it a POST.
func (l *library) ask(as reader, path string, form url.Values, change ...func(*http.Request)) *httptest.ResponseRecorder {
	var r *http.Request
	if form == nil {
		r = httptest.NewRequest(http.MethodGet, path, nil)
	} else {
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Host, r.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:50000"
	if as == visitor || as == thief {
		r.Host, r.RemoteAddr = publicHost, "192.0.2.7:50000"
	}
	if as == librarian || as == thief {
		r.AddCookie(&http.Cookie{Name: "greyshelf-desk", Value: secret})
	}
	for _, f := range change {
		f(r)
	}
	w := httptest.NewRecorder()
	l.handler.ServeHTTP(w, r)
	return w
}

// page gives the address of a page of a report's file.
func (l *library) file(id string) string { return "/r/" + id + "/f/" + l.shas[id][:16] }
