package digest

import (
	"io"
	"strings"
	"time"
	"unicode"

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
)

// press prints an issue. DejaVu Sans has the Latin, Greek, Cyrillic and Arabic
// letters; what it lacks shows as its box.
type press struct {
	doc        *pdfwrite.Document
	text, bold *pdfwrite.Font
	page       *pdfwrite.Page
	y          float64
}

// PDF writes the issue as a PDF on A4, with an outline of its sections and
// reports. Pictures are left out; addresses are printed. Errors: Unavailable.
func PDF(out io.Writer, d Document, w Words, at time.Time) error {
	failed := func(err error) error { return greyshelf.E(greyshelf.Unavailable, "write the PDF", "", err) }
	p := &press{doc: pdfwrite.New(pdfwrite.Info{Title: w.Headline(d), Creator: "Greyshelf", Created: at.UTC().Format("D:20060102150405Z")})}
	p.doc.Language = d.lang()
	var err error
	if p.text, err = p.doc.Font("DejaVuSans", dejavusans.TTF); err != nil {
		return failed(err)
	}
	if p.bold, err = p.doc.Font("DejaVuSans-Bold", dejavusansbold.TTF); err != nil {
		return failed(err)
	}
	p.write(d, w)
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
	p.paragraph(d.Title, titleLook())
	p.paragraph(strings.TrimPrefix(w.numbered(d)+" · "+d.Date, " · "), subtitleLook())
	for _, text := range d.Intro {
		p.paragraph(text, bodyLook())
	}
	for _, s := range d.Sections {
		level := 1
		if s.Heading != "" {
			p.paragraph(s.Heading, sectionLook())
			p.bookmark(s.Heading, 1)
			level = 2
		}
		for _, e := range s.Entries {
			p.entry(e, level)
		}
	}
	if d.Address != "" {
		p.paragraph(w.Online+": "+d.Address, look{size: 9, before: 16, quiet: true})
	}
}

func (p *press) entry(e Entry, level int) {
	begun := false
	for _, b := range e.Blocks {
		if b.Kind == Picture {
			continue
		}
		for _, line := range strings.Split(b.Text(), "\n") {
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
	}
}

// paragraph prints a paragraph; its direction is that of its first letter.
func (p *press) paragraph(text string, l look) {
	font, color := p.text, inkColor
	if l.bold {
		font = p.bold
	}
	if l.quiet {
		color = quietColor
	}
	leading := l.size * lineHeight
	if p.page != nil && p.y > pageTop {
		p.y += l.before
	}
	p.room(leading + l.keep)
	rtl := rightToLeft(text)
	for _, line := range broken(font, xmltree.Clean(text), l.size) {
		p.room(leading)
		parts := stretches(line, rtl)
		x := pageLeft
		if rtl {
			x = pageRight - width(font, parts, l.size)
		}
		p.line(font, parts, l.size, x, p.y+l.size*baseline, color)
		p.y += leading
	}
	if l.ruled {
		p.page.Rectangle(pageLeft, p.y, pageRight-pageLeft, 0.6, quietColor)
	}
	p.y += l.after
}

// broken breaks a text into lines at spaces; a word that is longer than a line
// is cut.
func broken(font *pdfwrite.Font, text string, size float64) []string {
	const most = pageRight - pageLeft
	var lines []string
	line, used, space := "", 0.0, font.Run(" ", size).Width
	for _, word := range strings.Fields(text) {
		for _, piece := range cut(font, word, size, most) {
			w := font.Run(piece, size).Width
			switch {
			case line == "":
				line, used = piece, w
			case used+space+w <= most:
				line, used = line+" "+piece, used+space+w
			default:
				lines, line, used = append(lines, line), piece, w
			}
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// cut cuts a word into pieces that fit on a line.
func cut(font *pdfwrite.Font, word string, size, most float64) []string {
	var pieces []string
	from, used := 0, 0.0
	for i, r := range word {
		w := font.Run(string(r), size).Width
		if used+w > most {
			pieces, from, used = append(pieces, word[from:i]), i, 0
		}
		used += w
	}
	return append(pieces, word[from:])
}

// stretch is text of one direction. In a line they stand from left to right as
// they are drawn.
type stretch struct {
	text string
	rtl  bool
}

// stretches cuts a line into stretches of one direction and puts them in the
// order in which they stand (Unicode Annex 9, with one level of embedding and
// without explicit marks).
func stretches(line string, rtl bool) []stretch {
	var all []stretch
	add := func(text string, right bool) {
		if text != "" {
			all = append(all, stretch{text, right})
		}
	}
	runes := []rune(line)
	for at := 0; at < len(runes); {
		other := func(r rune) bool { return strong(r, rtl) == !rtl && strong(r, !rtl) == !rtl }
		end := at
		if other(runes[at]) {
			for i := at; i < len(runes) && (other(runes[i]) || !unicode.IsLetter(runes[i])); i++ {
				if other(runes[i]) {
					end = i + 1
				}
			}
			add(string(runes[at:end]), !rtl)
		} else {
			for end < len(runes) && !other(runes[end]) {
				end++
			}
			add(string(runes[at:end]), rtl)
		}
		at = end
	}
	if !rtl {
		return all
	}
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return all
}

// strong reports whether a letter or digit runs from right to left; anything
// else runs as the text around it. Digits run from left to right everywhere.
func strong(r rune, around bool) (rtl bool) {
	switch {
	case unicode.IsDigit(r):
		return false
	case unicode.IsLetter(r):
		return rightToLeft(string(r))
	}
	return around
}

func width(font *pdfwrite.Font, parts []stretch, size float64) float64 {
	sum := 0.0
	for _, s := range parts {
		sum += s.run(font, size).Width
	}
	return sum
}

func (s stretch) run(font *pdfwrite.Font, size float64) pdfwrite.Run {
	if s.rtl {
		return font.RightToLeft(s.text, size)
	}
	return font.Run(s.text, size)
}

func (p *press) line(font *pdfwrite.Font, parts []stretch, size, x, y float64, color pdfwrite.Color) {
	for _, s := range parts {
		run := s.run(font, size)
		p.page.Glyphs(run, x, y, color)
		x += run.Width
	}
}
