package sample

import (
	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/go-fonts/dejavu/dejavuserif"
	"github.com/go-fonts/dejavu/dejavuserifbold"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// family is the fonts of one report.
type family struct{ text, bold, italic, mono *pdfwrite.Font }

// sans is the Go family: Latin and Cyrillic.
func sans(d *pdfwrite.Document) (family, error) {
	return load(d, face{"Go-Regular", goregular.TTF}, face{"Go-Bold", gobold.TTF})
}

// serif is DejaVu Serif: Latin and Cyrillic.
func serif(d *pdfwrite.Document) (family, error) {
	return load(d, face{"DejaVuSerif", dejavuserif.TTF}, face{"DejaVuSerif-Bold", dejavuserifbold.TTF})
}

// arabic is DejaVu Sans, which has the Arabic letters.
func arabic(d *pdfwrite.Document) (family, error) {
	return load(d, face{"DejaVuSans", dejavusans.TTF}, face{"DejaVuSans-Bold", dejavusansbold.TTF})
}

// face is a font file by its PostScript name.
type face struct {
	name string
	ttf  []byte
}

// load adds the two faces and the Go italic and mono to the document.
func load(d *pdfwrite.Document, text, bold face) (family, error) {
	var fonts [4]*pdfwrite.Font
	for i, f := range []face{text, bold, {"Go-Italic", goitalic.TTF}, {"Go-Mono", gomono.TTF}} {
		font, err := d.Font(f.name, f.ttf)
		if err != nil {
			return family{}, err
		}
		fonts[i] = font
	}
	return family{fonts[0], fonts[1], fonts[2], fonts[3]}, nil
}

// styles gives the looks of blocks around a body size, headings in a colour.
func (f family) styles(size float64, accent pdfwrite.Color) styles {
	body := style{font: f.text, size: size, leading: size * 1.42, after: size * 0.6, color: black}
	h := style{font: f.bold, size: size * 1.25, leading: size * 1.7, before: size * 0.9, after: size * 0.2, color: accent, together: size * 4}
	i := body
	i.indent, i.after = size*1.2, size*0.3
	e := style{font: f.mono, size: size * 0.92, leading: size * 1.4, after: size * 0.6, indent: size * 1.6, color: pdfwrite.Color(0x40404c)}
	return styles{body, h, i, e}
}
