package sample

import "github.com/greyshelf/greyshelf/internal/pdfwrite"

const (
	black pdfwrite.Color = 0x1a1a1a
	grey  pdfwrite.Color = 0x606060
	white pdfwrite.Color = 0xffffff
)

// put draws a line of text with its baseline at y.
func put(p *pdfwrite.Page, font *pdfwrite.Font, size, x, y float64, c pdfwrite.Color, text string) {
	p.Glyphs(font.Run(text, size), x, y, c)
}

// putRight draws a line that ends at x.
func putRight(p *pdfwrite.Page, font *pdfwrite.Font, size, x, y float64, c pdfwrite.Color, text string) {
	run := font.Run(text, size)
	p.Glyphs(run, x-run.Width, y, c)
}

// putCentre draws a line around x.
func putCentre(p *pdfwrite.Page, font *pdfwrite.Font, size, x, y float64, c pdfwrite.Color, text string) {
	run := font.Run(text, size)
	p.Glyphs(run, x-run.Width/2, y, c)
}

// single is a page's one column with the given margins.
func single(left, top, right, bottom float64) []frame {
	return []frame{{left, top, pdfwrite.A4Width - left - right, pdfwrite.A4Height - bottom}}
}
