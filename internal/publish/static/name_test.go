package static

import (
	"net/url"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

func TestFileName(t *testing.T) {
	for _, c := range []struct {
		address, ending, want string
	}{
		{"/", ".html", "index.html"},
		{"/r/abc", ".html", "r/abc/index.html"},
		{"/static/base.css", "", "static/base.css"},
		{"/../../etc/passwd", "", "etc/passwd/index"},
		{"/d/nul", ".html", "d/_nul-" + short("nul") + "/index.html"},
		{"/d/com1.txt", "", "d/_com1.txt-" + short("com1.txt")},
		{"/d/console", ".html", "d/console/index.html"},
		{"/r/abc/f/def", ".pdf", "r/abc/f/def/index.pdf"},
	} {
		u, err := url.Parse(c.address)
		if err != nil {
			t.Fatal(err)
		}
		if got := FileName(u, c.ending); got != c.want {
			t.Errorf("%s: %q, want %q", c.address, got, c.want)
		}
	}
}

func TestFileNameStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := &url.URL{Path: rapid.String().Draw(t, "path"), RawQuery: rapid.String().Draw(t, "query")}
		if name := FileName(u, ".html"); !filepath.IsLocal(name) {
			t.Fatalf("%q leaves the folder", name)
		}
	})
}
