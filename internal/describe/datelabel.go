package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateScene is a date with what stands around it, folded.
type dateScene struct {
	sheet    *sheet
	row      row
	before   string // in its line
	after    string
	label    string // what names it: before it in its part of the line
	previous string // the line above, or beside in the same height, where nothing stands before it
	printed  string // label, not folded
}

// around reads what stands around a date.
func (s *scene) around(sh *sheet, r row, m datePlace) dateScene {
	d := dateScene{sheet: sh, row: r, before: foldString(string(sh.text[r.Start:m.start]))}
	if m.end < r.End {
		d.after = foldString(string(sh.text[m.end:r.End]))
	}
	d.printed = string(sh.text[r.Start:m.start])
	if at := strings.LastIndexAny(d.printed, "|·•;"); at >= 0 {
		_, size := utf8.DecodeRuneInString(d.printed[at:])
		d.printed = d.printed[at+size:]
	}
	d.label = s.withoutWeekday(strings.TrimRight(lastSegment(d.before), " :.-,([،"))
	if d.label == "" {
		d.previous = strings.TrimRight(s.headOf(sh, r), " :.-،")
	}
	return d
}

// headDistance is how far above a date, in heights of a line, what heads it may
// stand.
const headDistance = 6

// headOf gives the folded line that heads a row: one on the same height beside
// it that ends in a colon or is a known label, else the one before it.
func (s *scene) headOf(sh *sheet, r row) string {
	for _, other := range sh.rows[max(0, r.n-12):min(len(sh.rows), r.n+6)] {
		if other.n == r.n || other.End-other.Start > 40 || r.Box[3] <= r.Box[1] {
			continue
		}
		if mid := (r.Box[1] + r.Box[3]) / 2; mid > other.Box[1] && mid < other.Box[3] && s.isDateLabel(other.fold) {
			return other.fold
		}
	}
	if r.n > 0 && s.near(sh.rows[r.n-1], r, headDistance) {
		return sh.rows[r.n-1].fold
	}
	return ""
}

func (s *scene) isDateLabel(f string) bool {
	f = strings.TrimRight(f, " :.-،")
	for _, section := range []string{"updated", "revised", "published", "submitted", "as of", "accessed"} {
		if s.is(section, f) {
			return true
		}
	}
	return false
}

// withoutWeekday takes the name of a day of the week from the end of a label.
func (s *scene) withoutWeekday(label string) string {
	if day := s.ends("weekday", label); day != "" {
		return strings.TrimRight(strings.TrimSuffix(label, day), " :.-,(")
	}
	return label
}

// says reports whether label or line above are a phrase of the section, or the
// label of a short line ends with one ("this report was last updated on").
func (s *scene) says(section string, d dateScene) bool {
	if s.is(section, d.label) || s.is(section, d.previous) {
		return true
	}
	phrase := s.ends(section, d.label)
	return phrase != "" && strings.Contains(phrase, " ") && len(strings.Fields(d.label)) <= 8 && !s.inProse(d.sheet, d.row.n)
}

// dateKind gives the method by which a date is found, "" where it says nothing
// about the document.
func (s *scene) dateKind(d dateScene) string {
	by := s.is("published", d.label) && s.leads("by", strings.TrimLeft(d.after, " ,")) != ""
	rest := strings.Trim(firstSegment(d.after), " .,;:()[]،")
	behind := s.is("updated", rest) || s.is("revised", rest) || s.is("published", rest)
	alone := by || rest == "" || behind || onlyPlace(rest) || s.is("year mark", rest) || s.isSeriesLabel(rest)
	switch {
	case s.ends("accessed", d.label) != "" || s.ends("accessed", d.previous) != "":
		return "date-accessed@1"
	case s.isEvent(d):
		return s.ifOnCover(d, "date-event@1")
	case !alone:
		return ""
	case s.inHistory(d):
		return "date-submitted@1"
	case s.says("revised", d), s.is("revised", rest):
		return "date-revised@1"
	case s.says("updated", d), s.is("updated", rest):
		return "date-updated@1"
	case s.says("submitted", d):
		return "date-submitted@1"
	case s.says("first published", d):
		return "date-first@1"
	case s.says("published", d), s.is("published", rest), s.placeAfterLabel(d):
		return s.labelledDate(d)
	case s.says("as of", d):
		return s.ifOnCover(d, "date-as-of@1")
	case s.runs(d.row) >= 3 && d.before == "" && d.row.End-d.row.Start < 60:
		return "date-running@1"
	case d.label == "" && lastSegment(d.before) == "" && !s.inProse(d.sheet, d.row.n):
		return s.standingDate(d)
	}
	return s.dateBesidePlace(d)
}

// inHistory reports whether a revision stands in a line that tells when a paper
// was received and accepted: it is then no edition's.
func (s *scene) inHistory(d dateScene) bool {
	if !s.says("revised", d) {
		return false
	}
	if at, _ := s.holds("submitted", d.row.fold); at >= 0 {
		return true
	}
	for _, n := range []int{d.row.n - 1, d.row.n + 1} {
		if n >= 0 && n < len(d.sheet.rows) && s.leads("submitted", d.sheet.rows[n].fold) != "" {
			return true
		}
	}
	return false
}

// placeAfterLabel reads "published in Geneva, 3 May 2016".
func (s *scene) placeAfterLabel(d dateScene) bool {
	phrase := s.leads("published", d.label)
	return phrase != "" && placeName(strings.TrimSpace(string([]rune(strings.TrimSpace(d.printed))[min(len([]rune(phrase)), len([]rune(strings.TrimSpace(d.printed)))):])))
}

// isSeriesLabel reports whether a folded part of a line names a series, a number in
// it or a version ("policy brief no. 12", "version 1.2").
func (s *scene) isSeriesLabel(f string) bool {
	if utf8.RuneCountInString(f) > 60 {
		return false
	}
	for _, section := range []string{"series", "number label", "numbered series", "version", "issue"} {
		if phrase := s.leads(section, f); phrase != "" && len(strings.Fields(f[len(phrase):])) <= 4 {
			return true
		}
	}
	return false
}

// dateBesidePlace is the method for a date behind the name of a place, a series
// or a body on the cover ("Washington, DC, May 2009", "Policy Brief 12, May
// 2009"); a date within a title is none.
func (s *scene) dateBesidePlace(d dateScene) string {
	r := d.row
	series := s.isSeriesLabel(d.label) || s.looksLikeBody(strings.TrimRight(strings.TrimSpace(d.printed), " ,;:-–"))
	if d.sheet.index != 1 || utf8.RuneCountInString(d.label) > 60 || s.inProse(d.sheet, r.n) || r.End-r.Start > 80 || !series && !placeName(d.printed) {
		return ""
	}
	if s.body > 0 && r.size > 1.5*s.body || r.Box[1] > d.sheet.text3 && !atEdge(r.Box) {
		return ""
	}
	return "date-line@1"
}

// isEvent reports whether the date is that of a meeting, a law, a deadline or
// the like.
func (s *scene) isEvent(d dateScene) bool {
	for _, f := range []string{d.label, d.previous} {
		if s.ends("event", f) != "" || f == d.label && s.leads("event", f) != "" {
			return true
		}
	}
	return s.leads("event", strings.TrimLeft(d.after, " ,.-)")) != ""
}

// labelledDate: a word such as "date" is a label in the front matter, not in
// the references at the end.
func (s *scene) labelledDate(d dateScene) string {
	first, _ := utf8.DecodeRuneInString(d.row.Text)
	begins := s.leads("published", d.row.fold) != "" && !unicode.IsLower(first) && d.sheet.index <= len(s.front)
	if s.inProse(d.sheet, d.row.n) && !begins {
		return ""
	}
	return "date-published@1"
}

func (s *scene) ifOnCover(d dateScene, method string) string {
	if d.sheet.index > 2 || s.inProse(d.sheet, d.row.n) {
		return ""
	}
	return method
}

// standingDate is the method for a date with nothing else in its line or in
// its part of the line.
func (s *scene) standingDate(d dateScene) string {
	sh, r := d.sheet, d.row
	switch {
	case r.Box[1] > sh.text3 && !atEdge(r.Box):
		return "date-among@1"
	case sh.index > len(s.front):
		return ""
	case sh.index > 1:
		return "date-front@1"
	case d.before != "" || strings.Trim(d.after, " .,;:)]") != "":
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
