package pdf

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"math"

	"github.com/greyshelf/greyshelf"
)

// Limits on page images.
const (
	minWidth  = 16
	maxWidth  = 2400
	maxPixels = 12_000_000
)

// Flags of FPDF_RenderPageBitmap and a format of FPDFBitmap_CreateEx
// (fpdfview.h).
const (
	renderAnnotations = 0x01
	renderRGBOrder    = 0x10
	formatBGRx        = 3
)

// Image renders a page on white as a PNG. The width is held within 16..2400
// pixels; a page so tall that the image would exceed 12 million pixels gets a
// smaller one.
func (f *file) Image(ctx context.Context, index, width int) ([]byte, error) {
	var pixels *image.NRGBA
	err := f.page(ctx, "render page", index, func(i *instance, page uint64) error {
		w, h := readFrame(i, page).size()
		if !(w > 0 && h > 0) {
			return greyshelf.Errorf(greyshelf.Invalid, "render page", "", "page %d has no area", index)
		}
		cols, rows := imageSize(w, h, width)
		pixels = render(i, page, cols, rows)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return encode(pixels)
}

// imageSize gives columns and rows for a page of w by h points.
func imageSize(w, h float64, width int) (cols, rows int) {
	c := float64(min(max(width, minWidth), maxWidth))
	r := c * h / w
	if c*r > maxPixels {
		shrink := math.Sqrt(maxPixels / (c * r))
		c, r = c*shrink, r*shrink
	}
	limit := float64(maxPixels / minWidth)
	return int(max(1, math.Round(c))), int(min(limit, max(1, math.Round(r))))
}

// render draws the page; the result is copied out of the instance's memory.
func render(i *instance, page uint64, cols, rows int) *image.NRGBA {
	bitmap := i.call("FPDFBitmap_CreateEx", uint64(cols), uint64(rows), formatBGRx, 0, 0)
	if i.err == nil && bitmap == 0 {
		i.memory.refused = true
		i.err = errOutOfBounds
	}
	i.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(cols), uint64(rows), 0xFFFFFFFF)
	i.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(cols), uint64(rows), 0, renderAnnotations|renderRGBOrder)
	stride := i.callInt("FPDFBitmap_GetStride", bitmap)
	buffer := uint32(i.call("FPDFBitmap_GetBuffer", bitmap))
	img := image.NewNRGBA(image.Rect(0, 0, cols, rows))
	for y := 0; y < rows && i.err == nil; y++ {
		line := img.Pix[y*img.Stride : y*img.Stride+4*cols]
		copy(line, i.read(buffer+uint32(y*stride), uint32(4*cols)))
		for x := 3; x < len(line); x += 4 {
			line[x] = 0xFF
		}
	}
	i.call("FPDFBitmap_Destroy", bitmap)
	return img
}

// encode writes a PNG, in grey where the page has no colour: three times
// quicker and smaller.
func encode(img *image.NRGBA) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	var err error
	if grey := asGrey(img); grey != nil {
		err = encoder.Encode(&out, grey)
	} else {
		err = encoder.Encode(&out, img)
	}
	if err != nil {
		return nil, greyshelf.E(greyshelf.Internal, "render page", "", err)
	}
	return out.Bytes(), nil
}

// asGrey gives img in grey, nil when a pixel has colour.
func asGrey(img *image.NRGBA) *image.Gray {
	grey := image.NewGray(img.Rect)
	for k := range grey.Pix {
		p := img.Pix[4*k : 4*k+3]
		if p[0] != p[1] || p[1] != p[2] {
			return nil
		}
		grey.Pix[k] = p[0]
	}
	return grey
}
