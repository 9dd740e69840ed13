package describetest

import (
	"bytes"
	"compress/zlib"
	"strconv"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

func ref(object int) string { return num(object) + " 0 R" }
func num(n int) string      { return strconv.Itoa(n) }

// refusals: what is no readable PDF is refused with a kind and a reason that
// names the trouble.
func refusals(t *testing.T, e describe.Engine) {
	good := book{pages: []leaf{{content: write("F1", 12, 50, 700, "text")}}}
	var empty, endless file
	empty.add("<</Type /Catalog /Pages 2 0 R>>")
	empty.add("<</Type /Pages /Count 0 /Kids []>>")
	endless.add("<</Type /Catalog /Pages 2 0 R>>")
	endless.add("<</Type /Pages /Count 3 /Kids [2 0 R 2 0 R 2 0 R]>>")
	var many file
	many.add("<</Type /Catalog /Pages 2 0 R>>")
	many.add("<</Type /Pages /Count 90000 /Kids [3 0 R]>>")
	many.add("<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>")
	for _, c := range []struct {
		name   string
		data   []byte
		kind   greyshelf.Kind
		reason string
	}{
		{"0 bytes", nil, greyshelf.Invalid, "empty"},
		{"a web page", []byte("<!DOCTYPE html><html><body>404"), greyshelf.Invalid, "web page"},
		{"an image", []byte("\x89PNG\r\n\x1a\n0000"), greyshelf.Invalid, "image"},
		{"only a header", []byte("%PDF-1.4\n"), greyshelf.Invalid, "broken"},
		{"header and noise", append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("\xF7\x00obj<<"), 500)...), greyshelf.Invalid, "broken"},
		{"the first third", good.bytes()[:300], greyshelf.Invalid, ""},
		{"no pages", empty.bytes(1), greyshelf.Invalid, "no pages"},
		{"a page tree that contains itself", endless.bytes(1), greyshelf.Invalid, ""},
		{"needs a password", Encrypted("secret"), greyshelf.Invalid, "password"},
		{"too many pages", many.bytes(1), greyshelf.TooLarge, "90000"},
	} {
		doc, err := describe.Read(t.Context(), e, c.data, c.name, nil)
		if err == nil {
			t.Errorf("%s: read as %d pages", c.name, len(doc.Pages))
			continue
		}
		if greyshelf.KindOf(err) != c.kind || !strings.Contains(greyshelf.ReasonOf(err), c.reason) {
			t.Errorf("%s: %v (%s), want %s with %q", c.name, err, greyshelf.KindOf(err), c.kind, c.reason)
		}
	}
	f := opened(t, e, Encrypted(""))
	if p := page(t, f, 1, false); text(p) != "secret" || !f.Info().Facts.Encrypted {
		t.Errorf("encrypted with the empty password: %q, %+v", text(p), f.Info().Facts)
	}
}

// badPage: a page that cannot be read is kept empty and named.
func badPage(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{content: write("F1", 12, 50, 700, "first")}, bomb(t, 64<<20), {content: write("F1", 12, 50, 700, "third")}}}
	f := opened(t, e, b.bytes())
	_, _ = f.Page(t.Context(), 2, true) // may fail or come out empty
	if p := page(t, f, 3, true); text(p) != "third" {
		t.Errorf("after a bad page: %q", text(p))
	}
	doc, err := describe.Read(t.Context(), e, b.bytes(), "bad page", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Pages) != 3 || doc.Pages[0].Text != "first" || doc.Pages[2].Text != "third" {
		t.Errorf("%d pages, %q", len(doc.Pages), doc.Pages[0].Text)
	}
}

// bombs: a gigabyte of zeros and a gigabyte of work in a few kilobytes.
func bombs(t *testing.T, e describe.Engine) {
	for name, b := range map[string]book{
		"page content": {pages: []leaf{bomb(t, 1<<30)}},
		"image":        imageBomb(t),
	} {
		f, err := e.Open(t.Context(), b.bytes())
		if err != nil {
			stated(t, name, err)
			continue
		}
		_, err = f.Page(t.Context(), 1, true)
		stated(t, name, err)
		_, err = f.Image(t.Context(), 1, 400)
		stated(t, name, err)
		_ = f.Close()
	}
	good := book{pages: []leaf{{content: write("F1", 12, 50, 700, "alive")}}}
	if p := page(t, opened(t, e, good.bytes()), 1, false); text(p) != "alive" {
		t.Errorf("after the bombs: %q", text(p))
	}
}

// stated accepts success or a reason for people.
func stated(t *testing.T, name string, err error) {
	t.Helper()
	if err != nil && greyshelf.KindOf(err) != greyshelf.TooLarge && greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("%s: %v (%s)", name, err, greyshelf.KindOf(err))
	}
}

// bomb is a page whose content unpacks to n bytes of drawing.
func bomb(t *testing.T, n int) leaf {
	return leaf{content: packed(t, []byte("0 0 m 9 9 l S q Q "), n), filter: "/Filter /FlateDecode"}
}

// imageBomb is a page with an image of 30,000 by 30,000 pixels.
func imageBomb(t *testing.T) book {
	b := book{pages: []leaf{{content: "600 0 0 800 0 0 cm /I Do"}}}
	b.pages[0].entries = "/MediaBox [0 0 600 800] /Resources <</XObject <</I " + ref(b.next(0)) + ">>>>"
	b.file.stream("/Type /XObject /Subtype /Image /Width 30000 /Height 30000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode",
		packed(t, make([]byte, 4096), 900_000_000))
	return b
}

// packed compresses n bytes of the repeated pattern.
func packed(t *testing.T, pattern []byte, n int) string {
	t.Helper()
	var out bytes.Buffer
	w, err := zlib.NewWriterLevel(&out, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	block := bytes.Repeat(pattern, 1<<20/len(pattern))
	for written := 0; written < n; written += len(block) {
		if _, err := w.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
