package describe

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// How much of a document the finders look at.
const (
	frontPages = 4
	backPages  = 2
	mostRows   = 2000    // lines of a page
	mostRunes  = 120_000 // code points of a page
	mostEdges  = 80      // pages whose edges are read for running heads and feet
)

// scene is a document laid out for the finders: the first and last pages with
// folded lines, the running heads and feet of all pages, the size of running
// text. It is made once and only read, but for the pages kept in later.
type scene struct {
	*knowledge
	doc     *Document
	front   []*sheet       // the first four pages
	back    []*sheet       // the last two pages that are not among the first
	body    float64        // size of running text in points
	running map[string]int // folded line at the edge of pages → on how many pages
	cite    citation       // how the document wants to be cited
	memo    bool           // the first page begins like a memorandum

	spoken  []proposal               // the languages of the text, the main one first
	heads   map[look]map[string]bool // headings within the text, folded, by how they are set
	listed  map[string]bool          // folded headings that a table of contents on the first pages lists
	holders []string                 // folded lines with a copyright sign or "published by"
	groups  *[]authors               // names of authors by place, once they were read
	turned  int                      // how often a paragraph was looked for overleaf
	later   map[int]*sheet           // pages between that were laid out on demand, by index
}

// sheet is one of the pages that finders read.
type sheet struct {
	page  *Page
	text  []rune // of the page; never longer than mostRunes
	fold  folded // of text
	rows  []row
	index int     // of the page, from 1
	pitch float64 // usual distance between lines of running text, of the page's height; 0 without
	text3 float64 // upper edge of the third line of running text from above; 2 with fewer

	contents bool // holds a table of contents
}

// row is a line of a sheet.
type row struct {
	Line
	fold   string
	size   float64 // points; by the height of the line where fonts are not known
	n      int     // place in its sheet
	prose  bool    // a line of running text
	struck bool    // cannot be part of a title
	joined bool    // alone it would be struck, but it ends the title above it
}

func newScene(doc *Document, k *knowledge) *scene {
	s := &scene{knowledge: k, doc: doc}
	n := len(doc.Pages)
	for i := range min(frontPages, n) {
		s.front = append(s.front, newSheet(&doc.Pages[i], i+1))
	}
	for i := max(frontPages, n-backPages); i < n; i++ {
		s.back = append(s.back, newSheet(&doc.Pages[i], i+1))
	}
	s.running = runningLines(doc)
	s.body = bodySize(s.sheets())
	for _, sh := range s.sheets() {
		s.markProse(sh)
	}
	for _, sh := range s.front {
		for i, r := range sh.rows {
			sh.rows[i].struck = !(r.prose && r.End-r.Start > 60) && s.strikes(r)
		}
		s.rejoin(sh)
	}
	s.spoken = s.textLanguages()
	s.listed = s.listedHeads()
	s.heads, s.holders = s.headings(), s.holderLines()
	s.cite = s.findCitation()
	s.memo = len(s.subjectLine()) > 0
	return s
}

// sheets gives all pages that finders read, in order.
func (s *scene) sheets() []*sheet {
	return append(append([]*sheet{}, s.front...), s.back...)
}

func newSheet(page *Page, index int) *sheet {
	sh := &sheet{page: page, text: []rune(page.Text), index: index}
	if len(sh.text) > mostRunes {
		sh.text = sh.text[:mostRunes]
	}
	sh.fold = fold(sh.text)
	for _, line := range pageLines(page, sh.text) {
		if len(sh.rows) == mostRows {
			break
		}
		if line.Start < 0 || line.End > len(sh.text) || line.Start >= line.End {
			continue
		}
		line.Text = string(sh.text[line.Start:line.End])
		folded := foldString(line.Text)
		if folded == "" {
			continue
		}
		sh.rows = append(sh.rows, row{Line: line, fold: folded, size: lineSize(line, page.Height), n: len(sh.rows)})
	}
	return sh
}

// pageLines gives the lines of a page; where the reader made none, the text
// between line breaks.
func pageLines(page *Page, text []rune) []Line {
	if len(page.Lines) > 0 {
		return page.Lines
	}
	var lines []Line
	for start, i := 0, 0; i <= len(text); i++ {
		if i == len(text) || text[i] == '\n' {
			if i > start {
				lines = append(lines, Line{Start: start, End: i, Box: passageBox(&page.Page, start, i)})
			}
			start = i + 1
		}
	}
	return lines
}

func lineSize(line Line, height float64) float64 {
	size := line.Size
	if size <= 0 {
		size = (line.Box[3] - line.Box[1]) * height * 0.8
	}
	if math.IsNaN(size) || size < 0 || size > 2000 {
		return 0
	}
	return math.Round(size*2) / 2
}

// bodySize gives the size in which most characters are set in lines as long as
// those of running text; in all lines where none is.
func bodySize(sheets []*sheet) float64 {
	if size := sizeOfLines(sheets, 35); size > 0 {
		return size
	}
	return sizeOfLines(sheets, 0)
}

func sizeOfLines(sheets []*sheet, longer int) float64 {
	count := map[float64]int{}
	for _, sh := range sheets {
		for _, r := range sh.rows {
			if r.End-r.Start > longer {
				count[r.size] += r.End - r.Start
			}
		}
	}
	best := 0.0
	for size, n := range count {
		if n > count[best] || n == count[best] && size > best {
			best = size
		}
	}
	return best
}

// runningLines counts the lines that stand at the upper or lower edge of
// pages, without page numbers. Of a long document a number of pages spread
// over the whole is read.
func runningLines(doc *Document) map[string]int {
	count := map[string]int{}
	step := max(1, len(doc.Pages)/mostEdges)
	for i := 0; i < len(doc.Pages); i += step {
		page := &doc.Pages[i]
		seen := map[string]bool{}
		for j, line := range page.Lines {
			if j == mostRows || len(line.Text) > 300 || !atEdge(line.Box) {
				continue
			}
			key := runningKey(foldString(line.Text))
			if key != "" && !seen[key] {
				seen[key] = true
				count[key]++
			}
		}
	}
	return count
}

func atEdge(box greyshelf.Box) bool { return box[3] < 0.13 || box[1] > 0.86 }

// runningKey is a folded line without the page number on either side of it.
func runningKey(folded string) string {
	return strings.TrimFunc(folded, func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsSpace(r) || strings.ContainsRune("|·•-.,", r)
	})
}

// runs gives on how many pages the row comes as running head or foot.
func (s *scene) runs(r row) int { return s.running[runningKey(r.fold)] }

// proposal is a finding that may be chosen.
type proposal struct {
	greyshelf.Finding
	rank  int    // higher ones go before, whatever the confidence
	group string // findings that are chosen together: the authors of one place
	never bool   // kept as a witness, never chosen
}

// propose makes a proposal whose evidence is the passage [start, end) of the
// sheet.
func (s *scene) propose(field greyshelf.Field, value, method string, sh *sheet, start, end int) proposal {
	p := s.proposeBare(field, value, method)
	if start > end { // rows of a torn page
		start, end = end, start
	}
	for start < end && unicode.IsSpace(sh.text[start]) {
		start++
	}
	for start < end && unicode.IsSpace(sh.text[end-1]) {
		end--
	}
	p.Page, p.Quote = sh.index, string(sh.text[start:end])
	p.Box = passageBox(&sh.page.Page, start, end)
	if p.Box == (greyshelf.Box{}) {
		p.Box = sh.rowsBox(start, end)
	}
	return p
}

// proposeBare makes a proposal without a place on a page.
func (s *scene) proposeBare(field greyshelf.Field, value, method string) proposal {
	return proposal{Finding: greyshelf.Finding{
		Field: field, Value: tidy(value), Method: method, Confidence: s.weights[method].confidence,
	}}
}

// tidy drops what must not stand in a value of one paragraph: control
// characters, those that turn the direction of writing, invalid bytes, white
// space in excess.
func tidy(value string) string {
	value = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r) && !unicode.IsSpace(r):
			return -1
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // would turn the text around it
			return -1
		}
		return r
	}, value)
	return strings.Join(strings.Fields(value), " ")
}

// passageBox gives the box around the words of a passage, within the page.
func passageBox(page *greyshelf.Page, start, end int) greyshelf.Box {
	return around(page.Boxes(start, end))
}

// rowsBox gives the box around the rows that a passage touches.
func (sh *sheet) rowsBox(start, end int) greyshelf.Box {
	var boxes []greyshelf.Box
	for _, r := range sh.rows {
		if r.End > start && r.Start < end {
			boxes = append(boxes, r.Box)
		}
	}
	return around(boxes)
}

// around gives the smallest box around all, cut to the page.
func around(boxes []greyshelf.Box) greyshelf.Box {
	if len(boxes) == 0 {
		return greyshelf.Box{}
	}
	all := greyshelf.Box{1, 1, 0, 0}
	for _, b := range boxes {
		for i, v := range b {
			v = min(max(v, 0), 1)
			if math.IsNaN(v) {
				v = 0
			}
			if i < 2 {
				all[i] = min(all[i], v)
			} else {
				all[i] = max(all[i], v)
			}
		}
	}
	if all[0] > all[2] || all[1] > all[3] {
		return greyshelf.Box{}
	}
	return all
}
