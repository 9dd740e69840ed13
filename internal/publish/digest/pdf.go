package digest

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// look is how a paragraph of a PDF looks; lengths are points.
type look struct {
	bold                bool
	size, before, after float64
	keep                float64 // room that must be left below it on the page
	ruled, quiet        bool
}

// The looks of the parts of an issue.
func titleLook() look    { return look{bold: true, size: 20, after: 2} }
func subtitleLook() look { return look{size: 10, after: 16, quiet: true} }
func sectionLook() look {
	return look{bold: true, size: 14, before: 16, after: 4, keep: 80, ruled: true}
}
func headingLook() look { return look{bold: true, size: 12, before: 10, after: 3, keep: 50} }
func bodyLook() look    { return look{size: 10, after: 5} }

// The page: A4 with margins of about an inch.
const (
	pageLeft, pageRight  = 72.0, pdfwrite.A4Width - 72.0
	pageTop, pageBottom  = 72.0, pdfwrite.A4Height - 72.0
	lineHeight, baseline = 1.45, 1.08 // of the size
	inkColor, quietColor = pdfwrite.Color(0x1a1a1a), pdfwrite.Color(0x595959)
	linkColor            = pdfwrite.Color(0x1f4e79)
)

// press prints an issue. DejaVu Sans has the Latin, Greek, Cyrillic and Arabic
// letters; what it lacks shows as its box.
type press struct {
	doc        *pdfwrite.Document
	text, bold *pdfwrite.Font
	page       *pdfwrite.Page
	pages      []*pdfwrite.Page
	left       float64 // where text begins: beside a picture, further in
	y          float64
}

// PDF writes the issue as a PDF on A4, with an outline of its sections and
// reports and links that can be followed. Pictures are those of [Document.WithPictures].
// Errors: Unavailable.
func PDF(out io.Writer, d Document, w Words, at time.Time) error {
	failed := func(err error) error { return greyshelf.E(greyshelf.Unavailable, "write the PDF", "", err) }
	p := &press{doc: pdfwrite.New(pdfwrite.Info{Title: w.Headline(d), Creator: "Greyshelf", Created: at.UTC().Format("D:20060102150405Z")})}
	p.doc.Language, p.doc.ShowTitle = d.lang(), true
	var err error
	if p.text, err = p.doc.Font("DejaVuSans", dejavusans.TTF); err != nil {
		return failed(err)
	}
	if p.bold, err = p.doc.Font("DejaVuSans-Bold", dejavusansbold.TTF); err != nil {
		return failed(err)
	}
	p.left = pageLeft
	p.write(d, w)
	p.feet(w.Headline(d))
	data, err := p.doc.Bytes()
	if err == nil {
		_, err = out.Write(data)
	}
	if err != nil {
		return failed(err)
	}
	return nil
}

func (p *press) write(d Document, w Words) {
	p.plain(d.Title, titleLook())
	p.plain(strings.TrimPrefix(w.numbered(d)+" · "+d.Date, " · "), subtitleLook())
	for _, text := range d.Intro {
		p.plain(text, bodyLook())
	}
	for _, s := range d.Sections {
		level := 1
		if s.Heading != "" {
			p.plain(s.Heading, sectionLook())
			p.bookmark(s.Heading, 1)
			level = 2
		}
		for _, e := range s.Entries {
			p.entry(e, level)
		}
	}
	if d.Address != "" {
		p.paragraph([]Span{{Text: w.Online + ": "}, {Text: d.Address, Href: d.Address}}, look{size: 9, before: 16, quiet: true})
	}
}

// feet prints at the foot of every page what it is a page of, and its number.
func (p *press) feet(headline string) {
	const y = pageBottom + 40
	l := look{size: 8, quiet: true}
	lines := broken(p.text, xmltree.Clean(headline), l.size, pageRight-pageLeft-60) // leaves room for the number
	for n, page := range p.pages {
		p.page, p.y = page, y
		if len(lines) > 0 {
			p.line(p.text, stretches(lines[0], rightToLeft(lines[0])), l, pageLeft)
		}
		number := []stretch{{text: fmt.Sprintf("%d / %d", n+1, len(p.pages))}}
		p.line(p.text, number, l, pageRight-width(p.text, number, l.size))
	}
}

func (p *press) entry(e Entry, level int) {
	defer p.picture(e)()
	begun := false
	for _, b := range e.Blocks {
		if b.Kind == Picture {
			continue
		}
		for _, line := range b.Lines {
			style := bodyLook()
			if b.Kind == Heading {
				style = headingLook()
			}
			p.paragraph(line, style)
		}
		if !begun {
			p.bookmark(e.Title, level)
			begun = true
		}
	}
}

func (p *press) bookmark(title string, level int) {
	p.doc.Outline = append(p.doc.Outline, pdfwrite.Bookmark{Title: xmltree.Clean(title), Level: level, Page: p.doc.Pages()})
}

// room begins a new page unless there is so much room.
func (p *press) room(height float64) {
	if p.page == nil || p.y+height > pageBottom {
		p.page, p.y = p.doc.Page(), pageTop
		p.pages = append(p.pages, p.page)
	}
}

func (p *press) plain(text string, l look) { p.paragraph([]Span{{Text: text}}, l) }

// paragraph prints a paragraph; its direction is that of its first letter.
func (p *press) paragraph(spans []Span, l look) {
	font := p.text
	if l.bold {
		font = p.bold
	}
	leading := l.size * lineHeight
	if p.page != nil && p.y > pageTop {
		p.y += l.before
	}
	p.room(leading + l.keep)
	text := flow(spans)
	rtl := rightToLeft(string(text.letters))
	at := 0 // of the line in the text
	lines := broken(font, string(text.letters), l.size, pageRight-p.left)
	for n, line := range lines {
		p.room(leading * together(n, len(lines)))
		parts := text.parts(at, line, rtl)
		x := p.left
		if rtl {
			x = pageRight - width(font, parts, l.size)
		}
		p.line(font, parts, l, x)
		p.y += leading
		if at += utf8.RuneCountInString(line); at < len(text.letters) && text.letters[at] == ' ' {
			at++
		}
	}
	if l.ruled {
		p.page.Rectangle(pageLeft, p.y, pageRight-pageLeft, 0.6, quietColor)
	}
	p.y += l.after
}

// together says how many lines from the nth must stand on one page: no first
// and no last line of a paragraph stands alone.
func together(n, of int) float64 {
	switch {
	case n == 0:
		return float64(min(of, 3))
	case n == of-2:
		return 2
	}
	return 1
}

// line prints the parts of a line from left to right. Links can be followed;
// in running text they have a colour too.
func (p *press) line(font *pdfwrite.Font, parts []stretch, l look, x float64) {
	for _, s := range parts {
		run, color := s.run(font, l.size), inkColor
		switch {
		case s.href != "" && !l.bold:
			color = linkColor
		case l.quiet:
			color = quietColor
		}
		p.page.Glyphs(run, x, p.y+l.size*baseline, color)
		if s.href != "" {
			p.page.Link(x, p.y, run.Width, l.size*lineHeight, linked(s.href))
		}
		x += run.Width
	}
}
