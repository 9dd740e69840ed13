package describe

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

const longestStatement = 900 // code points of a rights statement

// findRights proposes what the first and last pages say about the use of the
// document: a Creative Commons licence, freedom from copyright, "all rights
// reserved", a copyright line. The statement is kept in Printed, verbatim.
// Where nothing is said, nothing is proposed.
func findRights(s *scene) []proposal {
	var found []proposal
	for _, sh := range s.sheets() {
		found = append(found, s.licences(sh)...)
		found = append(found, s.publicDomain(sh)...)
		found = append(found, s.reserved(sh)...)
		found = append(found, s.copyrightLines(sh)...)
	}
	return found
}

// proposeRights proposes a code for the statement at [start, end).
func (s *scene) proposeRights(sh *sheet, start, end int, code greyshelf.RightsCode, method string, rank int) proposal {
	p := s.propose(greyshelf.FieldRights, string(code), method, sh, start, end)
	p.Printed, p.rank = joinLines(p.Quote), rank
	return p
}

// publicDomain finds "not subject to copyright", "in the public domain" and the
// like, in a sentence that says it of this report, or of it "as a work of" a
// government; not in one about reports in general or about a part.
func (s *scene) publicDomain(sh *sheet) []proposal {
	for _, phrase := range s.phrases["public domain"].ordered {
		for from, n := 0, 0; n < mostLicences; n++ {
			at := findWhole(sh.fold.text[from:], phrase)
			if at < 0 {
				break
			}
			start, end := sh.fold.span(from+at, from+at+len(phrase))
			if s.isFree(sh, start, end) {
				start, end = s.statement(sh, start, end)
				return []proposal{s.proposeRights(sh, start, end, greyshelf.PublicDomain, "public-domain@1", 2)}
			}
			from += at + len(phrase)
		}
	}
	return nil
}

// isFree reports whether the sentence with the phrase at [from, to) says of
// this document that it is free of copyright.
func (s *scene) isFree(sh *sheet, from, to int) bool {
	if quoted(sh.text, from) {
		return false
	}
	first := s.sentenceStart(sh, from)
	sentence := foldString(joinLines(string(sh.text[first:min(len(sh.text), to+120)])))
	before := foldString(joinLines(string(sh.text[first:from])))
	if no, _ := s.holds("not", sentence); no >= 0 {
		return false
	}
	if no, _ := s.holds("denied", before); no >= 0 {
		return false
	}
	work, _ := s.holds("work of", before)
	this := s.thisWork(before)
	if this >= 0 {
		part, _ := s.holds("part of work", before[:this])
		return part < 0
	}
	return work >= 0 || before == "" && s.thisWork(sentence) > 0
}

// reserved finds "all rights reserved" with the lines around it.
func (s *scene) reserved(sh *sheet) []proposal {
	at, phrase := s.holds("reserved", sh.fold.text)
	if at < 0 {
		return nil
	}
	from, to := sh.fold.span(at, at+len(phrase))
	if quoted(sh.text, from) {
		return nil
	}
	start, end := s.statement(sh, from, to)
	start = s.withCopyright(sh, start)
	return []proposal{s.proposeRights(sh, start, end, greyshelf.AllRightsReserved, "all-rights@1", 1)}
}

// withCopyright moves the beginning of a statement to that of the copyright
// line which stands in the same row or the one above.
func (s *scene) withCopyright(sh *sheet, start int) int {
	r, ok := sh.rowAt(start)
	if ok && s.copyrightSign(r.fold) >= 0 {
		start = min(start, r.Start)
	}
	if ok && r.n > 0 && s.copyrightSign(sh.rows[r.n-1].fold) >= 0 {
		start = min(start, sh.rows[r.n-1].Start)
	}
	return start
}

// quoted reports whether an opening quotation mark stands before the place: a
// text that speaks of the words does not say them of itself.
func quoted(text []rune, at int) bool {
	return at > 0 && strings.ContainsRune("\"“„«‘'", text[at-1])
}

// copyrightLines finds lines such as "© 2016 RAND Corporation". A line about a
// picture in the report is smaller than the report's own on no page that we
// can tell, so only the line with a holder that is read counts.
func (s *scene) copyrightLines(sh *sheet) []proposal {
	for _, r := range sh.rows {
		if r.End-r.Start > 300 {
			continue
		}
		if start, end := s.holder(sh, r); start < end {
			_, to := s.statement(sh, r.Start, r.End)
			return []proposal{s.proposeRights(sh, r.Start, to, greyshelf.Copyright, "copyright-line@1", 0)}
		}
	}
	return nil
}

// statement gives the passage of a rights statement: from the beginning of the
// sentence in which [from, to) stands to the end of its paragraph, so that
// what restricts it is not cut off.
func (s *scene) statement(sh *sheet, from, to int) (start, end int) {
	start = s.sentenceStart(sh, from)
	r, ok := sh.rowAt(max(from, to-1))
	if !ok {
		return start, to
	}
	end = r.End
	for _, next := range sh.rows[r.n+1:] {
		previous := sh.rows[next.n-1]
		height := previous.Box[3] - previous.Box[1]
		gap := next.Box[1] - previous.Box[3]
		if next.End-start > longestStatement || next.size != previous.size || height > 0 && (gap > 0.6*height || gap < -2*height) {
			break
		}
		if short := previous.Box[2] < next.Box[2]-0.2; short && endsSentence(strings.TrimSpace(previous.Text)) || height <= 0 && endsSentence(previous.Text) {
			break
		}
		end = next.End
	}
	return start, end
}

// sentenceStart gives the beginning of the sentence in which the place stands,
// within the rows that go on from each other, at most ten back.
func (s *scene) sentenceStart(sh *sheet, at int) int {
	r, ok := sh.rowAt(at)
	if !ok {
		return at
	}
	for n := 0; ; n++ {
		for i := at; i > r.Start+1; i-- {
			if sh.text[i-1] == ' ' && strings.ContainsRune(".!?", sh.text[i-2]) && !isAbbreviation(sh.text, i-2) {
				return i
			}
		}
		if r.n == 0 || n == 10 {
			return r.Start
		}
		before := sh.rows[r.n-1]
		if !s.continues(before, r) || endsSentence(strings.TrimSpace(before.Text)) || before.End-before.Start < 40 {
			return r.Start
		}
		r, at = before, before.End
	}
}

// isAbbreviation reports whether the stop ends a single letter ("U.S.") rather
// than a sentence.
func isAbbreviation(text []rune, stop int) bool {
	return stop >= 2 && (text[stop-2] == '.' || text[stop-2] == ' ') && text[stop] == '.'
}
