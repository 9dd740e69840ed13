package ocr

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// turned gives the page turned clockwise by quarters of a turn, in grey.
func (p *page) turned(quarters int) (*page, error) {
	picture, err := png.Decode(bytes.NewReader(p.picture))
	if err != nil {
		return nil, greyshelf.E(greyshelf.Invalid, "turn a page", "", err)
	}
	from := image.NewGray(image.Rect(0, 0, p.width, p.height))
	draw.Draw(from, from.Rect, picture, picture.Bounds().Min, draw.Src)
	for range quarters {
		from = quarter(from)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, from); err != nil {
		return nil, greyshelf.E(greyshelf.Internal, "turn a page", "", err)
	}
	turned := *p
	turned.picture, turned.width, turned.height = out.Bytes(), from.Rect.Dx(), from.Rect.Dy()
	return &turned, nil
}

// quarter turns a picture a quarter clockwise.
func quarter(from *image.Gray) *image.Gray {
	w, h := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			to.Pix[x*to.Stride+h-1-y] = from.Pix[y*from.Stride+x]
		}
	}
	return to
}

// turnBack moves the boxes found in a turned picture to where they are in the
// picture as it was, which is lower by the factor.
func turnBack(found *describe.Recognized, quarters int, factor float64) {
	for n, l := range found.Lines {
		found.Lines[n].Size *= factor
		for k := range l.Words {
			for range quarters {
				b := l.Words[k].Box
				l.Words[k].Box = greyshelf.Box{b[1], 1 - b[2], b[3], 1 - b[0]}
			}
		}
	}
}
