package describe

import (
	"math"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

const longestTitle = 500 // code points; anything longer is no title

// titleWitness is a title that something else than the layout gives.
type titleWitness struct {
	method string
	value  string
	fold   string
}

// titleBlock is a block of the cover with what speaks for it.
type titleBlock struct {
	block
	sum  float64  // log-odds
	has  []string // every feature of the table that it has
	says []string // those that speak for it
}

// findTitle proposes the block that stands out most on the first pages after
// everything that a title is not was struck, and what metadata, outline and
// subject line give, as far as the text holds it.
func findTitle(s *scene) []proposal {
	witnesses := s.titleWitnesses()
	blocks := s.coverBlocks(witnesses)
	sort.SliceStable(blocks, func(i, j int) bool { return blocks[i].sum > blocks[j].sum })
	var found []proposal
	sure := s.sureOf(blocks)
	for i, b := range blocks[:min(5, len(blocks))] {
		b.block, _ = s.cutAtColon(b.block)
		p := s.propose(greyshelf.FieldTitle, strings.TrimRight(b.text, " :–—"), "cover-layout@1", b.sheet, b.start(), b.end())
		p.Confidence, p.Why = sure[i], strings.Join(b.says, ", ")
		found = append(found, p)
	}
	found = append(found, s.subjectLine()...)
	found = append(found, s.witnessTitles(witnesses, blocks)...)
	if len(blocks) > 0 {
		found = append(found, s.findSubtitle(blocks[0], sure[0])...)
		found = append(found, s.findParallel(blocks[0], blocks)...)
	}
	return found
}

// coverBlocks gives every block of the first pages that may be a title.
func (s *scene) coverBlocks(witnesses []titleWitness) []titleBlock {
	var blocks []titleBlock
	for _, sh := range s.front {
		blocks = append(blocks, s.titleBlocks(sh, witnesses)...)
	}
	s.discountAlike(blocks)
	return blocks
}

// rivalry is how far a block that could be the title too takes from the best
// one's confidence: 1 would mean that exactly one of all blocks is the title.
const rivalry = 0.5

// sureOf gives how far each block, best first, is trusted to be the title: by
// its points, and less where others stand out as far. What belongs to the block
// (a title beneath it in another language, a subtitle, the same words again) is
// no rival.
func (s *scene) sureOf(blocks []titleBlock) []float64 {
	sure := make([]float64, len(blocks))
	for i, b := range blocks {
		rivals := 0.0
		for _, other := range blocks[:min(8, len(blocks))] {
			if rivalOf(b, other) && !s.isSubtitleOf(b.block, other.block) && !s.differ(b.text, other.text) {
				rivals += math.Exp(min(other.sum, 20))
			}
		}
		own := math.Exp(min(b.sum, 20))
		sure[i] = min(0.97, own/(1+own+rivalry*rivals))
	}
	return sure
}

// rivalOf reports whether two blocks are different candidates: not the same
// words, nor one a part of the other.
func rivalOf(a, b titleBlock) bool {
	return !strings.Contains(a.fold, b.fold) && !strings.Contains(b.fold, a.fold)
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// titleWitnesses gives the titles of metadata and outline. They count only
// where the text agrees.
func (s *scene) titleWitnesses() []titleWitness {
	var all []titleWitness
	add := func(method, value string) {
		value = tidy(value)
		if n := utf8.RuneCountInString(value); n >= 4 && n <= longestTitle && len(all) < 8 {
			all = append(all, titleWitness{method, value, foldString(value)})
		}
	}
	add("info-title@1", s.doc.Info.Meta["Title"])
	for i, v := range s.doc.Info.XMP["dc:title"] {
		if i < 3 {
			add("xmp-title@1", v)
		}
	}
	if o := s.doc.Info.Outline; len(o) > 0 && o[0].Page <= 2 {
		add("outline-root@1", o[0].Title)
	}
	return all
}

// titleBlocks gives the blocks of a sheet that may be titles, with their
// points. On a page full of text only the first blocks can be one.
func (s *scene) titleBlocks(sh *sheet, witnesses []titleWitness) []titleBlock {
	var blocks []block
	for _, b := range s.blocks(sh, func(r row) bool { return !r.struck }) {
		if n := utf8.RuneCountInString(b.text); n >= 3 && n <= longestTitle && len(b.rows) <= mostTitleRows && len(blocks) < 60 && !s.isText(b) {
			blocks = append(blocks, s.splitLanguages(b)...)
		}
	}
	largest := 0.0
	for _, b := range blocks {
		largest = max(largest, b.size)
	}
	var all []titleBlock
	for i := 0; i < len(blocks); i++ {
		if joined, ok := joinAsWitness(blocks[i:], witnesses); ok {
			all = append(all, s.score(joined, largest, witnesses))
		}
		joined, n := s.joinUnended(blocks[i:])
		all = append(all, s.score(joined, largest, witnesses))
		i += n
	}
	return all
}

// isText reports whether a block is running text.
func (s *scene) isText(b block) bool {
	return b.size < 1.15*s.body && !b.rows[0].Bold && 2*proseLines(b.rows) > len(b.rows) && len(b.rows) >= 3
}

// joinAsWitness joins blocks that follow each other where a witness says that
// they are one title: a second line in another size.
func joinAsWitness(blocks []block, witnesses []titleWitness) (block, bool) {
	for _, w := range witnesses {
		if len(w.fold) <= len(blocks[0].fold) || !strings.HasPrefix(w.fold, blocks[0].fold) {
			continue
		}
		rows, text := blocks[0].rows, blocks[0].text
		for _, next := range blocks[1:min(len(blocks), 4)] {
			rows, text = append(append([]row{}, rows...), next.rows...), text+" "+next.text
			joined := block{sheet: blocks[0].sheet, rows: rows, text: text, fold: foldString(text), size: blocks[0].size}
			if loose(joined.fold) == loose(w.fold) {
				joined.text = w.value
				return joined, sameSize(rows) || !setApart(w.fold, blocks[0].fold)
			}
		}
	}
	return block{}, false
}

// sameSize reports whether the rows are set in about one size.
func sameSize(rows []row) bool {
	for _, r := range rows {
		if r.size < 0.88*rows[0].size {
			return false
		}
	}
	return true
}

// setApart reports whether the witness parts what follows its beginning by a
// colon, a dash or the end of a sentence: then it is a subtitle.
func setApart(witness, beginning string) bool {
	rest := strings.TrimSpace(strings.TrimPrefix(witness, beginning))
	return strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "-") ||
		beginning != "" && strings.ContainsRune(":?!", rune(beginning[len(beginning)-1]))
}

// loose drops what is set between title and subtitle one way or another.
func loose(folded string) string {
	return strings.Join(strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune(" :-.,;|/", r) }), " ")
}

// witnessTitles proposes the witnesses themselves: with the place in the text
// where they stand, or unverified. A witness that is only the beginning of the
// best block is no title of its own.
func (s *scene) witnessTitles(witnesses []titleWitness, blocks []titleBlock) []proposal {
	var found []proposal
	for _, w := range witnesses {
		p, verified := s.verify(w)
		if verified && (s.knowledge.body(w.value) != "" || s.isSeries(w.fold) || len(strings.Fields(w.fold)) < 2) {
			p.never = true
		}
		if len(blocks) > 0 && strings.HasPrefix(blocks[0].fold, w.fold) && blocks[0].fold != w.fold {
			p.never, p.Why = true, "only the beginning of the title on the cover"
		}
		found = append(found, p)
	}
	return found
}

// verify looks for a witness in the first pages, the first sixty lines of each.
func (s *scene) verify(w titleWitness) (proposal, bool) {
	for _, sh := range s.front {
		start, end, ok := sh.fold.find(w.fold)
		if !ok || len(sh.rows) > 60 && start > sh.rows[60].End {
			continue
		}
		return s.propose(greyshelf.FieldTitle, joinLines(string(sh.text[start:end])), w.method, sh, start, end), true
	}
	p := s.proposeBare(greyshelf.FieldTitle, w.value, w.method)
	p.Confidence, p.never, p.Why = s.weights["info-unverified@1"].confidence, true, "not in the text"
	return p, false
}

// subjectLine proposes the subject of a memorandum: a line that begins with
// "SUBJECT:", among lines that begin with "FROM:", "TO:" or "DATE:".
func (s *scene) subjectLine() []proposal {
	if len(s.front) == 0 {
		return nil
	}
	sh, heads, subject := s.front[0], 0, -1
	for i, r := range sh.rows[:min(60, len(sh.rows))] {
		if phrase := s.labelOf("memo", r.fold); phrase != "" {
			heads++
		}
		if subject < 0 && s.labelOf("subject", r.fold) != "" {
			subject = i
		}
	}
	if subject < 0 || heads == 0 {
		return nil
	}
	start, end := s.afterLabel(sh, subject)
	if start >= end {
		return nil
	}
	p := s.propose(greyshelf.FieldTitle, joinLines(string(sh.text[start:end])), "subject-line@1", sh, start, end)
	p.rank = 1 // a letterhead is larger, but a memorandum says what it is about
	return []proposal{p}
}

// labelOf gives the phrase of the section that begins a folded line and is
// followed by a colon.
func (s *scene) labelOf(section, f string) string {
	phrase := s.leads(section, f)
	if phrase == "" || !strings.HasPrefix(strings.TrimLeft(f[len(phrase):], " "), ":") {
		return ""
	}
	return phrase
}

// besideLabel gives the row that a label standing alone belongs to: the one
// level with it, which is written before it where lines run from the right, else
// the next one.
func besideLabel(sh *sheet, i int) int {
	if i > 0 && level(sh.rows[i-1].Box, sh.rows[i].Box) && isRightToLeft(sh.rows[i].fold) && (i+1 == len(sh.rows) || !level(sh.rows[i+1].Box, sh.rows[i].Box)) {
		return i - 1
	}
	return i + 1
}

// level reports whether two boxes stand beside each other: more than half of
// the lower one is level with the other.
func level(a, b greyshelf.Box) bool {
	shared := min(a[3], b[3]) - max(a[1], b[1])
	return shared > 0.5*min(a[3]-a[1], b[3]-b[1]) && shared > 0
}

// afterLabel gives the passage behind the colon of row i, with the rows that
// continue it; where nothing stands behind the colon, the row beside it.
func (s *scene) afterLabel(sh *sheet, i int) (start, end int) {
	r := sh.rows[i]
	start, end = r.Start, r.End
	for start < end && sh.text[start] != ':' {
		start++
	}
	start++
	if strings.TrimSpace(string(sh.text[min(start, end):end])) == "" {
		if i = besideLabel(sh, i); i == len(sh.rows) {
			return start, start
		}
		r = sh.rows[i]
		start, end = r.Start, r.End
	}
	for _, next := range sh.rows[i+1 : min(len(sh.rows), i+4)] {
		if r.Box[2] < 0.7 && r.Box != (greyshelf.Box{}) || !s.continues(r, next) || next.struck || next.End-next.Start < 2 || strings.Contains(next.fold, ":") || next.Box[0] < r.Box[0]-0.02 {
			break
		}
		r, end = next, next.End
	}
	return start, end
}
