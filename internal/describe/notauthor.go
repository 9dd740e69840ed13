package describe

import "strings"

// isNotAuthor reports whether row i stands under a label that gives its names
// another part in the report: editors, translators, photographers, people who
// are thanked or answer questions. The label begins the row or stands above it,
// with nothing but names, offices and bodies between.
func (s *scene) isNotAuthor(sh *sheet, i int) bool {
	if s.labelOfOthers(sh.rows[i].fold, true) {
		return true
	}
	if i+1 < len(sh.rows) && s.is("not author", sh.rows[i+1].fold) && near(sh.rows[i], sh.rows[i+1]) && len(strings.Fields(sh.rows[i+1].fold)) == 1 &&
		!(i+2 < len(sh.rows) && near(sh.rows[i+1], sh.rows[i+2]) && s.isNameRow(sh.rows[i+2])) {
		return true // the office beneath the name: "Editor"
	}
	for j := i - 1; j >= max(0, i-12); j-- {
		r := sh.rows[j]
		if !near(r, sh.rows[j+1]) && !(j == i-1 && len(r.fold) < 40 && s.is("not author", r.fold)) {
			return false
		}
		if s.labelOfOthers(r.fold, false) {
			return true
		}
		if s.is("author block", r.fold) || s.leads("by", r.fold) != "" || r.prose || len(r.fold) > 120 {
			return false
		}
		if names, _ := s.readNames([]rune(r.Text)); len(names) == 0 && !s.isOffice(r.Text) {
			return false
		}
	}
	return false
}

// labelOfOthers reports whether a folded row is, or begins with, a label of
// those who are no authors.
func (s *scene) labelOfOthers(f string, same bool) bool {
	if s.is("not author", f) {
		return true
	}
	label := s.leads("not author", f)
	if label == "" || s.is("author block", f) || len(s.leads("by", f)) >= len(label) {
		return false
	}
	rest := strings.TrimSpace(f[len(label):])
	return same || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "and ")
}

// near reports whether row b stands directly beneath a.
func near(a, b row) bool {
	height := max(a.Box[3]-a.Box[1], b.Box[3]-b.Box[1])
	gap := b.Box[1] - a.Box[3]
	return gap < 1.5*height && b.Box[1] > a.Box[1]-0.5*height
}
