package describe

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// authors are the names that one place of the document gives.
type authors struct {
	method string
	sheet  *sheet
	names  []personName // start and end are those of the sheet's text
	less   float64      // taken from the method's confidence
}

// findCreators proposes the authors: from the part about the authors, from
// bylines, from names with an office, from names standing alone on the cover,
// and from metadata whose names stand in the text. A body is an author only
// where the document says "by".
func findCreators(s *scene) []proposal {
	groups := s.authorGroups()
	var found []proposal
	for i, g := range groups {
		support := s.support(g, groups, i)
		for _, n := range unique(g.names) {
			p := s.propose(greyshelf.FieldCreator, n.agent.Inverted(), g.method, g.sheet, n.start, n.end)
			p.Printed = joinLines(p.Quote)
			p.group = g.method + string(rune('a'+i%26))
			p.Confidence = max(0.05, p.Confidence-g.less)
			p.rank = support
			found = append(found, p)
		}
	}
	_, unverified := s.metadataAuthors()
	return append(append(found, s.bodyAuthors()...), unverified...)
}

// authorGroups gives the names of every place that may name the authors.
func (s *scene) authorGroups() []authors {
	if s.groups != nil {
		return *s.groups
	}
	var groups []authors
	groups = append(groups, s.authorBlocks()...)
	groups = append(groups, s.bylines()...)
	groups = append(groups, s.nameRoles()...)
	groups = append(groups, s.coverNames()...)
	groups = append(groups, s.memoAuthors()...)
	groups = append(groups, s.citedAuthors()...)
	meta, _ := s.metadataAuthors()
	groups = s.onlyAuthors(append(groups, meta...))
	s.groups = &groups
	return groups
}

// onlyAuthors drops names that stand under a label of those who are no authors.
func (s *scene) onlyAuthors(groups []authors) []authors {
	var kept []authors
	for _, g := range groups {
		var names []personName
		for _, n := range g.names {
			if r, ok := g.sheet.rowAt(n.start); !ok || g.method == "citation@1" || g.method == "byline@1" || !s.isNotAuthor(g.sheet, r.n) {
				names = append(names, n)
			}
		}
		if g.names = names; len(names) > 0 {
			kept = append(kept, g)
		}
	}
	return kept
}

// support counts what speaks for a group of authors as a whole: other methods
// that give the same set count two each, those that give a part of it one,
// those with names that it lacks take one away.
func (s *scene) support(g authors, groups []authors, self int) int {
	mine, points := personKeys(g.names), 0
	for i, other := range groups {
		if i == self || other.method == g.method {
			continue
		}
		theirs := personKeys(other.names)
		common := 0
		for _, k := range theirs {
			if contains(mine, k) {
				common++
			}
		}
		switch {
		case common == len(mine) && common == len(theirs):
			points += 2
		case common == len(theirs):
			points++
		case common == len(mine) && other.sheet == s.front[0] && g.sheet.index > len(s.front):
			points -= 2 // the cover names them and others
		case common > 0:
			points--
		}
	}
	return points
}

// chooseGroup chooses all findings of the best group: highest confidence plus a
// little for every other place that agrees.
func chooseGroup(found []proposal) []proposal {
	best, bestScore := "", 0.0
	for _, p := range found {
		score := p.Confidence + 0.06*float64(min(max(p.rank, -3), 4))
		if !p.never && p.Confidence >= enough && p.group != "" && (best == "" || score > bestScore+1e-9) {
			best, bestScore = p.group, score
		}
	}
	var chosen, rest []proposal
	for _, p := range found {
		p.Chosen = best != "" && p.group == best && !p.never
		if p.Chosen {
			chosen = append(chosen, p)
		} else {
			rest = append(rest, p)
		}
	}
	return append(chosen, rest...)
}

func contains(sorted []string, key string) bool {
	for _, k := range sorted {
		if k == key {
			return true
		}
	}
	return false
}

// unique drops names that come again.
func unique(names []personName) []personName {
	seen := map[string]bool{}
	var kept []personName
	for _, n := range names {
		if key := personKey(n.agent); !seen[key] {
			seen[key] = true
			kept = append(kept, n)
		}
	}
	return kept
}

// bylines reads "By A and B", "Authors: A, B", and "by" alone above names.
func (s *scene) bylines() []authors {
	var all []authors
	for _, sh := range s.front {
		for i, r := range sh.rows {
			label := s.leads("by", r.fold)
			if label == "" || len(all) == 8 {
				continue
			}
			if g, ok := s.byline(sh, i, label); ok {
				all = append(all, g)
			}
		}
	}
	return all
}

// byline reads the names behind the label of row i and in the rows beneath, as
// long as they hold nothing but names.
func (s *scene) byline(sh *sheet, i int, label string) (authors, bool) {
	r := sh.rows[i]
	start := min(r.Start+len([]rune(label)), r.End)
	alone := len(label) == len(strings.TrimRight(r.fold, " :"))
	first, _ := runeAt(sh.text, r.Start)
	if !alone && unicode.IsLower(first) && !strings.Contains(r.fold, label+":") && i > 0 && s.inProse(sh, i) {
		return authors{}, false
	}
	g := authors{method: "byline@1", sheet: sh}
	if n, ok := s.oneName(sh, i, start); ok && !alone {
		g.names, g.less = append(g.names, n), 0.3
		return g, true
	}
	if !alone {
		names, rest, _ := s.readAuthors(sh.text[start:r.End])
		g.names = append(g.names, shifted(names, start)...)
		if len(names) == 0 || rest < r.End-start && !s.isRole(foldString(string(sh.text[start+rest:r.End]))) {
			return authors{}, false
		}
	}
	for _, next := range sh.rows[i+1 : min(len(sh.rows), i+12)] {
		names, rest, _ := s.readAuthors(sh.text[next.Start:next.End])
		if len(names) == 0 || rest < next.End-next.Start {
			if s.isOffice(next.Text) && len(g.names) > 0 && !next.prose {
				continue
			}
			break
		}
		if !anySure(names) && !alone && !endsOpen(sh.text, next.Start) {
			break
		}
		g.names = append(g.names, shifted(names, next.Start)...)
	}
	if !anySure(g.names) {
		g.less = 0.2
		if s.inProse(sh, i) || sh.index > 2 {
			return authors{}, false
		}
	}
	return g, len(g.names) > 0
}

// oneName reads a name of one word behind the label of a byline on the first
// two pages: "By Sukarno".
func (s *scene) oneName(sh *sheet, i, start int) (personName, bool) {
	r := sh.rows[i]
	place := trimSpan(sh.text, start, r.End)
	for place[0] < place[1] && strings.ContainsRune(": ", sh.text[place[0]]) {
		place[0]++
	}
	word := string(sh.text[place[0]:place[1]])
	f := foldString(word)
	if sh.index > 2 || r.prose || strings.ContainsAny(word, " .") || len([]rune(word)) < 4 || !nameWord(word) || strings.ToUpper(word) == word && !isArabic(word) ||
		!upperFirst(word) || s.noName[f] || s.isRoleWord(f) || s.looksLikeBody(word) || s.phrases["and"].set[f] {
		return personName{}, false
	}
	return personName{agent: greyshelf.Agent{Kind: greyshelf.Person, Name: word}, start: place[0], end: place[1], sure: true}, true
}

func isArabic(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Arabic, r) })
}

// endsOpen reports whether the text before the place ends with a comma or "and",
// so that more names follow.
func endsOpen(text []rune, at int) bool {
	before := strings.TrimSpace(string(text[max(0, at-6):at]))
	return strings.HasSuffix(before, ",") || strings.HasSuffix(before, ";") || strings.HasSuffix(before, "and") || strings.HasSuffix(before, "&")
}

func runeAt(text []rune, i int) (rune, bool) {
	if i < 0 || i >= len(text) {
		return 0, false
	}
	return text[i], true
}

func shifted(names []personName, by int) []personName {
	for i := range names {
		names[i].start += by
		names[i].end += by
	}
	return names
}

func anySure(names []personName) bool {
	for _, n := range names {
		if n.sure {
			return true
		}
	}
	return false
}
