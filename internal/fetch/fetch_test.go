package fetch_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/fetch"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// server answers /report with a body, /endless for ever, /page with a web page
// above the limit, /away with a
// redirect to where says, and never answers /silent before done.
func server(t *testing.T, away string) *httptest.Server {
	t.Helper()
	done := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/report", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		w.Write([]byte("%PDF-1.7 body"))
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		block := bytes.Repeat([]byte("x"), 64<<10)
		for {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("<!doctype html><title>T</title>"))
		w.Write(bytes.Repeat([]byte("<p>x"), fetch.MaxPage/4))
	})
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, away, http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/silent", func(w http.ResponseWriter, r *http.Request) { <-done })
	s := httptest.NewServer(mux)
	t.Cleanup(func() { close(done); s.Close() })
	return s
}

func TestGet(t *testing.T) {
	s := server(t, "")
	body, err := fetch.New(fetch.Options{Allow: loopback}).Get(t.Context(), s.URL+"/report")
	if err != nil {
		t.Fatal(err)
	}
	if string(body.Data) != "%PDF-1.7 body" || body.MediaType != "application/pdf" || body.URL != s.URL+"/report" {
		t.Errorf("got %q from %q as %q", body.Data, body.URL, body.MediaType)
	}
}

func TestGetRefuses(t *testing.T) {
	s := server(t, "file:///etc/passwd")
	inside := server(t, "http://10.0.0.1/")
	for _, test := range []struct {
		name, address string
		options       fetch.Options
		kind          greyshelf.Kind
	}{
		{"loopback", s.URL + "/report", fetch.Options{}, greyshelf.Forbidden},
		{"loopback by name", strings.Replace(s.URL, "127.0.0.1", "localhost", 1) + "/report", fetch.Options{}, greyshelf.Forbidden},
		{"loopback as a number", strings.Replace(s.URL, "127.0.0.1", "[::ffff:127.0.0.1]", 1) + "/report", fetch.Options{}, greyshelf.Forbidden},
		{"metadata service", "http://169.254.169.254/latest/", fetch.Options{}, greyshelf.Forbidden},
		{"private", "http://192.168.1.1/", fetch.Options{}, greyshelf.Forbidden},
		{"redirect to private", inside.URL + "/away", fetch.Options{Allow: loopback}, greyshelf.Forbidden},
		{"redirect to a file", s.URL + "/away", fetch.Options{Allow: loopback}, greyshelf.Unavailable},
		{"redirects without end", s.URL + "/loop", fetch.Options{Allow: loopback}, greyshelf.Unavailable},
		{"never ends", s.URL + "/endless", fetch.Options{Allow: loopback, MaxBytes: 1 << 20}, greyshelf.TooLarge},
		{"a large web page", s.URL + "/page", fetch.Options{Allow: loopback}, greyshelf.TooLarge},
		{"never answers", s.URL + "/silent", fetch.Options{Allow: loopback, Timeout: 50 * time.Millisecond}, greyshelf.Unavailable},
		{"not found", s.URL + "/nothing", fetch.Options{Allow: loopback}, greyshelf.Invalid},
		{"file", "file:///etc/passwd", fetch.Options{}, greyshelf.Invalid},
		{"no host", "http://", fetch.Options{}, greyshelf.Invalid},
		{"no address", "http://[::1", fetch.Options{}, greyshelf.Invalid},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := fetch.New(test.options).Get(t.Context(), test.address)
			if greyshelf.KindOf(err) != test.kind {
				t.Errorf("got %q (%v), want %q", greyshelf.KindOf(err), err, test.kind)
			}
		})
	}
}
