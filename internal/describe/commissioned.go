package describe

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// findCommissioning proposes the bodies for which the report was made: behind
// "prepared for", "commissioned by" and the like on the first and last pages,
// and in sentences that say so of the report.
func findCommissioning(s *scene) []proposal {
	var found []proposal
	for _, sh := range s.sheets() {
		for i, r := range sh.rows {
			label := s.clientLabel(r.fold)
			if label == "" || len(found) == 6 || s.goesOn(sh, i) || s.isReporting(label, r, sh) {
				continue
			}
			from, to := s.clientBehind(sh, i, min(r.Start+len([]rune(label)), r.End))
			if from >= to {
				continue
			}
			name, method := joinLines(string(sh.text[from:to])), "commissioned-label@1"
			if !s.looksLikeBody(s.nominative(name)) {
				if method = "commissioned-unknown@1"; r.prose || sh.index > len(s.front) || !s.mayBeClient(name) {
					continue
				}
			}
			found = append(found, s.proposeRole(greyshelf.FieldCommissioning, sh, from, to, method))
		}
		found = append(found, s.commissionedSentences(sh)...)
	}
	return found
}

// mayBeClient reports whether a name that nothing shows to be a body's may be
// one all the same, because a label says for whom the report was made.
func (s *scene) mayBeClient(name string) bool {
	n, person := s.readName([]rune(name))
	words := len(strings.Fields(name))
	return words >= 2 && words <= 10 && capitalised(name) && upperFirst(name) && !(person && n.sure) && !s.isRole(foldString(name)) && !s.isDateText(name) &&
		!isAddress(foldString(name)) && !strings.ContainsFunc(name, unicode.IsDigit)
}

// clientLabel gives the words with which a folded row names for whom the report
// was made; words that say that it is a work may stand before them ("Étude
// réalisée à la demande de").
func (s *scene) clientLabel(f string) string {
	if label := s.leads("commissioned", f); label != "" {
		return label
	}
	at, phrase := s.holds("commissioned", f)
	if at <= 0 || len(strings.Fields(f[:at])) > 4 || len(strings.Fields(phrase)) < 2 {
		return ""
	}
	if work, _ := s.holds("work words", f[:at]); work != 0 {
		return ""
	}
	return f[:at+len(phrase)]
}

// clientBehind reads the name behind the label. In a row that is no running
// text the name is the rest of the row, also where it goes on in small letters.
func (s *scene) clientBehind(sh *sheet, i, start int) (from, to int) {
	from, to = s.bodyBehind(sh, i, start)
	r := sh.rows[i]
	if from < to && (to >= r.End || from < start) {
		return from, to
	}
	if from >= to {
		from = start // "à la demande de ministère des Transports"
	}
	rest := trimSpan(sh.text, from, r.End)
	name := string(sh.text[rest[0]:rest[1]])
	if !upperFirst(name) && rest[0] < rest[1] && len(strings.Fields(name)) > 1 && !r.prose && greyshelf.LooksLikeBody(leadingWord(name)+" x") && !strings.ContainsAny(name, ".,;:()|·") {
		return rest[0], rest[1]
	}
	if !strings.ContainsAny(name, ".,;:()|·") && mostlyName(name) && s.looksLikeBody(s.nominative(name)) {
		return rest[0], rest[1]
	}
	return from, to
}

// isReporting reports whether the label only says to whom a report goes
// ("Report to …") in a row that is set as a title.
func (s *scene) isReporting(label string, r row, sh *sheet) bool {
	return strings.Contains(label, "report") && r.size > 1.4*s.body || sh.index > len(s.front) && len(r.fold) > 200
}

// commissionedSentences reads "This study was commissioned by the X" in running
// text.
func (s *scene) commissionedSentences(sh *sheet) []proposal {
	var found []proposal
	for _, phrase := range s.phrases["commissioned"].ordered {
		if strings.HasSuffix(phrase, " for") && !strings.HasPrefix(phrase, "prepared") || strings.Contains(phrase, "report") || len(strings.Fields(phrase)) < 2 {
			continue
		}
		start, end, ok := sh.fold.find(phrase)
		if !ok || !s.saidOfWork(sh, start) {
			continue
		}
		from, to := s.nameFrom(sh.text, end)
		if from < to && s.looksLikeBody(string(sh.text[from:to])) && len(found) < 3 {
			found = append(found, s.proposeRole(greyshelf.FieldCommissioning, sh, from, to, "commissioned-sentence@1"))
		}
	}
	return found
}

// saidOfWork reports whether the words before the place speak of this report:
// "this report was", "cette étude a été".
func (s *scene) saidOfWork(sh *sheet, at int) bool {
	before := []rune(string(sh.text[max(0, at-80):at]))
	for i := len(before) - 1; i > 0; i-- {
		if sentenceEnds(before, i) {
			before = before[i+1:]
			break
		}
	}
	f := foldString(string(before))
	work, _ := s.holds("work words", f)
	if own, _ := s.holds("own words", f); own >= 0 {
		work = own
	}
	this, _ := s.holds("this", f)
	return work >= 0 && (this >= 0 || strings.HasPrefix(f, "the ") || len(f) < 40)
}

// proposeRole proposes the body at [start, end) in a role, under its preferred
// form.
func (s *scene) proposeRole(field greyshelf.Field, sh *sheet, start, end int, method string) proposal {
	printed := strings.Trim(joinLines(string(sh.text[start:end])), " .,;:|·•*©")
	value := s.usualCase(printed)
	if known := s.knowledge.body(s.nominative(value)); known != "" {
		value = known
	}
	p := s.propose(field, value, method, sh, start, end)
	p.Printed = printed
	return p
}

// findHosting proposes the body in whose collection the copy stands, from a
// cover page that a repository put before the report or a note at the edge of
// pages: "Downloaded from …", "This document is made available by …".
func findHosting(s *scene) []proposal {
	var found []proposal
	for _, sh := range s.sheets() {
		for i, r := range sh.rows {
			if len(found) == 6 || len(r.fold) > 300 {
				break
			}
			if label := s.leads("hosted", r.fold); label != "" && (sh.index <= 2 || atEdge(r.Box)) && !s.goesOn(sh, i) {
				found = append(found, s.hostBehind(sh, i, min(r.Start+len([]rune(label)), r.End))...)
			}
			if sh.index == 1 && !r.prose && s.bodyKind(r.Text) == repository {
				found = append(found, s.proposeRole(greyshelf.FieldHosting, sh, r.Start, r.End, "hosted-known@1"))
			}
		}
	}
	return found
}

// hostBehind reads the body, or the address, behind the words that say where a
// copy is from.
func (s *scene) hostBehind(sh *sheet, i, start int) []proposal {
	from, to := s.bodyBehind(sh, i, start)
	if from < to {
		if name := string(sh.text[from:to]); s.looksLikeBody(name) && !isAddress(foldString(name)) {
			return []proposal{s.proposeRole(greyshelf.FieldHosting, sh, from, to, "hosted-label@1")}
		}
	}
	for n := i; n < min(len(sh.rows), i+2); n++ {
		for _, place := range addresses(sh.text, max(start, sh.rows[n].Start), sh.rows[n].End) {
			host := hostOf(string(sh.text[place[0]:place[1]]))
			if host == "" {
				continue
			}
			p := s.propose(greyshelf.FieldHosting, host, "hosted-address@1", sh, place[0], place[1])
			if known := s.bodyOfHost(host); known != "" {
				p.Value, p.Confidence = known, s.weights["hosted-label@1"].confidence
			}
			p.Printed = p.Quote
			return []proposal{p}
		}
	}
	return nil
}
