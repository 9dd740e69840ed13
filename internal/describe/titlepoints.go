package describe

import (
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// score adds up the points of words/weights.txt for a block.
func (s *scene) score(b block, largest float64, witnesses []titleWitness) titleBlock {
	t := titleBlock{block: b, sum: s.points["start"]}
	add := func(feature string, holds bool) {
		if holds {
			t.sum += s.points[feature]
			t.has = append(t.has, feature)
			if s.points[feature] > 0 {
				t.says = append(t.says, feature)
			}
		}
	}
	words, first := len(strings.Fields(b.text)), b.rows[0]
	add("largest", b.size >= 0.98*largest && b.size > 0)
	add("large", b.size < 0.98*largest && b.size >= 0.8*largest)
	add("above body", b.size >= 1.25*s.body)
	add("body size", b.size < 1.05*s.body && !first.Bold)
	add("bold", first.Bold)
	add("first page", b.sheet.index == 1)
	add("second page", b.sheet.index == 2)
	add("later page", b.sheet.index > 2)
	add("after running text", s.afterText(b))
	add("upper part", first.Box[1] < 0.67)
	add("several words", words >= 3)
	add("one word", words == 1)
	add("sentence", strings.HasSuffix(b.text, ".") || strings.HasSuffix(b.text, ",") || strings.HasSuffix(b.text, ";"))
	add("very long", utf8.RuneCountInString(b.text) > 300)
	add("many lines", len(b.rows) > 5)
	add("names a body", s.namesBody(b))
	add("series word", (s.leads("series", b.fold) != "" || s.ends("series", b.fold) != "") && words <= 3)
	s.addWitnesses(b, witnesses, add)
	return t
}

// namesBody reports whether a block looks like the name of a body.
func (s *scene) namesBody(b block) bool {
	return s.knowledge.body(b.text) != "" || len(strings.Fields(b.text)) <= 6 && greyshelf.LooksLikeBody(b.text)
}

// afterText reports whether three lines of running text stand before the block
// on its page: then it heads a part of the text.
func (s *scene) afterText(b block) bool {
	lines := 0
	for _, r := range b.sheet.rows[:b.rows[0].n] {
		if r.End-r.Start > 30 && !r.Bold && r.size <= 1.05*s.body && s.inProse(b.sheet, r.n) {
			lines++
		}
	}
	return lines >= 3
}

// addWitnesses adds the points for what agrees with a block.
func (s *scene) addWitnesses(b block, witnesses []titleWitness, add func(string, bool)) {
	agree, begin, outline := false, false, false
	for _, w := range witnesses {
		same := loose(w.fold) == loose(b.fold)
		part := len(b.fold) >= 4 && (strings.HasPrefix(b.fold, w.fold) || strings.HasPrefix(w.fold, b.fold))
		if w.method == "outline-root@1" {
			outline = outline || same
			continue
		}
		agree, begin = agree || same, begin || part && !same
	}
	add("metadata agree", agree)
	add("metadata begin", begin && !agree)
	add("outline", outline)
	add("section", !outline && s.isSection(b.fold))
	add("running head", s.running[runningKey(b.fold)] >= 2)
	add("comes again", len(b.fold) >= 12 && s.comesAgain(b))
	add("citation", len(b.fold) >= 8 && strings.Contains(loose(s.cite.fold), loose(b.fold)))
}

// isSection reports whether a folded text is a line of the outline that is not
// its first.
func (s *scene) isSection(f string) bool {
	for i, o := range s.doc.Info.Outline {
		if i > 0 && i < 500 && len(o.Title) < 300 && foldString(o.Title) == f {
			return true
		}
	}
	return false
}

// comesAgain reports whether the block's text stands on another of the first
// pages too.
func (s *scene) comesAgain(b block) bool {
	for _, sh := range s.front {
		if sh.index != b.sheet.index && findWhole(sh.fold.text, b.fold) >= 0 {
			return true
		}
	}
	return false
}

// discountAlike takes points from blocks that look like several others: they
// are headings of parts.
func (s *scene) discountAlike(blocks []titleBlock) {
	type look struct {
		size float64
		bold bool
	}
	texts := map[look]map[string]bool{}
	for _, b := range blocks {
		l := look{b.size, b.rows[0].Bold}
		if texts[l] == nil {
			texts[l] = map[string]bool{}
		}
		texts[l][b.fold] = true
	}
	for i, b := range blocks {
		if len(texts[look{b.size, b.rows[0].Bold}]) >= 3 {
			blocks[i].sum += s.points["one of many"]
			blocks[i].has = append(blocks[i].has, "one of many")
		}
	}
}
