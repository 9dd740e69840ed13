package sample

import "github.com/greyshelf/greyshelf/internal/sample/pdf"

const (
	black pdf.Color = 0x1a1a1a
	grey  pdf.Color = 0x606060
	white pdf.Color = 0xffffff
)

// put draws a line of text with its baseline at y.
func put(p *pdf.Page, font *pdf.Font, size, x, y float64, c pdf.Color, text string) {
	p.Glyphs(font.Run(text, size), x, y, c)
}

// putRight draws a line that ends at x.
func putRight(p *pdf.Page, font *pdf.Font, size, x, y float64, c pdf.Color, text string) {
	run := font.Run(text, size)
	p.Glyphs(run, x-run.Width, y, c)
}

// putCentre draws a line around x.
func putCentre(p *pdf.Page, font *pdf.Font, size, x, y float64, c pdf.Color, text string) {
	run := font.Run(text, size)
	p.Glyphs(run, x-run.Width/2, y, c)
}

// single is a page's one column with the given margins.
func single(left, top, right, bottom float64) []frame {
	return []frame{{left, top, pdf.A4Width - left - right, pdf.A4Height - bottom}}
}
