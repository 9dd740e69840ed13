package digest

import (
	"bytes"
	"image/png"
)

// gutter is the room between a picture and the text beside it, in points.
const gutter = 14.0

// picture prints the picture of an entry at the left and lets the text stand
// beside it, until done is called.
func (p *press) picture(e Entry) (done func()) {
	data, height := e.picture()
	if data == nil {
		return func() {}
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return func() {} // an entry without its picture
	}
	before := headingLook().before
	p.room(before + height + headingLook().keep)
	across, down := m.Bounds().Dx(), m.Bounds().Dy()
	pixels := make([]byte, 0, 3*across*down)
	for y := range down {
		for x := range across {
			r, g, b, _ := m.At(m.Bounds().Min.X+x, m.Bounds().Min.Y+y).RGBA()
			pixels = append(pixels, byte(r>>8), byte(g>>8), byte(b>>8))
		}
	}
	top := p.y
	if top > pageTop {
		top += before
	}
	p.page.Rectangle(pageLeft-0.5, top-0.5, pictureShown+1, height+1, quietColor)
	p.page.Picture(pageLeft, top, pictureShown, height, across, down, pixels)
	page := p.page
	p.left = pageLeft + pictureShown + gutter
	return func() {
		p.left = pageLeft
		if p.page == page {
			p.y = max(p.y, top+height+bodyLook().after)
		}
	}
}
