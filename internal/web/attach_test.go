package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
)

// sendFile sends the form that adds a file to a report.
func sendFile(t *testing.T, l *library, as reader, report, way, part, name string) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	must(t, form.WriteField("as", way))
	must(t, form.WriteField("part", part))
	file, err := form.CreateFormFile("file", name)
	must(t, err)
	_, err = file.Write([]byte("%PDF-1.7 of " + name))
	must(t, err)
	must(t, form.Close())
	return l.ask(as, "/r/"+report+"/files", url.Values{}, func(r *http.Request) {
		r.Body, r.ContentLength = io.NopCloser(&body), int64(body.Len())
		r.Header.Set("Content-Type", form.FormDataContentType())
	})
}

func TestAttach(t *testing.T) {
	l := newLibrary(t)
	w := sendFile(t, l, librarian, "open", "annex", "Annex <2>", "tables.pdf")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/r/open#editions" {
		t.Fatalf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	body := l.ask(visitor, "/r/open", nil).Body.String()
	if !strings.Contains(body, "<strong><bdi>Annex &lt;2&gt;</bdi></strong>") || strings.Contains(body, "/files") {
		t.Error("the report does not name its annex, or a visitor may add files")
	}
	if body = l.ask(librarian, "/r/open", nil).Body.String(); !strings.Contains(body, `action="/r/open/files"`) {
		t.Error("the desk may not add files")
	}
	r, err := l.catalog.Report(t.Context(), "open")
	must(t, err)
	annex := r.Files()[1]
	if body = l.ask(visitor, "/r/open/f/"+annex.SHA256[:16]+"/p/1", nil).Body.String(); !strings.Contains(body, "Annex &lt;2&gt;") {
		t.Error("the page of the annex does not name it")
	}
	if body = l.ask(visitor, "/search?q=hiddenannex", nil).Body.String(); !strings.Contains(body, "Annex &lt;2&gt;") {
		t.Error("the search does not name the annex")
	}
	if w := sendFile(t, l, visitor, "open", "annex", "", "other.pdf"); w.Code != http.StatusForbidden {
		t.Errorf("a visitor: %d", w.Code)
	}
	if w := sendFile(t, l, librarian, "open", "appendix", "", "other.pdf"); w.Code != http.StatusBadRequest {
		t.Errorf("an unknown way: %d", w.Code)
	}
}

func TestRecordWithoutFile(t *testing.T) {
	l := newLibrary(t)
	sent := url.Values{"url": {"https://example.org/ports"}, "title": {"Ports of the South"}, "publisher": {"Harbour Institute"}, "authors": {"Ada Okafor\r\nBen Lindqvist\r\n"}, "date": {"March 2024"}}
	w := l.ask(librarian, "/add/link", sent)
	id := strings.TrimSuffix(strings.TrimPrefix(w.Header().Get("Location"), "/r/"), "/edit")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	r, err := l.catalog.Report(t.Context(), id)
	must(t, err)
	if r.State != greyshelf.Draft || r.Rights.Access != greyshelf.AccessLink || len(r.Agents) != 3 || r.Date.EDTF != "2024-03" {
		t.Errorf("%+v", r)
	}
	if body := l.ask(librarian, "/r/"+id, nil).Body.String(); !strings.Contains(body, `href="https://example.org/ports"`) {
		t.Error("the record does not lead to its address")
	}
	sent.Set("url", "javascript:alert(1)")
	if w = l.ask(librarian, "/add/link", sent); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `value="Ports of the South"`) || strings.Contains(w.Body.String(), `href="javascript`) {
		t.Errorf("an address that is none: %d", w.Code)
	}
	if w = l.ask(visitor, "/add/link", sent); w.Code != http.StatusForbidden {
		t.Errorf("a visitor: %d", w.Code)
	}
}
