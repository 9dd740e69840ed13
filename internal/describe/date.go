package describe

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

const mostDates = 400 // looked at on one page

// findDate proposes the dates that stand with a label ("Updated", "Published")
// or alone in a line of the first or last pages, the year of a cover or
// copyright line, and as a witness the date on which the file was made. A date
// within running text says nothing about the document.
func findDate(s *scene) []proposal {
	var found []proposal
	for _, sh := range s.sheets() {
		for i, m := range greyshelf.FindDates(string(sh.text)) {
			if i == mostDates {
				break
			}
			if p, ok := s.dateAt(sh, m); ok {
				found = append(found, p)
			}
		}
		found = append(found, s.years(sh)...)
	}
	found = append(found, s.citedDate()...)
	return append(found, s.fileDate()...)
}

// dateAt judges a date by what stands in its line.
func (s *scene) dateAt(sh *sheet, m greyshelf.DateMatch) (proposal, bool) {
	r, ok := sh.rowAt(m.Start)
	if !ok || r.End-r.Start > 200 {
		return proposal{}, false
	}
	before := foldString(string(sh.text[r.Start:m.Start]))
	after := ""
	if m.End < r.End {
		after = foldString(string(sh.text[m.End:r.End]))
	}
	method := s.dateKind(sh, r, before, after)
	if method == "" {
		return proposal{}, false
	}
	p := s.propose(greyshelf.FieldDate, m.EDTF, method, sh, m.Start, m.End)
	p.Printed = joinLines(string(sh.text[m.Start:m.End]))
	p.never = method == "date-accessed@1"
	p.rank = dateRank(method)
	if len(m.EDTF) == 4 {
		p.Confidence *= 0.8
	}
	return p, true
}

// dateRank: "updated" is the date of this edition whatever else is printed; a
// year alone and a date that only bears on the document come last.
func dateRank(method string) int {
	switch method {
	case "date-updated@1":
		return 3
	case "date-published@1", "date-cover@1", "date-line@1", "date-running@1", "date-front@1":
		return 2
	case "date-citation@1":
		return 1
	}
	return 0
}

// rowAt gives the row in which a code point stands.
func (sh *sheet) rowAt(at int) (row, bool) {
	for _, r := range sh.rows {
		if at >= r.Start && at < r.End {
			return r, true
		}
	}
	return row{}, false
}

// dateKind gives the method by which a date is found, "" where it says nothing
// about the document.
func (s *scene) dateKind(sh *sheet, r row, before, after string) string {
	label := strings.TrimRight(lastSegment(before), " :.-,(")
	previous := ""
	if label == "" && r.n > 0 {
		previous = strings.TrimRight(sh.rows[r.n-1].fold, " :")
	}
	by := s.is("published", label) && s.leads("by", strings.TrimLeft(after, " ,")) != ""
	alone := by || strings.Trim(firstSegment(after), " .,;:)]") == "" || onlyPlace(after)
	switch {
	case s.ends("accessed", label) != "" || s.ends("accessed", previous) != "":
		return "date-accessed@1"
	case !alone:
		return ""
	case s.is("updated", label), s.is("updated", previous):
		return "date-updated@1"
	case s.is("submitted", label), s.is("submitted", previous):
		return "date-submitted@1"
	case s.is("published", label), s.is("published", previous):
		return s.labelledDate(sh, r)
	case s.is("as of", label):
		return s.ifOnCover(sh, r, "date-as-of@1")
	case s.runs(r) >= 3 && before == "" && r.End-r.Start < 60:
		return "date-running@1"
	case label == "" && lastSegment(before) == "" && !s.inProse(sh, r.n):
		return s.standingDate(sh, r, before, after)
	case sh.index == 1 && utf8.RuneCountInString(label) <= 40 && !s.inProse(sh, r.n) && r.End-r.Start <= 80 && onlyPlace(label):
		return "date-line@1"
	}
	return ""
}

// labelledDate: a word such as "date" is a label in the front matter, not in
// the references at the end.
func (s *scene) labelledDate(sh *sheet, r row) string {
	first, _ := utf8.DecodeRuneInString(r.Text)
	begins := s.leads("published", r.fold) != "" && !unicode.IsLower(first) && sh.index <= len(s.front)
	if s.inProse(sh, r.n) && !begins {
		return ""
	}
	return "date-published@1"
}

func (s *scene) ifOnCover(sh *sheet, r row, method string) string {
	if sh.index > 2 || s.inProse(sh, r.n) {
		return ""
	}
	return method
}

// standingDate is the method for a date with nothing else in its line or in
// its part of the line.
func (s *scene) standingDate(sh *sheet, r row, before, after string) string {
	switch {
	case r.Box[1] > sh.text3 && !atEdge(r.Box):
		return "date-among@1"
	case sh.index > len(s.front):
		return ""
	case sh.index > 1:
		return "date-front@1"
	case before != "" || strings.Trim(after, " .,;:)]") != "":
		return "date-line@1"
	}
	return "date-cover@1"
}

// lastSegment and firstSegment cut a folded line at the signs that part what
// stands beside each other in it.
func lastSegment(f string) string {
	if at := strings.LastIndexAny(f, "|·•;"); at >= 0 {
		_, size := utf8.DecodeRuneInString(f[at:])
		return strings.TrimSpace(f[at+size:])
	}
	return strings.TrimSpace(f)
}

func firstSegment(f string) string {
	if at := strings.IndexAny(f, "|·•;"); at >= 0 {
		return f[:at]
	}
	return f
}

// onlyPlace reports whether a folded text can be the name of a place beside a
// date ("washington, dc", "paris, le"): at most four words, no digits.
func onlyPlace(f string) bool {
	words := strings.FieldsFunc(f, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",.;-()", r) })
	return len(words) <= 4 && !strings.ContainsFunc(f, func(r rune) bool { return unicode.IsDigit(r) || r == ':' })
}

// years proposes a year that stands alone on the cover and the year of a
// copyright line.
func (s *scene) years(sh *sheet) []proposal {
	var found []proposal
	for _, r := range sh.rows {
		if r.End-r.Start > 200 || len(found) == 4 {
			continue
		}
		if d, ok := greyshelf.ParseDate(r.Text); ok && len(d.EDTF) == 4 && sh.index == 1 && plausibleYear(d.EDTF) {
			p := s.propose(greyshelf.FieldDate, d.EDTF, "year-cover@1", sh, r.Start, r.End)
			p.Printed, p.rank = p.Quote, 1
			found = append(found, p)
			continue
		}
		if s.copyrightSign(r.fold) < 0 {
			continue
		}
		if start, end := lastYear(sh.text[r.Start:r.End]); end > 0 {
			p := s.propose(greyshelf.FieldDate, string(sh.text[r.Start+start:r.Start+end]), "year-copyright@1", sh, r.Start+start, r.Start+end)
			p.Printed, p.rank = p.Quote, -1
			found = append(found, p)
		}
	}
	return found
}

func plausibleYear(year string) bool {
	y, err := strconv.Atoi(year)
	return err == nil && y >= 1850 && y <= 2100
}

// lastYear finds the last plausible year of four digits.
func lastYear(text []rune) (start, end int) {
	for i := len(text) - 4; i >= 0; i-- {
		if i > 0 && unicode.IsDigit(text[i-1]) || i+4 < len(text) && unicode.IsDigit(text[i+4]) {
			continue
		}
		if word := string(text[i : i+4]); strings.Trim(word, "0123456789") == "" && plausibleYear(word) {
			return i, i + 4
		}
	}
	return 0, 0
}

// citedDate proposes the date in the suggested citation.
func (s *scene) citedDate() []proposal {
	if s.cite.sheet == nil {
		return nil
	}
	var found []proposal
	for _, m := range greyshelf.FindDates(string(s.cite.sheet.text[s.cite.start:s.cite.end])) {
		from, to := s.cite.start+m.Start, s.cite.start+m.End
		p := s.propose(greyshelf.FieldDate, m.EDTF, "date-citation@1", s.cite.sheet, from, to)
		p.Printed, p.rank = joinLines(string(s.cite.sheet.text[from:to])), dateRank("date-citation@1")
		found = append(found, p)
	}
	return found[:min(1, len(found))]
}

// fileDate keeps the date on which the file was made as a witness: it is not
// the document's word about itself. PDF 32000-1 §7.9.4: D:YYYYMMDDHHmmSS.
func (s *scene) fileDate() []proposal {
	raw := strings.TrimPrefix(s.doc.Info.Meta["CreationDate"], "D:")
	if len(raw) < 8 || strings.Trim(raw[:8], "0123456789") != "" {
		return nil
	}
	edtf := raw[:4] + "-" + raw[4:6] + "-" + raw[6:8]
	if !greyshelf.ValidEDTF(edtf) {
		return nil
	}
	p := s.proposeBare(greyshelf.FieldDate, edtf, "info-date@1")
	p.never = true
	return []proposal{p}
}
