package sample

import (
	"strings"

	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// frame is a column on a page, in points from the top left corner.
type frame struct{ x, top, width, bottom float64 }

// style says how a block looks.
type style struct {
	font          *pdfwrite.Font
	size, leading float64
	before, after float64
	indent        float64
	color         pdfwrite.Color
	together      float64 // room that must be left below, or it goes to the next column
}

// styles are the looks of the kinds of blocks in one report.
type styles struct{ body, heading, item, example style }

// flow fills columns with blocks, page after page.
type flow struct {
	doc     *pdfwrite.Document
	mono    *pdfwrite.Font // for `code`; nil leaves the marks' font as it is
	rtl     bool
	frames  []frame                // the columns of every page from the next on
	onPage  func(p *pdfwrite.Page) // draws what stands on every page; may be nil
	onBlock func(b block, pg int)  // told where each block begins; may be nil

	page   *pdfwrite.Page
	column int
	y      float64
}

// newPage begins a page at the top of its first column.
func (f *flow) newPage() {
	f.page = f.doc.Page()
	f.column, f.y = 0, f.frames[0].top
	if f.onPage != nil {
		f.onPage(f.page)
	}
}

// need goes to the next column or page unless there is room.
func (f *flow) need(height float64) {
	switch {
	case f.page == nil:
		f.newPage()
	case f.y+height <= f.frames[f.column].bottom:
	case f.column+1 < len(f.frames):
		f.column++
		f.y = f.frames[f.column].top
	default:
		f.newPage()
	}
}

// blocks sets the blocks one after another.
func (f *flow) blocks(all []block, look styles) {
	for _, b := range all {
		s := map[blockKind]style{paragraph: look.body, heading: look.heading, item: look.item, example: look.example}[b.kind]
		f.need(s.before + s.leading + s.together)
		if f.onBlock != nil {
			f.onBlock(b, f.doc.Pages())
		}
		text := b.text
		if b.kind == item {
			text = "• " + text
		}
		f.text(text, s)
	}
}

// text sets a paragraph.
func (f *flow) text(text string, s style) {
	f.need(s.before + s.leading + s.together)
	if f.y > f.frames[f.column].top {
		f.y += s.before
	}
	for _, line := range f.lines(text, s) {
		f.need(s.leading)
		at := f.frames[f.column]
		f.line(line, s, at.x+s.indent, f.y+s.leading*0.78, at.width-s.indent)
		f.y += s.leading
	}
	f.y += s.after
}

// piece is a stretch of a word in one font.
type piece struct {
	font *pdfwrite.Font
	text string
}

// lines breaks text where the column ends.
func (f *flow) lines(text string, s style) [][]piece {
	var lines [][]piece
	var line []piece
	width := f.frames[min(f.column, len(f.frames)-1)].width - 2*s.indent
	used := 0.0
	for _, word := range f.words(text, s) {
		w := f.width(word, s.size)
		space := s.font.Run(" ", s.size).Width
		if len(line) > 0 && used+space+w > width {
			lines, line, used = append(lines, line), nil, 0
		}
		if len(line) > 0 {
			line = append(line, piece{line[len(line)-1].font, " "})
			used += space
		}
		line = append(line, word...)
		used += w
	}
	return append(lines, line)
}

// words splits text at spaces; what stands between backticks is code.
func (f *flow) words(text string, s style) [][]piece {
	var words [][]piece
	code := false
	for _, field := range strings.Fields(text) {
		var word []piece
		for i, part := range strings.Split(field, "`") {
			if i > 0 {
				code = !code
			}
			if part != "" {
				font := s.font
				if code && f.mono != nil {
					font = f.mono
				}
				word = append(word, piece{font, part})
			}
		}
		words = append(words, word)
	}
	return words
}

func (f *flow) width(word []piece, size float64) float64 {
	total := 0.0
	for _, p := range word {
		if f.rtl {
			total += p.font.RightToLeft(p.text, size).Width
		} else {
			total += p.font.Run(p.text, size).Width
		}
	}
	return total
}

// line draws a line.
func (f *flow) line(line []piece, s style, x, y, width float64) {
	if f.rtl {
		f.lineFromRight(line, s, x+width-s.indent, y)
		return
	}
	for _, p := range join(line) {
		run := p.font.Run(p.text, s.size)
		f.page.Glyphs(run, x, y, s.color)
		x += run.Width
	}
}

// join puts neighbours of one font together.
func join(line []piece) []piece {
	var joined []piece
	for _, p := range line {
		if n := len(joined); n > 0 && joined[n-1].font == p.font {
			joined[n-1].text += p.text
			continue
		}
		joined = append(joined, p)
	}
	return joined
}
