package invented

import (
	"strings"

	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// drawCover is a designer's cover: a band of colour, a huge title low on the
// page, the house at its foot; the rights on the last page.
func drawCover(c *canvas, d *draft) {
	c.newPage()
	c.band(0, 330)
	if d.series != "" {
		c.put(c.text, 13, 60, 70, white, d.series)
	}
	y := c.block(c.bold, 34, 60, 470, 420, c.accent, d.title)
	if d.subtitle != "" {
		y = c.block(c.text, 18, 60, 470, y+8, ink, d.subtitle)
	}
	if len(d.persons) > 0 {
		y = c.block(c.text, 12, 60, 470, y+24, ink, d.names(d.w.and))
	}
	c.put(c.text, 11, 60, y+20, soft, d.printed(d.date))
	if d.house.stated {
		c.put(c.bold, 12, 60, 800, c.accent, d.house.name)
	}
	c.newPage()
	c.body(d, 2, 10.5, 70, 70)
	c.newPage()
	if d.house.stated {
		c.put(c.text, 9, 70, 640, soft, d.house.name)
		c.put(c.text, 9, 70, 654, soft, d.house.address)
		c.put(c.text, 9, 70, 668, soft, "www."+d.house.domain)
	}
	c.put(c.text, 9, 70, 690, soft, d.w.label.printedBy)
	c.block(c.text, 9, 70, 450, 712, soft, d.rightsText())
}

// drawBrief is a brief of two columns under a masthead with series and number.
func drawBrief(c *canvas, d *draft) {
	c.foot = func() {
		if d.house.stated {
			c.put(c.text, 8, 50, 815, soft, d.house.name)
		}
	}
	c.newPage()
	c.put(c.bold, 12, 50, 50, c.accent, d.series)
	if d.number != "" {
		c.end(c.text, 11, 50, 50, soft, d.w.label.number+" "+d.number)
	}
	c.page.Rectangle(50, 60, pdfwrite.A4Width-100, 1.2, c.accent)
	y := c.block(c.bold, 22, 50, 490, 96, ink, d.title)
	if len(d.persons) > 0 {
		y = c.block(c.text, 11, 50, 490, y+4, ink, d.names(d.w.and))
	}
	c.put(c.text, 10, 50, y+6, soft, d.printed(d.date))
	y += 40
	for column := range 2 {
		x := 50 + float64(column)*255
		at := y
		for range 3 {
			at = c.block(c.text, 9.5, x, 235, at, ink, d.paragraph(4)) + 8
		}
	}
	c.newPage()
	c.body(d, 1, 9.5, 50, 50)
	if d.house.stated {
		c.para(8.5, 50, 50, d.house.name+", "+d.house.address)
	}
	c.para(8.5, 50, 50, d.rightsText())
}

// drawMemo is a memorandum under a letterhead.
func drawMemo(c *canvas, d *draft) {
	c.newPage()
	if d.house.stated {
		c.centre(c.bold, 14, 60, ink, d.house.name)
	}
	c.centre(c.text, 11, 92, ink, d.w.label.memo)
	if d.number != "" {
		c.end(c.text, 9, 72, 60, soft, d.number)
	}
	from := ""
	if len(d.persons) > 0 {
		from = d.names(d.w.and)
	}
	y := 130.0
	for _, line := range [][2]string{{d.w.label.to, d.w.clients[0]}, {d.w.label.from, from}, {d.w.label.date, d.printed(d.date)}, {d.w.label.subject, d.title}} {
		if line[1] == "" {
			continue
		}
		c.put(c.bold, 10, 72, y, ink, line[0])
		y = c.block(c.text, 10, 160, 360, y, ink, line[1]) + 6
	}
	c.y = y + 20
	c.body(d, 2, 10, 72, 72)
}

// drawThreat is the report of a security company: a code name in capitals, a
// second size beneath it; who made it stands on the last page.
func drawThreat(c *canvas, d *draft) {
	c.newPage()
	c.band(0, 842)
	y := c.twoSizes(d.title, 50, 300, white)
	if d.subtitle != "" {
		y = c.block(c.text, 20, 50, 480, y+6, white, d.subtitle)
	}
	c.put(c.text, 11, 50, y+30, white, d.printed(d.date))
	c.newPage()
	c.body(d, 2, 10, 60, 60)
	c.newPage()
	if d.house.stated {
		c.put(c.bold, 13, 60, 640, c.accent, d.house.name)
		c.put(c.text, 9, 60, 660, soft, d.house.domain)
	}
	c.block(c.text, 8.5, 60, 450, 690, soft, d.rightsText())
}

// twoSizes sets a title of four words or more in two sizes, as covers do: how
// it begins is small, what it is about is large.
func (c *canvas) twoSizes(title string, x, y float64, color pdfwrite.Color) float64 {
	words := strings.Fields(title)
	if len(words) < 4 || strings.HasSuffix(words[1], ":") {
		return c.block(c.bold, 40, x, 480, y, color, title)
	}
	y = c.block(c.bold, 26, x, 480, y, color, strings.Join(words[:2], " "))
	return c.block(c.bold, 40, x, 480, y+16, color, strings.Join(words[2:], " "))
}

// drawAssembly is a document of an assembly: its symbol at the far side, the
// session, a summary in the middle of the page.
func drawAssembly(c *canvas, d *draft) {
	c.newPage()
	c.block(c.bold, 13, 60, 380, 90, ink, d.w.label.conference)
	c.end(c.text, 11, 60, 60, ink, d.number)
	c.end(c.text, 10, 60, 120, ink, d.printed(d.date))
	c.page.Rectangle(60, 135, pdfwrite.A4Width-120, 1, ink)
	c.put(c.bold, 10, 60, 155, ink, d.w.label.meeting)
	c.y = c.block(c.bold, 16, 90, 420, 210, ink, d.title) + 14
	if d.corpus != "" {
		c.put(c.bold, 12, 90, c.y, ink, d.w.label.submission+" "+d.corpus)
		c.y += 30
	}
	if d.abstract != "" {
		c.centre(c.bold, 11, c.y, ink, d.w.label.abstract)
		c.y += 22
		c.para(10, 110, 110, d.abstract)
	}
	c.newPage()
	c.body(d, 2, 10.5, 90, 70)
}

// drawSubmission is what a state hands in: the state is its author.
func drawSubmission(c *canvas, d *draft) {
	c.newPage()
	if d.corpus != "" {
		c.centre(c.bold, 13, 90, ink, d.w.label.submission+" "+d.corpus)
	}
	y := 180.0
	for _, line := range c.lines(c.bold, 20, 430, d.title) {
		c.centre(c.bold, 20, y, ink, line)
		y += 28
	}
	c.centre(c.text, 11, y+16, ink, d.printed(d.date))
	c.y = y + 70
	c.body(d, 2, 11, 80, 80)
}

// drawCommittee is the report of a committee with all its lines above the
// title.
func drawCommittee(c *canvas, d *draft) {
	c.newPage()
	if d.house.stated {
		c.centre(c.text, 13, 80, ink, d.house.name)
	}
	c.centre(c.text, 12, 120, ink, d.w.label.committee)
	c.page.Rectangle(200, 140, 195, 0.8, ink)
	y := 230.0
	for _, line := range c.lines(c.bold, 26, 440, d.title) {
		c.centre(c.bold, 26, y, ink, line)
		y += 36
	}
	c.centre(c.text, 11, y+20, soft, d.w.label.meeting)
	if d.series != "" {
		c.centre(c.text, 11, y+44, soft, d.series)
	}
	c.centre(c.text, 11, 700, ink, d.printed(d.date))
	if d.number != "" {
		c.end(c.bold, 12, 60, 790, ink, d.w.label.number+" "+d.number)
	}
	c.newPage()
	c.contents(d)
	c.newPage()
	c.body(d, 2, 10.5, 80, 80)
}

// contents is a printed table of contents.
func (c *canvas) contents(d *draft) {
	c.heading(14, 80, d.w.label.contents)
	for i := range 2 {
		c.put(c.text, 10.5, 80, c.y, ink, d.part(i))
		c.end(c.text, 10.5, 80, c.y, ink, string(rune('3'+i)))
		c.y += 20
	}
}

// drawWorkingPaper has authors with notes of where they work, an abstract, and
// says how it is to be cited.
func drawWorkingPaper(c *canvas, d *draft) {
	c.newPage()
	y := 70.0
	if d.house.stated {
		c.centre(c.text, 12, y, soft, d.house.name)
	}
	if d.series != "" {
		line := d.series
		if d.number != "" {
			line += " " + d.number
		}
		c.centre(c.text, 11, y+22, soft, line)
	} else if d.number != "" {
		c.centre(c.text, 11, y+22, soft, d.w.label.number+" "+d.number)
	}
	y = 150
	for _, line := range c.lines(c.bold, 19, 430, d.title) {
		c.centre(c.bold, 19, y, ink, line)
		y += 26
	}
	for _, p := range d.persons {
		c.centre(c.text, 12, y+12, ink, p.name())
		y += 18
	}
	c.centre(c.text, 11, y+24, ink, d.printed(d.date))
	c.y = y + 60
	if d.abstract != "" {
		c.centre(c.bold, 11, c.y, ink, d.w.label.abstract)
		c.y += 20
		c.para(10, 110, 110, d.abstract)
	}
	if d.doi != "" {
		c.para(9, 110, 110, "https://doi.org/"+d.doi)
	}
	c.newPage()
	c.body(d, 2, 11, 85, 85)
	c.para(9, 85, 85, d.w.label.disclaimer)
	if d.date.y > 0 && d.house.stated && len(d.persons) > 0 {
		c.para(9, 85, 85, d.w.label.citation+": "+d.citation())
	}
	c.para(9, 85, 85, d.rightsText())
}

// drawAudit is the report of an audit office: who, when, the title in the
// middle, the number at the foot.
func drawAudit(c *canvas, d *draft) {
	c.foot = func() { c.end(c.text, 8, 60, 815, soft, d.number) }
	c.newPage()
	if d.house.stated {
		c.put(c.bold, 15, 60, 70, c.accent, d.house.name)
		c.page.Rectangle(60, 82, pdfwrite.A4Width-120, 2, c.accent)
	}
	c.put(c.text, 12, 60, 250, ink, d.printed(d.date))
	y := c.block(c.bold, 28, 60, 470, 310, ink, d.title)
	if d.subtitle != "" {
		c.block(c.text, 17, 60, 470, y+6, ink, d.subtitle)
	}
	c.put(c.bold, 11, 60, 800, ink, d.number)
	c.newPage()
	if d.abstract != "" {
		c.heading(15, 70, d.w.label.abstract)
		c.para(10.5, 70, 70, d.abstract)
		c.newPage()
	}
	c.body(d, 2, 10.5, 70, 70)
}
