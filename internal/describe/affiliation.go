package describe

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// findAffiliations proposes the bodies to which the document says that its
// authors belong: in a footnote with the mark at the name, beside the name, in
// the line beneath it, or in the sentence about the author.
func findAffiliations(s *scene) []proposal {
	var found []proposal
	for _, g := range s.authorGroups() {
		for _, n := range unique(g.names) {
			if len(found) == 120 {
				return found
			}
			if p, ok := s.affiliationOf(g, n); ok {
				p.Of = n.agent.Inverted()
				found = append(found, p)
			}
		}
	}
	return found
}

// affiliationOf reads the affiliation of one author where it is named.
func (s *scene) affiliationOf(g authors, n personName) (proposal, bool) {
	sh := g.sheet
	r, ok := sh.rowAt(n.start)
	if !ok {
		return proposal{}, false
	}
	at := r.n
	propose := func(from, to int, method string) (proposal, bool) {
		name := strings.TrimSpace(string(sh.text[from:max(from, to)]))
		if _, person := s.readName([]rune(name)); person && s.knowledge.body(name) == "" || len([]rune(name)) < 3 || !s.looksLikeBody(name) ||
			s.knowledge.body(name) == "" && (!s.isStrongBody(name) || len(strings.Fields(name)) < 2 && method != "affiliation-mark@1") {
			return proposal{}, false
		}
		return s.proposeRole(greyshelf.FieldAffiliation, sh, from, to, method), true
	}
	if mark := markBehind(sh.text, n.end); mark != "" {
		if from, to, ok := s.markedBody(sh, at, mark); ok {
			return propose(from, to, "affiliation-mark@1")
		}
	}
	if from, to, ok := s.lifeBody(sh, r, n); ok {
		return propose(from, to, "affiliation-life@1")
	}
	if from, to, ok := s.bodyBeside(sh, r, n); ok {
		return propose(from, to, "affiliation-beside@1")
	}
	if from, to, ok := s.bodyBeneath(sh, at, n); ok {
		return propose(from, to, "affiliation-beneath@1")
	}
	return proposal{}, false
}

// markBehind gives the footnote mark at the end of a name: "1", "*", "a".
func markBehind(text []rune, at int) string {
	end := at
	for end < len(text) && end-at < 3 && isMark(text[end]) {
		end++
	}
	mark := string(text[at:min(end, len(text))])
	return strings.TrimRight(plainDigits(mark), ",")
}

func isMark(r rune) bool {
	return strings.ContainsRune("*†‡§¶#¹²³⁴⁵⁶⁷⁸⁹0123456789", r)
}

// plainDigits writes raised digits as others.
func plainDigits(text string) string {
	return strings.NewReplacer("¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9").Replace(text)
}

// markedBody finds the row beneath the name that begins with its mark.
func (s *scene) markedBody(sh *sheet, at int, mark string) (from, to int, ok bool) {
	for i := at + 1; i < len(sh.rows); i++ {
		r := sh.rows[i]
		for _, part := range markedParts(sh.text, r.Start, r.End) {
			if plainDigits(string(sh.text[part.mark.start:part.mark.end])) != mark {
				continue
			}
			from, to = s.lastBody(sh.text[:part.body.end], part.body.start)
			if from < to {
				return from, to, true
			}
		}
	}
	return 0, 0, false
}

// markedPart is "1 Harbour Institute" in a row of such notes.
type markedPart struct{ mark, body span }

// markedParts cuts a row at its marks; a row that does not begin with one has
// none.
func markedParts(text []rune, start, end int) []markedPart {
	var parts []markedPart
	for i := start; i < end && len(parts) < 10; {
		for i < end && (unicode.IsSpace(text[i]) || strings.ContainsRune(",;", text[i])) {
			i++
		}
		from := i
		for i < end && isMark(text[i]) {
			i++
		}
		if i == from || i-from > 3 {
			return parts
		}
		body := i
		for i < end && !(isMark(text[i]) && (text[i-1] == ' ' || strings.ContainsRune("¹²³⁴⁵⁶⁷⁸⁹", text[i])) && i > body+3) {
			i++
		}
		parts = append(parts, markedPart{span{from, body}, span{body, i}})
	}
	return parts
}

// lastBody reads an affiliation such as "Senior Fellow, Harbour Institute,
// Oslo": the first of its parts between commas that is a body and no office,
// with "of" and "at" before it left out.
func (s *scene) lastBody(text []rune, start int) (from, to int) {
	for begin, i := start, start; i <= len(text); i++ {
		if i < len(text) && !strings.ContainsRune(",;|·•()/", text[i]) && !sentenceEnds(text, i) {
			continue
		}
		part := trimSpan(text, begin, i)
		begin = i + 1
		if from, to := s.bodyPart(text, part[0], part[1]); from < to {
			return from, to
		}
	}
	return 0, 0
}

// bodyPart gives the body in a part of an affiliation: the whole of it, or what
// stands behind an office and "at".
func (s *scene) bodyPart(text []rune, from, to int) (int, int) {
	name := string(text[from:to])
	if words := len(strings.Fields(name)); words == 0 || words > 14 {
		return 0, 0
	}
	if s.isRole(foldString(name)) && s.knowledge.body(name) == "" {
		folded := fold(text[from:to])
		for _, joiner := range s.phrases["works at"].ordered {
			at := findWhole(folded.text, joiner)
			if at <= 0 {
				continue
			}
			_, end := folded.span(at, at+len(joiner))
			place := trimSpan(text, from+end, to)
			if rest := string(text[place[0]:place[1]]); s.isStrongBody(rest) && capitalised(rest) {
				return skipArticle(text, place[0]), place[1]
			}
		}
		return 0, 0
	}
	if s.looksLikeBody(name) && (capitalised(name) || mostlyName(name)) {
		return skipArticle(text, from), to
	}
	return 0, 0
}

// bodyBeside reads the body behind the name in its row: "Jane Doe (Harbour
// Institute)", "Jane Doe, Senior Fellow, Harbour Institute".
func (s *scene) bodyBeside(sh *sheet, r row, n personName) (from, to int, ok bool) {
	end := r.End
	for i := n.end; i < r.End; i++ {
		if sh.text[i] == ')' || sh.text[i] == ';' {
			end = i
			break
		}
	}
	place := n.end
	for place < end && (unicode.IsSpace(sh.text[place]) || strings.ContainsRune(",(-–—|:·•", sh.text[place]) || isMark(sh.text[place])) {
		place++
	}
	if place >= end || place == n.end {
		return 0, 0, false
	}
	from, to = s.lastBody(sh.text[:end], place)
	return from, to, from < to
}

// bodyBeneath reads the body in one of the two rows beneath the name, where
// they are not names or running text.
func (s *scene) bodyBeneath(sh *sheet, at int, n personName) (from, to int, ok bool) {
	r, subject := sh.rows[at], false
	for i := at + 1; i < min(len(sh.rows), at+4); i++ {
		next := sh.rows[i]
		if s.isNameRow(next) && i == at+1 && next.End-next.Start < 120 && markBehind(sh.text, n.end) == "" && s.sameColumn(r, next) {
			return 0, 0, false // names beneath names: whose the body is is not known
		}
		if next.prose && next.End-next.Start > 60 || next.Box[1]-sh.rows[i-1].Box[3] > 1.2*(next.Box[3]-next.Box[1]) || len(greyshelf.FindDates(next.Text)) > 0 || isAddress(next.fold) || s.isByline(next) {
			return 0, 0, false
		}
		if from, to = s.lastBody(sh.text[:next.End], next.Start); from < to {
			return from, to, !subject || s.knowledge.body(string(sh.text[from:to])) != ""
		}
		if !s.isRole(next.fold) {
			return 0, 0, false
		}
		subject = openOffice(next.fold)
	}
	return 0, 0, false
}

// openOffice reports whether an office names its subject, which may go on in
// the next row: "Specialist in American National" / "Government".
func openOffice(f string) bool {
	for _, word := range []string{" in ", " of ", " for ", " on "} {
		if strings.Contains(f, word) {
			return true
		}
	}
	return isSmallWord(lastWord(f))
}

// sameColumn reports whether a row stands beneath another one.
func (s *scene) sameColumn(a, b row) bool { return a.Box[0] < b.Box[2] && b.Box[0] < a.Box[2] }

// lifeBody reads the body in the sentence about an author: "Jane Doe is a
// senior fellow at the Harbour Institute".
func (s *scene) lifeBody(sh *sheet, r row, n personName) (from, to int, ok bool) {
	stop := min(len(sh.text), n.end+300)
	for i := n.end; i < stop; i++ {
		if sentenceEnds(sh.text, i) {
			stop = i
			break
		}
	}
	folded := fold(sh.text[n.end:stop])
	if s.leads("is a", strings.TrimSpace(folded.text)) == "" {
		return 0, 0, false
	}
	first := -1
	for _, joiner := range s.phrases["works at"].ordered {
		for begin := 0; begin < len(folded.text); {
			at := findWhole(folded.text[begin:], joiner)
			if at < 0 {
				break
			}
			at += begin
			_, end := folded.span(at, at+len(joiner))
			begin = at + len(joiner)
			if a, b := s.nameFrom(sh.text[:stop], n.end+end); a < b && s.looksLikeBody(string(sh.text[a:b])) && (first < 0 || at < first) {
				first, from, to = at, a, s.withoutTown(sh.text[:stop], a, s.wholeName(sh.text[:stop], a, b))
				break
			}
		}
	}
	return from, to, first >= 0
}

// withoutTown ends a name before "in Oslo", where the name is known or whole
// without it.
func (s *scene) withoutTown(text []rune, from, to int) int {
	words := strings.Fields(string(text[from:to]))
	if n := len(words); n > 3 && words[n-2] == "in" && s.knowledge.body(string(text[from:to])) == "" && !s.printedAlone(foldString(string(text[from:to]))) {
		head := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(string(text[from:to]), words[n-1])), " in"))
		if s.isStrongBody(head) {
			return from + len([]rune(head))
		}
	}
	return to
}

// chooseAffiliations chooses the most certain affiliation of every chosen
// author, however the place of the affiliation writes the name; where two are
// as certain and differ, none.
func (s *scene) chooseAffiliations(found []proposal, settled []greyshelf.Finding) []proposal {
	names := map[string]string{} // person key → value of the chosen author
	for _, f := range settled {
		if f.Field == greyshelf.FieldCreator && f.Chosen {
			names[personKey(greyshelf.PersonFromInverted(f.Value))] = f.Value
		}
	}
	done := map[string]bool{}
	for i, p := range found {
		value := names[personKey(greyshelf.PersonFromInverted(p.Of))]
		if value == "" {
			continue
		}
		found[i].Of = value
		if !done[value] && p.Confidence >= enoughAffiliation {
			done[value], found[i].Chosen = true, true
			found[i].Why = "chosen: " + s.weights[p.Method].meaning
		}
	}
	return found
}

const enoughAffiliation = 0.80 // an affiliation is chosen only when sure
