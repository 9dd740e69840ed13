// Package describetest is the suite that every backend of describe.Engine for
// PDF passes: it opens small files made on the spot, good and bad, and says
// what must come out. Tests only; it stores nothing.
package describetest

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// Run runs the suite. open gives an engine that the suite closes; its step
// deadline should be at most a few seconds.
func Run(t *testing.T, open func(t *testing.T) describe.Engine) {
	engine := open(t)
	t.Cleanup(func() { _ = engine.Close() })
	for _, c := range []struct {
		name string
		test func(*testing.T, describe.Engine)
	}{
		{"text has known places", places},
		{"fonts, sizes and weights", fonts},
		{"turned and cropped pages", turned},
		{"labels, outline, metadata", about},
		{"XMP", xmp},
		{"nothing said, nothing given", silent},
		{"images and their share", images},
		{"refusals", refusals},
		{"one bad page does not spoil the rest", badPage},
		{"bombs", bombs},
		{"many at once", many},
		{"cancelled", cancelled},
		{"reading gives a document", reading},
		{"right to left", rightToLeft},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, engine) })
	}
	t.Run("closed", func(t *testing.T) { closed(t, open(t)) })
}

// opened opens data and closes it with the test.
func opened(t *testing.T, e describe.Engine, data []byte) describe.File {
	t.Helper()
	f, err := e.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func page(t *testing.T, f describe.File, index int, fonts bool) describe.RawPage {
	t.Helper()
	p, err := f.Page(t.Context(), index, fonts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// text gives the visible characters of a page.
func text(p describe.RawPage) string {
	var s strings.Builder
	for _, c := range p.Chars {
		if c.Rune > ' ' {
			s.WriteRune(c.Rune)
		}
	}
	return s.String()
}

func near(a, b, by float64) bool { return math.Abs(a-b) <= by }

func places(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{content: write("F1", 20, 100, 700, "Hello") + write("F1", 20, 100, 100, "World")}}}
	p := page(t, opened(t, e, b.bytes()), 1, false)
	if p.Width != 600 || p.Height != 800 || text(p) != "HelloWorld" {
		t.Fatalf("got %v by %v, %q", p.Width, p.Height, text(p))
	}
	h := p.Chars[0]
	if !near(h.X, 100, 0.1) || !near(h.Y, 100, 0.1) { // 800 - 700
		t.Errorf("origin of H at %v, %v", h.X, h.Y)
	}
	if !near(h.X0, 101.5, 1) || !near(h.Y0, 85.6, 1) || !near(h.Y1, 100, 1) || h.X1 <= h.X0 {
		t.Errorf("box of H: %v %v %v %v", h.X0, h.Y0, h.X1, h.Y1)
	}
	if h.Font != -1 || h.Size != 0 || len(p.Fonts) != 0 {
		t.Error("fonts that were not asked for")
	}
}

func fonts(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{content: write("F2", 24, 72, 700, "Big") + write("F1", 10, 72, 600, "small")}}}
	p := page(t, opened(t, e, b.bytes()), 1, true)
	first, last := p.Chars[0], p.Chars[len(p.Chars)-1]
	if first.Size != 24 || !first.Bold || p.Fonts[first.Font] != "Helvetica-Bold" {
		t.Errorf("first: %+v in %v", first, p.Fonts)
	}
	if last.Size != 10 || last.Bold || p.Fonts[last.Font] != "Helvetica" {
		t.Errorf("last: %+v in %v", last, p.Fonts)
	}
}

// turned: the same word is shown upright in the top left quarter of the page
// as displayed, whatever /Rotate and /CropBox say.
func turned(t *testing.T, e describe.Engine) {
	at := func(m string) string { return "BT /F1 20 Tf " + m + " Tm (Word) Tj ET" }
	for name, c := range map[string]struct {
		page          leaf
		width, height float64
	}{
		"upright": {leaf{content: at("1 0 0 1 50 750")}, 600, 800},
		"90":      {leaf{content: at("0 1 -1 0 50 50"), entries: "/Rotate 90"}, 800, 600},
		"180":     {leaf{content: at("-1 0 0 -1 550 50"), entries: "/Rotate 180"}, 600, 800},
		"270":     {leaf{content: at("0 -1 1 0 550 750"), entries: "/Rotate 270"}, 800, 600},
		"-90":     {leaf{content: at("0 -1 1 0 550 750"), entries: "/Rotate -90"}, 800, 600},
		"cropped": {leaf{content: at("1 0 0 1 150 550"), entries: "/CropBox [100 200 500 600]"}, 400, 400},
	} {
		b := book{pages: []leaf{c.page}}
		p := page(t, opened(t, e, b.bytes()), 1, true)
		if p.Width != c.width || p.Height != c.height || text(p) != "Word" {
			t.Fatalf("%s: %v by %v, %q", name, p.Width, p.Height, text(p))
		}
		w, d := p.Chars[0], p.Chars[3]
		if !near(w.X, 50, 0.5) || !near(w.Y, 50, 0.5) || !near(d.Y, 50, 0.5) || d.X0 <= w.X1 || !near(w.Size, 20, 0.1) {
			t.Errorf("%s: W at %v, %v; d at %v, %v; size %v", name, w.X, w.Y, d.X, d.Y, w.Size)
		}
	}
}

func about(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{}, {}, {}, {}}}
	first := b.next(0)
	b.file.add("<</First %d 0 R /Last %d 0 R>>", first+1, first+2)
	b.file.add("<</Title (Summary) /Dest [8 0 R /Fit] /Next %d 0 R>>", first+2)
	b.file.add("<</Title <FEFF0416> /A <</S /GoTo /D [10 0 R /Fit]>> /First %d 0 R>>", first+3)
	b.file.add("<</Title (Loop) /A <</S /URI /URI (http://example.org)>> /Next %d 0 R>>", first+3)
	b.file.add("<</Title <FEFF0053006F> /Author (A. Byron\\000) /CreationDate (D:20161019)>>")
	b.catalog = "/PageLabels <</Nums [0 <</S /r /St 11>> 2 <</S /D /P (A-)>>]>> /MarkInfo <</Marked true>>"
	b.catalog += " /Outlines " + ref(first)
	b.file.trailer = "/Info " + ref(first+4)
	got := opened(t, e, b.bytes()).Info()
	want := describe.Info{
		Pages: 4, Labels: []string{"xi", "xii", "A-1", "A-2"},
		Outline: []greyshelf.Outline{{Title: "Summary", Level: 1, Page: 2}, {Title: "Ж", Level: 1, Page: 3}, {Title: "Loop", Level: 2}},
		Facts:   greyshelf.Facts{Version: "1.6", Tagged: true},
		Meta:    map[string]string{"Title": "So", "Author": "A. Byron", "CreationDate": "D:20161019"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func xmp(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{}}}
	b.catalog = "/Metadata " + ref(b.next(0))
	b.file.stream("/Type /Metadata /Subtype /XML", `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:publisher><rdf:Bag><rdf:li>The Institute</rdf:li></rdf:Bag></dc:publisher></rdf:Description></rdf:RDF></x:xmpmeta>`)
	want := map[string][]string{"dc:publisher": {"The Institute"}}
	if diff := cmp.Diff(want, opened(t, e, b.bytes()).Info().XMP); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func silent(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{}}}
	f := opened(t, e, b.bytes())
	info := f.Info()
	if info.Labels != nil || info.Outline != nil || len(info.Meta) != 0 || info.XMP != nil || info.Facts.Tagged || info.Facts.Encrypted {
		t.Errorf("invented: %+v", info)
	}
	if p := page(t, f, 1, true); len(p.Chars) != 0 || p.ImageShare != 0 {
		t.Errorf("an empty page has %d characters, image share %v", len(p.Chars), p.ImageShare)
	}
}

func images(t *testing.T, e describe.Engine) {
	inline := func(w, h int) string {
		return "q " + num(w) + " 0 0 " + num(h) + " 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x40 EI Q\n"
	}
	b := book{pages: []leaf{{content: inline(600, 400)}, {content: "1 0 0 rg 0 0 600 800 re f"}}}
	f := opened(t, e, b.bytes())
	if p := page(t, f, 1, false); !near(p.ImageShare, 0.5, 0.05) {
		t.Errorf("image share %v, want a half", p.ImageShare)
	}
	for _, c := range []struct{ width, cols, rows int }{{300, 300, 400}, {1, 16, 21}, {9999, 2400, 3200}} {
		img := rendered(t, f, 2, c.width)
		if size := img.Bounds().Size(); size.X != c.cols || size.Y != c.rows {
			t.Errorf("width %d: %v, want %d by %d", c.width, size, c.cols, c.rows)
		}
		if r, g, b, a := img.At(3, 3).RGBA(); r != 0xFFFF || g != 0 || b != 0 || a != 0xFFFF {
			t.Errorf("a red page is %x %x %x %x", r, g, b, a)
		}
	}
	img := rendered(t, f, 1, 60)
	if r, _, _, _ := img.At(30, 10).RGBA(); r != 0xFFFF {
		t.Error("the empty half is not white")
	}
	if r, _, _, _ := img.At(30, 70).RGBA(); r > 0x8000 {
		t.Error("the lower half is not dark")
	}
	if _, err := f.Image(t.Context(), 3, 100); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Errorf("page 3 of 2: %v", err)
	}
}

func rendered(t *testing.T, f describe.File, index, width int) image.Image {
	t.Helper()
	data, err := f.Image(t.Context(), index, width)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func many(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{content: write("F1", 12, 50, 700, "one")}, {content: write("F1", 12, 50, 700, "two")}}}
	data := b.bytes()
	var wait sync.WaitGroup
	for range 12 {
		wait.Go(func() {
			f, err := e.Open(t.Context(), data)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			for k, want := range []string{"one", "two"} {
				p, err := f.Page(t.Context(), k+1, true)
				if err != nil || text(p) != want {
					t.Errorf("page %d: %q, %v", k+1, text(p), err)
				}
			}
		})
	}
	wait.Wait()
}

func cancelled(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{content: write("F1", 12, 50, 700, "still here")}}}
	f := opened(t, e, b.bytes())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Page(ctx, 1, false); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("cancelled: %v", err)
	}
	if p := page(t, f, 1, false); text(p) != "stillhere" {
		t.Errorf("after a cancelled call: %q", text(p))
	}
}

func closed(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{}}}
	f, err := e.Open(t.Context(), b.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Page(t.Context(), 1, false); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("a page of a closed engine: %v", err)
	}
	if _, err := e.Open(t.Context(), b.bytes()); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("opening with a closed engine: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if err := e.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}
