package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// joinUnended joins a block with those that go on where it does not end: a
// title in two sizes, "The Future of the" above "HARBOUR". It gives how many
// blocks were taken besides the first.
func (s *scene) joinUnended(blocks []block) (block, int) {
	b, n := blocks[0], 0
	for n+1 < len(blocks) && n < 3 && s.goesOnIn(b, blocks[n+1]) {
		next := blocks[n+1]
		b = block{sheet: b.sheet, rows: append(append([]row{}, b.rows...), next.rows...),
			text: joinLines(b.text + "\n" + next.text), size: max(b.size, next.size)}
		b.fold = foldString(b.text)
		n++
	}
	return b, n
}

// goesOnIn reports whether a block in another size goes on in the next one: it
// stops at a word that begins something, and the next stands close beneath.
func (s *scene) goesOnIn(b, next block) bool {
	last, first := b.rows[len(b.rows)-1], next.rows[0]
	if first.n != last.n+1 || !s.near(last, first, 1.2) || min(b.size, next.size) < 1.15*s.body || first.prose {
		return false
	}
	words := strings.Fields(b.fold)
	if len(words) == 0 || len(words)+len(strings.Fields(next.fold)) > 40 {
		return false
	}
	return s.is("unended", words[len(words)-1]) || startsSmall(next.text) && !strings.HasSuffix(b.fold, ".") || s.leadsInto(b, next)
}

// leadsInto reports whether a block is the smaller first line of a title in a
// script without capitals, where no letter tells that the next line goes on:
// both are bold and far above running text, and hardly anything is between.
func (s *scene) leadsInto(b, next block) bool {
	last, first := b.rows[len(b.rows)-1], next.rows[0]
	return isRightToLeft(b.fold) && isRightToLeft(next.fold) && last.Bold && first.Bold && b.size < next.size &&
		b.size >= 1.7*s.body && s.near(last, first, 0.5) && len(strings.Fields(b.fold)) <= 4 && !s.namesBody(b)
}

// startsSmall reports whether a text begins with a lower-case letter.
func startsSmall(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

// near reports whether row b stands beneath row a at no more than so many
// heights of the taller.
func (s *scene) near(a, b row, heights float64) bool {
	if a.Box == (greyshelf.Box{}) || b.Box == (greyshelf.Box{}) {
		return true
	}
	gap := b.Box[1] - a.Box[3]
	return gap < heights*max(a.Box[3]-a.Box[1], b.Box[3]-b.Box[1]) && gap > -0.5*(a.Box[3]-a.Box[1])
}

// findSubtitle proposes the block beneath the best title as its subtitle, when
// it is set apart from it, larger than running text or alone on a cover, and
// set otherwise than the headings of the text.
func (s *scene) findSubtitle(title titleBlock) []proposal {
	last := title.rows[len(title.rows)-1]
	for _, next := range s.partsOf(title.sheet) {
		if next.rows[0].n != last.n+1 || len(s.heads[lookOf(next)]) > 0 || !s.isSubtitle(title.block, next) {
			continue
		}
		p := s.propose(greyshelf.FieldSubtitle, next.text, "cover-layout@1", title.sheet, next.start(), next.end())
		p.Confidence = 0.9 * min(0.97, logistic(title.sum))
		return []proposal{p}
	}
	return nil
}

// partsOf gives the blocks of a sheet that may be titles, cut where the
// language changes.
func (s *scene) partsOf(sh *sheet) []block {
	var parts []block
	for _, b := range s.blocks(sh, func(r row) bool { return !r.struck }) {
		parts = append(parts, s.splitLanguages(b)...)
	}
	return parts
}

// isMeeting reports whether a folded line does no more than name a meeting:
// "Thirty-first session", "31.º período de sesiones".
func (s *scene) isMeeting(f string) bool {
	return len(strings.Fields(f)) <= 6 && (s.leads("meeting", f) != "" || s.ends("meeting", f) != "")
}

// isParallel reports whether a block is set as large as the title, but not in
// the language of the text.
func (s *scene) isParallel(title, next block) bool {
	language, main := s.languageOfTitle(next.text), s.mainLanguage()
	return next.size >= 0.95*title.size && language != "" && main != "" && language != main
}

// isSubtitle reports whether the next block looks like the subtitle of a
// title.
func (s *scene) isSubtitle(title, next block) bool {
	first := next.rows[0]
	words := len(strings.Fields(next.text))
	switch {
	case len(next.rows) > 4 || words < 2 || words > 40 || first.prose, s.namesBody(next), s.isHolder(next), s.differ(title.text, next.text):
		return false
	case s.leads("submitted by", next.fold) != "", s.isMeeting(next.fold), s.isParallel(title, next):
		return false
	case !s.near(title.rows[len(title.rows)-1], first, 2.5), next.size > 1.02*title.size:
		return false
	case strings.HasSuffix(next.text, ".") && words > 8:
		return false
	}
	after := first.n + len(next.rows)
	headsText := after < len(next.sheet.rows) && next.sheet.rows[after].prose
	return next.size >= 1.15*s.body || !headsText && next.size >= 0.98*s.body && (first.Italic || first.Bold || proseLines(next.sheet.rows) == 0)
}
