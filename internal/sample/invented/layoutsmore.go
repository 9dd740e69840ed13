package invented

import (
	"strings"

	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// drawBook has a title page and an imprint behind it.
func drawBook(c *canvas, d *draft) {
	c.newPage()
	y := 120.0
	for _, p := range d.persons {
		c.put(c.text, 14, 70, y, ink, strings.ToUpper(p.name()))
		y += 22
	}
	y = c.block(c.bold, 32, 70, 450, 300, ink, d.title)
	if d.subtitle != "" {
		c.block(c.text, 17, 70, 450, y+4, soft, d.subtitle)
	}
	c.newPage()
	c.y = 480
	if d.client != "" {
		c.para(9, 70, 70, d.w.label.client+" "+d.client)
	}
	if d.house.stated {
		c.para(9, 70, 70, d.w.label.publisher+" "+d.house.name+", "+d.house.address)
	}
	if d.date.y > 0 {
		c.para(9, 70, 70, d.w.label.published+" "+d.printed(d.date))
	}
	if d.isbn != "" {
		c.para(9, 70, 70, "ISBN "+d.isbn)
	}
	c.para(9, 70, 70, d.w.label.printedBy)
	c.para(9, 70, 70, d.rightsText())
	c.newPage()
	c.contents(d)
	c.newPage()
	c.body(d, 2, 11, 85, 85)
}

// drawNewsletter is an issue of a bulletin: its name is larger than the title.
func drawNewsletter(c *canvas, d *draft) {
	c.newPage()
	if d.series != "" {
		c.band(40, 60)
		c.put(c.bold, 24, 50, 80, white, d.series)
	}
	if d.number != "" {
		c.end(c.text, 10, 50, 120, soft, d.w.label.number+" "+d.number)
	}
	c.put(c.text, 10, 50, 120, soft, d.printed(d.date))
	y := c.block(c.bold, 20, 50, 490, 170, ink, d.title)
	if len(d.persons) > 0 {
		y = c.block(c.text, 11, 50, 490, y+4, ink, d.w.label.by+" "+d.names(d.w.and))
	}
	c.y = y + 24
	c.body(d, 2, 10, 50, 50)
	if d.house.stated {
		c.para(9, 50, 50, d.house.name+" · "+d.house.address+" · "+d.house.domain)
	}
}

// drawAppeal is what a campaigning body hands out: the title on top, dates of
// first and present edition, the authors at the end.
func drawAppeal(c *canvas, d *draft) {
	c.newPage()
	c.page.Rectangle(50, 50, 46, 46, c.accent) // a logo without text
	c.page.Rectangle(60, 60, 26, 26, white)
	if d.house.stated {
		c.put(c.bold, 13, 110, 78, c.accent, d.house.name)
	}
	y := c.block(c.bold, 27, 50, 490, 160, ink, d.title)
	if d.subtitle != "" {
		y = c.block(c.text, 15, 50, 490, y+2, soft, d.subtitle)
	}
	if d.date.y > 0 {
		c.put(c.text, 10, 50, y+18, soft, d.w.label.published+" "+d.printed(d.date))
	}
	if d.updated.y > 0 {
		c.put(c.text, 10, 50, y+34, soft, d.w.label.updated+" "+d.printed(d.updated))
	}
	c.y = y + 70
	c.body(d, 2, 11, 50, 50)
	if len(d.persons) > 0 {
		c.heading(12, 50, d.w.label.about)
		for _, p := range d.persons {
			c.para(10, 50, 50, p.name())
		}
	}
	c.para(9, 50, 50, d.rightsText())
}

// drawSideColumn has date, authors and house in a narrow column beside the
// text.
func drawSideColumn(c *canvas, d *draft) {
	c.foot = func() { c.put(c.text, 8, 80, 40, soft, d.title) } // a running head
	c.newPage()
	c.put(c.text, 11, 200, 70, c.accent, d.series)
	y := c.block(c.bold, 24, 200, 345, 110, ink, d.title)
	if d.subtitle != "" {
		y = c.block(c.text, 14, 200, 345, y+2, soft, d.subtitle)
	}
	side := 120.0
	if d.house.stated {
		side = c.block(c.bold, 10, 45, 130, side, c.accent, d.house.name) + 14
	}
	for _, p := range d.persons {
		side = c.block(c.text, 10, 45, 130, side, ink, p.name()) + 4
	}
	if d.date.y > 0 {
		side = c.block(c.text, 9, 45, 130, side+10, soft, d.printed(d.date))
	}
	if d.updated.y > 0 {
		c.block(c.text, 9, 45, 130, side+2, soft, d.w.label.updated+" "+d.printed(d.updated))
	}
	c.y = max(y+24, 240)
	if d.abstract != "" {
		c.heading(12, 200, d.w.label.abstract)
		c.para(10, 200, 50, d.abstract)
	}
	c.para(10, 200, 50, d.paragraph(6))
	c.newPage()
	c.body(d, 2, 10, 80, 80)
}

// drawTypescript is an old typed report: one size, a title with spaces between
// its letters.
func drawTypescript(c *canvas, d *draft) {
	regular := c.text
	if !c.rtl {
		c.text, c.bold = c.mono, c.mono
	}
	c.newPage()
	if d.house.stated {
		c.centre(c.text, 11, 80, ink, d.house.name)
	}
	c.end(c.text, 11, 70, 110, ink, d.number)
	title := d.title
	if !c.rtl && len([]rune(title)) < 24 {
		title = spaced(title)
	}
	y := 220.0
	for _, line := range c.lines(c.text, 12, 420, title) {
		c.centre(c.text, 12, y, ink, line)
		y += 20
	}
	if len(d.persons) > 0 {
		c.centre(c.text, 11, y+30, ink, d.w.label.by)
		c.centre(c.text, 11, y+48, ink, d.names(d.w.and))
	}
	if d.client != "" {
		c.centre(c.text, 11, y+90, ink, d.w.label.client+" "+d.client)
	}
	c.centre(c.text, 11, y+130, ink, d.printed(d.date))
	c.newPage()
	c.body(d, 2, 10, 80, 80)
	c.text = regular
}

// drawTwoLanguages has its title in two languages.
func drawTwoLanguages(c *canvas, d *draft) {
	c.newPage()
	if d.house.stated {
		c.put(c.bold, 12, 60, 70, c.accent, d.house.name)
	}
	y := c.block(c.bold, 25, 60, 470, 220, ink, d.title)
	if d.parallel != "" {
		c.page.Rectangle(60, y+4, 120, 1, c.accent)
		y = c.block(c.bold, 25, 60, 470, y+40, soft, d.parallel)
	}
	c.put(c.text, 11, 60, y+24, ink, d.printed(d.date))
	if d.number != "" {
		c.put(c.text, 11, 60, y+44, ink, d.w.label.number+" "+d.number)
	}
	c.newPage()
	c.body(d, 2, 10.5, 70, 70)
	c.para(9, 70, 70, d.rightsText())
}

// drawConference is a paper read at a conference, whose name stands above the
// title.
func drawConference(c *canvas, d *draft) {
	c.newPage()
	c.centre(c.text, 9.5, 60, soft, d.w.label.conference)
	y := 130.0
	for _, line := range c.lines(c.bold, 18, 440, d.title) {
		c.centre(c.bold, 18, y, ink, line)
		y += 25
	}
	if len(d.persons) > 0 {
		c.centre(c.text, 12, y+10, ink, d.names(d.w.and))
		c.centre(c.text, 10, y+28, soft, d.w.houses[0].name) // where they work; nobody publishes a paper that is read
		y += 40
	}
	c.centre(c.text, 10, y+14, soft, d.printed(d.date))
	c.y = y + 50
	if d.abstract != "" {
		c.para(10, 90, 90, d.w.label.abstract+". "+d.abstract)
	}
	c.body(d, 2, 10.5, 72, 72)
	c.centre(c.text, 8, pdfwrite.A4Height-40, soft, "1")
}
