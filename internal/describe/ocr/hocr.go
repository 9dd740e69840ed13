package ocr

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// Limits of what is read from an answer.
const (
	mostLines = 5_000  // of a page
	mostWords = 50_000 // of a page
	mostBytes = 1_000  // of a word
	mostDepth = 64
)

// smallLetters is the height of small letters in sizes of common fonts. It is
// what tesseract measures best: how far tall and low letters reach, it guesses
// on short lines.
const smallLetters = 0.52

// rect is a box in pixels.
type rect struct{ x0, y0, x1, y1 float64 }

// line is an hOCR line while it is read (hOCR 1.2 §4.2, ocr_line).
type line struct {
	box           rect
	slope, base   float64 // of the base line, from the lower left corner of box
	size, descent float64 // x_size and x_descenders, tesseract's own properties
	small         float64 // height of small letters
	words         []describe.RecognizedWord
}

// hocr reads an answer of tesseract in hOCR (XHTML with classes and
// properties).
type hocr struct {
	width, height float64 // of the picture, pixels
	depth, words  int
	current       *line
	inWord        int // depth of the word's element; 0 outside
	word          describe.RecognizedWord
	found         describe.Recognized
	page          bool
}

// parse reads the lines of a picture of width by height pixels. Words whose
// boxes are not within the picture are dropped. Errors: Invalid.
func parse(answer []byte, width, height int) (describe.Recognized, error) {
	h := hocr{width: float64(width), height: float64(height)}
	d := xml.NewDecoder(bytes.NewReader(answer))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	var err error
	for err == nil {
		var token xml.Token
		if token, err = d.RawToken(); err == nil {
			err = h.take(token)
		}
	}
	if !errors.Is(err, io.EOF) || !h.page {
		return describe.Recognized{}, greyshelf.Errorf(greyshelf.Invalid, "read the answer of tesseract", "", "tesseract did not answer in hOCR")
	}
	h.endLine()
	return h.found, nil
}

func (h *hocr) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if h.depth++; h.depth > mostDepth {
			return errors.New("elements lie too deep")
		}
		return h.begin(t)
	case xml.EndElement:
		if h.depth == h.inWord {
			h.endWord()
		}
		h.depth--
	case xml.CharData:
		if h.inWord > 0 && len(h.word.Text)+len(t) < mostBytes {
			h.word.Text += string(t)
		}
	}
	return nil
}

// begin starts a page, a line or a word.
func (h *hocr) begin(t xml.StartElement) error {
	class, title := "", ""
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "class":
			class = a.Value
		case "title":
			title = a.Value
		}
	}
	switch class {
	case "ocr_page":
		h.page = true
	case "ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat":
		h.endLine()
		if len(h.found.Lines) == mostLines {
			return errors.New("too many lines")
		}
		h.current = lineOf(title)
	case "ocrx_word":
		if h.words++; h.words > mostWords {
			return errors.New("too many words")
		}
		h.endWord()
		h.inWord = h.depth
		h.word = h.wordOf(title)
	}
	return nil
}

func lineOf(title string) *line {
	p := properties(title)
	l := &line{box: box(p["bbox"])}
	if b := p["baseline"]; len(b) == 2 {
		l.slope, l.base = b[0], b[1]
	}
	if s := p["x_size"]; len(s) == 1 {
		l.size = s[0]
	}
	if d := p["x_descenders"]; len(d) == 1 {
		l.descent = d[0]
	}
	if a := p["x_ascenders"]; len(a) == 1 {
		l.small = l.size - l.descent - a[0]
	}
	return l
}

// wordOf reads a word's properties. Its box is as tall as the line at its
// place: the base line may climb or fall.
func (h *hocr) wordOf(title string) describe.RecognizedWord {
	p := properties(title)
	b := box(p["bbox"])
	if l := h.current; l != nil && l.size > 0 && math.Abs(l.slope) < 0.5 && l.descent >= 0 && l.descent < l.size {
		foot := l.box.y1 + l.base + l.slope*((b.x0+b.x1)/2-l.box.x0) + l.descent
		if top := foot - l.size; top < b.y1 && foot > b.y0 { // a line that misses its own words is not believed
			b.y0, b.y1 = max(top, 0), min(foot, h.height)
		}
	}
	w := describe.RecognizedWord{}
	if b.x0 >= 0 && b.y0 >= 0 && b.x1 <= h.width && b.y1 <= h.height && b.x0 < b.x1 && b.y0 < b.y1 {
		w.Box = greyshelf.Box{b.x0 / h.width, b.y0 / h.height, b.x1 / h.width, b.y1 / h.height}
	}
	if c := p["x_wconf"]; len(c) == 1 {
		w.Confidence = min(max(c[0]/100, 0), 1)
	}
	return w
}

func (h *hocr) endWord() {
	if h.inWord == 0 {
		return
	}
	h.inWord = 0
	h.word.Text = strings.Join(strings.Fields(strings.Map(printed, strings.ToValidUTF8(h.word.Text, ""))), "")
	if h.word.Text == "" || h.word.Box == (greyshelf.Box{}) {
		return
	}
	if h.current == nil {
		h.current = &line{}
	}
	h.current.words = append(h.current.words, h.word)
}

// printed drops the marks of direction that tesseract adds to what is printed.
func printed(r rune) rune {
	if unicode.Is(unicode.Bidi_Control, r) {
		return -1
	}
	return r
}

func (h *hocr) endLine() {
	h.endWord()
	if h.current != nil && len(h.current.words) > 0 {
		size := h.current.small / smallLetters / h.height
		if !(size > 0 && size <= 1) {
			box := h.current.words[0].Box
			size = box[3] - box[1]
		}
		h.found.Lines = append(h.found.Lines, describe.RecognizedLine{Size: size, Words: h.current.words})
	}
	h.current = nil
}

// properties reads the numbers in a title: "bbox 0 0 9 9; x_wconf 96" (hOCR
// 1.2 §3). What is no finite number is left out.
func properties(title string) map[string][]float64 {
	all := map[string][]float64{}
	if len(title) > 1000 {
		return all
	}
	for part := range strings.SplitSeq(title, ";") {
		fields := strings.Fields(part)
		if len(fields) < 2 || len(fields) > 8 {
			continue
		}
		var numbers []float64
		for _, f := range fields[1:] {
			if v, err := strconv.ParseFloat(f, 64); err == nil && math.Abs(v) < 1e6 {
				numbers = append(numbers, v)
			}
		}
		all[fields[0]] = numbers
	}
	return all
}

func box(numbers []float64) rect {
	if len(numbers) != 4 {
		return rect{}
	}
	return rect{numbers[0], numbers[1], numbers[2], numbers[3]}
}
