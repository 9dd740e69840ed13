package describe

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// firstParagraph proposes the first paragraph of running text: at least three
// lines in the size of the text that end like a sentence. Thanks, disclaimers,
// imprints and the like are passed over, a foreword is taken only where nothing
// else is there.
func (s *scene) firstParagraph() []proposal {
	var foreword []proposal
	for index := 1; index <= min(abstractPages, len(s.doc.Pages)); index++ {
		sh := s.sheetOf(index)
		if sh.contents || s.isImprint(sh) {
			continue
		}
		text, before := s.paragraphOn(sh)
		if len(text) > 0 {
			return text
		}
		if len(foreword) == 0 {
			foreword = before
		}
	}
	return foreword
}

// paragraphOn gives the first paragraph of a sheet's text, and of a foreword on
// it.
func (s *scene) paragraphOn(sh *sheet) (text, foreword []proposal) {
	var pieces []piece
	var under string // what kind of part the paragraph stands in
	take := func() bool {
		p, ok := s.paragraph(s.withOverleaf(pieces))
		pieces = nil
		switch {
		case !ok || under == "not text":
		case under == "foreword":
			if len(foreword) == 0 {
				foreword = []proposal{p}
			}
		default:
			text = []proposal{p}
		}
		return len(text) > 0
	}
	for i, r := range sh.rows {
		if n := len(pieces); n > 0 && r.size < 0.85*s.body && onlyNumbers(r.fold) {
			continue // the mark of a note
		}
		if n := len(pieces); n > 0 && !s.paragraphGoesOn(sh, pieces[n-1].row, r) && take() {
			return text, foreword
		}
		if !s.runningText(sh, i) {
			if len(pieces) > 0 && take() {
				return text, foreword
			}
			under = s.partOf(sh, r, under)
			continue
		}
		if next := s.partOf(sh, r, under); next != under {
			under = next
			continue
		}
		pieces = append(pieces, piece{sh, r})
	}
	take()
	return text, foreword
}

// partOf tells what kind of part begins with a row; the present one where the
// row is no heading.
func (s *scene) partOf(sh *sheet, r row, present string) string {
	f := strings.TrimPrefix(r.fold, sectionNumber.FindString(r.fold))
	switch {
	case s.is("not text", f):
		return "not text"
	case s.is("foreword", f):
		return "foreword"
	case present != "" && (s.is("after abstract", f) || s.is("abstract", f) || r.size > 1.2*s.body && !s.inProse(sh, r.n) && !atEdge(r.Box)):
		return ""
	}
	return present
}

// paragraphGoesOn reports whether row b goes on in the paragraph of row a, also
// at the top of the next column.
func (s *scene) paragraphGoesOn(sh *sheet, a, b row) bool {
	if b.n > a.n+1 {
		b.n = a.n + 1 // only the mark of a note was between
	}
	if s.sameParagraph(sh, a, b) {
		return true
	}
	return !endsSentence(strings.TrimSpace(a.Text)) && a.size == b.size && b.Bold == a.Bold &&
		b.Box[1] < a.Box[1] && (b.Box[0] > a.Box[2]-0.02 || b.Box[2] < a.Box[0]+0.02)
}

// mostTurned is how often the top of a next page is read for the end of a
// paragraph; a document of unfinished lines would be read over and over.
const mostTurned = 24

// withOverleaf adds the lines with which an unfinished paragraph goes on at the
// top of the next page.
func (s *scene) withOverleaf(pieces []piece) []piece {
	if len(pieces) < 3 {
		return pieces
	}
	last := pieces[len(pieces)-1]
	if endsSentence(strings.TrimSpace(last.row.Text)) || last.row.Box[3] < 0.7 {
		return pieces
	}
	next := s.sheetOf(last.sheet.index + 1)
	if s.turned++; next == nil || s.turned > mostTurned {
		return pieces
	}
	for _, r := range last.sheet.rows[last.row.n+1:] {
		if r.prose && r.size >= 0.95*last.row.size {
			return pieces // more text follows on the page
		}
	}
	rows, _ := s.overleaf(next, last)
	for i, r := range rows {
		if i > 0 && !s.paragraphGoesOn(next, rows[i-1], r) {
			break
		}
		pieces = append(pieces, piece{next, r})
	}
	return pieces
}

// runningText reports whether a row is one of running text.
func (s *scene) runningText(sh *sheet, i int) bool {
	r := sh.rows[i]
	most := 1.2
	if r.prose && r.End-r.Start > 40 {
		most = 1.35 // tables may be what most characters of a report are set in
	}
	return r.size <= most*s.body && r.size >= 0.85*s.body && !strings.Contains(r.fold, "....") &&
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
	if !endsSentence(strings.TrimSpace(a.Text)) {
		return true
	}
	short := 0.15 // how much shorter a last line is; less where some distance follows
	if sh.pitch > 0 && b.Box[1]-a.Box[1] > 1.15*sh.pitch {
		short = 0.05
	}
	if isRightToLeft(b.fold) {
		return a.Box[2]-b.Box[2] <= 0.015 && a.Box[0] <= b.Box[0]+short
	}
	return b.Box[0]-a.Box[0] <= 0.015 && a.Box[2] >= b.Box[2]-short
}

func (s *scene) paragraph(pieces []piece) (proposal, bool) {
	if len(pieces) < 3 {
		return proposal{}, false
	}
	var whole strings.Builder
	bold := 0
	for _, p := range pieces {
		whole.WriteString(string(p.sheet.text[p.row.Start:p.row.End]))
		whole.WriteByte('\n')
		if p.row.Bold {
			bold++
		}
	}
	text := foldString(joinLines(whole.String()))
	if !endsSentence(text) || len(text) < 150 || strings.Count(text, " ") < 20 || bold == len(pieces) || s.isFormula(text) {
		return proposal{}, false
	}
	if label := s.leads("caption", text); label != "" && strings.ContainsAny(text[len(label):min(len(text), len(label)+6)], ":.0123456789") {
		return proposal{}, false
	}
	if c := s.cite; c.sheet == pieces[0].sheet && pieces[0].row.Start < c.end && pieces[len(pieces)-1].row.End > c.start {
		return proposal{}, false
	}
	p, ok := s.abstractOf(pieces, "first-paragraph@1")
	p.Kind = greyshelf.AbstractParagraph
	return p, ok
}

// isFormula reports whether a paragraph is one that many reports have before
// their text: thanks, a disclaimer, conditions of use, an address.
func (s *scene) isFormula(text string) bool {
	for _, section := range []string{"reserved", "public domain", "formula"} {
		if at, _ := s.holds(section, text); at >= 0 {
			return true
		}
	}
	return strings.Contains(text, "@") || strings.Contains(text, "creative commons") || strings.HasPrefix(text, "isbn") || strings.Contains(text, "©")
}

// isImprint reports whether a page other than the first is the back of a title
// page: with a copyright line or a book number and little running text.
func (s *scene) isImprint(sh *sheet) bool {
	if sh.index == 1 {
		return false
	}
	signs, lines := 0, 0
	for _, r := range sh.rows {
		if s.copyrightSign(r.fold) >= 0 || strings.HasPrefix(r.fold, "isbn") || strings.HasPrefix(r.fold, "issn") {
			signs++
		}
		if r.prose {
			lines++
		}
	}
	return signs > 0 && lines < 20
}

// sheetOf gives a page laid out; nil where there is none. Pages that were read
// without fonts get the size of running text for all lines of its height.
func (s *scene) sheetOf(index int) *sheet {
	switch {
	case index < 1 || index > len(s.doc.Pages):
		return nil
	case index <= len(s.front):
		return s.front[index-1]
	}
	for _, sh := range s.back {
		if sh.index == index {
			return sh
		}
	}
	return s.laterSheet(index)
}

// laterSheet lays out a page that the finders do not read as a rule; it is kept.
func (s *scene) laterSheet(index int) *sheet {
	if sh := s.later[index]; sh != nil {
		return sh
	}
	sh := newSheet(&s.doc.Pages[index-1], index)
	var heights []float64
	for _, r := range sh.rows {
		if r.End-r.Start > 30 && r.Size == 0 {
			heights = append(heights, r.size)
		}
	}
	if len(heights) > 0 {
		sortFloats(heights)
		usual := heights[len(heights)/2]
		for i, r := range sh.rows {
			switch {
			case r.Size > 0 || usual <= 0:
			case r.size < 1.3*usual && r.size > 0.7*usual:
				sh.rows[i].size = s.body
			default:
				sh.rows[i].size = r.size * s.body / usual
			}
		}
	}
	s.markProse(sh)
	if s.later == nil {
		s.later = map[int]*sheet{}
	}
	s.later[index] = sh
	return sh
}
