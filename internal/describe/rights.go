package describe

import (
	"regexp"
	"strings"
	"unicode/utf8"

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
// like, in a sentence that speaks of this report, document, publication …
func (s *scene) publicDomain(sh *sheet) []proposal {
	for _, phrase := range s.phrases["public domain"].ordered {
		at := findWhole(sh.fold.text, phrase)
		if at < 0 {
			continue
		}
		from, to := sh.fold.span(at, at+len(phrase))
		if quoted(sh.text, from) {
			continue
		}
		start, end := s.statement(sh, from, to)
		sentence := foldString(joinLines(string(sh.text[s.sentenceStart(sh, from):min(len(sh.text), to+120)])))
		if no, _ := s.holds("not", sentence); no >= 0 {
			continue
		}
		if about, _ := s.holds("work words", sentence); about < 0 {
			continue
		}
		return []proposal{s.proposeRights(sh, start, end, greyshelf.PublicDomain, "public-domain@1", 2)}
	}
	return nil
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

// The parts of a Creative Commons licence's address and short name.
var (
	ccAddress = regexp.MustCompile(`creativecommons\.org/(licenses|publicdomain)/([a-z-]{2,10})/([0-9]\.[0-9])`)
	ccShort   = regexp.MustCompile(`\bcc[- ](by(?:[- ](?:nc|sa|nd))*)(?:[- ]([0-9]\.[0-9]))?`)
	ccVersion = regexp.MustCompile(`\b([1-4]\.[0-9])\b`)
)

// licences finds Creative Commons licences by address, by short name ("CC BY
// 4.0") and by full name ("Creative Commons Attribution 4.0").
func (s *scene) licences(sh *sheet) []proposal {
	text := sh.fold.text
	var found, mentioned []proposal
	add := func(at, end int, code string) {
		from, to := sh.fold.span(at, end)
		start, stop := s.statement(sh, from, to)
		start = s.withCopyright(sh, start)
		p := s.proposeRights(sh, start, stop, greyshelf.RightsCode(code), "licence@1", 3)
		statement := foldString(p.Printed)
		about, _ := s.holds("work words", statement)
		licensed, _ := s.holds("licensed", statement)
		about = max(about, s.copyrightSign(statement))
		if licensed != 0 && (about < 0 || licensed < 0) && utf8.RuneCountInString(statement) > 60 {
			// Running text about licences, or the licence of a picture. To open a
			// report that is not open is worse than to leave an open one closed.
			p.Confidence, p.never = 0.2, true
			mentioned = append(mentioned, p)
			return
		}
		found = append(found, p)
	}
	if m := ccAddress.FindStringSubmatchIndex(text); m != nil {
		add(m[0], m[1], addressCode(text[m[2]:m[3]], text[m[4]:m[5]], text[m[6]:m[7]]))
	}
	if m := ccShort.FindStringSubmatchIndex(text); m != nil {
		code := "cc-" + strings.ReplaceAll(text[m[2]:m[3]], " ", "-")
		if m[4] >= 0 {
			add(m[0], m[1], code+"-"+text[m[4]:m[5]])
		}
	}
	if at := strings.Index(text, "creative commons"); at >= 0 {
		if code, end := fullNameCode(text, at); code != "" {
			add(at, end, code)
		}
	}
	if len(found) > 0 {
		return found // the same page says it and speaks of it
	}
	return mentioned
}

// addressCode gives the code of a licence's address.
func addressCode(kind, name, version string) string {
	if kind == "publicdomain" {
		if name == "zero" {
			return "cc0"
		}
		return string(greyshelf.PublicDomain)
	}
	return "cc-" + name + "-" + version
}

// fullNameCode reads "creative commons attribution-noncommercial-noderivatives
// 4.0" in a folded text; without a version the licence is not certain and
// nothing is read.
func fullNameCode(text string, at int) (code string, end int) {
	window := text[at:min(len(text), at+160)]
	version := ccVersion.FindStringIndex(window)
	if version == nil {
		return "", 0
	}
	name := window[:version[0]]
	if !strings.Contains(name, "attribution") && !strings.Contains(name, "by") {
		return "", 0
	}
	code = "cc-by"
	for _, part := range []struct{ code, words string }{
		{"-nc", "noncommercial|non-commercial|pas d'utilisation commerciale|nocomercial|nicht kommerziell"},
		{"-nd", "noderiv|no deriv|no-deriv|pas de modification|sinderivadas|sin obra derivada|keine bearbeitung"},
		{"-sa", "sharealike|share alike|share-alike|partage dans les mêmes conditions|compartirigual"},
	} {
		for _, word := range strings.Split(part.words, "|") {
			if strings.Contains(name, word) {
				code += part.code
				break
			}
		}
	}
	return code + "-" + window[version[0]:version[1]], at + version[1]
}
