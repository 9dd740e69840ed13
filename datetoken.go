package greyshelf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// month reads the name of a month; "تشرين الأول/أكتوبر" names one month twice.
func (s *dateScan) month() int {
	month := s.monthName()
	end := s.at
	if month > 0 && s.accept("/") {
		if s.monthName() == month {
			return month
		}
		return 0
	}
	if month > 0 && s.space() && s.accept("/") {
		s.space()
		if s.monthName() == month {
			return month
		}
		return 0
	}
	s.at = end
	return month
}

// monthName reads one name of a month, of one word or two.
func (s *dateScan) monthName() int {
	first, _ := utf8.DecodeRuneInString(s.text[s.at:])
	word := s.word()
	if month := monthWord(word); month > 0 {
		if !s.anyCase && unicode.IsLower(first) && !lowerCaseMonth(word) {
			return 0
		}
		return month
	}
	if word != "تشرين" && word != "كانون" || !s.space() {
		return 0
	}
	return levantineMonth(word, s.word())
}

// year reads a number of four digits that no letter or digit follows.
func (s *dateScan) year() int {
	year, digits := s.number()
	if digits != 4 || makeEDTF(year, 0, 0) == "" {
		return 0
	}
	return year
}

// number reads digits, also Arabic-Indic and Persian ones; at most five, so
// that longer numbers are none of ours.
func (s *dateScan) number() (value, digits int) {
	for digits < 5 {
		r, width := utf8.DecodeRuneInString(s.text[s.at:])
		d, ok := digitValue(r)
		if !ok {
			break
		}
		value, digits, s.at = value*10+d, digits+1, s.at+width
	}
	return value, digits
}

// digitValue gives the value of an ASCII, Arabic-Indic or Persian digit.
func digitValue(r rune) (int, bool) {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0'), true
	case r >= '٠' && r <= '٩':
		return int(r - '٠'), true
	case r >= '۰' && r <= '۹':
		return int(r - '۰'), true
	}
	return 0, false
}

// word reads letters, at most 16, and gives them in lower case; "" where there
// is no word or a longer one.
func (s *dateScan) word() string {
	from, n := s.at, 0
	for n <= 16 {
		r, width := utf8.DecodeRuneInString(s.text[s.at:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return strings.ToLower(s.text[from:s.at])
		}
		s.at, n = s.at+width, n+1
	}
	return ""
}

// space passes white space, also one line break, and reports whether there was
// any.
func (s *dateScan) space() bool {
	from, breaks := s.at, 0
	for s.at-from < 8 {
		r, width := utf8.DecodeRuneInString(s.text[s.at:])
		if r == '\n' {
			breaks++
		}
		if !unicode.IsSpace(r) || breaks > 1 {
			break
		}
		s.at += width
	}
	return s.at > from
}

// accept passes one of the characters, if it is next.
func (s *dateScan) accept(characters string) bool {
	r, width := utf8.DecodeRuneInString(s.text[s.at:])
	if width == 0 || !strings.ContainsRune(characters, r) {
		return false
	}
	s.at += width
	return true
}

// joiner passes "de", "of" and the like with the white space after it.
func (s *dateScan) joiner() {
	from := s.at
	if !dateJoiner(s.word()) || !s.space() {
		s.at = from
	}
}

// goesOn reports whether the text after the date makes it something else: a
// longer number, a word, a span.
func (s *dateScan) goesOn() bool {
	next := *s
	if next.accept("-–/.") {
		r, _ := utf8.DecodeRuneInString(next.text[next.at:])
		return unicode.IsDigit(r) || unicode.IsLetter(r) && s.text[s.at] != '.'
	}
	r, _ := utf8.DecodeRuneInString(s.text[s.at:])
	return unicode.IsDigit(r) || unicode.IsLetter(r)
}

// onlyTail reports whether nothing but a stop or the word "year" follows a
// date that stands alone.
func (s *dateScan) onlyTail() bool {
	switch strings.Trim(s.text[s.at:], " \u00a0.") {
	case "", "г", "года", "год", "م":
		return true
	}
	return false
}
