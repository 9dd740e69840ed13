package describetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/describe"
)

// reading: lines come in content order, columns apart, with their style.
func reading(t *testing.T, e describe.Engine) {
	b := book{pages: []leaf{{content: write("F2", 20, 50, 700, "A Title") +
		write("F1", 10, 50, 650, "left one") + write("F1", 10, 50, 638, "left two") + // columns in content order
		write("F1", 10, 320, 650, "right one") + write("F1", 6, 359.2, 654, "1")}}} // a raised note number
	doc, err := describe.Read(t.Context(), e, b.bytes(), "a.pdf", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "A Title\nleft one\nleft two\nright one 1"
	if got := doc.Pages[0].Text; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if l := doc.Pages[0].Lines[0]; l.Size != 20 || !l.Bold || l.Page != 1 {
		t.Errorf("title line: %+v", l)
	}
}

// rightToLeft: Arabic is read in logical order, whether its glyphs were drawn
// in that order or, as most programs do, from the left.
func rightToLeft(t *testing.T, e describe.Engine) {
	const want = "سلام للناس" // "peace for people"
	letters := []rune(want)
	codes := map[rune]byte{' ': ' '}
	var mapping strings.Builder
	for _, r := range letters {
		if _, ok := codes[r]; !ok {
			codes[r] = byte('A' + len(codes))
			mapping.WriteString(fmt.Sprintf("<%02x> <%04x>\n", codes[r], r))
		}
	}
	var visual, logical strings.Builder
	for k := len(letters) - 1; k >= 0; k-- {
		visual.WriteByte(codes[letters[k]])
	}
	for k, r := range letters {
		logical.WriteString(write("F3", 20, 500-14*float64(k), 700, string(rune(codes[r]))))
	}
	for name, content := range map[string]string{
		"from the left": write("F3", 20, 300, 700, visual.String()),
		"as read":       logical.String(),
	} {
		b := book{pages: []leaf{{content: content}}}
		b.pages[0].entries = "/MediaBox [0 0 600 800] /Resources <</Font <</F3 " + ref(b.next(0)) + ">>>>"
		b.file.add("<</Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode %s>>", ref(b.next(1)))
		b.file.stream("", "begincmap 1 begincodespacerange <00> <ff> endcodespacerange "+
			num(strings.Count(mapping.String(), "\n"))+" beginbfchar\n"+mapping.String()+"endbfchar endcmap")
		doc, err := describe.Read(t.Context(), e, b.bytes(), "arabic.pdf", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Pages[0].Text; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
