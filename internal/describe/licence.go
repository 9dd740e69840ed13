package describe

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// The parts of a Creative Commons licence's address and short name.
var (
	ccAddress = regexp.MustCompile(`creativecommons\.org/(licenses|publicdomain)/([a-z-]{2,10})/([0-9]\.[0-9])`)
	ccShort   = regexp.MustCompile(`\bcc[- ](by(?:[- ](?:nc|sa|nd))*)(?:[- ]([0-9]\.[0-9]))?`)
	ccVersion = regexp.MustCompile(`\b([1-4]\.[0-9])\b`)
	ccZero    = regexp.MustCompile(`\bcc[- ]?0( 1\.0| universal)?\b`)
	ccWords   = regexp.MustCompile(`https?://|(www\.)?creativecommons\.org/\S*|\b(cc|by|nc|sa|nd|creative|commons|attribution|non-?commercial|no-?deriv\w*|share-?alike|international|unported|generic|public|licen[cs]ed?|under|a|the)\b|[^\pL]+`)
)

const (
	mostLicences   = 20 // places of a page that name a licence
	longestLicence = 60 // code points of a line that holds nothing but a licence
)

// licences finds Creative Commons licences by address, by short name ("CC BY
// 4.0") and by full name ("Creative Commons Attribution 4.0"). A licence that
// the text only speaks of is kept as a witness: to open a report that is not
// open is worse than to leave an open one closed.
func (s *scene) licences(sh *sheet) []proposal {
	var found, mentioned []proposal
	for _, l := range s.licencesNamed(sh.fold.text) {
		from, to := sh.fold.span(l.at, l.end)
		start, stop := s.statement(sh, from, to)
		start = s.withCopyright(sh, start)
		p := s.proposeRights(sh, start, stop, greyshelf.RightsCode(l.code), "licence@1", 3)
		if s.licenses(sh, from, to, start) {
			found = append(found, p)
			continue
		}
		p.Confidence, p.never, p.Why = 0.2, true, "the text speaks of the licence, it does not apply it"
		mentioned = append(mentioned, p)
	}
	if len(found) > 0 {
		return found // the same page says it and speaks of it
	}
	return mentioned
}

// licenceName is a place of a folded text that names a licence.
type licenceName struct {
	at, end int
	code    string
}

func (s *scene) licencesNamed(text string) []licenceName {
	var all []licenceName
	for _, m := range ccAddress.FindAllStringSubmatchIndex(text, mostLicences) {
		all = append(all, licenceName{m[0], m[1], addressCode(text[m[2]:m[3]], text[m[4]:m[5]], text[m[6]:m[7]], text[m[1]:])})
	}
	for _, m := range ccShort.FindAllStringSubmatchIndex(text, mostLicences) {
		if code := "cc-" + strings.ReplaceAll(text[m[2]:m[3]], " ", "-"); m[4] >= 0 {
			all = append(all, licenceName{m[0], m[1], code + "-" + text[m[4]:m[5]] + igo(text[m[1]:])})
		}
	}
	for _, m := range ccZero.FindAllStringIndex(text, mostLicences) {
		all = append(all, licenceName{m[0], m[1], "cc0"})
	}
	for _, phrase := range s.phrases["cc"].ordered {
		for from, n := 0, 0; n < mostLicences; n++ {
			at := findWhole(text[from:], phrase)
			if at < 0 {
				break
			}
			if code, end := s.fullNameCode(text, from+at); code != "" {
				all = append(all, licenceName{from + at, end, code})
			}
			from += at + len(phrase)
		}
	}
	return all
}

// licenses reports whether the sentence in which a licence is named at
// [from, to) applies it to this document: it says so of "this report", stands
// behind "licensed under" or a copyright line, or is a line of its own. A
// sentence about a part ("cover photograph", "data"), one that denies, and
// running text about licences do not. statementStart is where the statement
// with its copyright line begins.
func (s *scene) licenses(sh *sheet, from, to, statementStart int) bool {
	start := s.sentenceStart(sh, from)
	before := foldString(joinLines(string(sh.text[start:from])))
	if s.leads("look there", before) != "" && start > 2 { // "To view a copy of this licence, visit …"
		start = s.sentenceStart(sh, start-2)
		before = foldString(joinLines(string(sh.text[start:from])))
	}
	if quoted(sh.text, from) {
		return false
	}
	this := s.thisWork(before)
	head := before
	if this >= 0 {
		head = before[:this]
	}
	if part, _ := s.holds("part of work", head); part >= 0 {
		return false
	}
	if no, _ := s.holds("denied", before); no >= 0 {
		return false
	}
	licensed, _ := s.holds("licensed", before)
	r, _ := sh.rowAt(from)
	underCopyright := s.copyrightSign(foldString(joinLines(string(sh.text[statementStart:to])))) >= 0
	switch {
	case this >= 0:
		return licensed > this
	case licensed == 0:
		return underCopyright || !s.inProse(sh, r.n) && len(leftOver(before))+len(leftOver(sentenceRest(sh.text, to))) <= 24
	case underCopyright:
		return licensed > 0 || len(before) <= longestLicence
	}
	return s.standsAlone(sh, r)
}

// thisWork gives where a folded text speaks of the document itself ("this
// report", "except where otherwise noted"), or -1.
func (s *scene) thisWork(f string) int {
	if at, _ := s.holds("unless noted", f); at == 0 {
		return at
	}
	for from := 0; from < len(f); {
		at, phrase := s.holds("this", f[from:])
		if at < 0 {
			return -1
		}
		behind := strings.Fields(f[from+at+len(phrase):])
		for _, word := range behind[:min(len(behind), 3)] {
			if word = strings.Trim(word, ",.;:()"); s.is("work words", word) || s.is("own words", word) {
				return from + at
			}
		}
		from += at + len(phrase)
	}
	return -1
}

// standsAlone reports whether a short line outside of running text holds little
// more than the names of a licence.
func (s *scene) standsAlone(sh *sheet, r row) bool {
	if s.inProse(sh, r.n) || utf8.RuneCountInString(r.fold) > 2*longestLicence || s.goesOn(sh, r.n) {
		return false
	}
	return len(leftOver(r.fold)) <= 12
}

// leftOver gives the letters of a folded text without the words of licences.
func leftOver(f string) string { return ccWords.ReplaceAllString(f, "") }

// sentenceRest gives the folded text from the place to the end of its sentence.
func sentenceRest(text []rune, at int) string {
	end := at
	for end < len(text) && end-at < longestStatement && !(text[end] == '.' && (end+1 == len(text) || text[end+1] == ' ' || text[end+1] == '\n')) {
		end++
	}
	return foldString(joinLines(string(text[at:end])))
}

// addressCode gives the code of a licence's address.
func addressCode(kind, name, version, behind string) string {
	if kind == "publicdomain" {
		if name == "zero" {
			return "cc0"
		}
		return string(greyshelf.PublicDomain)
	}
	return "cc-" + name + "-" + version + igo(behind)
}

// fullNameCode reads "creative commons attribution-noncommercial-noderivatives
// 4.0" in a folded text, in the languages of the words; without a version the
// licence is not certain and nothing is read.
func (s *scene) fullNameCode(text string, at int) (code string, end int) {
	window := text[at:min(len(text), at+240)]
	version := ccVersion.FindStringIndex(window)
	if version == nil {
		return "", 0
	}
	name := window[:version[0]]
	if !s.contains("cc by", name) {
		return "", 0
	}
	code = "cc-by"
	for _, part := range []string{"nc", "nd", "sa"} {
		if s.contains("cc "+part, name) {
			code += "-" + part
		}
	}
	return code + "-" + window[version[0]:version[1]] + igo(window[version[1]:]), at + version[1]
}

// igo gives the mark of the licences for intergovernmental organisations, where
// it follows a version.
func igo(behind string) string {
	if strings.HasPrefix(strings.TrimLeft(behind, " /"), "igo") {
		return "-igo"
	}
	return ""
}

// contains reports whether a phrase of the section stands anywhere in the
// folded text, also within a word.
func (k *knowledge) contains(section, folded string) bool {
	for _, phrase := range k.phrases[section].ordered {
		if strings.Contains(folded, phrase) {
			return true
		}
	}
	return false
}
