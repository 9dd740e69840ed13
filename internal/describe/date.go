package describe

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

const (
	mostDates   = 400 // looked at on one page
	mostOnPage  = 3   // dates of a page that stand alone; more are a table or a chronology
	dateRowLong = 200 // code points of a line in which a date may say something of the report
)

// findDate proposes the dates that stand with a label ("Updated", "Published")
// or alone in a line of the first or last pages, the year of a cover or
// copyright line, and as a witness the date on which the file was made. A date
// within running text says nothing about the document.
func findDate(s *scene) []proposal {
	var found []proposal
	for _, sh := range s.sheets() {
		var here []proposal
		for _, m := range s.datesOf(sh) {
			if p, ok := s.dateAt(sh, m); ok {
				here = append(here, p)
			}
		}
		here = append(here, s.coverYears(sh)...)
		found = append(found, fewAlone(here)...)
		found = append(found, s.copyrightYears(sh)...)
	}
	found = append(found, s.citedDate()...)
	found = s.likelyDates(found)
	return append(found, s.fileDate()...)
}

// dateAt judges a date by what stands in its line and around it.
func (s *scene) dateAt(sh *sheet, m datePlace) (proposal, bool) {
	r, ok := sh.rowAt(m.start)
	if !ok || r.joined || r.End-r.Start > dateRowLong {
		return proposal{}, false
	}
	method := s.dateKind(s.around(sh, r, m))
	if method == "" {
		return proposal{}, false
	}
	p := s.proposeDate(sh, m.start, m.end, m.edtf, method)
	p.Confidence *= m.sure
	if m.sure < 1 {
		p.Why = "day and month could be meant the other way round"
	}
	return p, true
}

// proposeDate makes the proposal of a date whose evidence is [start, end).
func (s *scene) proposeDate(sh *sheet, start, end int, edtf, method string) proposal {
	p := s.propose(greyshelf.FieldDate, edtf, method, sh, start, end)
	p.Printed = joinLines(p.Quote)
	p.rank, p.Kind = dateRank(method), kindOfDate(method)
	p.never = method == "date-accessed@1" || method == "date-event@1"
	return p
}

// dateRank: "updated" is the date of this edition whatever else is printed; a
// date that only bears on the document and a year that only bears on its
// copyright come last.
func dateRank(method string) int {
	switch method {
	case "date-updated@1", "date-revised@1":
		return 3
	case "date-published@1", "date-cover@1", "date-line@1", "date-running@1", "date-front@1":
		return 2
	case "date-citation@1", "year-cover@1", "date-first@1":
		return 1
	case "year-copyright@1":
		return -1
	}
	return 0
}

// kindOfDate gives what a date of the method is the date of.
func kindOfDate(method string) string {
	switch method {
	case "date-updated@1":
		return greyshelf.DateUpdated
	case "date-revised@1":
		return greyshelf.DateRevised
	case "date-submitted@1":
		return greyshelf.DateSubmitted
	case "date-as-of@1":
		return greyshelf.DateAsOf
	case "date-accessed@1":
		return greyshelf.DateAccessed
	case "year-copyright@1":
		return greyshelf.DateCopyright
	case "info-date@1":
		return greyshelf.DateMade
	case "date-event@1":
		return ""
	}
	return greyshelf.DatePublished
}

// fewAlone takes away the dates of a page that say nothing but that they stand
// alone, where there are several different ones: a table or a chronology.
func fewAlone(here []proposal) []proposal {
	values := map[string]bool{}
	years := map[string]bool{}
	for _, p := range here {
		switch p.Method {
		case "date-front@1", "date-among@1", "date-line@1":
			values[p.Value] = true
		case "year-cover@1":
			years[p.Value] = true
		}
	}
	var kept []proposal
	for _, p := range here {
		switch p.Method {
		case "date-front@1", "date-among@1":
			if len(values) >= mostOnPage || p.Method == "date-among@1" && len(values) > 1 {
				continue
			}
		case "year-cover@1":
			if len(years) > 1 {
				continue
			}
		}
		kept = append(kept, p)
	}
	return kept
}

// likelyDates weighs the dates against each other: a month and a day in it
// support each other, and a weak one that lies years before the newest
// copyright or long before the file was made is trusted less.
func (s *scene) likelyDates(found []proposal) []proposal {
	newest := s.yearOfFile()
	for _, p := range found {
		if p.Method == "year-copyright@1" {
			newest = max(newest, yearOf(p.Value))
		}
	}
	for i, p := range found {
		if p.never {
			continue
		}
		for _, other := range found {
			if other.never || other.Method == p.Method || other.Value == p.Value {
				continue
			}
			if strings.HasPrefix(other.Value, p.Value) || strings.HasPrefix(p.Value, other.Value) {
				found[i].Confidence = min(certain, max(found[i].Confidence, 1-(1-p.Confidence)*(1-0.5*other.Confidence)))
			}
		}
		weak := p.rank < 2 || p.Method == "date-front@1" || p.Method == "date-line@1"
		if weak && newest > 0 && yearOf(p.Value) < newest-2 && p.Method != "year-copyright@1" {
			found[i].Confidence *= 0.6
			found[i].Why = "years before the copyright or the file"
		}
	}
	return found
}

// yearOf gives the year of an EDTF date.
func yearOf(edtf string) int {
	y, err := strconv.Atoi(edtf[:min(4, len(edtf))])
	if err != nil {
		return 0
	}
	return y
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

// coverYears proposes a year that stands alone on the cover.
func (s *scene) coverYears(sh *sheet) []proposal {
	if sh.index != 1 {
		return nil
	}
	var found []proposal
	for _, r := range sh.rows {
		text := unspaced(r, sh.page)
		d, ok := greyshelf.ParseDate(text)
		method := "year-cover@1"
		switch {
		case r.joined:
			continue
		case ok && len(d.EDTF) > 4 && text != r.Text:
			method = "date-cover@1" // letter-spaced, so that it is no date as it stands
		case ok && len(d.EDTF) == 4 && plausibleYear(d.EDTF):
		default:
			if d.EDTF = s.yearOfPlace(sh, r); d.EDTF == "" {
				continue
			}
		}
		p := s.proposeDate(sh, r.Start, r.End, d.EDTF, method)
		if r.Box[1] > sh.text3 {
			p.Confidence *= 0.3
		}
		found = append(found, p)
	}
	return found
}

// yearOfPlace reads the year of a line such as "Москва, 2016" or "Berlin 2016" at
// the foot of a cover; "" for other lines.
func (s *scene) yearOfPlace(sh *sheet, r row) string {
	if r.Box[1] < 0.6 || r.End-r.Start > 40 || s.inProse(sh, r.n) || s.body > 0 && r.size > 1.6*s.body || s.copyrightSign(r.fold) >= 0 {
		return ""
	}
	text := sh.text[r.Start:r.End]
	from, to := lastYear(text)
	rest := foldString(string(text[to:]))
	if to == 0 || from == 0 || rest != "" && !s.is("year mark", rest) {
		return ""
	}
	place := strings.TrimRight(strings.TrimSpace(string(text[:from])), " ,،")
	if !placeName(place) || len(strings.Fields(place)) > 3 || s.looksLikeBody(place) || s.leads("event", foldString(place)) != "" || s.ends("accessed", foldString(place)) != "" {
		return ""
	}
	return string(westernDigits(text[from:to]))
}

// copyrightYears proposes the last year of a copyright line.
func (s *scene) copyrightYears(sh *sheet) []proposal {
	for _, r := range sh.rows {
		if r.End-r.Start > dateRowLong || s.copyrightSign(r.fold) < 0 {
			continue
		}
		if start, end := lastYear(sh.text[r.Start:r.End]); end > 0 {
			edtf := string(westernDigits(sh.text[r.Start+start : r.Start+end]))
			return []proposal{s.proposeDate(sh, r.Start+start, r.Start+end, edtf, "year-copyright@1")}
		}
	}
	return nil
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
		if word := string(westernDigits(text[i : i+4])); strings.Trim(word, "0123456789") == "" && plausibleYear(word) {
			return i, i + 4
		}
	}
	return 0, 0
}

// westernDigits writes Arabic-Indic and Persian digits as ASCII ones.
func westernDigits(text []rune) []rune {
	out := append([]rune{}, text...)
	for i, r := range out {
		switch {
		case r >= '٠' && r <= '٩':
			out[i] = r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			out[i] = r - '۰' + '0'
		}
	}
	return out
}

// citedDate proposes the date in the suggested citation.
func (s *scene) citedDate() []proposal {
	c := s.cite
	if c.sheet == nil || c.date.edtf == "" {
		return nil
	}
	return []proposal{s.proposeDate(c.sheet, c.date.start, c.date.end, c.date.edtf, "date-citation@1")}
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
	p.never, p.Kind = true, greyshelf.DateMade
	return []proposal{p}
}

// yearOfFile gives the year in which the file was made, or 0.
func (s *scene) yearOfFile() int {
	for _, p := range s.fileDate() {
		return yearOf(p.Value)
	}
	return 0
}

// onlyPlace reports whether a folded text can be the name of a place beside a
// date ("washington, dc", "paris, le"): at most four words, no digits.
func onlyPlace(f string) bool {
	words := strings.FieldsFunc(f, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",.;-()", r) })
	return len(words) <= 4 && !strings.ContainsFunc(f, func(r rune) bool { return unicode.IsDigit(r) || r == ':' })
}

// placeName is onlyPlace for the printed text: every word of more than three
// letters begins with a capital, where the script has them.
func placeName(printed string) bool {
	if !onlyPlace(foldString(printed)) {
		return false
	}
	for _, word := range strings.Fields(printed) {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "([,.;"))
		if utf8.RuneCountInString(word) > 4 && unicode.IsLower(first) {
			return false
		}
	}
	return true
}
