package describe

import (
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// entry is a line of a printed table of contents.
type entry struct {
	title string
	label string  // page number as printed
	left  float64 // where it begins, from the side where lines begin
	on    int     // index of the page it is printed on
}

// entriesOf reads the entries of a page: a title and, at the end of its line or
// beside it, a page number. A title may go over lines. Parts of the contents
// that list figures or tables are left out.
func (s *scene) entriesOf(sh *sheet) []entry {
	var entries []entry
	var open []row // lines of a title whose number has not come yet
	start := s.contentsStart(sh)
	for _, r := range sh.rows[start:] {
		if atEdge(r.Box) && (s.runs(r) >= 2 || onlyNumbers(r.fold)) {
			continue
		}
		if s.is("lists", strings.TrimRight(r.fold, " :")) && r.n > start {
			break
		}
		number := pageBehind(r.fold)
		if number == "" && isPageNumber(r.fold) {
			number = r.fold
		}
		switch {
		case number == "" && (s.is("contents", r.fold) || r.End-r.Start > longestEntry):
			open = nil
		case number == "":
			if open = append(open, r); len(open) > 3 {
				open = open[1:]
			}
		default:
			if e, ok := s.entryOf(sh, open, r, number); ok {
				entries = append(entries, e)
			}
			open = nil
		}
	}
	return entries
}

// contentsStart gives the row behind the heading of the contents, 0 without.
func (s *scene) contentsStart(sh *sheet) int {
	for i, r := range sh.rows {
		if s.is("contents", r.fold) {
			return i + 1
		}
	}
	return 0
}

// entryOf makes an entry of the lines before a row and the row with the number.
func (s *scene) entryOf(sh *sheet, open []row, r row, number string) (entry, bool) {
	e := entry{label: number, on: sh.index}
	last := []rune(r.Text)
	last = last[:max(0, len(last)-utf8.RuneCountInString(number))]
	text := withoutLeader(string(last))
	first := r
	if text == "" || len(open) > 0 && s.continues(open[len(open)-1], r) {
		from := s.titleLines(open, r)
		if text == "" && len(from) == 0 {
			return e, false
		}
		var lines []string
		for _, o := range from {
			lines = append(lines, withoutLeader(o.Text))
		}
		if len(from) > 0 {
			first = from[0]
		}
		text = strings.TrimSpace(joinLines(strings.Join(append(lines, text), "\n")))
	}
	e.title, e.left = tidy(text), first.Box[0]
	if isRightToLeft(first.fold) {
		e.left = 1 - first.Box[2]
	}
	letters := strings.IndexFunc(e.title, unicode.IsLetter) >= 0
	return e, letters && utf8.RuneCountInString(e.title) <= longestEntry
}

// withoutLeader cuts the dots that lead to a page number.
func withoutLeader(text string) string {
	return strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".…·_–", r) })
}

// titleLines gives the lines above a row that belong to its title: those that
// follow each other without a gap, or the one in the same height.
func (s *scene) titleLines(open []row, r row) []row {
	from := len(open)
	next := r
	for from > 0 && len(open)-from < 3 {
		o := open[from-1]
		level := (o.Box[1]+o.Box[3])/2 > next.Box[1] && (o.Box[1]+o.Box[3])/2 < next.Box[3]
		if !level && !s.continues(o, next) {
			break
		}
		from, next = from-1, o
	}
	return open[from:]
}

// placed gives the entries as an outline: levels by numbering, else by where
// lines begin, and the index of each page.
func (s *scene) placed(entries []entry) []greyshelf.Outline {
	levels := levelsOf(entries)
	shift, shifted := s.pageShift(entries)
	lines := make([]greyshelf.Outline, len(entries))
	for i, e := range entries {
		lines[i] = greyshelf.Outline{Title: e.title, Level: levels[i], Page: s.pageOf(e, shift, shifted)}
	}
	return lines
}

// levelsOf gives the level of each entry.
func levelsOf(entries []entry) []int {
	var lefts []float64
	for _, e := range entries {
		known := false
		for _, l := range lefts {
			known = known || e.left > l-0.008 && e.left < l+0.008
		}
		if !known {
			lefts = append(lefts, e.left)
		}
	}
	sort.Float64s(lefts)
	levels := make([]int, len(entries))
	for i, e := range entries {
		levels[i] = 1
		if number := sectionNumber.FindString(foldString(e.title) + " "); strings.Contains(strings.Trim(number, " ."), ".") {
			levels[i] = 1 + strings.Count(strings.Trim(number, " ."), ".")
			continue
		}
		for n, l := range lefts {
			if e.left > l-0.008 {
				levels[i] = min(n+1, 6)
			}
		}
	}
	return levels
}

// pageOf gives the index of the page of an entry: by the file's page labels, by
// the page on which its title stands as a line, by how far numbers of other
// entries are from the index; 0 where none tells.
func (s *scene) pageOf(e entry, shift int, shifted bool) int {
	for i, label := range s.doc.Info.Labels {
		if strings.EqualFold(label, e.label) && i+1 > e.on {
			return i + 1
		}
	}
	n, err := strconv.Atoi(string(westernDigits([]rune(e.label))))
	if err == nil && shifted && n+shift > 0 && n+shift <= len(s.doc.Pages) {
		return n + shift
	}
	return 0
}

// pageShift finds how far the printed numbers are from the index of pages: what
// most of the titles say that stand as a line on their page.
func (s *scene) pageShift(entries []entry) (shift int, ok bool) {
	votes := map[int]int{}
	places := s.headingPages(entries)
	for i, e := range entries {
		n, err := strconv.Atoi(string(westernDigits([]rune(e.label))))
		if err != nil {
			continue
		}
		for _, page := range places[i] {
			votes[page-n]++
		}
	}
	for by, n := range votes {
		if n > votes[shift] || n == votes[shift] && by < shift {
			shift = by
		}
	}
	return shift, votes[shift] >= 2 || votes[shift] == 1 && len(entries) <= 3
}

// headingPages gives for each entry the pages behind the contents on which a
// line is its title.
func (s *scene) headingPages(entries []entry) map[int][]int {
	titles := map[string][]int{}
	for i, e := range entries {
		titles[headingKey(e.title)] = append(titles[headingKey(e.title)], i)
	}
	found := map[int][]int{}
	from := entries[len(entries)-1].on
	for index := from; index < len(s.doc.Pages) && index < from+300; index++ {
		for n, line := range s.doc.Pages[index].Lines {
			if n == mostRows || len(line.Text) > 2*longestEntry {
				continue
			}
			for _, i := range titles[headingKey(line.Text)] {
				if len(found[i]) < 3 {
					found[i] = append(found[i], index+1)
				}
			}
		}
	}
	return found
}

// headingKey is a heading without its number and marks, to be compared.
func headingKey(text string) string {
	f := foldString(text)
	f = strings.TrimPrefix(f, sectionNumber.FindString(f))
	return strings.Trim(f, " .:")
}
