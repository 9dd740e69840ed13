package digest

import (
	"bytes"
	"context"
	"image"
	_ "image/png" // the pictures are PNGs
	"slices"

	"github.com/greyshelf/greyshelf"
)

// Limits of pictures: their number in an issue, and the bytes and pixels of one.
const (
	mostPictures = 200
	mostPNG      = 2 << 20
	mostPixels   = 1 << 22
)

// pictureWidth is the width in pixels in which first pages are rendered: that
// of the thumbnails of the site, which are made already.
const pictureWidth = 240

// pictureShown is the width in points in which a picture is printed.
const pictureShown = 66.0

// WithPictures gives the document with the pictures that its form asks for, for
// [DOCX] and [PDF]; render draws a page (from 1) of a file as PNG. A picture
// that cannot be drawn is left out. Whether a page may be shown was asked when
// the document was made.
func (d Document) WithPictures(ctx context.Context, render func(ctx context.Context, file greyshelf.File, page, width int) ([]byte, error)) Document {
	left := mostPictures
	d.Sections = slices.Clone(d.Sections)
	for s := range d.Sections {
		d.Sections[s].Entries = slices.Clone(d.Sections[s].Entries)
		for e := range d.Sections[s].Entries {
			entry := &d.Sections[s].Entries[e]
			entry.Blocks = slices.Clone(entry.Blocks)
			for b := range entry.Blocks {
				block := &entry.Blocks[b]
				if block.Kind != Picture || left == 0 || ctx.Err() != nil {
					continue
				}
				left--
				if data, err := render(ctx, greyshelf.File{SHA256: block.File}, 1, pictureWidth); err == nil && len(data) <= mostPNG {
					block.PNG = data
				}
			}
		}
	}
	return d
}

// picture gives the first picture of an entry and its height in points, nil
// where there is none.
func (e Entry) picture() (data []byte, height float64) {
	for _, b := range e.Blocks {
		if b.PNG == nil {
			continue
		}
		size, format, err := image.DecodeConfig(bytes.NewReader(b.PNG))
		if err == nil && format == "png" && size.Width > 0 && size.Height > 0 && size.Width*size.Height <= mostPixels {
			return b.PNG, min(pictureShown*float64(size.Height)/float64(size.Width), 2*pictureShown)
		}
	}
	return nil, 0
}
