package describe

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// numberedSeries is a line that ends in a number with its sign: "Harbour Papers
// No. 12", "Schriftenreihe Hafen, Band 3".
var numberedSeries = regexp.MustCompile(`^(.{3,90}?)[ ,:|/-]+(?:no\.?|nr\.?|n\.?[°ºo]\.?|№|number|numero|vol\.?|volume|band|bd\.?|heft|issue|tome|tomo|вып\.?|выпуск|том|العدد|رقم|#) ?[0-9]{1,4}(?:[/-][0-9]{1,4})?$`)

// findSeries proposes a series line of the first pages: words such as "Working
// Paper" or "Policy Brief" with what belongs to them ("Research Paper Series"),
// and with the number in the series as it is printed.
func findSeries(s *scene) []proposal {
	var found []proposal
	for _, sh := range s.front[:min(2, len(s.front))] {
		for _, r := range sh.rows {
			if len(found) == 3 || s.inProse(sh, r.n) || startsSmall(r.Text) {
				continue
			}
			if end, ok := s.seriesEnd(sh, r); ok && (sh.index == 1 || numberedSeries.MatchString(r.fold)) {
				found = append(found, s.propose(greyshelf.FieldSeries, tidy(string(sh.text[r.Start:end])), "series-line@1", sh, r.Start, end))
			}
		}
	}
	return found
}

// seriesEnd reports whether a row is the line of a series, and where the series
// ends: a logo's stray letter behind it does not belong to it.
func (s *scene) seriesEnd(sh *sheet, r row) (end int, ok bool) {
	words := strings.Fields(r.fold)
	if at, ok := s.seriesAndNumber(sh, r.Start, r.End); ok {
		return at, true
	}
	switch {
	case s.isNumberLine(r), s.is("type report", strings.TrimRight(r.fold, " 0123456789./-#№°º")) && (len(words) == 1 || strings.ContainsAny(r.fold, "0123456789")):
		return 0, false
	case len(words) == 1:
		return r.End, s.is("one word series", r.fold)
	case len(words) == 0 || len(words) > 14:
		return 0, false
	case s.inSeries(r.fold):
		return r.End, true
	case len(words) > 8:
		return 0, false
	case s.isSeries(r.fold):
		f := strings.TrimRight(r.fold, " 0123456789.:/-#|")
		if last, size := utf8.DecodeLastRuneInString(f); !s.is("series", f) && unicode.IsLetter(last) && len(f) == len(r.fold) && s.is("series", f[:len(f)-size]) {
			return r.End - 1, true
		}
		return r.End, true
	}
	switch s.ends("series", r.fold) {
	case "series", "serie", "série", "reihe", "серия", "سلسلة":
		return r.End, true
	}
	return 0, false
}

// inSeries reports whether a folded line names a series and the number in it.
// "Report No. 12" names none.
func (s *scene) inSeries(f string) bool {
	m := numberedSeries.FindStringSubmatch(f)
	if m == nil {
		return false
	}
	head := strings.TrimRight(m[1], " ,:")
	if s.is("type report", head) && !strings.Contains(head, " ") {
		return false
	}
	_, within := s.holds("series name", head)
	return within != "" || s.is("series", head) || s.is("numbered series", head) || s.ends("series", head) != "" && len(strings.Fields(head)) <= 6
}

// findType proposes the kind of publication where the first page prints it in
// a line of its own: "Policy Brief", "Memorandum", "Working Paper 12".
func findType(s *scene) []proposal {
	if len(s.front) == 0 {
		return nil
	}
	sh := s.front[0]
	for _, r := range sh.rows {
		for _, kind := range []string{"brief", "memo", "testimony", "paper", "report"} {
			f := strings.TrimRight(r.fold, " 0123456789.:/-#")
			if s.is("type "+kind, f) && !s.inProse(sh, r.n) {
				p := s.propose(greyshelf.FieldType, kind, "type-line@1", sh, r.Start, r.End)
				p.Printed = tidy(r.Text)
				return []proposal{p}
			}
		}
	}
	return nil
}
