package page

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// para is a paragraph or a heading of flowing text.
type para struct {
	Level int // of the heading on this page, 2 to 6; 0 = text
	Runs  []run
}

// run is a piece of a paragraph, verbatim from the page's text.
type run struct {
	Start int // code points from the start of the page's text
	Text  string
	Mark  string // "found" or "quoted"; "" = neither
}

// paras cuts the text of a page into its paragraphs, which empty lines part.
// Headings are those that the file's outline has on the page; they go down by
// one step at a time. marks and passage are as of [NewLayer].
func paras(p greyshelf.Page, outline []greyshelf.Outline, marks [][2]int, passage *greyshelf.Passage) []para {
	levels := map[string]int{}
	for _, o := range outline {
		if o.Page == p.Index {
			levels[strings.Join(strings.Fields(o.Title), " ")] = o.Level
		}
	}
	text := []rune(p.Text)
	kind := marking(len(text), marks, passage)
	var all []para
	last := 1
	for start := 0; start < len(text); {
		end := paragraphEnd(text, start)
		one := para{Runs: runs(text, kind, start, end)}
		if level := levels[strings.Join(strings.Fields(string(text[start:end])), " ")]; level > 0 {
			last = min(level+1, last+1, 6)
			one.Level = last
		}
		if end > start {
			all = append(all, one)
		}
		for start = end; start < len(text) && text[start] == '\n'; {
			start++
		}
	}
	return all
}

// paragraphEnd gives where the paragraph from start ends: before an empty line.
func paragraphEnd(text []rune, start int) int {
	for at := start; at+1 < len(text); at++ {
		if text[at] == '\n' && text[at+1] == '\n' {
			return at
		}
	}
	return len(text)
}

// marking says of each code point how it is marked; the passage lies over what
// was found.
func marking(n int, marks [][2]int, passage *greyshelf.Passage) []string {
	kind := make([]string, n)
	paint := func(from, to int, with string) {
		for i := max(from, 0); i < min(to, n); i++ {
			kind[i] = with
		}
	}
	for _, m := range marks {
		paint(m[0], m[1], "found")
	}
	if passage != nil {
		paint(passage.Start, passage.End, "quoted")
	}
	return kind
}

// runs cuts [start, end) where its marking changes.
func runs(text []rune, kind []string, start, end int) []run {
	var all []run
	for start < end {
		to := start + 1
		for to < end && kind[to] == kind[start] {
			to++
		}
		all = append(all, run{Start: start, Text: string(text[start:to]), Mark: kind[start]})
		start = to
	}
	return all
}

// drawn sets a page of flowing text as a picture: SVG of the given width in
// pixels, in which nothing but its words stands.
func drawn(p greyshelf.Page, width int) []byte {
	w, h := paper(p)
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %s %s"><rect width="100%%" height="100%%" fill="#fff"/><g font-family="monospace" fill="#222">`,
		width, int(float64(width)*h/w), points(w), points(h))
	for _, line := range lines(p) {
		b.WriteString("<text>")
		for _, word := range line.Words {
			fmt.Fprintf(&b, `<tspan x="%s" y="%s" font-size="%s" textLength="%s" lengthAdjust="spacingAndGlyphs">`, word.X, word.Y, word.FontSize, word.Length)
			_ = xml.EscapeText(&b, []byte(word.Text)) // a buffer takes everything
			b.WriteString("</tspan>")
		}
		b.WriteString("</text>")
	}
	b.WriteString("</g></svg>")
	return slices.Clip(b.Bytes())
}
