package describe

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// Limits of what is taken over from a recognizer for one page.
const (
	mostRecognized = 100_000 // code points
	longestRead    = 200
)

// doubtful is the confidence below which recognised words make no title and
// no author.
const doubtful = 0.60

// Sure says how sure the letters of a recognised word are.
type Sure struct {
	Box        greyshelf.Box
	Letters    int
	Confidence float64 // 0..1
}

// cellGap is the gap between two words, in sizes of their line, that begins
// another column or cell: as much as columnGap, which counts heights of capitals.
const cellGap = 0.75 * columnGap

// newRecognizedPage builds the page's text, words and lines from what was read
// off its picture. It has the same form as a page with a text layer; sizes are
// those of the printed lines.
func newRecognizedPage(page *Page, found Recognized) Page {
	raw := RawPage{Width: page.Width, Height: page.Height}
	w := pageWriter{raw: &raw, fonts: page.Fonts, tilted: true}
	sizes := printedSizes(found.Lines, page.Height)
	var sure []Sure
	for n, line := range found.Lines {
		for _, words := range cells(line, page) {
			var glyphs []glyph
			for _, word := range withoutSpecks(words) {
				letters := recognizedGlyphs(word, sizes[n], &raw)
				if len(letters) == 0 || w.runes+len(glyphs)+len(letters) > mostRecognized {
					continue
				}
				if len(glyphs) > 0 {
					glyphs = append(glyphs, glyph{Char: letters[0].Char, space: true})
				}
				glyphs = append(glyphs, letters...)
				sure = append(sure, Sure{Box: w.box(extentOf(letters)), Letters: len(letters), Confidence: min(max(word.Confidence, 0), 1)})
			}
			if len(glyphs) > 0 {
				w.line(glyphs)
			}
		}
	}
	read := w.page(page.Index, page.Label)
	read.Image, read.Sure = page.Image, sure
	return read
}

// cells cuts a line where the gap between two words is as wide as between
// columns, whichever way the line runs.
func cells(line RecognizedLine, page *Page) [][]RecognizedWord {
	var all [][]RecognizedWord
	start := 0
	for k := 1; k < len(line.Words); k++ {
		last, next := line.Words[k-1].Box, line.Words[k].Box
		if max(next[0]-last[2], last[0]-next[2])*page.Width > cellGap*line.Size*page.Height {
			all = append(all, line.Words[start:k])
			start = k
		}
	}
	all = append(all, line.Words[start:])
	if len(all) == 1 {
		return all
	}
	return slices.DeleteFunc(all, func(cell []RecognizedWord) bool { // a stain in the margin
		return len(cell) == 1 && cell[0].Confidence < 0.7 && utf8.RuneCountInString(cell[0].Text) <= 2
	})
}

// withoutSpecks drops what stands alone at either end of a line and is rather
// dirt, a fold or a rule of the paper than a sign: strokes that no text has
// there, and other marks where the recognizer doubts.
func withoutSpecks(words []RecognizedWord) []RecognizedWord {
	speck := func(w RecognizedWord) bool {
		return strings.Trim(w.Text, "|¦_~`´^\\") == "" || w.Confidence < 0.8 && strings.IndexFunc(w.Text, isWordRune) < 0
	}
	for len(words) > 0 && speck(words[0]) {
		words = words[1:]
	}
	for len(words) > 0 && speck(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// sameLetters is how much the measured size of lines in one font size varies:
// a pixel or so.
const sameLetters = 0.08

// printedSizes gives the size of each line in points: the commonest measured
// one that differs no more than measures of the same size do.
func printedSizes(lines []RecognizedLine, height float64) []float64 {
	sizes := make([]float64, len(lines))
	letters := map[float64]int{}
	for n, line := range lines {
		sizes[n] = math.Round(line.Size*height*2) / 2
		for _, word := range line.Words {
			letters[sizes[n]] += len(word.Text)
		}
	}
	common := make([]float64, 0, len(letters))
	for size := range letters {
		common = append(common, size)
	}
	slices.SortFunc(common, func(a, b float64) int {
		return cmp.Or(letters[b]-letters[a], cmp.Compare(a, b))
	})
	for n, size := range sizes {
		for _, c := range common {
			if math.Abs(size-c) <= sameLetters*c {
				sizes[n] = c
				break
			}
		}
	}
	return sizes
}

// recognizedGlyphs gives the letters of a word, which share its box evenly.
func recognizedGlyphs(word RecognizedWord, size float64, raw *RawPage) []glyph {
	n := utf8.RuneCountInString(word.Text)
	if n > longestRead {
		return nil
	}
	x0, y0 := word.Box[0]*raw.Width, word.Box[1]*raw.Height
	step, y1 := (word.Box[2]*raw.Width-x0)/float64(max(n, 1)), word.Box[3]*raw.Height
	var glyphs []glyph
	at := 0.0
	for _, r := range word.Text {
		c := &Char{Rune: r, X0: x0 + at*step, X1: x0 + (at+1)*step, Y0: y0, Y1: y1, Size: size, Font: -1}
		at++
		if text, space := letters(c); !space && text != "" {
			glyphs = append(glyphs, glyph{Char: c, text: text})
		}
	}
	return glyphs
}

// sure gives the mean confidence of the recognised letters whose words have
// their middle within box; 1 where none was recognised there.
func (p *Page) sure(box greyshelf.Box) float64 {
	sum, letters := 0.0, 0
	for _, s := range p.Sure {
		x, y := (s.Box[0]+s.Box[2])/2, (s.Box[1]+s.Box[3])/2
		if x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] {
			sum += s.Confidence * float64(s.Letters)
			letters += s.Letters
		}
	}
	if letters == 0 {
		return 1
	}
	return sum / float64(letters)
}

// weighRecognized lowers the confidence of what stands on recognised pages by
// that of its letters, and says that it was read by OCR. Doubtful letters make
// no title and no author.
func weighRecognized(doc *Document, found []proposal) {
	if doc.Recognition == nil {
		return
	}
	for i := range found {
		p := &found[i]
		if p.Page < 1 || p.Page > len(doc.Pages) || doc.Pages[p.Page-1].Sure == nil {
			continue
		}
		sure := doc.Pages[p.Page-1].sure(p.Box)
		p.Confidence *= sure
		said := "read by OCR"
		if sure < doubtful && (p.Field == greyshelf.FieldTitle || p.Field == greyshelf.FieldCreator) {
			p.never, said = true, "read by OCR, its letters are doubtful"
		}
		if p.Why != "" {
			said = p.Why + ", " + said
		}
		p.Why = said
	}
}
