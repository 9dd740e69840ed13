package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// addressLines reads lines that name a body and its address beside each other,
// as at the end of newsletters: "Harbour Institute · 4 Quay Street ·
// harbour.org", "Harbour Institute, 4 Quay Street, Tidewater".
func (s *scene) addressLines(sh *sheet) []proposal {
	var found []proposal
	for i, r := range sh.rows {
		if r.End-r.Start > 200 || len(found) == 4 {
			continue
		}
		name, ok := s.beforeAddress(sh, r)
		if ok && !s.isNotPublisher(sh, i) && !s.goesOn(sh, i) {
			found = append(found, s.proposeBody(sh, name[0], name[1], "address-line@1"))
		}
	}
	return found
}

// beforeAddress gives the place of the name with which such a line begins.
func (s *scene) beforeAddress(sh *sheet, r row) ([2]int, bool) {
	segs := segments(sh.text, r.Start, r.End)
	if len(segs) < 2 {
		segs = commaParts(sh.text, r.Start, r.End)
		if len(segs) < 3 || r.prose || !isStreet(sh.text, segs[1:]) {
			return [2]int{}, false
		}
		name := string(sh.text[segs[0][0]:segs[0][1]])
		return segs[0], s.isStrongBody(name) && s.isFullName(name)
	}
	name := string(sh.text[segs[0][0]:segs[0][1]])
	if !s.isFullName(name) {
		return [2]int{}, false
	}
	for _, seg := range segs[1:] {
		host := hostOf(string(sh.text[seg[0]:seg[1]]))
		if host != "" && (s.isStrongBody(name) || s.isProperBody(name) || hostAgrees(host, name)) {
			return segs[0], true
		}
	}
	return [2]int{}, false
}

// isFullName reports whether a text may be the whole name of a body: two words
// or more, or a known one, with capitals as names have them, and not unfinished.
func (s *scene) isFullName(name string) bool {
	words := len(strings.Fields(name))
	if words == 0 || words > 12 || utf8.RuneCountInString(name) > longestBody || isAddress(foldString(name)) || isSmallWord(lastWord(name)) || s.bodyKind(name) == repository {
		return false
	}
	if s.knowledge.body(name) != "" {
		return true
	}
	return words > 1 && (capitalised(name) || isWholeBody(name)) && !s.isDateText(name)
}

// commaParts cuts a passage at its commas.
func commaParts(text []rune, start, end int) [][2]int {
	var parts [][2]int
	for from, i := start, start; i <= end && len(parts) < 8; i++ {
		if i < end && text[i] != ',' && text[i] != '،' {
			continue
		}
		if part := trimSpan(text, from, i); part[0] < part[1] {
			parts = append(parts, part)
		}
		from = i + 1
	}
	return parts
}

// isStreet reports whether one of the parts behind a name is a street with its
// number, and none holds a date, a year or the end of a sentence.
func isStreet(text []rune, parts [][2]int) bool {
	street := false
	for _, part := range parts {
		words := strings.Fields(string(text[part[0]:part[1]]))
		whole := strings.Join(words, " ")
		if len(words) > 6 || len(greyshelf.FindDates(whole)) > 0 || strings.ContainsAny(whole, ":;?!=©") {
			return false
		}
		if _, year := lastYear([]rune(whole)); year > 0 {
			return false
		}
		number := strings.ContainsFunc(whole, unicode.IsDigit)
		street = street || number && len(whole) > 0 && len(words) <= 6
	}
	return street
}

// standingName gives the end of the name of a body that begins in row i of the
// cover and goes on in the rows beneath, set alike in a narrow column: "Harbour
// Institute for" / "Public Policy". It is the row's own end where it does not
// go on.
func (s *scene) standingName(sh *sheet, i int) int {
	r := sh.rows[i]
	end := r.End
	if sh.index != 1 || r.prose || !s.looksLikeBody(r.Text) || s.knowledge.body(r.Text) != "" && !isSmallWord(lastWord(r.Text)) {
		return end
	}
	for _, next := range sh.rows[i+1 : min(len(sh.rows), i+4)] {
		before := sh.rows[next.n-1]
		if !s.setAlike(before, next) || len([]rune(strings.TrimSpace(next.Text))) < 3 || s.isDateRow(next) || isAddress(next.fold) || s.isNameRow(next) || s.isByline(next) ||
			next.End-r.Start > longestBody || strings.ContainsFunc(next.Text, unicode.IsDigit) || strings.ContainsAny(next.Text, "|·•:;©@") {
			break
		}
		first, _ := utf8.DecodeRuneInString(strings.TrimSpace(next.Text))
		open := isSmallWord(lastWord(before.Text)) || s.unended(before.fold) || unicode.IsLower(first) || isSmallWord(leadingWord(next.Text))
		narrow := max(before.Box[2]-before.Box[0], next.Box[2]-next.Box[0]) < 0.3 && before.Bold
		if !open && !narrow || !open && s.knowledge.body(next.Text) != "" {
			break
		}
		end = next.End
	}
	return end
}

// unended reports whether a folded line ends in a word with which no name ends.
func (s *scene) unended(f string) bool { return s.ends("unended", f) != "" }

// setAlike reports whether two rows follow each other in one block, font and
// size, at one edge or around one middle.
func (s *scene) setAlike(a, b row) bool {
	if !s.continues(a, b) || !evenSize(a, b) || a.Bold != b.Bold {
		return false
	}
	near := func(x, y float64) bool { return x-y < 0.012 && y-x < 0.012 }
	return near(a.Box[0], b.Box[0]) || near(a.Box[2], b.Box[2]) || near(a.Box[0]+a.Box[2], b.Box[0]+b.Box[2])
}

// isCommittee reports whether an unknown name is that of a committee, which
// reports to the body that publishes.
func (s *scene) isCommittee(name string) bool {
	if s.knowledge.body(name) != "" {
		return false
	}
	return s.leads("committee", strings.TrimPrefix(foldString(name), "the ")) != ""
}

// beginsRows counts the rows that are a folded name, or begin with it and a
// comma.
func (s *scene) beginsRows(f string) int {
	n := 0
	for _, sh := range s.sheets() {
		for _, r := range sh.rows {
			if rest, found := strings.CutPrefix(r.fold, f); found && (rest == "" || rest[0] == ',') {
				n++
			}
		}
	}
	return n
}

// isCompanyName reports whether a name of two or three words ends in a word
// that companies have in their names ("Tidewater Security") and begins with one
// that the document never writes small, as it would a common word.
func (s *scene) isCompanyName(name string) bool {
	words := strings.Fields(name)
	if len(words) < 2 || len(words) > 3 || !capitalised(name) || !s.is("company word", foldString(words[len(words)-1])) {
		return false
	}
	first := foldString(words[0])
	return !s.noName[first] && !s.isRoleWord(first) && !isSmallWord(first) && utf8.RuneCountInString(first) >= 4 && !s.writtenSmall(first)
}

// writtenSmall reports whether the document has the folded word with a small
// first letter.
func (s *scene) writtenSmall(word string) bool {
	for _, sh := range s.sheets() {
		for from := 0; from < len(sh.fold.text); {
			at := findWhole(sh.fold.text[from:], word)
			if at < 0 {
				break
			}
			if start, _ := sh.fold.span(from+at, from+at+len(word)); start < len(sh.text) && unicode.IsLower(sh.text[start]) {
				return true
			}
			from += at + len(word)
		}
	}
	return false
}

// hasForeignWord reports whether a name has one of the small words of other
// languages than English, which writes all longer words of a name with capitals.
func hasForeignWord(name string) bool {
	for _, word := range strings.Fields(name) {
		if littleWord(word) && !englishSmall(strings.ToLower(word)) {
			return true
		}
	}
	return false
}

func englishSmall(word string) bool {
	switch word {
	case "of", "for", "and", "the", "on", "in", "to", "&", "at", "with", "a", "an", "am", "per", "i":
		return true
	}
	return false
}

// withoutBrackets gives a name without what stands in brackets.
func withoutBrackets(name string) string {
	head, rest, found := strings.Cut(name, "(")
	if !found {
		return name
	}
	_, tail, _ := strings.Cut(rest, ")")
	return strings.TrimSpace(strings.TrimSpace(head) + " " + strings.TrimSpace(tail))
}
