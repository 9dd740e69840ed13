package pdfwrite

import (
	"bytes"
	"testing"
)

// TestLinks: addresses of the web become links, in ASCII; nothing gets out of
// its string.
func TestLinks(t *testing.T) {
	doc := New(Info{})
	p := doc.Page()
	for _, address := range []string{"https://example.org/a(b)\\", "http://example.org/ü >> /JS", "javascript:alert(1)", "file:///etc/passwd", ""} {
		p.Link(10, 20, 100, 12, address)
	}
	data, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`/URI (https://example.org/a\(b\)\\) >>`, `/URI (http://example.org/%C3%BC%20>>%20/JS) >>`, "/Rect [10.00 810.00 110.00 822.00]"} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	if n := bytes.Count(data, []byte("/Subtype /Link")); n != 2 {
		t.Errorf("%d links", n)
	}
}
