package describe

import (
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// publisherLabels reads "Published by X" and "Publisher: X".
func (s *scene) publisherLabels(sh *sheet) []proposal {
	var found []proposal
	for i, r := range sh.rows {
		label := s.leads("publisher", r.fold)
		if label == "" || len(found) == 6 || s.inProse(sh, i) && !(upperFirst(r.Text) && startsSentence(sh, i)) || s.leads("not author", r.fold) != "" && len(s.leads("not author", r.fold)) > len(label) {
			continue
		}
		behind := strings.TrimSpace(r.fold[len(label):])
		from, to := s.bodyBehind(sh, i, min(r.Start+len([]rune(label)), r.End))
		if from >= to {
			continue
		}
		name := string(sh.text[from:to])
		colon := strings.HasPrefix(behind, ":") || behind == ""
		n, person := s.readName([]rune(name))
		body := s.looksLikeBody(name)
		if !body && (person && n.sure || s.isRole(foldString(name)) || s.is("not author", label)) {
			continue
		}
		if body || (colon || len(strings.Fields(name)) > 1) && capitalised(name) && !isAddress(foldString(name)) {
			p := s.proposeBody(sh, from, to, "publisher-label@1")
			if person && !body {
				p.Confidence, p.Why = 0.7, "perhaps a person"
			}
			found = append(found, p)
		}
	}
	return found
}

// startsSentence reports whether the row before ends a sentence or there is
// none.
func startsSentence(sh *sheet, i int) bool {
	return i == 0 || endsSentence(strings.TrimSpace(sh.rows[i-1].Text))
}

// citedPublisher reads the body that stands behind the title in the suggested
// citation.
func (s *scene) citedPublisher() []proposal {
	sh, rest := s.cite.sheet, s.cite.rest
	if sh == nil || rest.start >= rest.end {
		return nil
	}
	var found []proposal
	for begin, i := rest.start, rest.start; i <= rest.end && len(found) < 2; i++ {
		if i < rest.end && !strings.ContainsRune(",;:()", sh.text[i]) && !sentenceEnds(sh.text[:rest.end], i) {
			continue
		}
		part := trimSpan(sh.text, begin, i)
		begin = i + 1
		name := joinLines(string(sh.text[part[0]:part[1]]))
		if words := len(strings.Fields(name)); words == 0 || words > 12 || isAddress(foldString(name)) || s.leads("series", foldString(name)) != "" {
			continue
		}
		if s.knowledge.body(name) != "" && !isAcronymForm(name) || s.isStrongBody(name) && (capitalised(name) || isWholeBody(name)) {
			found = append(found, s.proposeBody(sh, part[0], part[1], "publisher-citation@1"))
		}
	}
	return found[:min(1, len(found))]
}

// isStrongBody reports whether a name is known or has a word that bodies have
// in their names and titles seldom have.
func (s *scene) isStrongBody(name string) bool {
	if s.knowledge.body(name) != "" {
		return true
	}
	var strong []string
	for _, word := range strings.Fields(name) {
		if folded := foldString(strings.Trim(word, ".,()")); !s.is("weak body", folded) && folded != "the" {
			strong = append(strong, word)
		}
	}
	return greyshelf.LooksLikeBody(strings.Join(strong, " "))
}

// isWholeBody reports whether a text with small-lettered words is the name of a
// body as French, Spanish and Russian write them: it begins with a capital and
// with a word for bodies.
func isWholeBody(text string) bool {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 12 || strings.ContainsAny(text, ":?!@=;") || endsSentence(text) && !strings.HasSuffix(text, "V.") {
		return false
	}
	capital := upperFirst(words[0])
	return capital && (greyshelf.LooksLikeBody(words[0]+" x") || len(words) > 2 && greyshelf.LooksLikeBody(words[1]+" x"))
}

func upperFirst(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return strings.ToUpper(string(r)) == string(r) && strings.ToLower(string(r)) != string(r)
}

// domainBodies proposes names that stand alone on the cover, in the imprint or
// on the last pages and agree with a web address that the document gives
// outside of running text.
func (s *scene) domainBodies() []proposal {
	hosts := sortedHosts(s.hosts())
	if len(hosts) == 0 {
		return nil
	}
	var found []proposal
	for _, sh := range s.sheets() {
		for _, r := range sh.rows {
			if r.prose || r.End-r.Start > 160 || len(found) == 12 {
				continue
			}
			for _, seg := range segments(sh.text, r.Start, r.End) {
				if name := string(sh.text[seg[0]:seg[1]]); s.domainName(sh, r, name, hosts) {
					found = append(found, s.proposeBody(sh, seg[0], seg[1], "publisher-domain@1"))
				}
			}
		}
	}
	return found
}

// domainName reports whether a standing text is a name that one of the hosts
// agrees with, and neither a title nor a person.
func (s *scene) domainName(sh *sheet, r row, name string, hosts []string) bool {
	words := len(strings.Fields(name))
	if words == 0 || words > 10 || utf8.RuneCountInString(name) < 3 || isAddress(foldString(name)) || strings.ContainsAny(name, ":?!@") || s.isNotPublisher(sh, r.n) {
		return false
	}
	if !capitalised(name) && !isWholeBody(name) || !upperFirst(name) || s.is("series", foldString(name)) || s.isDateText(name) {
		return false
	}
	if s.bodyKind(name) == repository || !s.looksLikeBody(name) && (sh.index != 1 || r.size > 1.6*s.body || words > 5) {
		return false
	}
	for _, host := range hosts {
		if hostAgrees(host, name) {
			return true
		}
	}
	return false
}

// sortedHosts gives the hosts in a fixed order.
func sortedHosts(count map[string]int) []string {
	floats := map[string]float64{}
	for host := range count {
		floats[host] = 1
	}
	return sortedKeys(floats)
}

// imprintBodies proposes the bodies that stand above an address: a street or a
// telephone number, a mail or web address within four rows beneath.
func (s *scene) imprintBodies(sh *sheet) []proposal {
	var found []proposal
	for i, r := range sh.rows {
		if r.prose || r.End-r.Start > 140 || len(found) == 4 || s.isNotPublisher(sh, i) || !s.addressBeneath(sh, i) {
			continue
		}
		name := strings.TrimSpace(r.Text)
		if (s.isStrongBody(name) || s.isProperBody(name)) && len(strings.Fields(name)) > 1 && len(strings.Fields(name)) <= 12 && s.bodyKind(name) != repository && (capitalised(name) || isWholeBody(name)) && !isAddress(r.fold) {
			found = append(found, s.proposeBody(sh, r.Start, r.End, "imprint-body@1"))
		}
	}
	return found
}

// addressBeneath reports whether one of the four rows beneath gives an address
// in the same column.
func (s *scene) addressBeneath(sh *sheet, i int) bool {
	for _, next := range sh.rows[i+1 : min(len(sh.rows), i+5)] {
		before := sh.rows[next.n-1]
		if next.prose && next.End-next.Start > 60 || next.Box[1]-before.Box[3] > 2*(next.Box[3]-next.Box[1]) || next.Box[1] < before.Box[1] {
			return false
		}
		at, _ := s.holds("contact", next.fold)
		if isAddress(next.fold) || at == 0 || at > 0 && strings.ContainsAny(next.fold, "0123456789") {
			return true
		}
	}
	return false
}

// isNotPublisher reports whether the row, or a label that stands alone above
// it, says that the name has another part in the report: printer, sponsor,
// client.
func (s *scene) isNotPublisher(sh *sheet, i int) bool {
	for _, section := range []string{"for", "commissioned", "printed by", "hosted"} {
		if s.leads(section, sh.rows[i].fold) != "" {
			return true
		}
	}
	if label := s.leads("submitted by", sh.rows[i].fold); label != "" && s.knowledge.body(sh.rows[i].Text) == "" {
		return true // the author
	}
	if i == 0 {
		return false
	}
	before := strings.TrimRight(sh.rows[i-1].fold, " :")
	if s.memo && sh.index == 1 && (s.is("to", before) || s.is("memo", before) || s.labelOf("to", sh.rows[i].fold) != "") {
		return true // the addressee of a memorandum
	}
	for _, article := range []string{" the", " der", " des", " dem", " la", " le", " el", " du", " los", " las"} {
		before = strings.TrimSuffix(before, article)
	}
	for _, section := range []string{"for", "commissioned", "printed by", "hosted"} {
		if label := s.leads(section, before); label != "" && len(before) < 60 && !s.isStrongBody(before[len(label):]) && s.continues(sh.rows[i-1], sh.rows[i]) {
			return true
		}
		if s.is(section, before) || s.ends(section, before) != "" && len(before) < 60 && !strings.Contains(before, ". ") {
			return true
		}
	}
	return false
}
