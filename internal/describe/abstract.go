package describe

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

const (
	longestAbstract  = 6_000 // code points
	shortestAbstract = 80
	abstractPages    = 12 // an abstract is looked for up to here
	abstractLabels   = 12 // labels of a document that are tried
)

// findAbstract proposes the part headed "Abstract", "Summary" and the like, to
// the next heading, else the first paragraph of running text; always verbatim.
// The quotation is the first stretch of lines that follow each other.
func findAbstract(s *scene) []proposal {
	paragraph := s.firstParagraph()
	tried := 0
	for index := 1; index <= min(abstractPages, len(s.doc.Pages)); index++ {
		sh := s.sheetOf(index)
		if sh.contents {
			continue
		}
		for i, r := range sh.rows {
			length, runIn := s.abstractLabel(sh, r)
			later := index > len(s.front)
			if length == 0 || later && (r.Box[1] > 0.5 || !s.standsAsHeading(sh, i)) {
				continue
			}
			if tried++; tried > abstractLabels {
				return paragraph
			}
			if p, ok := s.labelledAbstract(sh, i, length, runIn); ok {
				if later {
					p.Confidence *= 0.95
				}
				return append([]proposal{p}, paragraph...)
			}
		}
	}
	return paragraph
}

// standsAsHeading reports whether row i is larger than running text or in bold,
// with nothing beside it.
func (s *scene) standsAsHeading(sh *sheet, i int) bool {
	r := sh.rows[i]
	return r.End-r.Start <= 60 && !s.inProse(sh, i) && (r.size > 1.1*s.body || r.Bold) && s.runs(r) < 3
}

var sectionNumber = regexp.MustCompile(`^(\d{1,2}(\.\d{1,2})*\.?|[ivx]{1,4}\.|[a-z]\.|§ ?\d+)\s+`)

// abstractLabel gives how many code points of the row are the label of an
// abstract, and whether text goes on behind it in the row; 0 for other rows.
func (s *scene) abstractLabel(sh *sheet, r row) (length int, runIn bool) {
	f := r.fold
	if spaced := foldString(unspaced(r, sh.page)); spaced != f && s.is("abstract", spaced) {
		return r.End - r.Start, false
	}
	number := sectionNumber.FindString(f)
	label := s.leads("abstract", f[len(number):])
	if label == "" {
		return 0, false
	}
	rest := strings.TrimSpace(f[len(number)+len(label):])
	switch {
	case rest == "" || rest == ":" || rest == "." || bracketed(rest):
		return r.End - r.Start, false
	case number != "":
		return 0, false
	case rest[0] == ':' || rest[0] == '.' && len(rest) > 30 || strings.HasPrefix(rest, "- "):
		return utf8.RuneCountInString(label), true
	}
	return 0, false
}

func bracketed(f string) bool {
	return len(f) < 30 && strings.HasPrefix(f, "(") && strings.HasSuffix(f, ")")
}

// labelledAbstract reads the abstract whose label are the first length code
// points of row i.
func (s *scene) labelledAbstract(sh *sheet, i, length int, runIn bool) (proposal, bool) {
	r := sh.rows[i]
	if s.runs(r) >= 3 && atEdge(r.Box) && r.size <= s.body || s.inTable(sh, i) {
		return proposal{}, false
	}
	var pieces []piece
	if runIn {
		first := r
		first.Start = min(r.Start+length, r.End)
		for first.Start < first.End && strings.ContainsRune(" :.—–-", sh.text[first.Start]) {
			first.Start++
		}
		pieces = append(pieces, piece{sh, first})
	}
	rows, open := s.abstractRows(sh, i+1, r)
	if !runIn && open {
		rows, open = s.onlyParagraph(sh, r, rows)
	}
	for _, r := range rows {
		if runIn && s.paragraphEnds(pieces, r) {
			open = false
			break
		}
		pieces = append(pieces, piece{sh, r})
	}
	for next := sh.index + 1; open && len(pieces) > 0 && next <= min(sh.index+3, len(s.doc.Pages)); next++ {
		var more []row
		more, open = s.overleaf(s.sheetOf(next), pieces[len(pieces)-1])
		for _, r := range more {
			pieces = append(pieces, piece{s.sheetOf(next), r})
		}
	}
	p, ok := s.abstractOf(pieces, "labelled-abstract@1")
	p.Kind = greyshelf.AbstractLabelled
	return p, ok
}

// onlyParagraph cuts an abstract behind its first paragraph where nothing on its
// page ends it: beneath a label that stands before one paragraph as a rule, on
// the page of the title. What stands apart from it is then the text.
func (s *scene) onlyParagraph(sh *sheet, label row, rows []row) ([]row, bool) {
	if sh.index != s.firstText() || !s.is("one paragraph", strings.TrimRight(label.fold, " :.")) || sh.pitch <= 0 {
		return rows, true
	}
	for i := 1; i < len(rows); i++ {
		if rows[i].Box[1]-rows[i-1].Box[1] > 1.3*sh.pitch && endsSentence(strings.TrimSpace(rows[i-1].Text)) && !s.onPage(sh, rows[i:]) {
			return rows[:i], false
		}
	}
	return rows, true
}

// onPage reports whether a heading or what comes behind an abstract stands on
// the page beneath the rows.
func (s *scene) onPage(sh *sheet, rows []row) bool {
	for _, r := range sh.rows[rows[len(rows)-1].n+1:] {
		if s.endsAbstract(sh, r) {
			return true
		}
	}
	return false
}

// shortestRunIn is how long an abstract that begins in the line of its label is
// at least, in lines; it ends with its paragraph then.
const shortestRunIn = 3

// paragraphEnds reports whether a row begins another paragraph than the one that
// a label begins.
func (s *scene) paragraphEnds(pieces []piece, r row) bool {
	last := pieces[len(pieces)-1]
	return len(pieces) >= shortestRunIn && !s.paragraphGoesOn(last.sheet, last.row, r)
}

// inTable reports whether a row stands beside others in the same height, as
// the head of a table's column does.
func (s *scene) inTable(sh *sheet, i int) bool {
	r, beside := sh.rows[i], 0
	for _, other := range sh.rows[max(0, i-3):min(len(sh.rows), i+4)] {
		if mid := (other.Box[1] + other.Box[3]) / 2; other.n != r.n && mid > r.Box[1] && mid < r.Box[3] && other.End-other.Start < 30 {
			beside++
		}
	}
	return beside >= 2
}

// piece is a row with the sheet it stands on.
type piece struct {
	sheet *sheet
	row   row
}

// abstractRows gives the rows of running text beneath a heading, up to the next
// heading, and whether the page ended first. What stands beside or between
// (titles, names, running feet) is passed over.
func (s *scene) abstractRows(sh *sheet, from int, heading row) (rows []row, open bool) {
	col := s.textColumn(sh, from)
	for _, r := range sh.rows[from:] {
		switch {
		case setWider(rows, r):
			return rows, false
		case s.runs(r) >= 2 && atEdge(r.Box), onlyNumbers(r.fold), isAddress(r.fold) && len(rows) == 0:
			continue
		case s.endsAbstract(sh, r):
			return rows, false
		case len(rows) > 0 && s.isHeading(sh, r, heading, col.size):
			return rows, false
		case r.size > 1.16*col.size || r.size < 0.84*col.size:
			continue
		case r.Box[2] < col.left || r.Box[0] > col.right-0.02, !col.two && beside(r, col.left, col.right):
			continue // another column: names, dates
		case r.Bold && len(rows) == 0 && len(r.fold) < 90:
			continue
		}
		rows = append(rows, r)
	}
	return rows, true
}

// setWider reports whether a row behind the end of a sentence goes beyond the
// rows before it on both sides: an abstract is often set narrower than the text.
func setWider(rows []row, r row) bool {
	if len(rows) < 3 || !endsSentence(strings.TrimSpace(rows[len(rows)-1].Text)) {
		return false
	}
	left, right := 1.0, 0.0
	for _, before := range rows[max(0, len(rows)-8):] {
		left, right = min(left, before.Box[0]), max(right, before.Box[2])
	}
	return r.Box[0] < left-0.02 && r.Box[2] > right+0.02
}

// endsAbstract reports whether a row begins what comes behind an abstract.
func (s *scene) endsAbstract(sh *sheet, r row) bool {
	f := strings.TrimPrefix(r.fold, sectionNumber.FindString(r.fold))
	if s.is("after abstract", f) || s.keywords(f) || s.leads("cite", f) != "" && len(f) < 200 && !s.inProse(sh, r.n) {
		return true
	}
	if label := s.leads("abstract", f); label != "" && strings.Trim(f[len(label):], " :.") == "" {
		return true
	}
	return s.copyrightSign(r.fold) >= 0 && !s.inProse(sh, r.n) || onlyLink(f)
}

// onlyLink reports whether a folded line holds nothing but a web address or a
// DOI.
func onlyLink(f string) bool {
	f = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(f, "doi"), ":"))
	return !strings.Contains(f, " ") && (strings.HasPrefix(f, "http://") || strings.HasPrefix(f, "https://") || strings.HasPrefix(f, "10.") && strings.Contains(f, "/"))
}

// overleaf gives the rows with which an abstract goes on at the top of the next
// page; none where that begins with a heading or with other text.
func (s *scene) overleaf(sh *sheet, last piece) (rows []row, open bool) {
	full := endsSentence(strings.TrimSpace(last.row.Text))
	if sh == nil || full && last.row.Box[3] < 0.78 || sh.contents {
		return nil, false
	}
	for i, r := range sh.rows {
		switch {
		case atEdge(r.Box) && (s.runs(r) >= 2 || r.End-r.Start < 90), onlyNumbers(r.fold):
			continue
		case s.endsAbstract(sh, r), r.size > 1.12*last.row.size, r.size < 0.88*last.row.size, r.Bold && !last.row.Bold, r.End-r.Start < 30 && full:
			return nil, false
		}
		return s.abstractRows(sh, i, last.row)
	}
	return nil, false
}

// isHeading reports whether a row heads the next part: larger than the text
// and no smaller than the abstract's own heading, or bold and short, or
// numbered and set off.
func (s *scene) isHeading(sh *sheet, r, heading row, size float64) bool {
	short := len(r.fold) <= 120 && !strings.HasSuffix(r.fold, ".") && !strings.HasSuffix(r.fold, ",")
	switch {
	case len(r.fold) > 120 || r.size < 0.95*size:
		return false
	case r.size > 1.16*size:
		return true
	case r.Bold && !heading.Italic && short:
		return true
	}
	return short && s.setOff(sh, r) && (sectionNumber.MatchString(r.fold) && len(r.fold) < 80 || isUpper(r.Text))
}

// setOff reports whether more than the usual distance is above a row.
func (s *scene) setOff(sh *sheet, r row) bool {
	if r.n == 0 || sh.pitch <= 0 {
		return false
	}
	return r.Box[1]-sh.rows[r.n-1].Box[1] > 1.35*sh.pitch
}

// isUpper reports whether a text of some letters has capitals only.
func isUpper(text string) bool {
	letters := 0
	for _, r := range text {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 4
}

// beside reports whether a short row stands at the far side of the column, away
// from where its lines begin, whichever way they run.
func beside(r row, left, right float64) bool {
	width := right - left
	if width <= 0 || r.Box[2]-r.Box[0] > 0.45*width {
		return false
	}
	if isRightToLeft(r.fold) {
		return r.Box[2] < right-0.4*width
	}
	return r.Box[0] > left+0.4*width
}

func isRightToLeft(f string) bool {
	return strings.ContainsFunc(f, func(r rune) bool { return unicode.Is(unicode.Arabic, r) || unicode.Is(unicode.Hebrew, r) })
}

func (s *scene) keywords(f string) bool {
	phrase := s.leads("after abstract", f)
	return phrase != "" && strings.HasPrefix(strings.TrimSpace(f[len(phrase):]), ":")
}

// column is where running text stands on a page.
type column struct {
	size, left, right float64
	two               bool // in two columns
}

// textColumn gives size and horizontal extent of the running text beneath a
// heading: those of the first two long lines that follow each other and are
// not the title come again, else the size of most characters.
func (s *scene) textColumn(sh *sheet, from int) column {
	rows := sh.rows[from:min(len(sh.rows), from+90)]
	best := s.firstRunSize(sh, rows)
	count := map[float64]int{}
	for _, r := range rows {
		if r.End-r.Start > 30 && best == 0 {
			count[r.size] += r.End - r.Start
		}
	}
	for candidate, n := range count {
		if n > count[best] || n == count[best] && candidate > best {
			best = candidate
		}
	}
	col := column{size: best, left: 1}
	for _, r := range rows {
		if r.size == best && r.End-r.Start > 40 {
			col.left, col.right = min(col.left, r.Box[0]), max(col.right, r.Box[2])
		}
	}
	if col.left > col.right {
		return column{size: best, right: 1.02}
	}
	col.two = s.twoColumns(rows, col)
	return col
}

// twoColumns reports whether long lines begin at the left and beyond the middle
// of the text.
func (s *scene) twoColumns(rows []row, col column) bool {
	left, right, middle := 0, 0, (col.left+col.right)/2
	for _, r := range rows {
		if r.size != col.size || r.End-r.Start < 25 {
			continue
		}
		switch {
		case r.Box[2] < middle+0.02:
			left++
		case r.Box[0] > middle-0.02:
			right++
		}
	}
	return left >= 3 && right >= 3
}

// firstRunSize gives the size of the first two long lines of running text that
// follow each other, or 0.
func (s *scene) firstRunSize(sh *sheet, rows []row) float64 {
	for i, r := range rows[:max(0, min(len(rows)-1, 20))] {
		next := rows[i+1]
		if r.End-r.Start < 40 || next.End-next.Start < 30 || r.Bold || next.Bold || !s.continues(r, next) {
			continue
		}
		if sh.index > 1 && len(s.front) > 0 && findWhole(s.front[0].fold.text, r.fold) >= 0 {
			continue
		}
		return r.size
	}
	return 0
}

// abstractOf makes the proposal from its rows: the value is all of them up to
// the last paragraph that the limit allows, the quotation those that follow
// each other on the first page.
func (s *scene) abstractOf(pieces []piece, method string) (proposal, bool) {
	pieces = s.withinLimit(pieces)
	if len(pieces) == 0 {
		return proposal{}, false
	}
	var text strings.Builder
	first := pieces[0]
	end, together := first.row.End, true
	for i, piece := range pieces {
		if i > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(string(piece.sheet.text[piece.row.Start:piece.row.End]))
		if i > 0 {
			together = together && piece.sheet == first.sheet && piece.row.n == pieces[i-1].row.n+1
			if together {
				end = piece.row.End
			}
		}
	}
	value := joinLines(text.String())
	if utf8.RuneCountInString(value) < shortestAbstract {
		return proposal{}, false
	}
	p := s.propose(greyshelf.FieldAbstract, value, method, first.sheet, first.row.Start, end)
	if !endsSentence(value) {
		p.Confidence *= 0.85
	}
	return p, true
}

// withinLimit cuts the rows of a long abstract behind the last paragraph that
// ends within the limit.
func (s *scene) withinLimit(pieces []piece) []piece {
	length, last := 0, 0
	for i, p := range pieces {
		length += p.row.End - p.row.Start + 1
		if length > longestAbstract {
			if last == 0 {
				last = i
			}
			return pieces[:last]
		}
		if i+1 < len(pieces) && endsSentence(strings.TrimSpace(p.row.Text)) &&
			(pieces[i+1].sheet != p.sheet || !s.sameParagraph(p.sheet, p.row, pieces[i+1].row)) {
			last = i + 1
		}
	}
	return pieces
}

func endsSentence(text string) bool {
	text = strings.TrimRight(text, `"”»’')]0123456789 `)
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?:؟。…", r)
}
