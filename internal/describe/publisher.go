package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

const (
	longestBody  = 150  // code points of a body's name
	unlikelyBody = 0.25 // trust in a standing name that needs other evidence to be chosen
)

// findPublisher proposes the bodies that the document names as its publisher:
// with a label, as holder of the copyright, in a sentence about who prepared
// it, in the running head or foot, or standing alone on the cover.
func findPublisher(s *scene) []proposal {
	var found []proposal
	for _, sh := range s.sheets() {
		found = append(found, s.standingBodies(sh)...)
		found = append(found, s.publisherLabels(sh)...)
		found = append(found, s.copyrightHolders(sh)...)
		found = append(found, s.preparedSentences(sh)...)
		found = append(found, s.imprintBodies(sh)...)
		found = append(found, s.addressLines(sh)...)
	}
	found = append(found, s.domainBodies()...)
	found = append(found, s.citedPublisher()...)
	for i := range found {
		found[i].Value = s.preferred(s.usualCase(found[i].Value))
	}
	return found
}

// usualCase gives the form that the document prints elsewhere of a name that
// stands in capitals in a letterhead.
func (s *scene) usualCase(name string) string {
	if strings.ToUpper(name) != name || !strings.Contains(name, " ") {
		return name
	}
	folded := foldString(name)
	for _, sh := range s.sheets() {
		for from := 0; from < len(sh.fold.text); {
			at := findWhole(sh.fold.text[from:], folded)
			if at < 0 {
				break
			}
			start, end := sh.fold.span(from+at, from+at+len(folded))
			if printed := joinLines(string(sh.text[start:end])); strings.ToUpper(printed) != printed {
				return printed
			}
			from += at + len(folded)
		}
	}
	return name
}

// preferred gives the preferred form of a body's name.
func (s *scene) preferred(name string) string {
	if known := s.knowledge.body(name); known != "" {
		return known
	}
	return name
}

// proposeBody proposes the name that stands at [start, end).
func (s *scene) proposeBody(sh *sheet, start, end int, method string) proposal {
	p := s.propose(greyshelf.FieldPublisher, strings.Trim(joinLines(string(sh.text[start:end])), " .,;:|·•*©"), method, sh, start, end)
	p.Printed = p.Value
	return p
}

// standingBodies reads rows, and parts of rows, that hold nothing but the name
// of a body: in the running head or foot of pages, or on the cover. Whom the
// report is for is not its publisher.
func (s *scene) standingBodies(sh *sheet) []proposal {
	var found []proposal
	for i, r := range sh.rows {
		if r.End-r.Start > 200 || s.isNotPublisher(sh, i) {
			continue
		}
		segs := segments(sh.text, r.Start, r.End)
		if end := s.standingName(sh, i); end > r.End {
			segs = [][2]int{{r.Start, end}}
		}
		for _, seg := range segs {
			name := joinLines(string(sh.text[seg[0]:seg[1]]))
			if method := s.standingMethod(sh, r, name); method != "" && len(found) < 20 {
				p := s.proposeBody(sh, seg[0], seg[1], method)
				if s.isCommittee(name) {
					p.Confidence, p.Why = min(p.Confidence, unlikelyBody), "a committee, which reports to another body"
				}
				found = append(found, p)
			}
		}
	}
	return found
}

// standingMethod gives the method by which a standing name counts, or "".
func (s *scene) standingMethod(sh *sheet, r row, name string) string {
	known, runs := s.knowledge.body(name) != "", s.runs(r) >= 2 || sh.index > 1 && atEdge(r.Box) && len(name) <= longestBody && s.isStrongBody(name) && s.beginsRows(foldString(name)) >= 2
	if utf8.RuneCountInString(name) > longestBody || s.bodyKind(name) == repository {
		return ""
	}
	switch {
	case known && runs && atEdge(r.Box):
		return "known-body-foot@1"
	case known && sh.index == 1 && !s.inProse(sh, r.n) && len(strings.Fields(name)) == 1 && !s.namedElsewhere(sh, name):
		return "known-short@1"
	case known && sh.index == 1 && !s.inProse(sh, r.n):
		return "known-body-cover@1"
	case known || sh.index > len(s.front):
		return ""
	case len(strings.Fields(name)) < 2 || len(strings.Fields(name)) > 10 || !capitalised(name) && (!isWholeBody(name) || s.mainLanguage() == "en" && !hasForeignWord(name)) || !s.isBodyName(sh, withoutBrackets(name)):
		return ""
	case runs && atEdge(r.Box) && !s.isTitleLike(r):
		return "body-foot@1"
	case sh.index == 1 && !s.inProse(sh, r.n) && !s.isStrongBody(name) && (r.Box[1] < 0.1 || r.Box[1] > 0.8) && r.size <= 1.3*s.body:
		return "weak-body-cover@1"
	case sh.index == 1 && !s.inProse(sh, r.n) && (r.Box[1] < 0.2 || r.Box[1] > 0.7) && (r.size <= 1.6*s.body || s.memo):
		return "body-cover@1"
	}
	return ""
}

// isBodyName reports whether a name standing alone is that of a body: it has a
// word that bodies have in their names. Words that titles have as well
// ("research", "review") count only where the name comes again on another page.
func (s *scene) isBodyName(sh *sheet, name string) bool {
	if s.isStrongBody(name) || s.isCompanyName(name) {
		return true
	}
	if !greyshelf.LooksLikeBody(strings.TrimPrefix(name, "The ")) {
		return false
	}
	if s.isProperBody(name) {
		return true
	}
	for _, other := range s.sheets() {
		if other.index != sh.index && findWhole(other.fold.text, foldString(name)) >= 0 {
			return true
		}
	}
	return false
}

// isProperBody reports whether a name of two to four words ends in a word that
// bodies and titles have ("Tidewater Research") and begins with one that is no
// common word of titles.
func (s *scene) isProperBody(name string) bool {
	words := strings.Fields(strings.TrimPrefix(foldString(name), "the "))
	if len(words) < 2 || len(words) > 4 || !s.is("weak body", words[len(words)-1]) || s.is("series", foldString(name)) {
		return false
	}
	for _, w := range words[:len(words)-1] {
		if s.noName[w] || s.isRoleWord(w) || s.is("weak body", w) || isSmallWord(w) || len(w) < 4 {
			return false
		}
	}
	return true
}

// namedElsewhere reports whether the preferred form of a body that stands there
// under a short form comes elsewhere in what is read.
func (s *scene) namedElsewhere(sh *sheet, name string) bool {
	full := foldString(s.knowledge.body(name))
	for _, other := range s.sheets() {
		if full != foldString(name) && findWhole(other.fold.text, full) >= 0 || other.index != sh.index && findWhole(other.fold.text, foldString(name)) >= 0 {
			return true
		}
	}
	return false
}

// isTitleLike reports whether a running line is the report's title.
func (s *scene) isTitleLike(r row) bool {
	key := runningKey(r.fold)
	for _, w := range s.titleWitnesses() {
		if loose(w.fold) == loose(key) {
			return true
		}
	}
	if len(s.front) == 0 {
		return false
	}
	for _, o := range s.front[0].rows {
		if o.fold == r.fold && o.size >= 1.3*s.body {
			return true
		}
	}
	return false
}

// capitalised reports whether all longer words of a name begin with a capital.
func capitalised(name string) bool {
	for i, w := range strings.Fields(name) {
		first, _ := utf8.DecodeRuneInString(w)
		if i == 0 && unicode.IsLower(first) {
			return false
		}
		if unicode.IsLower(first) && !littleWord(w) && !unicode.Is(unicode.Cyrillic, first) {
			return false
		}
		if strings.ContainsAny(w, ":?!@") {
			return false
		}
	}
	return true
}

// littleWord reports whether a small-lettered word may stand in a name of which
// all other words have capitals.
func littleWord(word string) bool {
	if isSmallWord(word) || isParticle(word) {
		return true
	}
	switch strings.ToLower(word) {
	case "at", "with", "a", "von", "vom", "zu", "zur", "zum", "im", "am", "an", "bei", "mit", "für", "à", "au", "aux", "en", "dans", "con", "los", "las",
		"do", "dos", "das", "di", "dei", "degli", "delle", "per", "e", "het", "een", "voor", "og", "av", "ved", "för", "i", "na", "w", "z", "dla", "e.v.", "e.v", "e.", "gmbh", "ggmbh":
		return true
	}
	return strings.HasPrefix(word, "d'") || strings.HasPrefix(word, "d’") || strings.HasPrefix(word, "l'") || strings.HasPrefix(word, "l’")
}

// segments cuts a passage at the signs that part what stands beside each other
// in a line.
func segments(text []rune, start, end int) [][2]int {
	var parts [][2]int
	from := start
	for i := start; i <= end; i++ {
		if i == end || strings.ContainsRune("|·•\t", text[i]) {
			if strings.TrimSpace(string(text[from:i])) != "" && len(parts) < 12 {
				parts = append(parts, trimSpan(text, from, i))
			}
			from = i + 1
		}
	}
	return parts
}

func trimSpan(text []rune, start, end int) [2]int {
	for start < end && unicode.IsSpace(text[start]) {
		start++
	}
	for start < end && unicode.IsSpace(text[end-1]) {
		end--
	}
	return [2]int{start, end}
}

// preparedSentences reads "This report was prepared by the X" and the like.
func (s *scene) preparedSentences(sh *sheet) []proposal {
	var found []proposal
	for _, phrase := range s.phrases["prepared by"].ordered {
		start, end, ok := sh.fold.find(phrase)
		if !ok {
			continue
		}
		before := foldString(string(sh.text[max(0, start-80):start]))
		if at, _ := s.holds("work words", before); at < 0 {
			continue
		}
		from, to := s.nameFrom(sh.text, end)
		if from < to && s.looksLikeBody(string(sh.text[from:to])) {
			found = append(found, s.proposeBody(sh, from, to, "prepared-sentence@1"))
		}
	}
	return found
}
