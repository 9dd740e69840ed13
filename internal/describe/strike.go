package describe

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// strikes reports whether a row cannot be part of a title: address, date, page
// number, report number, name of a body, byline, series line, heading of a
// part.
func (s *scene) strikes(r row) bool {
	f := r.fold
	switch {
	case len(f) > 400, isAddress(f), onlyNumbers(f), isCode(strings.TrimSpace(r.Text)):
		return true
	case s.is("abstract", f), s.is("after abstract", f), s.is("author block", f), s.isSeries(f), s.inSeries(f):
		return true
	case s.body1(r.Text) != "":
		return true
	case s.leads("updated", f) != "" && len(greyshelf.FindDates(r.Text)) > 0:
		return true
	case s.leads("version", f) != "" && strings.ContainsAny(f, "0123456789") && len(f) < 40:
		return true
	case s.isNumberLine(r), s.isIssueLine(f):
		return true
	case s.isCaption(f), dottedLine.MatchString(f):
		return true
	case s.leads("for", f) != "", s.leads("reserved", f) != "", strings.HasPrefix(f, "©"):
		return true
	case s.isByline(r), s.isNameRow(r):
		return true
	case atEdge(r.Box) && s.runs(r) >= 2 && r.size <= 1.1*s.body && greyshelf.LooksLikeBody(r.Text):
		return true
	}
	return s.isDateRow(r)
}

// rejoin takes back what was struck within a title: a row that goes on right
// beneath one that stops at a word which begins something ("Managing Teacher Pay
// to" / "2033"), in the same size and larger than running text. Such a row states
// neither date nor number.
func (s *scene) rejoin(sh *sheet) {
	for i := 1; i < len(sh.rows); i++ {
		a, b := sh.rows[i-1], sh.rows[i]
		if a.struck || !b.struck || b.size < 1.2*s.body || a.prose || !s.continues(a, b) || b.End-b.Start > 40 {
			continue
		}
		words := strings.Fields(strings.TrimRight(a.fold, " :"))
		if len(words) < 2 || !s.is("unended", words[len(words)-1]) || isAddress(b.fold) {
			continue
		}
		sh.rows[i].struck, sh.rows[i].joined = false, true
	}
}

// isNumberLine reports whether a row holds the label of a report's number and
// the number, and nothing else.
func (s *scene) isNumberLine(r row) bool {
	label := s.leads("report label", r.fold)
	if label == "" || r.End-r.Start > 40 {
		return false
	}
	rest := strings.TrimLeft(r.fold[len(label):], " .:#№°º")
	return rest != "" && !strings.Contains(rest, " ") && strings.ContainsAny(rest, "0123456789") && !plausibleYear(rest)
}

// isIssueLine reports whether a folded line says which volume or issue this is,
// and no more: "Volume 47", "Vol. 3, No. 2".
func (s *scene) isIssueLine(f string) bool {
	label := s.leads("issue", f)
	rest := strings.TrimLeft(strings.TrimPrefix(f, label), " .:#№°º")
	return label != "" && len(f) <= 30 && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// isCaption reports whether a folded line begins like the caption of a table or
// figure: "Table 1.", "Abbildung 3:".
func (s *scene) isCaption(f string) bool {
	label := s.leads("caption", f)
	if label == "" {
		return false
	}
	rest := strings.TrimLeft(f[len(label):], " ")
	return strings.HasPrefix(rest, ":") || rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// body1 gives the preferred form of the known body whose name is all that a
// line holds, or "".
func (s *scene) body1(line string) string {
	if len(line) > 200 {
		return ""
	}
	return s.knowledge.body(line)
}

// isSeries reports whether a folded line is nothing but a word for a series or
// kind of publication, perhaps with a number or a logo's stray letter.
func (s *scene) isSeries(f string) bool {
	f = strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) && r != ')' && r != '(' })
	if s.is("series", f) {
		return true
	}
	_, size := utf8.DecodeLastRuneInString(f)
	return len(f) > 7 && s.is("series", f[:len(f)-size])
}

// isDateRow reports whether a date, perhaps with a label, is all that a line
// holds.
func (s *scene) isDateRow(r row) bool {
	if len(r.Text) > 120 {
		return false
	}
	if parts := segments([]rune(r.Text), 0, r.End-r.Start); len(parts) > 1 {
		for _, part := range parts {
			if text := string([]rune(r.Text)[part[0]:part[1]]); !s.isDateText(text) && !onlyNumbers(foldString(text)) {
				return false
			}
		}
		return true
	}
	return s.isDateText(r.Text)
}

// isDateText is isDateRow for one part of a line.
func (s *scene) isDateText(text string) bool {
	if _, ok := greyshelf.ParseDate(text); ok {
		return true
	}
	dates := greyshelf.FindDates(text)
	if len(dates) == 0 {
		return false
	}
	rest := []rune(text)
	before, after := foldString(string(rest[:dates[0].Start])), foldString(string(rest[dates[len(dates)-1].End:]))
	before = strings.TrimRight(before, " :.-,|")
	return (before == "" || s.is("updated", before) || s.is("published", before) || s.is("submitted", before) || s.is("as of", before)) &&
		strings.Trim(after, " .,|)") == ""
}

// isAddress reports whether a folded line is a web or mail address, a
// telephone number or the like.
func isAddress(f string) bool {
	if strings.Contains(f, "http://") || strings.Contains(f, "https://") || strings.Contains(f, "www.") {
		return true
	}
	for _, word := range strings.Fields(f) {
		if at := strings.IndexByte(word, '@'); at > 0 && strings.Contains(word[at:], ".") {
			return true
		}
	}
	if strings.ContainsRune(f, ' ') {
		return false
	}
	return isHost(f)
}

// isHost reports whether a word looks like the name of a host: "rand.org".
func isHost(word string) bool {
	labels := strings.Split(strings.TrimRight(word, "/."), ".")
	last := labels[len(labels)-1]
	if len(labels) < 2 || len(last) < 2 || len(last) > 6 {
		return false
	}
	for _, label := range labels {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") == ""
}

// onlyNumbers reports whether a folded line holds no word: page numbers,
// rules, bullets.
func onlyNumbers(f string) bool {
	letters := 0
	for _, r := range f {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters < 2 || isRoman(f)
}

func isRoman(f string) bool { return len(f) <= 6 && strings.Trim(f, "ivxlc") == "" }

func sortFloats(v []float64) { sort.Float64s(v) }
