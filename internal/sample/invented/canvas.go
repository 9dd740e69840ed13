package invented

import (
	"math/rand/v2"
	"strings"
	"unicode"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/go-fonts/dejavu/dejavusansmono"
	"github.com/go-fonts/dejavu/dejavuserif"
	"github.com/go-fonts/dejavu/dejavuserifbold"

	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

const (
	ink   pdfwrite.Color = 0x1c1c1c
	soft  pdfwrite.Color = 0x5a5a5a
	white pdfwrite.Color = 0xffffff
)

// canvas draws pages. Places are counted from the edge at which the script
// begins: from the left, of Arabic from the right.
type canvas struct {
	doc        *pdfwrite.Document
	page       *pdfwrite.Page
	text, bold *pdfwrite.Font
	mono       *pdfwrite.Font
	rtl        bool
	accent     pdfwrite.Color
	y          float64 // where the next paragraph begins
	foot       func()  // drawn on every page but the first; may be nil
}

// make writes the report in the layout. What is drawn by chance while writing
// comes from a source of its own, so that the same report comes twice.
func (d *draft) make(l layout) ([]byte, error) {
	again := *d
	again.Rand = rand.New(rand.NewPCG(d.drawn[0], d.drawn[1]))
	d = &again
	info := pdfwrite.Info{Title: d.info, Producer: "Acrobat Distiller 9.0", Created: "D:20260102030405Z"}
	if d.info != "" && d.info != d.title {
		info.Author = "jsmith" // the typist's account
	}
	c := &canvas{doc: pdfwrite.New(info), rtl: d.w.rtl, accent: []pdfwrite.Color{0x1f4e79, 0x7a1f1f, 0x1f5a3a, 0x4a2a6a}[d.pick(4)]}
	text, bold := dejavusans.TTF, dejavusansbold.TTF
	if !c.rtl && d.pick(2) == 0 {
		text, bold = dejavuserif.TTF, dejavuserifbold.TTF
	}
	for _, f := range []struct {
		font **pdfwrite.Font
		name string
		ttf  []byte
	}{{&c.text, "Text", text}, {&c.bold, "Text-Bold", bold}, {&c.mono, "Mono", dejavusansmono.TTF}} {
		var err error
		if *f.font, err = c.doc.Font(f.name, f.ttf); err != nil {
			return nil, err
		}
	}
	l.draw(c, d)
	return c.doc.Bytes()
}

// newPage begins a page.
func (c *canvas) newPage() {
	c.page, c.y = c.doc.Page(), 80
	if c.foot != nil && c.doc.Pages() > 1 {
		c.foot()
	}
}

// put draws a line that begins at x.
func (c *canvas) put(f *pdfwrite.Font, size, x, y float64, color pdfwrite.Color, text string) {
	c.draw(f, size, x, y, color, text)
}

// centre draws a line around the middle of the page.
func (c *canvas) centre(f *pdfwrite.Font, size, y float64, color pdfwrite.Color, text string) {
	c.draw(f, size, (pdfwrite.A4Width-c.width(f, size, text))/2, y, color, text)
}

// end draws a line that ends at x from the far edge.
func (c *canvas) end(f *pdfwrite.Font, size, x, y float64, color pdfwrite.Color, text string) {
	c.draw(f, size, pdfwrite.A4Width-x-c.width(f, size, text), y, color, text)
}

func (c *canvas) width(f *pdfwrite.Font, size float64, text string) float64 {
	total := 0.0
	for _, r := range c.runs(f, size, text) {
		total += r.Width
	}
	return total
}

// runs shapes a line. Within Arabic, words of other scripts and numbers that
// follow each other stay in their own order.
func (c *canvas) runs(f *pdfwrite.Font, size float64, text string) []pdfwrite.Run {
	if !c.rtl {
		return []pdfwrite.Run{f.Run(text, size)}
	}
	var runs []pdfwrite.Run
	var foreign []string
	flush := func() {
		if len(foreign) > 0 {
			runs = append(runs, f.Run(strings.Join(foreign, " "), size), f.Run(" ", size))
			foreign = nil
		}
	}
	for _, word := range strings.Fields(text) {
		if !strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }) {
			foreign = append(foreign, word)
			continue
		}
		flush()
		runs = append(runs, f.RightToLeft(word, size), f.Run(" ", size))
	}
	flush()
	return runs
}

func (c *canvas) draw(f *pdfwrite.Font, size, x, y float64, color pdfwrite.Color, text string) {
	if c.rtl {
		x = pdfwrite.A4Width - x
	}
	for _, r := range c.runs(f, size, text) {
		if c.rtl {
			x -= r.Width
		}
		c.page.Glyphs(r, x, y, color)
		if !c.rtl {
			x += r.Width
		}
	}
}

// band draws a rectangle over the whole width.
func (c *canvas) band(y, height float64) {
	c.page.Rectangle(0, y, pdfwrite.A4Width, height, c.accent)
}

// block sets text within a width from x on, at y, and gives the y beneath it.
func (c *canvas) block(f *pdfwrite.Font, size, x, width, y float64, color pdfwrite.Color, text string) float64 {
	for _, line := range c.lines(f, size, width, text) {
		c.draw(f, size, x, y, color, line)
		y += size * 1.3
	}
	return y
}

// lines breaks text at spaces.
func (c *canvas) lines(f *pdfwrite.Font, size, width float64, text string) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && c.width(f, size, longer) > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
}

// para sets a paragraph of running text between margins, on a new page where
// it does not fit.
func (c *canvas) para(size, left, right float64, text string) {
	for _, line := range c.lines(c.text, size, pdfwrite.A4Width-left-right, text) {
		if c.y > pdfwrite.A4Height-80 {
			c.newPage()
		}
		c.draw(c.text, size, left, c.y, ink, line)
		c.y += size * 1.4
	}
	c.y += size * 0.7
}

// heading sets a line above a part of the text.
func (c *canvas) heading(size, left float64, text string) {
	if c.y > pdfwrite.A4Height-140 {
		c.newPage()
	}
	c.y += size * 0.5
	c.draw(c.bold, size, left, c.y, c.accent, text)
	c.y += size * 1.6
}

// spaced puts a space between the letters of a title.
func spaced(text string) string {
	words := strings.Fields(strings.ToUpper(text))
	for i, w := range words {
		words[i] = strings.Join(strings.Split(w, ""), " ")
	}
	return strings.Join(words, "   ")
}

// body fills pages with parts of running text, and a list of references with
// other people's titles, names and dates.
func (c *canvas) body(d *draft, pages int, size, left, right float64) {
	for part := range pages {
		if part > 0 || c.y > 500 {
			c.newPage()
		}
		c.heading(size*1.3, left, d.part(part))
		for range 4 {
			c.para(size, left, right, d.paragraph(5))
		}
	}
	c.heading(size*1.3, left, d.w.label.references)
	for i := range 4 {
		c.para(size*0.9, left, right, d.reference(i))
	}
}

// part names a part of the text.
func (d *draft) part(n int) string {
	if n == 0 {
		return d.w.label.introduction
	}
	return upperFirst(d.w.topics[(n+3)%len(d.w.topics)])
}

// reference gives what somebody else has published.
func (d *draft) reference(i int) string {
	h := d.w.houses[(i+2)%len(d.w.houses)]
	if h.name == d.house.name {
		h = d.w.houses[(i+3)%len(d.w.houses)]
	}
	p := person{d.w.given[(i*3+1)%len(d.w.given)], d.w.family[(i*5+2)%len(d.w.family)]}
	title := strings.NewReplacer("{T}", upperFirst(d.w.topics[(i+5)%len(d.w.topics)]), "{t}", d.w.topics[(i+5)%len(d.w.topics)], "{p}", d.w.places[i%len(d.w.places)], "{y}", "2040").Replace(d.w.titles[(i+4)%len(d.w.titles)])
	return p.inverted() + ". " + title + ". " + h.name + ", " + d.w.date(day{2003 + i, 1 + i*2, 3 + i}) + "."
}
