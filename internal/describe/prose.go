package describe

import (
	"sort"
	"strings"
)

// markProse marks the rows of running text of a sheet and finds where on the
// page it begins: beneath its first three lines from above. A table of contents
// is marked too.
func (s *scene) markProse(sh *sheet) {
	sh.contents = s.isContents(sh)
	var tops []float64
	for i := range sh.rows {
		sh.rows[i].prose = s.readsOn(sh, i)
		if r := sh.rows[i]; r.prose && r.End-r.Start > 30 && (s.body == 0 || r.size <= 1.25*s.body) {
			tops = append(tops, sh.rows[i].Box[1])
		}
	}
	sh.pitch = s.pitchOf(sh)
	sh.text3 = 2
	if len(tops) > 2 {
		sort.Float64s(tops)
		sh.text3 = tops[2]
	}
}

// pitchOf gives the usual distance between the upper edges of lines of running
// text: the median, because a box is only as high as its letters. 0 where the
// page has no running text.
func (s *scene) pitchOf(sh *sheet) float64 {
	var steps []float64
	for i := 1; i < len(sh.rows); i++ {
		a, b := sh.rows[i-1], sh.rows[i]
		if step := b.Box[1] - a.Box[1]; b.prose && step > 0 && s.continues(a, b) {
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		return 0
	}
	sort.Float64s(steps)
	return steps[len(steps)/2]
}

// goesOn reports whether row i continues a long line of the same size that
// does not end a sentence.
func (s *scene) goesOn(sh *sheet, i int) bool {
	if i == 0 {
		return false
	}
	before := sh.rows[i-1]
	return before.End-before.Start > 45 && before.Bold == sh.rows[i].Bold && evenSize(before, sh.rows[i]) && s.continues(before, sh.rows[i]) &&
		!endsSentence(strings.TrimSpace(before.Text))
}

// evenSize reports whether two lines are set in one size, as far as the fonts
// say.
func evenSize(a, b row) bool {
	return a.Size == 0 || b.Size == 0 || max(a.Size, b.Size) < 1.06*min(a.Size, b.Size)
}

// inProse reports whether row i is a line of running text: it follows a long
// line of the same size that does not end a sentence, or is itself not short
// and a long one of the same size follows it.
func (s *scene) inProse(sh *sheet, i int) bool { return sh.rows[i].prose }

// readsOn is inProse, worked out.
func (s *scene) readsOn(sh *sheet, i int) bool {
	r := sh.rows[i]
	if s.goesOn(sh, i) || r.End-r.Start <= 25 || i+1 >= len(sh.rows) {
		return s.goesOn(sh, i)
	}
	next := sh.rows[i+1]
	return next.End-next.Start > 45 && next.Bold == r.Bold && s.continues(r, next)
}
