package greyshelf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// DateMatch is a date found in running text. Start and End count Unicode code
// points of the text; End is exclusive.
type DateMatch struct {
	Date
	Start, End int
}

// mostDates is how many dates [FindDates] gives at most for one text.
const mostDates = 10_000

// FindDates finds the printed dates in running text, in order, none
// overlapping: those of [ParseDate] except a year alone, which in running text
// may be any number. Parts of a span ("19–20 October 2016") are not given,
// because the text does not mean that day. A number on the line above a month
// may be any number too, so only the month is given. The time is linear in the
// text.
func FindDates(text string) []DateMatch {
	var found []DateMatch
	previous, solid, point := ' ', ' ', 0 // solid: the last character of this line that is no white space
	for at := 0; at < len(text) && len(found) < mostDates; {
		r, width := utf8.DecodeRuneInString(text[at:])
		if dateMayStart(previous, solid, r) {
			s := dateScan{text: text, at: at}
			if edtf := s.date(); edtf != "" && !s.goesOn() {
				printed := text[at:s.at]
				end := point + utf8.RuneCountInString(printed)
				found = append(found, DateMatch{Date{Printed: printed, EDTF: edtf}, point, end})
				previous, solid, at, point = ' ', ' ', s.at, end
				continue
			}
		}
		if !unicode.IsSpace(r) || r == '\n' {
			solid = r
		}
		previous, at, point = r, at+width, point+1
	}
	return found
}

// dateMayStart reports whether a date may begin at r: at the beginning of a
// word or number that is not the second half of a span, and not at the month of
// a day that could not be read.
func dateMayStart(previous, solid, r rune) bool {
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) || unicode.IsLetter(r) && unicode.IsDigit(solid) {
		return false
	}
	return !unicode.IsLetter(previous) && !unicode.IsDigit(previous) && !strings.ContainsRune("-–/.'’_", previous)
}

// dateScan reads a date from a place in a text, token by token. It never looks
// further than a dozen short tokens.
type dateScan struct {
	text    string
	at      int  // byte offset
	anyCase bool // also "october 2016", where the whole text is the date
}

// date reads any date but a year alone and gives its EDTF, or "".
func (s *dateScan) date() string {
	from := s.at
	if n, digits := s.number(); digits > 0 {
		if digits == 4 {
			return s.yearFirst(n)
		}
		if digits > 2 {
			return ""
		}
		return s.dayFirst(n)
	}
	s.at = from
	return s.monthFirst()
}

// yearFirst reads "2016-10-19" or "2016-10" after the year.
func (s *dateScan) yearFirst(year int) string {
	if !s.accept("-") {
		return ""
	}
	month, digits := s.number()
	if digits != 2 {
		return ""
	}
	end := s.at
	if s.accept("-") {
		if day, digits := s.number(); digits == 2 {
			return makeEDTF(year, month, day)
		}
		return ""
	}
	s.at = end
	if s.accept("–/") || month == 0 {
		return ""
	}
	return makeEDTF(year, month, 0)
}

// dayFirst reads what follows a number of one or two digits: a month by name,
// or month and year in numbers.
func (s *dateScan) dayFirst(day int) string {
	after := s.at
	for _, sep := range []string{".", "/"} {
		s.at = after
		if s.accept(sep) {
			if edtf := s.numeric(day, sep); edtf != "" {
				return edtf
			}
		}
	}
	s.at = after
	if end := s.at; !ordinalEnding(s.word()) {
		s.at = end
	}
	s.accept(".°º")
	before := s.at
	if s.space(); !s.anyCase && strings.Contains(s.text[before:s.at], "\n") {
		return ""
	}
	s.joiner()
	month := s.month()
	if month == 0 {
		return ""
	}
	s.accept(".")
	s.accept(",،")
	s.space()
	s.joiner()
	if year := s.year(); year > 0 {
		return makeEDTF(year, month, day)
	}
	return ""
}

// numeric reads "10.2016" after "19." or "10/2016" after "19/".
func (s *dateScan) numeric(first int, sep string) string {
	s.space()
	second, digits := s.number()
	if digits < 1 || digits > 2 || !s.accept(sep) {
		return ""
	}
	s.space()
	year := s.year()
	switch {
	case year == 0:
		return ""
	case sep == "." || first > 12 || first == second:
		return makeEDTF(year, second, first)
	case second > 12:
		return makeEDTF(year, first, second)
	}
	return "" // 03/04/2016: March or April?
}

// monthFirst reads "October 19, 2016", "May 2009", "Winter 2015".
func (s *dateScan) monthFirst() string {
	from := s.at
	month := s.month()
	if month == 0 {
		s.at = from
		return s.season()
	}
	s.accept(".")
	s.accept(",،")
	if !s.space() {
		return ""
	}
	after := s.at
	if day, digits := s.number(); digits == 1 || digits == 2 {
		if end := s.at; !ordinalEnding(s.word()) {
			s.at = end
		}
		comma := s.accept(",،")
		if !s.space() && !comma {
			return ""
		}
		if year := s.year(); year > 0 {
			return makeEDTF(year, month, day)
		}
		return ""
	}
	s.at = after
	s.joiner()
	if year := s.year(); year > 0 {
		return makeEDTF(year, month, 0)
	}
	return ""
}

// season reads "Winter 2015", "Printemps de 2015".
func (s *dateScan) season() string {
	first, _ := utf8.DecodeRuneInString(s.text[s.at:])
	season := seasonWord(s.word())
	if season == 0 || unicode.IsLower(first) && !s.anyCase {
		return ""
	}
	if !s.space() {
		return ""
	}
	s.joiner()
	if year := s.year(); year > 0 {
		return makeEDTF(year, season, 0)
	}
	return ""
}

// bareYear reads a year that stands alone.
func (s *dateScan) bareYear() string {
	if year := s.year(); year > 0 {
		return makeEDTF(year, 0, 0)
	}
	return ""
}
