package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
)

// appender writes records behind files of any kind: those of the tests here
// are no PDFs.
type appender struct{}

func (appender) Version() string { return "test" }

func (appender) Tail(_ context.Context, file io.Reader, r embed.Record) ([]byte, error) {
	data, err := io.ReadAll(file)
	if err != nil || bytes.Contains(data, []byte("draft")) {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "write", "", "the PDF is <signed>")
	}
	return []byte("\n" + r.Title + "\n" + r.Address), nil
}

// TestDescribed: the copy begins with the file, says what the library knows
// under the name that it has outside, and the file itself stays as it is.
func TestDescribed(t *testing.T) {
	l := newLibrary(t)
	original := l.ask(visitor, l.file("open"), nil)
	copied := l.ask(visitor, l.file("open")+"/described", nil)
	if want := "bytes of open\nReport <script>alert(1)</script> open"; !strings.HasPrefix(copied.Body.String(), want) || original.Body.String() != "bytes of open" {
		t.Errorf("got %q, the original is %q", copied.Body, original.Body)
	}
	if want := "http://" + publicHost + "/r/open"; !strings.HasSuffix(copied.Body.String(), want) {
		t.Errorf("%q does not end in %q", copied.Body, want)
	}
	h := copied.Header()
	if h.Get("ETag") == original.Header().Get("ETag") || h.Get("ETag") == "" || !strings.Contains(h.Get("Content-Disposition"), "-described.pdf") ||
		h.Get("Link") != "<http://"+publicHost+l.file("open")+`>; rel="canonical"` || h.Get("Content-Type") != "application/pdf" {
		t.Errorf("headers %v", h)
	}
	if body := l.ask(visitor, "/r/open", nil).Body.String(); !strings.Contains(body, `href="`+l.file("open")+`/described"`) {
		t.Error("the page of the report does not lead to the copy")
	}
	if body := l.ask(visitor, "/r/extract", nil).Body.String(); strings.Contains(body, "/described") {
		t.Error("the page of a closed report leads to a copy")
	}
}

// TestUndescribed: where no copy can be made, the reader is told why and is
// offered the file itself.
func TestUndescribed(t *testing.T) {
	l := newLibrary(t)
	w := l.ask(librarian, l.file("draft")+"/described", nil)
	if body := w.Body.String(); w.Code != http.StatusNotFound || !strings.Contains(body, "the PDF is &lt;signed&gt;") || !strings.Contains(body, `href="`+l.file("draft")+`"`) {
		t.Errorf("status %d: %s", w.Code, body)
	}
}
