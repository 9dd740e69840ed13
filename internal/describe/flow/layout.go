package flow

import (
	"math"
	"strings"

	"golang.org/x/text/unicode/bidi"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// A page of flowing text is laid out as on a typewriter: as wide as A4 paper
// with margins, as tall as it needs, every letter half as wide as it is tall.
// So the finders of package describe see lines, headings and paragraphs as on
// a page of a PDF.
const (
	paperWidth  = 595.0
	paperHeight = 842.0 // the least
	margin      = 60.0
	leading     = 1.35 // of the font size
	parting     = 0.9  // between paragraphs, of the font size
	bodySize    = 11.0
)

// headingSize gives the font size of a heading in points.
func headingSize(level int) float64 {
	sizes := []float64{bodySize, 24, 19, 16, 14, 13, 12}
	return sizes[min(max(level, 0), len(sizes)-1)]
}

// setter sets one page.
type setter struct {
	text  strings.Builder
	runes int
	y     float64
	page  describe.Page
	from  []int // byte offsets of lines in text
	to    []int
}

// layout sets the blocks of a page: a line break between lines, an empty line
// between paragraphs.
func layout(index int, p page) describe.Page {
	s := setter{y: margin}
	s.page.Index, s.page.Label, s.page.Width, s.page.Fonts = index, p.label, paperWidth, true
	for i, b := range p.blocks {
		size := headingSize(b.level)
		if i > 0 {
			s.write("\n")
			s.y += parting * size
		}
		for line := range strings.SplitSeq(b.text, "\n") {
			for _, cut := range wrap(strings.Fields(line), int((paperWidth-2*margin)/(size/2))) {
				s.line(cut, size, b.level > 0)
			}
		}
	}
	s.finish()
	return s.page
}

// wrap divides words into lines of at most columns characters; a longer word
// is cut.
func wrap(words []string, columns int) [][]string {
	var lines [][]string
	var line []string
	used := 0
	for _, word := range words {
		for _, part := range slice([]rune(word), columns) {
			if n := len(part); used > 0 && used+1+n > columns {
				lines, line, used = append(lines, line), nil, 0
			}
			line, used = append(line, string(part)), used+1+len(part)
		}
	}
	if len(line) > 0 {
		lines = append(lines, line)
	}
	return lines
}

func slice(word []rune, columns int) [][]rune {
	var parts [][]rune
	for len(word) > columns {
		parts, word = append(parts, word[:columns]), word[columns:]
	}
	return append(parts, word)
}

func (s *setter) write(text string) {
	s.text.WriteString(text)
	for range text {
		s.runes++
	}
}

// line sets one line.
func (s *setter) line(words []string, size float64, bold bool) {
	if s.runes > 0 {
		s.write("\n")
	}
	start, from, x, first := s.runes, s.text.Len(), margin, len(s.page.Words)
	for i, word := range words {
		if i > 0 {
			s.write(" ")
			x += size / 2
		}
		at := s.runes
		s.write(word)
		to := x + float64(s.runes-at)*size/2
		s.page.Words = append(s.page.Words, greyshelf.Word{Start: at, End: s.runes, Box: greyshelf.Box{x, s.y, to, s.y + size}})
		x = to
	}
	box := greyshelf.Box{margin, s.y, x, s.y + size}
	if fromTheRight(words) {
		for i := first; i < len(s.page.Words); i++ {
			s.page.Words[i].Box = mirrored(s.page.Words[i].Box)
		}
		box = mirrored(box)
	}
	s.page.Lines = append(s.page.Lines, describe.Line{
		Start: start, End: s.runes, Box: box, Size: size, Bold: bold, Page: s.page.Index,
		Runs: []describe.Run{{Start: start, End: s.runes, Size: size, Bold: bold}},
	})
	s.from, s.to = append(s.from, from), append(s.to, s.text.Len())
	s.y += leading * size
}

// fromTheRight reports whether a line is written from the right: by its first
// letter (Unicode UAX #9, rule P2).
func fromTheRight(words []string) bool {
	for _, word := range words {
		for _, r := range word {
			if p, _ := bidi.LookupRune(r); p.Class() == bidi.R || p.Class() == bidi.AL {
				return true
			} else if p.Class() == bidi.L {
				return false
			}
		}
	}
	return false
}

func mirrored(b greyshelf.Box) greyshelf.Box {
	return greyshelf.Box{paperWidth - b[2], b[1], paperWidth - b[0], b[3]}
}

// finish settles the page's height and measures every box by it.
func (s *setter) finish() {
	s.page.Text = s.text.String()
	s.page.Height = math.Ceil(max(paperHeight, s.y+margin))
	part := func(b greyshelf.Box) greyshelf.Box {
		for i, of := range []float64{paperWidth, s.page.Height, paperWidth, s.page.Height} {
			b[i] = math.Round(min(max(b[i]/of, 0), 1)*1e5) / 1e5
		}
		return b
	}
	for i := range s.page.Words {
		s.page.Words[i].Box = part(s.page.Words[i].Box)
	}
	for i := range s.page.Lines {
		l := &s.page.Lines[i]
		l.Box, l.Text = part(l.Box), s.page.Text[s.from[i]:s.to[i]]
	}
}
