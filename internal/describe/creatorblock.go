package describe

import (
	"strings"
	"unicode"
)

const mostAuthorRows = 60 // lines read beneath the heading of the part about the authors

// authorBlocks reads the parts headed "Author Information", "About the
// authors" and the like: names with an office beside or beneath, and lives that
// begin with a name ("Jane Doe is a senior fellow …").
func (s *scene) authorBlocks() []authors {
	var all []authors
	for _, sh := range s.sheets() {
		for i, r := range sh.rows {
			if !s.is("author block", r.fold) || s.is("by", r.fold) && sh.index <= 2 {
				continue
			}
			if g := s.authorBlock(sh, i+1); len(g.names) > 0 {
				all = append(all, g)
			}
		}
	}
	return all
}

func (s *scene) authorBlock(sh *sheet, from int) authors {
	g := authors{method: "author-block@1", sheet: sh}
	for i := from; i < min(len(sh.rows), from+mostAuthorRows); i++ {
		r := sh.rows[i]
		if s.is("after abstract", r.fold) || s.is("abstract", r.fold) || s.is("cite", r.fold) {
			break
		}
		if names, ok := s.rowWithOffice(sh, i, true); ok {
			g.names = append(g.names, names...)
		} else if n, ok := s.lifeOf(sh, r); ok {
			g.names = append(g.names, n)
		} else if i == 0 || !s.continues(sh.rows[i-1], r) || i == from {
			g.names = append(g.names, s.officesInText(sh, r)...)
		}
	}
	return g
}

// officesInText reads a paragraph of names with their offices, a sentence each:
// "Jane Doe, Specialist in Trade. John Roe, Analyst." One that is not of this
// form ends it.
func (s *scene) officesInText(sh *sheet, r row) []personName {
	end := r.End
	for _, next := range sh.rows[r.n+1 : min(len(sh.rows), r.n+12)] {
		if !s.continues(sh.rows[next.n-1], next) {
			break
		}
		end = next.End
	}
	var names []personName
	for start := r.Start; start < end; {
		stop := start
		for stop < end && !(strings.ContainsRune(".;", sh.text[stop]) && (stop+1 == end || unicode.IsSpace(sh.text[stop+1])) && !isAbbreviation(sh.text, stop)) {
			stop++
		}
		read, rest := s.readNames(sh.text[start:stop])
		if tail := foldString(string(sh.text[start+rest : stop])); len(read) != 1 || stop-start > 160 || !s.isRole(tail) {
			break
		}
		names = append(names, shifted(read, start)...)
		start = stop + 1
	}
	return names
}

// rowWithOffice reads a row that begins with names and continues with an
// office, or has one in the row beneath. In a part about authors a sure name
// needs no office.
func (s *scene) rowWithOffice(sh *sheet, i int, aboutAuthors bool) ([]personName, bool) {
	r := sh.rows[i]
	if r.End-r.Start > 140 {
		return nil, false
	}
	names, rest, offices := s.readAuthors(sh.text[r.Start:r.End])
	if len(names) == 0 {
		return nil, false
	}
	tail := foldString(string(sh.text[r.Start+rest : r.End]))
	switch {
	case tail == "" && offices && anySure(names):
	case tail != "" && s.isRole(tail) && anySure(names) && !strings.Contains(tail, ", "):
	case tail != "":
		return nil, false
	case s.officeBeneath(sh, i) && (anySure(names) || aboutAuthors):
	case aboutAuthors && (anySure(names) || len(names) == 1 && s.amongNames(sh, i)):
	default:
		return nil, false
	}
	return shifted(names, r.Start), true
}

// officeBeneath reports whether one of the two rows beneath begins like an
// office; the first may end the list of names.
func (s *scene) officeBeneath(sh *sheet, i int) bool {
	for _, next := range sh.rows[i+1 : min(len(sh.rows), i+3)] {
		if s.isRole(next.fold) && next.End-next.Start <= 90 {
			return true
		}
		if names, _ := s.readNames(sh.text[next.Start:next.End]); len(names) == 0 {
			return false
		}
	}
	return false
}

// lifeOf reads the name with which the life of an author begins: "Jane Doe is a
// senior fellow …".
func (s *scene) lifeOf(sh *sheet, r row) (personName, bool) {
	at, _ := s.holds("is a", r.fold)
	if dash := strings.Index(r.fold, " - "); at < 0 && dash > 0 && s.isRole(firstWords(r.fold[dash+3:], 6)) {
		at = dash // "Мария Соколова — старший научный сотрудник"
	}
	if at < 5 || at > 70 {
		return personName{}, false
	}
	head := strings.Trim(r.fold[:at], " ,")
	start, end, ok := fold(sh.text[r.Start:r.End]).find(head)
	if !ok || start > 2 {
		return personName{}, false
	}
	n, ok := s.readName(sh.text[r.Start+start : r.Start+end])
	n.start, n.end = r.Start+start, r.Start+end
	return n, ok && (n.sure || !s.goesOn(sh, r.n))
}

// firstWords gives the first n words of a text.
func firstWords(text string, n int) string {
	words := strings.Fields(text)
	return strings.TrimRight(strings.Join(words[:min(n, len(words))], " "), ".,;")
}

// nameRoles reads rows of names with an office beside or beneath on the first
// pages and the last two, outside of running text. They come in two groups,
// because either place usually names all authors.
func (s *scene) nameRoles() []authors {
	var all []authors
	for _, sheets := range [][]*sheet{s.front[:min(2, len(s.front))], s.lastSheets()} {
		for _, sh := range sheets {
			g, last := authors{method: "name-role@1", sheet: sh}, -2
			for i := range sh.rows {
				names, ok := s.rowWithOffice(sh, i, len(g.names) > 0 && sh.index == 1 && sameInk(sh.rows[i], g, sh))
				if ok && (i == last+1 || !s.goesOn(sh, i)) && len(g.names) < 40 {
					g.names, last = append(g.names, names...), i
				}
			}
			if len(g.names) > 0 {
				all = append(all, g)
			}
		}
	}
	return all
}

// sameInk reports whether the row is set like the first name of the group and
// begins at the same left edge: a list of names of which one is surely a name.
func sameInk(r row, g authors, sh *sheet) bool {
	first, ok := sh.rowAt(g.names[0].start)
	if !ok {
		return false
	}
	left := r.Box[0] - first.Box[0]
	return r.size == first.size && r.Bold == first.Bold && left < 0.01 && left > -0.01
}

// lastSheets gives the last two pages where they are not the first two.
func (s *scene) lastSheets() []*sheet {
	all := s.sheets()
	return all[min(len(all), max(2, len(all)-2)):]
}

// coverNames reads rows of the first page that hold nothing but names of
// persons.
func (s *scene) coverNames() []authors {
	if len(s.front) == 0 {
		return nil
	}
	sh := s.front[0]
	g := authors{method: "cover-names@1", sheet: sh}
	for i, r := range sh.rows {
		if r.End-r.Start > 200 || s.inProse(sh, i) || len(g.names) > 30 {
			continue
		}
		if s.comesAfterRole(sh, i) || s.beneathText(sh, r) || len(g.names) > 0 && g.names[len(g.names)-1].end > r.Start {
			continue
		}
		if n, ok := s.brokenName(sh, i); ok {
			g.names = append(g.names, n)
			continue
		}
		names, rest, _ := s.readAuthors(sh.text[r.Start:r.End])
		if rest < r.End-r.Start || !mostlySure(names) && !(len(names) == 1 && s.amongNames(sh, i)) {
			continue
		}
		g.names = append(g.names, shifted(names, r.Start)...)
	}
	if len(g.names) == 0 {
		return nil
	}
	return []authors{g}
}

// beneathText reports whether three lines of running text or more stand above a
// row in its column: names there are of people that the text is about.
func (s *scene) beneathText(sh *sheet, r row) bool {
	n := 0
	for _, o := range sh.rows {
		if o.prose && o.End-o.Start > 40 && o.Box[3] <= r.Box[1]+0.005 && s.sameColumn(o, r) {
			n++
		}
	}
	return n >= 3
}

// brokenName reads a name that a narrow column breaks: its first row holds one
// word or its second a single one, and both are set alike.
func (s *scene) brokenName(sh *sheet, i int) (personName, bool) {
	if i+1 >= len(sh.rows) {
		return personName{}, false
	}
	r, next := sh.rows[i], sh.rows[i+1]
	first, second := len(strings.Fields(r.Text)), len(strings.Fields(next.Text))
	if first != 1 && second != 1 || first+second > 5 || !s.setAlike(r, next) || max(r.Box[2]-r.Box[0], next.Box[2]-next.Box[0]) > 0.3 || s.isNameRow(next) ||
		first > 1 && s.given[givenPart(next.fold)] {
		return personName{}, false
	}
	text := []rune(r.Text + " " + next.Text)
	n, ok := s.readName(text)
	n.start, n.end = r.Start, next.End
	return n, ok && n.sure && !strings.ContainsAny(string(text), ",;:0123456789")
}

// amongNames reports whether a row stands directly above or beneath one, set
// alike, that is surely a name: a list of names, one a line.
func (s *scene) amongNames(sh *sheet, i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j < 0 || j >= len(sh.rows) {
			continue
		}
		a, b := sh.rows[min(i, j)], sh.rows[max(i, j)]
		alike := a.size == b.size && a.Bold == b.Bold && b.Box[1]-a.Box[3] < 2*(b.Box[3]-b.Box[1]) && b.Box[1] > a.Box[1]
		left, middle := a.Box[0]-b.Box[0], a.Box[0]+a.Box[2]-b.Box[0]-b.Box[2]
		if aligned := left < 0.012 && left > -0.012 || middle < 0.012 && middle > -0.012; alike && aligned && s.isNameRow(sh.rows[j]) && sh.rows[j].size > 0 {
			return !s.isTitleLike(sh.rows[i])
		}
	}
	return false
}

// comesAfterRole reports whether the row before names whom the report is for
// ("Prepared for"), so that the names are not those of authors.
func (s *scene) comesAfterRole(sh *sheet, i int) bool {
	return i > 0 && (s.leads("for", sh.rows[i-1].fold) != "" || s.labelOf("memo", sh.rows[i].fold) != "")
}

// mostlySure reports whether at least half of the names are surely names.
func mostlySure(names []personName) bool {
	sure := 0
	for _, n := range names {
		if n.sure {
			sure++
		}
	}
	return sure > 0 && 2*sure >= len(names)
}

func allSure(names []personName) bool {
	for _, n := range names {
		if !n.sure {
			return false
		}
	}
	return len(names) > 0
}

// memoAuthors reads the "FROM:" line of a memorandum.
func (s *scene) memoAuthors() []authors {
	if !s.memo {
		return nil
	}
	sh := s.front[0]
	for i, r := range sh.rows[:min(60, len(sh.rows))] {
		if s.labelOf("from", r.fold) == "" {
			continue
		}
		start, end := s.afterLabel(sh, i)
		if start >= end {
			continue
		}
		if names, _ := s.readNames(sh.text[start:end]); len(names) > 0 {
			return []authors{{method: "memo-from@1", sheet: sh, names: shifted(names, start)}}
		}
	}
	return nil
}
