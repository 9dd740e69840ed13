package page

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// Layer is what lies over the picture of a page: its words, where they can be
// selected, and rectangles under what is marked. Lengths are in points.
type Layer struct {
	Width, Height string
	Lines         []line
	Marks         []Rect
	Passage       []Rect
}

// line is the words of one line of the text.
type line struct{ Words []word }

// word is one word. Drawn as wide as it stands on the page.
type word struct {
	Text                   string
	Start                  int // code points from the start of the page's text
	X, Y, Length, FontSize string
}

// Rect is a rectangle over the picture of a page, in points.
type Rect struct{ X, Y, Width, Height string }

// The shape of letters that a word's box is taken to hold: tall as the font,
// with the baseline a fifth above the foot.
const descent = 0.22

// paper is the size that a page without one is taken to have (ISO 216 A4).
const paperWidth, paperHeight = 595, 842

// NewLayer makes the layer of a page: marks are spans of its text in code
// points, passage is the one that an address names; nil for none.
func NewLayer(p greyshelf.Page, marks [][2]int, passage *greyshelf.Passage) Layer {
	p.Width, p.Height = paper(p)
	l := Layer{Width: points(p.Width), Height: points(p.Height), Lines: lines(p)}
	for _, m := range marks {
		l.Marks = append(l.Marks, Rects(p, p.Boxes(m[0], m[1]))...)
	}
	if passage != nil {
		l.Passage = Rects(p, p.Boxes(passage.Start, passage.End))
	}
	return l
}

// lines gives the words of the page by the lines of its text.
func lines(p greyshelf.Page) []line {
	runes := []rune(p.Text)
	var all []line
	last := -1
	for _, w := range p.Words {
		if w.Start < 0 || w.End > len(runes) || w.Start >= w.End {
			continue
		}
		if last < 0 || broken(runes[min(last, w.Start):w.Start]) {
			all = append(all, line{})
		}
		n := len(all) - 1
		all[n].Words = append(all[n].Words, newWord(p, w, string(runes[w.Start:w.End])))
		last = w.End
	}
	return all
}

func broken(between []rune) bool {
	for _, r := range between {
		if r == '\n' {
			return true
		}
	}
	return false
}

func newWord(p greyshelf.Page, w greyshelf.Word, text string) word {
	width, height := (w.Box[2]-w.Box[0])*p.Width, (w.Box[3]-w.Box[1])*p.Height
	if up := width < height && utf8.RuneCountInString(text) > 2; up {
		height = width // the word stands upright: keep it within its box
	}
	return word{
		Text: text, Start: w.Start, X: points(w.Box[0] * p.Width), Y: points(w.Box[3]*p.Height - height*descent),
		Length: points(max(width, 0.1)), FontSize: points(max(height, 0.1)),
	}
}

// Rects gives the rectangles under boxes of a page, each a little larger than
// its words.
func Rects(p greyshelf.Page, boxes []greyshelf.Box) []Rect {
	p.Width, p.Height = paper(p)
	var all []Rect
	for _, b := range boxes {
		const air = 1.2
		all = append(all, Rect{
			X: points(b[0]*p.Width - air), Y: points(b[1]*p.Height - air),
			Width: points((b[2]-b[0])*p.Width + 2*air), Height: points((b[3]-b[1])*p.Height + 2*air),
		})
	}
	return all
}

// Size gives width and height of a page in points, as [Rects] measures.
func Size(p greyshelf.Page) (width, height string) {
	w, h := paper(p)
	return points(w), points(h)
}

func paper(p greyshelf.Page) (width, height float64) {
	if p.Width <= 0 || p.Height <= 0 {
		return paperWidth, paperHeight
	}
	return p.Width, p.Height
}

// points writes a length with two decimals.
func points(x float64) string {
	rounded, err := strconv.ParseFloat(fmt.Sprintf("%.2f", x), 64)
	if err != nil {
		return "0"
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
