package greyshelf

// Box is a rectangle [x0, y0, x1, y1] in 0..1 of the page, origin top left.
type Box [4]float64

// Page is one page of a file as one text version reads it.
type Page struct {
	Index  int     `json:"index"`           // from 1
	Label  string  `json:"label,omitempty"` // as printed: "xii", "A-3"; empty when the file says nothing
	Width  float64 `json:"width"`           // points (1/72 inch), as displayed
	Height float64 `json:"height"`          // points
	Text   string  `json:"text,omitempty"`  // lines separated by "\n", reading order
	Words  []Word  `json:"words,omitempty"` // in the order of the text
	Image  bool    `json:"image,omitempty"` // an image covers at least half of the page
}

// Word is a run of non-space characters on a page.
type Word struct {
	Start int `json:"start"` // code points from the start of the page's text
	End   int `json:"end"`   // exclusive
	Box   Box `json:"box"`
}

// Passage is a place in a text that can be found again: quotation and context
// as well as offsets (W3C Web Annotation: TextQuoteSelector and
// TextPositionSelector).
type Passage struct {
	File   string `json:"file"`           // SHA-256
	Text   string `json:"text,omitempty"` // text version
	Page   int    `json:"page"`           // index from 1
	Start  int    `json:"start"`          // code points in the page's text
	End    int    `json:"end"`            // exclusive
	Quote  string `json:"quote"`
	Prefix string `json:"prefix,omitempty"` // at most 32 code points before
	Suffix string `json:"suffix,omitempty"` // at most 32 code points after
	Boxes  []Box  `json:"boxes,omitempty"`  // one per line touched
}

// ContextRunes is the number of code points of context that a [Passage] keeps
// on either side.
const ContextRunes = 32

// PassageAt cuts the passage [start, end) in code points out of page. Offsets
// outside the text are moved to its borders.
func PassageAt(file, version string, page Page, start, end int) Passage {
	text := []rune(page.Text)
	start = min(max(start, 0), len(text))
	end = min(max(end, start), len(text))
	return Passage{
		File: file, Text: version, Page: page.Index, Start: start, End: end,
		Quote:  string(text[start:end]),
		Prefix: string(text[max(0, start-ContextRunes):start]),
		Suffix: string(text[end:min(len(text), end+ContextRunes)]),
		Boxes:  page.Boxes(start, end),
	}
}

// Boxes gives the boxes that cover the code points [start, end) of the page's
// text, words of one line joined.
func (p *Page) Boxes(start, end int) []Box {
	if start >= end {
		return nil
	}
	var boxes []Box
	for _, w := range p.Words {
		if w.End <= start || w.Start >= end {
			continue
		}
		if n := len(boxes) - 1; n >= 0 && sameLine(boxes[n], w.Box) {
			boxes[n] = boxes[n].union(w.Box)
			continue
		}
		boxes = append(boxes, w.Box)
	}
	return boxes
}

// sameLine reports whether b follows a on the same line: they overlap by more
// than half of the lower one's height.
func sameLine(a, b Box) bool {
	overlap := min(a[3], b[3]) - max(a[1], b[1])
	return overlap > 0.5*min(a[3]-a[1], b[3]-b[1]) && b[0] >= a[0]
}

func (b Box) union(c Box) Box {
	return Box{min(b[0], c[0]), min(b[1], c[1]), max(b[2], c[2]), max(b[3], c[3])}
}
