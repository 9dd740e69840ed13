package describe

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// citation is the passage that tells how to cite the report, with its parts
// where they can be told apart. Places count code points of the sheet's text;
// a part that is not found has start == end.
type citation struct {
	sheet      *sheet
	start, end int
	fold       string

	authors, title, rest span // rest: what stands behind title and date: publisher, series, number
	date                 datePlace
}

// span is a passage of a sheet's text.
type span struct{ start, end int }

const longestCitation = 600 // code points

// findCitation finds the suggested citation behind its label; its fold is empty
// where the document has none.
func (s *scene) findCitation() citation {
	for _, sh := range s.sheets() {
		for i, r := range sh.rows {
			phrase := s.leads("cite", r.fold)
			if phrase == "" || len(r.fold) > len(phrase)+2 && !strings.HasPrefix(strings.TrimSpace(r.fold[len(phrase):]), ":") {
				continue
			}
			end := citationEnd(sh, i)
			start := min(r.Start+len([]rune(phrase)), end)
			for start < end && (unicode.IsSpace(sh.text[start]) || strings.ContainsRune(":.", sh.text[start])) {
				start++
			}
			for end > start && unicode.IsSpace(sh.text[end-1]) {
				end--
			}
			if end-start < 15 {
				continue
			}
			c := citation{sheet: sh, start: start, end: end, fold: foldString(joinLines(string(sh.text[start:end])))}
			c.split()
			return c
		}
	}
	return citation{}
}

// citationEnd gives the end of the citation whose label begins row i: a gap, a
// line in another size or weight, another label, or the limit.
func citationEnd(sh *sheet, i int) int {
	r := sh.rows[i]
	limit := min(len(sh.text), r.Start+longestCitation)
	end := min(r.End, limit)
	for _, next := range sh.rows[i+1:] {
		previous := sh.rows[next.n-1]
		gap := next.Box[1] - previous.Box[3]
		height := next.Box[3] - next.Box[1]
		switch {
		case next.End > limit, next.n > i+1 && gap > 0.8*height, next.n > i+1 && next.size != previous.size, gap > 4*height:
			return end
		case next.n > i+1 && next.Bold && !previous.Bold, next.n > i+1 && (strings.HasPrefix(next.fold, "©") || strings.HasPrefix(next.fold, "isbn")):
			return end
		case next.n > i+1 && previous.Box[2] < next.Box[2]-0.15 && endsSentence(strings.TrimSpace(previous.Text)):
			return end
		}
		end = next.End
	}
	return end
}

// split finds date, authors and title in the usual forms: "Authors (date).
// Title. Publisher", `Authors, "Title", Publisher, date` and a title in
// italics.
func (c *citation) split() {
	text := c.sheet.text[c.start:c.end]
	c.date = c.findDate(text)
	at := func(from, to int) span { return trimmed(c.sheet.text, c.start+from, c.start+to) }
	if from, to := quotedPart(text); to > from {
		c.title, c.authors, c.rest = at(from, to), at(0, max(0, from-1)), at(min(len(text), to+1), len(text))
		c.authors = c.withoutDate(c.authors)
		return
	}
	if from, to := c.italicPart(); to > from {
		c.title, c.authors, c.rest = at(from, to), c.withoutDate(at(0, from)), at(to, len(text))
		return
	}
	if from, to := c.date.start-c.start, c.date.end-c.start; c.date.edtf != "" && from < len(text)/2 {
		for to < len(text) && strings.ContainsRune(").,: ", text[to]) {
			to++
		}
		stop := sentenceStop(text, to)
		c.authors, c.title, c.rest = c.withoutDate(at(0, from)), at(to, stop), at(stop, len(text))
	}
}

// findDate gives the date of a citation: one that is written out, else the
// year in brackets, else the last year.
func (c *citation) findDate(text []rune) datePlace {
	for _, m := range greyshelf.FindDates(string(text)) {
		return datePlace{c.start + m.Start, c.start + m.End, m.EDTF, 1}
	}
	for i := 0; i+5 < len(text); i++ {
		if year := string(westernDigits(text[i+1 : i+5])); text[i] == '(' && plausibleYear(year) && strings.ContainsRune("),;", text[i+5]) {
			return datePlace{c.start + i + 1, c.start + i + 5, year, 1}
		}
	}
	if from, to := lastYear(text); to > 0 && !strings.ContainsRune("/-–", runeBefore(text, from)) {
		return datePlace{c.start + from, c.start + to, string(westernDigits(text[from:to])), 1}
	}
	return datePlace{}
}

func runeBefore(text []rune, at int) rune {
	if at == 0 {
		return ' '
	}
	return text[at-1]
}

// quotedPart gives the passage between the first quotation marks.
func quotedPart(text []rune) (from, to int) {
	closing := map[rune]string{'“': "”“\"", '"': "\"", '«': "»", '„': "“”", '‘': "’"}
	for i, r := range text {
		if closing[r] == "" {
			continue
		}
		for j := i + 1; j < len(text); j++ {
			if strings.ContainsRune(closing[r], text[j]) {
				return i + 1, j
			}
		}
	}
	return 0, 0
}

// italicPart gives the first passage in italics of a citation that is not set
// so as a whole.
func (c *citation) italicPart() (from, to int) {
	end := 0
	for _, r := range c.sheet.rows {
		if r.End <= c.start || r.Start >= c.end {
			continue
		}
		for _, run := range r.Runs {
			if !run.Italic || run.End-run.Start < 8 || run.Start < c.start || run.End > c.end {
				continue
			}
			switch {
			case to == 0:
				from, to, end = run.Start-c.start, run.End-c.start, run.End
			case run.Start-end <= 2:
				to, end = run.End-c.start, run.End
			}
		}
	}
	if from == 0 {
		return 0, 0
	}
	return from, to
}

// withoutDate cuts the date and its bracket from the end of the authors.
func (c *citation) withoutDate(authors span) span {
	if c.date.edtf != "" && c.date.start >= authors.start && c.date.start < authors.end {
		authors.end = c.date.start
	}
	return trimmed(c.sheet.text, authors.start, authors.end)
}

// sentenceStop gives the place of the stop that ends the sentence, or of its
// question mark's end.
func sentenceStop(text []rune, from int) int {
	for i := from; i < len(text); i++ {
		if strings.ContainsRune(".?!", text[i]) && (i+1 == len(text) || unicode.IsSpace(text[i+1])) && !isAbbreviation(text, i) {
			if text[i] != '.' {
				return i + 1
			}
			return i
		}
	}
	return len(text)
}

// trimmed cuts white space, commas and brackets from both ends.
func trimmed(text []rune, start, end int) span {
	for start < end && (unicode.IsSpace(text[start]) || strings.ContainsRune(",.;:)]–—-،", text[start])) {
		start++
	}
	for start < end && (unicode.IsSpace(text[end-1]) || strings.ContainsRune(",;:([–—-،", text[end-1])) {
		end--
	}
	return span{start, end}
}

// findCited proposes the suggested citation itself, verbatim.
func findCited(s *scene) []proposal {
	if s.cite.sheet == nil {
		return nil
	}
	c := s.cite
	p := s.propose(greyshelf.FieldCitation, joinLines(string(c.sheet.text[c.start:c.end])), "citation-line@1", c.sheet, c.start, c.end)
	return []proposal{p}
}
