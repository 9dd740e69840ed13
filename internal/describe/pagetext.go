package describe

import (
	"math"
	"strings"

	"github.com/greyshelf/greyshelf"
	"golang.org/x/text/unicode/norm"
)

// pageWriter writes lines of glyphs as text with offsets.
type pageWriter struct {
	raw   *RawPage
	fonts bool

	tilted bool // lines may climb or fall: words keep their own height

	text  strings.Builder
	runes int
	words []greyshelf.Word
	lines []lineAt
}

// lineAt is a line whose text is cut out when the page is complete.
type lineAt struct {
	Line
	from, to int // bytes
}

// line writes one line.
func (w *pageWriter) line(glyphs []glyph) {
	if w.runes > 0 {
		w.text.WriteByte('\n')
		w.runes++
	}
	l := lineAt{from: w.text.Len()}
	l.Start = w.runes
	extent := extentOf(glyphs)
	l.Box = w.box(extent)
	for start := 0; start < len(glyphs); {
		end := start
		for end < len(glyphs) && !glyphs[end].space {
			end++
		}
		if start > 0 {
			w.text.WriteByte(' ')
			w.runes++
		}
		w.word(glyphs[start:end], extent, &l.Line)
		start = end + 1
	}
	l.End, l.to = w.runes, w.text.Len()
	if w.fonts {
		settleLine(&l.Line)
	}
	w.lines = append(w.lines, l)
}

// word writes one word. Its box is as tall as its line, so that marked words
// stand evenly, unless lines are tilted.
func (w *pageWriter) word(glyphs []glyph, line extent, l *Line) {
	start := w.runes
	box := extentOf(glyphs)
	if !w.tilted {
		box.y0, box.y1 = line.y0, line.y1
	}
	for len(glyphs) > 0 {
		n := sameStyle(glyphs)
		from := w.runes
		w.write(glyphs[:n])
		if w.fonts {
			w.run(l, glyphs[0].Char, from)
		}
		glyphs = glyphs[n:]
	}
	w.words = append(w.words, greyshelf.Word{Start: start, End: w.runes, Box: w.box(box)})
}

// sameStyle gives how many glyphs from the first share its style.
func sameStyle(glyphs []glyph) int {
	for k, g := range glyphs {
		if g.Size != glyphs[0].Size || g.Font != glyphs[0].Font || g.Bold != glyphs[0].Bold || g.Italic != glyphs[0].Italic {
			return k
		}
	}
	return len(glyphs)
}

// write adds the glyphs' letters in composed form (NFC).
func (w *pageWriter) write(glyphs []glyph) {
	var s strings.Builder
	for _, g := range glyphs {
		s.WriteString(g.text)
	}
	text := norm.NFC.String(s.String())
	w.text.WriteString(text)
	for range text {
		w.runes++
	}
}

// run adds [from, now) in c's style to the line's runs.
func (w *pageWriter) run(l *Line, c *Char, from int) {
	r := Run{Start: from, End: w.runes, Size: c.Size, Bold: c.Bold, Italic: c.Italic}
	if c.Font >= 0 && c.Font < len(w.raw.Fonts) {
		r.Font = w.raw.Fonts[c.Font]
	}
	if n := len(l.Runs) - 1; n >= 0 {
		if last := &l.Runs[n]; last.Size == r.Size && last.Font == r.Font && last.Bold == r.Bold && last.Italic == r.Italic {
			last.End = r.End
			return
		}
	}
	l.Runs = append(l.Runs, r)
}

// settleLine gives the line the style of most of its characters.
func settleLine(l *Line) {
	count := map[Run]int{}
	most, bold, italic, all := 0, 0, 0, 0
	for _, r := range l.Runs {
		n := r.End - r.Start
		all += n
		if r.Bold {
			bold += n
		}
		if r.Italic {
			italic += n
		}
		key := Run{Size: r.Size, Font: r.Font}
		count[key] += n
		if count[key] > most {
			most, l.Size, l.Font = count[key], r.Size, r.Font
		}
	}
	l.Bold, l.Italic = 2*bold > all, 2*italic > all
}

// page gives the finished page.
func (w *pageWriter) page(index int, label string) Page {
	text := w.text.String()
	p := Page{Fonts: w.fonts, Page: greyshelf.Page{
		Index: index, Label: label, Width: w.raw.Width, Height: w.raw.Height,
		Text: text, Words: w.words, Image: w.raw.ImageShare >= 0.5,
	}}
	p.Lines = make([]Line, len(w.lines))
	for k, l := range w.lines {
		l.Text, l.Page = text[l.from:l.to], index
		p.Lines[k] = l.Line
	}
	return p
}

// extent is a rectangle in points.
type extent struct{ x0, y0, x1, y1 float64 }

func extentOf(glyphs []glyph) extent {
	e := extent{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, g := range glyphs {
		if !g.space {
			e = extent{min(e.x0, g.X0), min(e.y0, g.Y0), max(e.x1, g.X1), max(e.y1, g.Y1)}
		}
	}
	return e
}

// box gives e in 0..1 of the page, to five digits: a hundredth of a point.
func (w *pageWriter) box(e extent) greyshelf.Box {
	part := func(v, of float64) float64 {
		return math.Round(min(max(v/of, 0), 1)*1e5) / 1e5
	}
	return greyshelf.Box{
		part(e.x0, w.raw.Width), part(e.y0, w.raw.Height),
		part(e.x1, w.raw.Width), part(e.y1, w.raw.Height),
	}
}
