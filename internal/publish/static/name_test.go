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

func TestInstead(t *testing.T) {
	for address, want := range map[string]string{
		"/r/a/f/b/p/3/10-20": "/r/a/f/b/p/3", "/r/a/f/b/p/3/image?w=1600": "/r/a/f/b/p/3/image?w=1000", "/r/a/f/b/p/3": "", "/r/a/f/b/p/3/10-20?q=x": "",
		"/search?year=2016": "/year/2016", "/search?publisher=House+%26+Sons": "/publisher?name=House+%26+Sons", "/search?subject=Ports": "/heading?name=Ports",
		"/search?sort=date": "/list", "/r/a?style=apa": "/r/a/cite?style=apa", "/r/a?style=apa&locator=3": "", "/search?language=en": "", "/search?year=2016&subject=Ports": "", "/search?q=year": "", "/basket": "", "://": "",
	} {
		if got := instead(address); got != want {
			t.Errorf("instead of %s: %q, want %q", address, got, want)
		}
	}
}
