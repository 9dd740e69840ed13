package describe

import (
	"math"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// How lines are told apart, in heights of the tallest glyph of the line (about
// 0.7 of the font size).
const (
	baselineShift = 0.6 // super- and subscripts stay within this
	columnGap     = 2.2 // a wider gap begins another column or cell
	wordGap       = 0.9 // a gap without a space that still parts words
	runGap        = 0.1 // the same where the engine ended its line
	stepBack      = 0.5 // how far left of the last glyph a line may go on
	offPage       = 2.0 // points a glyph may lie outside the page
	dropCap       = 1.6 // an initial so much taller than its text stands across lines
)

// newPage builds the page's text, words and lines from its characters in
// content order. Lines are told apart by their base lines, never sorted: the
// order in which a page is written is the best witness of its reading order.
func newPage(index int, label string, raw RawPage, fonts bool) Page {
	b := lineBuilder{width: raw.Width, height: raw.Height}
	for _, run := range runsOf(raw) {
		b.add(run)
	}
	b.endLine()
	w := pageWriter{raw: &raw, fonts: fonts}
	for _, glyphs := range b.lines {
		w.line(glyphs)
	}
	return w.page(index, label)
}

// glyph is a visible character, or a space between two.
type glyph struct {
	*Char
	text  string // what it stands for, "" for a space
	space bool
}

// lineBuilder collects glyphs into lines.
type lineBuilder struct {
	width, height float64
	lines         [][]glyph

	current    []glyph
	space      bool    // a space stood before the next glyph
	newRun     bool    // the engine ended its line before the next glyph
	base, tall float64 // base line and height of the tallest glyph so far
	x0, x1     float64 // extent of the current line

	reach0, reach1 float64 // extent of the word that comes next, see reach
}

// runsOf cuts the characters where the engine ends its lines.
func runsOf(raw RawPage) [][]Char {
	var runs [][]Char
	start := 0
	for k := range raw.Chars {
		if c := &raw.Chars[k]; c.Generated && (c.Rune == '\n' || c.Rune == '\r') {
			if k > start {
				runs = append(runs, raw.Chars[start:k])
			}
			start = k + 1
		}
	}
	if start < len(raw.Chars) {
		runs = append(runs, raw.Chars[start:])
	}
	return runs
}

// add takes one of the engine's lines. One that runs up or down the page stays
// as it is; others are joined and split by where their glyphs stand.
func (b *lineBuilder) add(run []Char) {
	if turned(run) {
		b.endLine()
		for k := range run {
			b.reach0, b.reach1 = run[k].X0, run[k].X1
			b.put(&run[k], true)
		}
		b.endLine()
		return
	}
	for k := range run {
		b.reach0, b.reach1 = reach(run, k)
		b.put(&run[k], false)
	}
	b.newRun = true
}

// put adds one character.
func (b *lineBuilder) put(c *Char, turned bool) {
	text, isSpace := letters(c)
	switch {
	case isSpace:
		b.space = true
		return
	case text == "" || b.outside(c):
		return
	}
	if !turned && len(b.current) > 0 && !b.continues(c) {
		b.endLine()
	}
	if len(b.current) > 0 && (b.space || !turned && b.apart()) {
		b.current = append(b.current, glyph{Char: c, space: true})
	}
	b.space, b.newRun = false, false
	b.grow(c)
	b.current = append(b.current, glyph{Char: c, text: text})
}

// apart reports whether the next character begins a word without a space before it. The
// engine's line ends count less than spaces: they may fall between two glyphs
// that touch.
func (b *lineBuilder) apart() bool {
	least := wordGap
	if b.newRun {
		least = runGap
	}
	return b.gap() > least*b.tall
}

func (b *lineBuilder) outside(c *Char) bool {
	x, y := (c.X0+c.X1)/2, (c.Y0+c.Y1)/2
	return x < -offPage || y < -offPage || x > b.width+offPage || y > b.height+offPage
}

// continues reports whether c stands on the current line and near its end.
func (b *lineBuilder) continues(c *Char) bool {
	if b.afterInitial(c) {
		return true
	}
	tall := max(b.tall, c.Y1-c.Y0)
	if math.Abs(c.Y-b.base) > baselineShift*tall {
		return false
	}
	if b.gap() > columnGap*tall {
		return false
	}
	return rightToLeft(c.Rune) || c.X1 > b.x0-stepBack*tall
}

// afterInitial reports whether c follows a single letter that stands across
// several lines, of which c begins the first.
func (b *lineBuilder) afterInitial(c *Char) bool {
	h := c.Y1 - c.Y0
	return len(b.current) == 1 && b.tall > dropCap*h && unicode.IsUpper(b.current[0].Rune) &&
		c.Y < b.base && c.Y > b.base-b.tall && c.X0 > b.x0 && b.gap() < h
}

// gap gives the distance from the line's extent to the character that comes
// next; negative within it.
func (b *lineBuilder) gap() float64 { return max(b.reach0-b.x1, b.x0-b.reach1) }

// grow takes c into the line's extent and measures.
func (b *lineBuilder) grow(c *Char) {
	h := c.Y1 - c.Y0
	if len(b.current) == 0 {
		b.x0, b.x1, b.base, b.tall = c.X0, c.X1, c.Y, h
		return
	}
	b.x0, b.x1 = min(b.x0, c.X0), max(b.x1, c.X1)
	if h > b.tall || b.afterInitial(c) {
		b.base, b.tall = c.Y, h
	}
}

func (b *lineBuilder) endLine() {
	if len(b.current) > 0 {
		b.lines = append(b.lines, readingOrder(b.current))
	}
	b.current, b.space, b.newRun = nil, false, false
}

// turned reports whether a run of characters goes up or down the page.
func turned(run []Char) bool {
	along, across, n := 0.0, 0.0, 0
	var last *Char
	for k := range run {
		c := &run[k]
		if c.Generated || unicode.IsSpace(c.Rune) {
			continue
		}
		if last != nil {
			along += math.Abs(c.X - last.X)
			across += math.Abs(c.Y - last.Y)
		}
		last = c
		n++
	}
	return n >= 4 && across > 3*along
}

// letters gives what a character stands for: ligatures opened, no-break spaces
// as spaces, noise dropped.
func letters(c *Char) (text string, space bool) {
	r := c.Rune
	switch {
	case c.Hyphen || r == 0xAD: // see joinHyphens
		return "-", false
	case unicode.IsSpace(r) || r == 0x200B:
		return "", true
	case r < ' ' || r == 0x7F || r == 0xFEFF || r == 0xFFFD || r&0xFFFE == 0xFFFE,
		unicode.Is(unicode.Co, r), unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cs, r), r > unicode.MaxRune:
		return "", false
	case r >= 0xFB00 && r <= 0xFB06, // Latin ligatures
		r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC: // Hebrew and Arabic presentation forms
		return norm.NFKC.String(string(r)), false
	}
	return string(r), false
}

// rightToLeft reports whether r belongs to a script written from the right.
func rightToLeft(r rune) bool {
	return r >= 0x0590 && r <= 0x08FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC
}
