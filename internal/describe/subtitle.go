package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

const mostTitleRows = 12 // of a block that may be a title

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
func (s *scene) findSubtitle(title titleBlock, sure float64) []proposal {
	if _, tail := s.cutAtColon(title.block); len(tail.rows) > 0 {
		p := s.propose(greyshelf.FieldSubtitle, tail.text, "cover-layout@1", title.sheet, tail.start(), tail.end())
		p.Confidence = 0.9 * sure
		return []proposal{p}
	}
	last := title.rows[len(title.rows)-1]
	for _, next := range s.partsWith(title.sheet, last.n+1) {
		if next.rows[0].n != last.n+1 || len(s.heads[lookOf(next)]) > 0 || !s.isSubtitle(title.block, next) {
			continue
		}
		p := s.propose(greyshelf.FieldSubtitle, next.text, "cover-layout@1", title.sheet, next.start(), next.end())
		p.Confidence = 0.9 * sure
		return []proposal{p}
	}
	return nil
}

// cutAtColon parts a block of one size behind a line that ends in a colon, where
// the next word would have stood in that line too: the break is meant, and what
// follows is the subtitle. A block without such a line is all head.
func (s *scene) cutAtColon(b block) (head, tail block) {
	for i, r := range b.rows[:len(b.rows)-1] {
		next := b.rows[i+1]
		if !strings.HasSuffix(strings.TrimSpace(r.Text), ":") || r.Box == (greyshelf.Box{}) || startsSmall(next.Text) {
			continue
		}
		letters := utf8.RuneCountInString(next.Text)
		first, _, _ := strings.Cut(strings.TrimSpace(next.Text), " ")
		word := (next.Box[2] - next.Box[0]) * float64(utf8.RuneCountInString(first)+1) / float64(max(1, letters))
		if r.Box[2]-r.Box[0]+word < textWidth(b) {
			return newBlock(b.sheet, b.rows[:i+1]), newBlock(b.sheet, b.rows[i+1:])
		}
	}
	return b, block{}
}

// textWidth gives how wide a line could be where a block stands, if the margins
// are alike on both sides: those of the block, or of the page around a centred
// one.
func textWidth(b block) float64 {
	margin, aligned := b.rows[0].Box[0], true
	for _, r := range b.rows {
		aligned = aligned && max(r.Box[0], margin)-min(r.Box[0], margin) < 0.01
		margin = min(margin, r.Box[0])
	}
	if !aligned {
		for _, r := range b.sheet.rows {
			if r.Box[2] > r.Box[0] {
				margin = min(margin, r.Box[0])
			}
		}
	}
	return 1 - 2*margin
}

// partsWith gives the block with row n of a sheet, cut where the language
// changes. One that is longer than any title is left whole.
func (s *scene) partsWith(sh *sheet, n int) []block {
	for _, b := range s.blocks(sh, func(r row) bool { return !r.struck && r.n <= n+mostTitleRows }) {
		if b.rows[0].n <= n && b.rows[len(b.rows)-1].n >= n {
			if len(b.rows) > mostTitleRows {
				return []block{b}
			}
			return s.splitLanguages(b)
		}
	}
	return nil
}

// isSubtitleOf reports whether a block stands right beneath another and looks
// like its subtitle.
func (s *scene) isSubtitleOf(title, next block) bool {
	return next.sheet == title.sheet && next.rows[0].n == title.rows[len(title.rows)-1].n+1 && s.isSubtitle(title, next)
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
