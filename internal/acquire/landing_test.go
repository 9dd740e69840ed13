package acquire_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/fetch"
)

func TestIsPage(t *testing.T) {
	for _, test := range []struct {
		data, mediaType string
		want            bool
	}{
		{"<!doctype html><title>T</title>", "", true},
		{"\ufeff  <html>", "application/octet-stream", true},
		{"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "application/xhtml+xml", true},
		{"%PDF-1.7 <html>", "text/html", false},
		{"\n<!-- junk -->\n%PDF-1.4", "text/html", false},
		{"plain words", "text/html; charset=utf-8", true},
		{"plain words", "text/plain", false},
		{"", "", false},
	} {
		if got := acquire.IsPage(fetch.Body{Data: []byte(test.data), MediaType: test.mediaType}); got != test.want {
			t.Errorf("%q %q: %v", test.data, test.mediaType, got)
		}
	}
}

// TestFollowPDF holds that three links are tried and no more, that another
// page is not followed, and that the guard against private addresses holds.
func TestFollowPDF(t *testing.T) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if strings.HasPrefix(r.URL.Path, "/pdf") {
			w.Write([]byte("%PDF-1.7 body"))
			return
		}
		w.Write([]byte(`<!doctype html><meta http-equiv="refresh" content="0;url=/pdf"><a href="/pdf">PDF</a>`))
	}))
	defer s.Close()
	open := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	for _, test := range []struct {
		name   string
		links  []string
		client *fetch.Client
		link   string
		kind   greyshelf.Kind
		asked  int
	}{
		{"first", []string{"/pdf"}, open, "/pdf", "", 1},
		{"third", []string{"/a", "/b", "/pdf3"}, open, "/pdf3", "", 3},
		{"fourth", []string{"/a", "/b", "/c", "/pdf"}, open, "", greyshelf.Invalid, 3},
		{"none", nil, open, "", greyshelf.NotFound, 0},
		{"private", []string{"/pdf"}, fetch.New(fetch.Options{}), "", greyshelf.Forbidden, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			asked = 0
			var links []string
			for _, link := range test.links {
				links = append(links, s.URL+link)
			}
			link, data, err := acquire.FollowPDF(t.Context(), s.URL+"/page", links, test.client)
			if strings.TrimPrefix(link, s.URL) != test.link || greyshelf.KindOf(err) != test.kind || asked != test.asked {
				t.Errorf("link %q, %d asked, %v", link, asked, err)
			}
			if err == nil && string(data) != "%PDF-1.7 body" {
				t.Errorf("data %q", data)
			}
		})
	}
}
