package web

import (
	"bytes"
	"context"
	"io"
	"iter"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
)

// allNew is a judge of a library in which nothing is like anything, but for a
// title that looks like the open report.
type allNew struct{ desk *curate.Desk }

func (j allNew) Judge(ctx context.Context, item bring.Item) (bring.Verdict, error) {
	if r, again, err := j.desk.Brought(ctx, item); err == nil && !again {
		return bring.Verdict{Status: bring.Known, Other: r.ID}, nil
	}
	if strings.HasPrefix(item.Report.Title, "Like") {
		return bring.Verdict{Status: bring.Alike, Other: "open", Title: "Open", Percent: 91, Why: "the same title"}, nil
	}
	return bring.Verdict{Status: bring.New}, nil
}

func importsOf(dir string, desk *curate.Desk) Imports {
	steps := func(ctx context.Context, in bring.Input, o bring.Options) iter.Seq2[bring.Step, error] {
		return bring.Steps(ctx, bring.Read(ctx, in, o), allNew{desk})
	}
	return Imports{Dir: dir, Steps: steps, Bring: func(ctx context.Context, in bring.Input, o bring.Options, order curate.Order) (curate.Import, error) {
		return desk.Bring(ctx, steps(ctx, in, o), order)
	}}
}

// sendList sends files in the form of an import.
func sendList(l *library, as reader, files ...string) *httptest.ResponseRecorder {
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for i := 0; i < len(files); i += 2 {
		part, _ := m.CreateFormFile("lists", files[i])
		_, _ = part.Write([]byte(files[i+1]))
	}
	_ = m.Close()
	return l.ask(as, "/import", url.Values{}, func(r *http.Request) {
		r.Body = io.NopCloser(&body)
		r.Header.Set("Content-Type", m.FormDataContentType())
	})
}

const someTable = "Titel;Verfasser;Haus\nLike the open one;Rosa Vega;X\n<script>alert(1)</script>;Rosa Vega;Harbour Institute\n\"open;\n"

// TestImport: a list is sent, seen, mapped, carried out and taken back, without
// JavaScript.
func TestImport(t *testing.T) {
	l := newLibrary(t)
	w := sendList(l, local, "../../liste.csv", someTable)
	at := w.Header().Get("Location")
	if w.Code != 303 || !strings.HasPrefix(at, "/import/") {
		t.Fatal(w.Code, at, w.Body.String())
	}
	page := l.ask(local, at, nil).Body.String()
	for _, want := range []string{"liste.csv", "91&nbsp;%", "&lt;script&gt;alert(1)", `name="take.1"`, `name="c3"`, "a quotation mark is not closed", "Import 2 records"} {
		if !strings.Contains(page, want) {
			t.Errorf("the preview has no %q", want)
		}
	}
	if strings.Contains(page, "<script>alert") {
		t.Error("the preview runs the title of a record")
	}
	mapped := l.ask(local, at+"?c3=publisher", nil).Body.String()
	if !strings.Contains(mapped, `type="hidden" name="c3" value="publisher"`) {
		t.Error("the mapping is not sent with the choices")
	}
	done := l.ask(local, at, url.Values{"c3": {"publisher"}, "take.1": {"skip"}, "publish": {"yes"}})
	if done.Code != 200 || !strings.Contains(done.Body.String(), "1 report was made.") {
		t.Fatal(done.Code, done.Body.String())
	}
	if w := l.ask(local, at, nil); w.Code != 404 {
		t.Error("the upload still waits:", w.Code)
	}
	all, err := l.web.Desk.Imports(t.Context(), 0)
	must(t, err)
	r := l.imported(t, all[0].ID)
	if r.State != greyshelf.Published || len(r.AgentsWith(greyshelf.Publisher)) != 1 {
		t.Errorf("%+v", r)
	}
	if body := l.ask(local, "/import", nil).Body.String(); !strings.Contains(body, "liste.csv") {
		t.Error("the import is not listed")
	}
	if body := l.ask(local, "/imports/"+all[0].ID+"/undo", url.Values{"x": {""}}).Body.String(); !strings.Contains(body, "1 report was withdrawn.") {
		t.Error(body)
	}
	if r := l.imported(t, all[0].ID); r.State != greyshelf.Withdrawn {
		t.Error(r.State)
	}
}

// imported gives the first report of an import.
func (l *library) imported(t *testing.T, id string) greyshelf.Report {
	t.Helper()
	made, err := l.web.Catalog.RecordDecisions(t.Context(), "import", id)
	must(t, err)
	whole, err := l.web.Catalog.Decision(t.Context(), made[0].ID)
	must(t, err)
	r, err := l.web.Catalog.Report(t.Context(), whole.Changes[0].Report)
	must(t, err)
	return r
}

// TestImportRefused: what cannot be read is said on the page; visitors send
// nothing; the hour ends; no more than some may wait.
func TestImportRefused(t *testing.T) {
	l := newLibrary(t)
	if w := sendList(l, visitor, "a.ris", "TY  - RPRT\n"); w.Code != 403 {
		t.Error("a visitor:", w.Code)
	}
	for _, path := range []string{"/import", "/import/abc", "/import/..%2f..%2fetc"} {
		if w := l.ask(visitor, path, nil); w.Code != 403 {
			t.Errorf("%s as a visitor: %d", path, w.Code)
		}
	}
	if w := l.ask(local, "/import/..%2f..%2fetc", nil); w.Code != 404 {
		t.Error("a path as the name of an upload:", w.Code)
	}
	if w := sendList(l, local); w.Code != 400 {
		t.Error("no file:", w.Code)
	}
	at := sendList(l, local, "a.pdf", "%PDF-1.7").Header().Get("Location")
	if w := l.ask(local, at, nil); w.Code != 200 || !strings.Contains(w.Body.String(), "not a list of reports") {
		t.Error("a report as a list:", w.Code)
	}
	two := sendList(l, local, "a.csv", "title,file\nWells,w.pdf\n", "w.pdf", "%PDF-1.7").Header().Get("Location")
	if w := l.ask(local, two, nil); w.Code != 200 || !strings.Contains(w.Body.String(), "<bdi>w.pdf</bdi>") {
		t.Error("a file beside the list:", w.Code)
	}
	if w := sendList(l, local, "a.csv", "x", "a.csv", "y"); w.Code != 400 {
		t.Error("two files of one name:", w.Code)
	}
	old := time.Now().Add(-2 * time.Hour)
	must(t, os.Chtimes(filepath.Join(l.web.Imports.Dir, strings.TrimPrefix(two, "/import/")), old, old))
	if w := l.ask(local, two, nil); w.Code != 404 {
		t.Error("after its hour:", w.Code)
	}
	for range 30 {
		sendList(l, local, "a.ris", "TY  - RPRT\n")
	}
	if waiting, _ := os.ReadDir(l.web.Imports.Dir); len(waiting) != 20 {
		t.Errorf("%d uploads wait", len(waiting))
	}
	if w := l.ask(local, at, url.Values{"do": {"drop"}}); w.Code != 303 {
		t.Error("drop:", w.Code)
	}
	if w := l.ask(local, at, nil); w.Code != 404 {
		t.Error("dropped:", w.Code)
	}
}
