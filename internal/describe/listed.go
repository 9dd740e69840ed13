package describe

import (
	"regexp"
	"strings"
)

// listedHead is a line of a printed table of contents: a heading, dots or wide
// space, a page number.
var listedHead = regexp.MustCompile(`^(.*?\pL.*?)(?:\s*(?:\.\s?){3,}|\s*…+|\s)\s*(?:[0-9]{1,4}|[ivxlc]{1,6})$`)

// dottedLine is a line with the dots that lead to a page number.
var dottedLine = regexp.MustCompile(`(\.\s?){3,}\s*[0-9ivxlc]{1,6}$`)

// listedHeads gives the headings that a table of contents on the first pages
// lists, also the lines of those that go over two. A page with fewer than
// three lines that end in a page number has none.
func (s *scene) listedHeads() map[string]bool {
	heads := map[string]bool{}
	for _, sh := range s.front {
		listed := map[int]string{}
		first, last := len(sh.rows), 0
		for i, r := range sh.rows {
			if m := listedHead.FindStringSubmatch(r.fold); m != nil && len(r.fold) < 200 && !s.isDateText(r.Text) {
				listed[i] = strings.Trim(m[1], " .")
				first, last = min(first, i), i
			}
		}
		if len(listed) < 3 {
			continue
		}
		for i := first; i <= last; i++ {
			head := listed[i]
			if head == "" {
				head = sh.rows[i].fold
			}
			heads[head] = true
		}
	}
	return heads
}
