package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// Limits on a printed table of contents.
const (
	contentsPages = 12  // looked for up to here
	mostContents  = 400 // lines
	longestEntry  = 250 // code points of a title
)

// isContents reports whether a page holds a table of contents: several lines
// with dots before a page number, or a heading that says so with lines that
// end in numbers.
func (s *scene) isContents(sh *sheet) bool {
	leaders, numbers, headed := 0, 0, false
	for _, r := range sh.rows {
		switch {
		case hasLeader(r.fold):
			leaders++
		case r.End-r.Start < 120 && pageBehind(r.fold) != "" || r.End-r.Start <= 4 && onlyNumbers(r.fold):
			numbers++
		case s.is("contents", r.fold):
			headed = true
		}
	}
	return leaders >= 3 || headed && numbers+leaders >= 3
}

// hasLeader reports whether dots lead to the end of a folded line.
func hasLeader(f string) bool {
	return strings.Contains(f, "....") || strings.Contains(f, ". . . .") || strings.Contains(f, "……") || strings.Contains(f, "· · · ·")
}

// pageBehind gives the page number at the end of a folded line behind words:
// digits or a small roman number.
func pageBehind(f string) string {
	at := strings.LastIndexAny(f, " .…·\u00a0")
	if at < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(f[at:])
	number := f[at+size:]
	if !isPageNumber(number) || !strings.ContainsFunc(f[:at], unicode.IsLetter) {
		return ""
	}
	return number
}

// isPageNumber reports whether a word is a page number: up to four digits, or
// a roman number below forty.
func isPageNumber(word string) bool {
	if word == "" || utf8.RuneCountInString(word) > 6 {
		return false
	}
	digits := string(westernDigits([]rune(word)))
	return len(digits) <= 4 && strings.Trim(digits, "0123456789") == "" || strings.Trim(digits, "ivxl") == ""
}

// contents gives the document's table of contents: the file's outline, else the
// printed one, else nil.
func (s *scene) contents() []greyshelf.Outline {
	if len(s.doc.Info.Outline) > 0 {
		return s.doc.Info.Outline
	}
	var entries []entry
	for index := 1; index <= min(contentsPages, len(s.doc.Pages)); index++ {
		sh := s.sheetOf(index)
		if !sh.contents {
			if len(entries) > 0 {
				break
			}
			continue
		}
		entries = append(entries, s.entriesOf(sh)...)
	}
	if len(entries) < 2 {
		return nil
	}
	return s.placed(entries[:min(len(entries), mostContents)])
}
