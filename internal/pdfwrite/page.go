package pdfwrite

import (
	"bytes"
	"fmt"
)

// Page is a page that is being drawn. Coordinates are points from the top left
// corner; y grows downwards, as a person reads.
type Page struct {
	doc     *Document
	content bytes.Buffer
	links   []link
}

// Color is 0xRRGGBB.
type Color uint32

// Page adds an A4 page.
func (d *Document) Page() *Page {
	p := &Page{doc: d}
	d.pages = append(d.pages, p)
	return p
}

// Rectangle fills a rectangle.
func (p *Page) Rectangle(x, y, width, height float64, c Color) {
	fmt.Fprintf(&p.content, "%s %.2f %.2f %.2f %.2f re f\n", c.operator(), x, A4Height-y-height, width, height)
}

// Glyphs draws a shaped run with its baseline at y, beginning at x.
func (p *Page) Glyphs(run Run, x, y float64, c Color) {
	fmt.Fprintf(&p.content, "BT %s /F%d %.4g Tf 1 0 0 1 %.2f %.2f Tm [<", c.operator(), run.font.index, run.size, x, A4Height-y)
	for _, g := range run.glyphs {
		run.font.use(g)
		fmt.Fprintf(&p.content, "%04X", g.id)
		if g.adjust != 0 {
			fmt.Fprintf(&p.content, "> %d <", g.adjust)
		}
	}
	p.content.WriteString(">] TJ ET\n")
}

// Image draws a grey picture, one byte a pixel, over the whole page.
func (p *Page) Image(width, height int, pixels []byte) {
	p.doc.images = append(p.doc.images, image{width, height, pixels})
	fmt.Fprintf(&p.content, "q %g 0 0 %g 0 0 cm /I%d Do Q\n", A4Width, A4Height, len(p.doc.images)-1)
}

// Picture draws a picture in colour, three bytes a pixel, in a rectangle.
func (p *Page) Picture(x, y, width, height float64, across, down int, pixels []byte) {
	p.doc.images = append(p.doc.images, image{across, down, pixels})
	fmt.Fprintf(&p.content, "q %.2f 0 0 %.2f %.2f %.2f cm /I%d Do Q\n", width, height, x, A4Height-y-height, len(p.doc.images)-1)
}

// operator sets the colour of what is filled next (ISO 32000-1 §8.6.8).
func (c Color) operator() string {
	return fmt.Sprintf("%.3f %.3f %.3f rg", float64(c>>16&255)/255, float64(c>>8&255)/255, float64(c&255)/255)
}
