package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

const (
	longestAbstract  = 12_000 // code points
	shortestAbstract = 80
)

// findAbstract proposes the part headed "Abstract", "Summary" and the like, to
// the next heading, else the first paragraph of running text; always verbatim.
// The quotation is the first stretch of lines that follow each other.
func findAbstract(s *scene) []proposal {
	for _, sh := range s.front {
		for i := range sh.rows {
			if p, ok := s.labelledAbstract(sh, i); ok {
				return append([]proposal{p}, s.firstParagraph()...)
			}
		}
	}
	return s.firstParagraph()
}

// labelledAbstract reads the abstract whose heading is row i.
func (s *scene) labelledAbstract(sh *sheet, i int) (proposal, bool) {
	r := sh.rows[i]
	label := s.leads("abstract", r.fold)
	if label == "" {
		return proposal{}, false
	}
	rest := strings.TrimSpace(r.fold[len(label):])
	var rows []row
	switch {
	case rest == "" || rest == ":":
	case rest[0] == ':' || rest[0] == '.' && len(rest) > 30 || strings.HasPrefix(rest, "- "):
		runIn := r
		runIn.Start = min(r.Start+len([]rune(label)), r.End)
		for runIn.Start < runIn.End && strings.ContainsRune(" :.—–-", sh.text[runIn.Start]) {
			runIn.Start++
		}
		rows = append(rows, runIn)
	default:
		return proposal{}, false
	}
	rows = append(rows, s.abstractRows(sh, i+1, r)...)
	return s.abstractOf(sh, rows, "labelled-abstract@1")
}

// abstractRows gives the rows of running text beneath a heading, up to the next
// heading. What stands beside or between (titles, names, running feet) is
// passed over.
func (s *scene) abstractRows(sh *sheet, from int, heading row) []row {
	size, left, right := s.textColumn(sh, from)
	var rows []row
	for _, r := range sh.rows[from:] {
		switch {
		case s.runs(r) >= 2 && atEdge(r.Box), onlyNumbers(r.fold), isAddress(r.fold) && len(rows) == 0:
			continue
		case s.is("after abstract", r.fold), s.is("abstract", r.fold), s.leads("cite", r.fold) != "", s.keywords(r.fold):
			return rows
		case len(rows) > 0 && s.isHeading(r, heading, size):
			return rows
		case r.size > 1.16*size || r.size < 0.84*size:
			continue
		case r.Box[2] < left || r.Box[0] > right-0.02, beside(r, left, right):
			continue // another column: names, dates
		case r.Bold && len(rows) == 0 && len(r.fold) < 90:
			continue
		}
		rows = append(rows, r)
	}
	return rows
}

// isHeading reports whether a row heads the next part: larger than the text
// and no smaller than the abstract's own heading, or bold and short.
func (s *scene) isHeading(r, heading row, size float64) bool {
	switch {
	case len(r.fold) > 120 || r.size < 0.95*size:
		return false
	case r.size > 1.16*size:
		return true
	}
	return r.Bold && !heading.Italic && !strings.HasSuffix(r.fold, ".") && !strings.HasSuffix(r.fold, ",")
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
	return phrase != "" && strings.HasPrefix(f[len(phrase):], ":")
}

// textColumn gives size and horizontal extent of the running text beneath a
// heading: those of the first two long lines that follow each other and are
// not the title come again, else the size of most characters.
func (s *scene) textColumn(sh *sheet, from int) (size, left, right float64) {
	rows := sh.rows[from:min(len(sh.rows), from+60)]
	size = s.firstRunSize(sh, rows)
	count := map[float64]int{}
	for _, r := range rows {
		if r.End-r.Start > 30 && size == 0 {
			count[r.size] += r.End - r.Start
		}
	}
	best := size
	for candidate, n := range count {
		if n > count[best] || n == count[best] && candidate > best {
			best = candidate
		}
	}
	left, right = 1, 0
	for _, r := range rows {
		if r.size == best && r.End-r.Start > 40 {
			left, right = min(left, r.Box[0]), max(right, r.Box[2])
		}
	}
	if left > right {
		left, right = 0, 1.02
	}
	return best, left, right
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

// abstractOf makes the proposal from its rows: the value is all of them, the
// quotation the first that follow each other without a gap.
func (s *scene) abstractOf(sh *sheet, rows []row, method string) (proposal, bool) {
	if len(rows) == 0 {
		return proposal{}, false
	}
	var text strings.Builder
	end := 0
	for i, r := range rows {
		if text.Len() > longestAbstract {
			break
		}
		if i > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(string(sh.text[r.Start:r.End]))
		if i == 0 || end > 0 && rows[i-1].End == end && r.n == rows[i-1].n+1 && end-rows[0].Start < 1500 {
			end = r.End
		}
	}
	value := joinLines(text.String())
	if utf8.RuneCountInString(value) < shortestAbstract {
		return proposal{}, false
	}
	p := s.propose(greyshelf.FieldAbstract, value, method, sh, rows[0].Start, end)
	if !endsSentence(value) {
		p.Confidence *= 0.85
	}
	return p, true
}

func endsSentence(text string) bool {
	text = strings.TrimRight(text, `"”’')]0123456789 `)
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?:؟。…", r)
}

// firstParagraph proposes the first paragraph of running text: at least three
// lines in the size of the text that end like a sentence.
func (s *scene) firstParagraph() []proposal {
	for _, sh := range s.front {
		var rows []row
		for i, r := range sh.rows {
			if len(rows) > 0 && !s.sameParagraph(sh, rows[len(rows)-1], r) {
				if p, ok := s.paragraph(sh, rows); ok {
					return []proposal{p}
				}
				rows = nil
			}
			if s.runningText(sh, i) {
				rows = append(rows, r)
			}
		}
		if p, ok := s.paragraph(sh, rows); ok {
			return []proposal{p}
		}
	}
	return nil
}

// runningText reports whether a row is one of running text.
func (s *scene) runningText(sh *sheet, i int) bool {
	r := sh.rows[i]
	return r.size <= 1.2*s.body && r.size >= 0.85*s.body && !strings.Contains(r.fold, "....") &&
		!isAddress(r.fold) && s.copyrightSign(r.fold) < 0 && !(s.runs(r) >= 2 && atEdge(r.Box))
}

// sameParagraph reports whether row b goes on in the paragraph of row a: no
// larger gap, no indention.
func (s *scene) sameParagraph(sh *sheet, a, b row) bool {
	if !s.continues(a, b) {
		return false
	}
	height := a.Box[3] - a.Box[1]
	if height <= 0 {
		return true
	}
	if sh.pitch > 0 && b.Box[1]-a.Box[1] > 1.35*sh.pitch {
		return false
	}
	indented := b.Box[0]-a.Box[0] > 0.015 && endsSentence(strings.TrimSpace(a.Text))
	short := a.Box[2] < b.Box[2]-0.15 && endsSentence(strings.TrimSpace(a.Text))
	return !indented && !short
}

func (s *scene) paragraph(sh *sheet, rows []row) (proposal, bool) {
	if len(rows) < 3 {
		return proposal{}, false
	}
	text := foldString(string(sh.text[rows[0].Start:rows[len(rows)-1].End]))
	if !endsSentence(text) || len(text) < 150 || strings.Count(text, " ") < 20 {
		return proposal{}, false
	}
	if label := s.leads("caption", text); label != "" && strings.ContainsAny(text[len(label):min(len(text), len(label)+6)], ":.0123456789") {
		return proposal{}, false
	}
	if at, _ := s.holds("reserved", text); at >= 0 {
		return proposal{}, false
	}
	if at, _ := s.holds("public domain", text); at >= 0 {
		return proposal{}, false
	}
	return s.abstractOf(sh, rows, "first-paragraph@1")
}
