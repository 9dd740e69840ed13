package describe

import (
	"strings"
	"unicode"
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
	add("far above body", b.size >= 1.7*s.body)
	add("above body", b.size >= 1.25*s.body)
	add("body size", b.size < 1.05*s.body && !first.Bold)
	add("bold", first.Bold)
	s.addPlace(b, add)
	add("several words", words >= 3)
	add("one word", words == 1)
	add("sentence", strings.HasSuffix(b.text, ".") || strings.HasSuffix(b.text, ",") || strings.HasSuffix(b.text, ";"))
	add("very long", utf8.RuneCountInString(b.text) > 300)
	add("many lines", len(b.rows) > 5)
	add("names a body", s.namesBody(b))
	add("is a body", words <= 6 && isBodyName(b.text))
	language, main := s.languageOfTitle(b.text), s.mainLanguage()
	add("another language", language != "" && main != "" && language != main)
	add("begins like a body", words >= 3 && words <= 12 && beginsLikeBody(b.text))
	add("holder", s.isHolder(b))
	add("series word", (s.leads("series", b.fold) != "" || s.ends("series", b.fold) != "") && words <= 3)
	s.addWitnesses(b, witnesses, add)
	return t
}

// addPlace adds the points for where a block stands. Pages without letters
// before the first one with text do not count: a cover may be a picture.
func (s *scene) addPlace(b block, add func(string, bool)) {
	index := b.sheet.index - s.firstText() + 1
	add("first page", index == 1)
	add("second page", index == 2)
	add("later page", index > 2)
	add("heads text", index > 1 && proseLines(b.sheet.rows) >= 3)
	add("after running text", s.afterText(b))
	add("upper part", b.rows[0].Box[1] < 0.67)
	add("edge", b.rows[0].Box != (greyshelf.Box{}) && (b.rows[len(b.rows)-1].Box[3] < 0.1 || b.rows[0].Box[1] > 0.86))
}

// firstText gives the index of the first page that has text.
func (s *scene) firstText() int {
	for _, sh := range s.front {
		for _, r := range sh.rows {
			if !onlyNumbers(r.fold) {
				return sh.index
			}
		}
	}
	return 1
}

func proseLines(rows []row) int {
	n := 0
	for _, r := range rows {
		if r.prose && r.End-r.Start > 30 {
			n++
		}
	}
	return n
}

// namesBody reports whether a block looks like the name of a body. An article
// at its beginning says nothing: titles have it too.
func (s *scene) namesBody(b block) bool {
	if s.knowledge.body(b.text) != "" {
		return true
	}
	name := b.text
	if first, _, _ := strings.Cut(b.fold, " "); s.is("indefinite", first) {
		return false
	}
	if article, rest, found := strings.Cut(name, " "); found && strings.EqualFold(article, "the") {
		name = rest
	}
	return len(strings.Fields(b.text)) <= 6 && greyshelf.LooksLikeBody(name)
}

// isBodyName reports whether a text is the name of a body from its first to its
// last word: it ends with what the body is ("Harrow Foundation") or begins with
// it and goes on as names do ("Institut du Rivage", "Институт побережья").
func isBodyName(text string) bool {
	words := strings.Fields(text)
	if len(words) < 2 || strings.ContainsAny(text, ":?!") {
		return false
	}
	last := words[len(words)-1]
	if first, _ := utf8.DecodeRuneInString(last); (unicode.IsUpper(first) || languageOfScript(last) != "latin") && kindOfBody(last) && !speaksOf(words) {
		return true
	}
	return kindOfBody(words[0]) && (len(words) <= 3 || beginsLikeBody(text))
}

// speaksOf reports whether one of the words is such as names that end with the
// kind of the body do not have: "Funding for Election Administration".
func speaksOf(words []string) bool {
	for i, w := range words {
		switch strings.ToLower(w) {
		case "the":
			if i > 0 && !strings.EqualFold(words[i-1], "of") { // "Bank of the West", but "Reforming the Council"
				return true
			}
		case "for", "in", "on", "with", "to", "from", "after", "how", "why", "what", "für", "im", "mit", "pour", "dans", "para", "en", "для", "в":
			return true
		}
	}
	return false
}

// kindOfBody reports whether a word says what kind of body something is; of
// several bodies nothing is said.
func kindOfBody(word string) bool {
	if one, many := strings.CutSuffix(strings.ToLower(word), "s"); many && greyshelf.LooksLikeBody(one) {
		return false
	}
	return utf8.RuneCountInString(word) > 3 && !strings.EqualFold(word, "the") && greyshelf.LooksLikeBody(strings.ToLower(word))
}

// beginsLikeBody reports whether a text begins with the kind of a body and what
// it is for: "Committee on", "Ministerium für", "Institut de".
func beginsLikeBody(text string) bool {
	words := strings.Fields(strings.ToLower(text))
	switch words[1] {
	case "of", "on", "for", "de", "des", "du", "für", "del", "para":
		return greyshelf.LooksLikeBody(words[0])
	}
	return false
}

// isHolder reports whether a block is what a line with a copyright sign or
// "published by" names.
func (s *scene) isHolder(b block) bool {
	if len(b.fold) < 3 || len(b.fold) > 100 {
		return false
	}
	for _, line := range s.holders {
		if findWhole(line, b.fold) >= 0 {
			return true
		}
	}
	return false
}

// holderLines gives the short lines with a copyright sign or "published by".
func (s *scene) holderLines() []string {
	var lines []string
	for _, sh := range s.sheets() {
		for _, r := range sh.rows {
			if len(r.fold) < 200 && len(lines) < 12 && (s.copyrightSign(r.fold) >= 0 || s.leads("publisher", r.fold) != "") {
				lines = append(lines, r.fold)
			}
		}
	}
	return lines
}

// afterText reports whether three lines of running text stand above the block
// on its page, in its column: then it heads a part of the text.
func (s *scene) afterText(b block) bool {
	lines, first := 0, b.rows[0]
	for _, r := range b.sheet.rows[:first.n] {
		if r.End-r.Start > 30 && !r.Bold && r.size <= 1.05*s.body && s.inProse(b.sheet, r.n) && above(r.Box, first.Box) {
			lines++
		}
	}
	return lines >= 3
}

// above reports whether box a ends where box b begins or before, in the same
// column; where places are not known, it is taken for true.
func above(a, b greyshelf.Box) bool {
	if a == (greyshelf.Box{}) || b == (greyshelf.Box{}) {
		return true
	}
	overlap := min(a[2], b[2]) - max(a[0], b[0])
	return a[3] <= b[1]+0.5*(b[3]-b[1]) && overlap > 0.3*min(a[2]-a[0], b[2]-b[0])
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
	add("section", !outline && (s.isSection(b.fold) || s.listed[b.fold]))
	named, heading := isBodyName(b.text) || s.isHolder(b), s.likeHeading(b)
	add("like headings", heading)
	if box := b.rows[0].Box; atEdge(box) && box != (greyshelf.Box{}) && s.runs(b.rows[0]) >= 2 && (box[1] > 0.5 || b.sheet.index > s.firstText()) {
		named = true // the foot, or the head of a later page, says what the whole is part of
	}
	add("running head", !named && s.running[runningKey(b.fold)] >= 2)
	add("comes again", !named && !heading && len(b.fold) >= 12 && !s.listed[b.fold] && s.comesAgain(b))
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

// look is how a block is set.
type look struct {
	size float64
	bold bool
}

func lookOf(b block) look { return look{b.size, b.rows[0].Bold} }

// likeHeading reports whether a block on a page with running text is set like
// the headings within the text.
func (s *scene) likeHeading(b block) bool {
	heads := s.heads[lookOf(b)]
	return proseLines(b.sheet.rows) >= 3 && (len(heads) >= 2 || len(heads) == 1 && !heads[b.fold])
}

// discountAlike takes points from blocks that look like several others: they
// are headings of parts.
func (s *scene) discountAlike(blocks []titleBlock) {
	texts := map[look]map[string]bool{}
	for _, b := range blocks {
		l := lookOf(b.block)
		if texts[l] == nil {
			texts[l] = map[string]bool{}
		}
		texts[l][b.fold] = true
	}
	for i, b := range blocks {
		if len(texts[lookOf(b.block)]) >= 3 {
			blocks[i].add(s, "one of many")
		}
	}
}

// add adds the points of a feature.
func (t *titleBlock) add(s *scene, feature string) {
	t.sum += s.points[feature]
	t.has = append(t.has, feature)
}

// headings gives the blocks directly above running text and beneath other
// running text, by how they are set: headings of parts, no titles.
func (s *scene) headings() map[look]map[string]bool {
	heads := map[look]map[string]bool{}
	for _, sh := range s.sheets() {
		for _, b := range s.blocks(sh, func(r row) bool { return !r.prose && r.End-r.Start < 200 }) {
			next := b.rows[len(b.rows)-1].n + 1
			if b.rows[0].n > 300 {
				break // a page of text has fewer lines
			}
			if next >= len(sh.rows) || !sh.rows[next].prose || len(b.rows) > 3 || !s.afterText(b) && sh.index <= len(s.front) {
				continue
			}
			l := lookOf(b)
			if heads[l] == nil {
				heads[l] = map[string]bool{}
			}
			heads[l][b.fold] = true
		}
	}
	return heads
}
