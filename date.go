package greyshelf

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a date as printed and as EDTF (ISO 8601-2:2019, Extended Date/Time
// Format): "October 19, 2016" is 2016-10-19, "May 2009" is 2009-05, "Winter
// 2015" is 2015-24, "2012" is 2012.
type Date struct {
	Printed string `json:"printed,omitempty"`
	EDTF    string `json:"edtf,omitempty"`
}

// The EDTF season codes (ISO 8601-2:2019 §4.8, level 1).
const (
	spring = 21
	summer = 22
	autumn = 23
	winter = 24
)

// The EDTF codes of the first and the last quarter (§4.8, level 2).
const (
	firstQuarter = 33
	lastQuarter  = 36
)

// ParseDate reads a date that stands alone: "October 19, 2016", "19 octobre
// 2016", "19.10.2016", "2016-10", "Winter 2015", "2012". Words that lead in a
// date ("Web posted", "Updated", a weekday) and a stop after it are allowed;
// they stay in Printed. Months and seasons are read in English, French,
// Spanish, German, Russian and Arabic. A date with slashes is read only where
// its order cannot be mistaken. Anything else, also a day that the calendar
// does not have, gives false and no date.
func ParseDate(printed string) (Date, bool) {
	whole := Date{Printed: strings.TrimSpace(printed)}
	if len(whole.Printed) > 200 {
		return Date{}, false
	}
	from := skipLeadIn(whole.Printed)
	s := dateScan{text: whole.Printed, at: from, anyCase: true}
	edtf := s.date()
	if edtf == "" {
		s = dateScan{text: whole.Printed, at: from}
		edtf = s.bareYear()
	}
	if edtf == "" || !s.onlyTail() {
		return Date{}, false
	}
	whole.EDTF = edtf
	return whole, true
}

// skipLeadIn gives the byte offset after the words that may stand before a
// date.
func skipLeadIn(text string) int {
	s := dateScan{text: text}
	for {
		before := s.at
		word := s.word()
		if word == "" || !leadsInDate(word) {
			return before
		}
		s.accept(".:,،")
		s.space()
	}
}

// leadsInDate reports whether a word (lower case) may stand before a date that
// stands alone.
func leadsInDate(word string) bool {
	switch word {
	case "web", "posted", "published", "updated", "released", "dated", "date", "issued", "revised", "on", "as", "of",
		"publié", "publiée", "mis", "mise", "à", "jour", "le", "en", "fecha", "publicado", "actualizado", "el", "de",
		"stand", "vom", "den", "am", "veröffentlicht", "опубликовано", "от", "في",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
		"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
		"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag":
		return true
	}
	return false
}

// Year gives the year of the date, the first one of a span, 0 when there is
// none.
func (d Date) Year() int {
	first, _, _ := strings.Cut(d.EDTF, "/")
	y, _, _, ok := splitEDTF(first)
	if !ok || !ValidEDTF(d.EDTF) {
		return 0
	}
	return y
}

// SortKey gives a string of ten characters that sorts dates: a year before its
// months, a month before its days, a season where its first month stands
// (winter in December), a span where it begins. It is "" without a date.
func (d Date) SortKey() string {
	from, _, _ := strings.Cut(d.EDTF, "/")
	y, m, day, ok := splitEDTF(from)
	if !ok || !ValidEDTF(d.EDTF) {
		return ""
	}
	switch {
	case m >= firstQuarter:
		m = (m-firstQuarter)*3 + 1
	case m >= spring:
		m = (m - spring + 1) * 3
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// Bounds gives the first and the last day that the date can mean, as
// YYYY-MM-DD; both are "" without a date. Seasons are those of the northern
// half of the earth. Winter lies on either side of the turn of the year, so
// all that is sure of "Winter 2015" is its year.
func (d Date) Bounds() (first, last string) {
	if from, to, span := strings.Cut(d.EDTF, "/"); span && ValidEDTF(d.EDTF) {
		first, _ = Date{EDTF: from}.Bounds()
		_, last = Date{EDTF: to}.Bounds()
		return first, last
	}
	y, m, day, ok := splitEDTF(d.EDTF)
	from, to := m, m
	switch {
	case !ok:
		return "", ""
	case day > 0:
		return d.EDTF, d.EDTF
	case m == 0 || m == winter:
		from, to = 1, 12
	case m >= firstQuarter:
		from = (m-firstQuarter)*3 + 1
		to = from + 2
	case m >= spring:
		from = (m - spring + 1) * 3
		to = from + 2
	}
	return fmt.Sprintf("%04d-%02d-01", y, from), fmt.Sprintf("%04d-%02d-%02d", y, to, daysIn(y, to))
}

// FormatDate prints an EDTF date in English as an annotated list does:
// "October 19, 2016", "May 2009", "Winter 2015", "2012". It gives "" for
// anything that is not a date.
func FormatDate(edtf string) string {
	if from, to, span := strings.Cut(edtf, "/"); span && ValidEDTF(edtf) {
		return FormatDate(from) + " – " + FormatDate(to)
	}
	y, m, day, ok := splitEDTF(edtf)
	switch {
	case !ok:
		return ""
	case m == 0:
		return strconv.Itoa(y)
	case m >= firstQuarter:
		return "Q" + strconv.Itoa(m-firstQuarter+1) + " " + strconv.Itoa(y)
	case m >= spring:
		return [...]string{"Spring", "Summer", "Autumn", "Winter"}[m-spring] + " " + strconv.Itoa(y)
	case day == 0:
		return time.Month(m).String() + " " + strconv.Itoa(y)
	}
	return fmt.Sprintf("%s %d, %d", time.Month(m), day, y)
}

// ValidEDTF reports whether text is a date in the part of EDTF that the
// library uses: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-21 … YYYY-24 (seasons) or
// YYYY-33 … YYYY-36 (quarters), with a year from 1000 to 2999 and a day that the
// calendar has; or a span of two of them, the earlier one first, parted by "/".
func ValidEDTF(text string) bool {
	from, to, span := strings.Cut(text, "/")
	_, _, _, ok := splitEDTF(from)
	if !span || !ok {
		return ok
	}
	_, _, _, ok = splitEDTF(to)
	return ok && len(from) == len(to) && from < to
}

// splitEDTF takes an EDTF date apart; month and day are 0 where absent.
func splitEDTF(edtf string) (year, month, day int, ok bool) {
	if n := len(edtf); n != 4 && n != 7 && n != 10 {
		return 0, 0, 0, false
	}
	year, ok = twoOrFour(edtf[:4])
	if ok && len(edtf) >= 7 {
		month, ok = twoOrFour(edtf[5:7])
		ok = ok && edtf[4] == '-' && month > 0
	}
	if ok && len(edtf) == 10 {
		day, ok = twoOrFour(edtf[8:])
		ok = ok && edtf[7] == '-' && day > 0
	}
	return year, month, day, ok && makeEDTF(year, month, day) == edtf
}

// twoOrFour reads a number that consists of ASCII digits only.
func twoOrFour(digits string) (int, bool) {
	n := 0
	for i := 0; i < len(digits); i++ {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, false
		}
		n = n*10 + int(digits[i]-'0')
	}
	return n, true
}

// makeEDTF gives the EDTF form, or "" where the calendar has no such date.
func makeEDTF(year, month, day int) string {
	switch {
	case year < 1000 || year > 2999:
		return ""
	case month == 0 && day == 0:
		return fmt.Sprintf("%04d", year)
	case month >= spring && month <= winter && day == 0, month >= firstQuarter && month <= lastQuarter && day == 0, month >= 1 && month <= 12 && day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	case month < 1 || month > 12 || day < 1 || day > daysIn(year, month):
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// daysIn gives the number of days of a month.
func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
