package describe

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// Codes as reports carry them: "R48916", "RR-1598", "GAO-16-123", "A/HRC/31/12",
// "COM(2016) 379", "HIPR-RR-218"; with a series, "ELL Guide 5".
var (
	codeForm   = regexp.MustCompile(`^[A-ZА-ЯЁ]{1,8}[-– ]?[0-9]{2,8}([-–./][A-ZА-ЯЁ0-9]{1,8}){0,4}[A-ZА-ЯЁ]?$`)
	groupForm  = regexp.MustCompile(`^[A-ZА-ЯЁ]{2,8}(-[A-ZА-ЯЁ]{1,6}){1,3}-[0-9]{1,6}([-–./][A-ZА-ЯЁ0-9]{1,8}){0,3}$`)
	yearNumber = regexp.MustCompile(`^((?:19|20)[0-9]{2})[/-]([0-9]{1,3})$`) // "2013/18", where it stands alone
	mixedForm  = regexp.MustCompile(`^[A-Z][A-Za-z]{1,5}-[0-9]{2,4}-[0-9]{2,4}$`)
	seriesForm = regexp.MustCompile(`^([A-Z]{2,6}) (\pL[\pL ]{2,30}?)(?: [Nn]o\.?| n°| Nr\.)? ([0-9]{1,4}(?:[/-][0-9]{1,4})?)$`)
	fiscalYear = regexp.MustCompile(`^[A-Z]Y-?[0-9]{2,4}`)
	labelledID = regexp.MustCompile(`^[A-Za-zА-Яа-я0-9][A-Za-zА-Яа-я0-9./()–-]{0,30}`)
)

// isCode reports whether a text is a code such as reports carry.
func isCode(text string) bool {
	if len(text) < 3 || len(text) > 60 || !strings.ContainsAny(text, "0123456789") {
		return false
	}
	if isSymbol(text) {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(text); !unicode.IsUpper(first) || isYearLike(text) || fiscalYear.MatchString(text) {
		return false
	}
	return codeForm.MatchString(text) || groupForm.MatchString(text) || mixedForm.MatchString(text)
}

// isYearNumber reports whether a text is a year and a number in it ("2013/18"),
// but not two years that follow each other ("2013/14").
func isYearNumber(text string) bool {
	m := yearNumber.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	year, errYear := strconv.Atoi(m[1])
	number, errNumber := strconv.Atoi(m[2])
	return errYear == nil && errNumber == nil && number > 0 && (len(m[2]) != 2 || number != (year+1)%100)
}

// isYearLike reports whether a code is a fiscal year, a standard or the like
// rather than a number of a report: "FY2026", "ISSN 1234-5678", "COVID-19".
func isYearLike(text string) bool {
	for _, prefix := range []string{"FY", "CY", "ISSN", "ISBN", "COVID", "SARS", "PO", "P.O", "TEL", "FAX", "ISO", "H1N", "G20", "Q1", "Q2", "Q3", "Q4", "DC"} {
		if rest, found := strings.CutPrefix(text, prefix); found && strings.TrimLeft(rest, "0123456789-– .X") == "" {
			return true
		}
	}
	return false
}

// findNumber proposes report numbers: behind a label, as a code that stands
// alone and comes again on other pages, as a code standing alone on the first
// pages.
func findNumber(s *scene) []proposal {
	codes := s.standingCodes()
	var found []proposal
	for _, sh := range s.sheets() {
		found = append(found, s.numberLabels(sh)...)
		for _, r := range sh.rows {
			for _, seg := range segments(sh.text, r.Start, r.End) {
				code := string(sh.text[seg[0]:seg[1]])
				if !isCode(code) && !isYearNumber(code) || len(found) > 40 {
					continue
				}
				if p, ok := s.codeAt(sh, seg[0], seg[1], code, codes); ok {
					found = append(found, p)
				}
			}
		}
	}
	return append(found, s.numberOnEveryPage()...)
}

// codeAt proposes a standing code: it counts on the first two pages, or where
// it comes again. The file's name confirms, never more.
func (s *scene) codeAt(sh *sheet, start, end int, code string, codes map[string]int) (proposal, bool) {
	r, _ := sh.rowAt(start)
	method := "number-cover@1"
	switch {
	case !isCode(code) && (r.joined || s.inProse(sh, r.n) || sh.index > 1 && !atEdge(r.Box)):
		return proposal{}, false
	case codes[code] >= 2:
		method = "number-running@1"
	case atEdge(r.Box) && r.Box != (greyshelf.Box{}):
		method = "number-foot@1"
	case sh.index > 2 || s.inProse(sh, r.n):
		return proposal{}, false
	}
	p := s.propose(greyshelf.FieldReportNumber, code, method, sh, start, end)
	if isCode(code) {
		p.rank = min(codes[code], 3)
	}
	if name := foldString(s.doc.Name); len(code) >= 5 && strings.HasPrefix(name, foldString(code)) {
		p.Why, p.Confidence = "the file is named so too", min(certain, p.Confidence+0.05)
	}
	return p, true
}

// standingCodes counts how many lines each code stands in alone, or alone in a
// part of the line. Of a long document a number of pages is read.
func (s *scene) standingCodes() map[string]int {
	count := map[string]int{}
	step := max(1, len(s.doc.Pages)/mostEdges)
	for i := 0; i < len(s.doc.Pages); i += step {
		page := &s.doc.Pages[i]
		for j, line := range page.Lines {
			if j == mostRows || len(line.Text) > 200 || !strings.ContainsAny(line.Text, "0123456789") {
				continue
			}
			text := []rune(line.Text)
			for _, seg := range segments(text, 0, len(text)) {
				if code := string(text[seg[0]:seg[1]]); (isCode(code) || isYearNumber(code)) && len(count) < 1000 {
					count[code]++
				}
			}
		}
	}
	return count
}

// numberLabels reads "Report No. 2016-03", "Order Code RL34498" and the like at
// the beginning of short lines. A label without "number" needs one behind it.
func (s *scene) numberLabels(sh *sheet) []proposal {
	if sh.index > 2 && sh.index <= len(s.front) {
		return nil
	}
	var found []proposal
	for _, r := range sh.rows {
		if r.End-r.Start > 160 || len(found) > 4 || s.inProse(sh, r.n) || !strings.ContainsAny(r.fold, "0123456789") {
			continue
		}
		for _, seg := range segments(sh.text, r.Start, r.End) {
			p, ok := s.labelledNumber(sh, seg[0], seg[1])
			if !ok {
				p, ok = s.numberBehindSeries(sh, seg[0], seg[1])
			}
			if !ok {
				p, ok = s.numberInSeries(sh, seg[0], seg[1])
			}
			if ok {
				found = append(found, p)
			}
		}
	}
	return found
}

// labelledNumber reads the number behind its label in a part of a line. The
// name of a series belongs to the number ("Policy Brief 2023/14"), "Report No."
// does not.
func (s *scene) labelledNumber(sh *sheet, start, end int) (proposal, bool) {
	folded := foldString(string(sh.text[start:end]))
	label := s.leads("number label", folded)
	if label == "" || strings.HasPrefix(folded[len(label):], "-") || isSymbol(strings.TrimSpace(string(sh.text[start:end]))) {
		return proposal{}, false
	}
	at := min(start+utf8.RuneCountInString(label), end)
	for at < end && (unicode.IsSpace(sh.text[at]) || strings.ContainsRune(".:#№°º-–", sh.text[at])) {
		at++
	}
	at += skipNumberSign(string(sh.text[at:end]))
	if at >= end {
		return proposal{}, false
	}
	value := strings.TrimRight(labelledID.FindString(string(sh.text[at:end])), ".-–(/")
	base := withoutNumberWord(label)
	plain := s.is("type report", base) && !strings.Contains(base, " ")
	series := s.is("series", base) && !plain
	if len(value) < 2 && base == label {
		return proposal{}, false
	}
	if !strings.ContainsAny(value, "0123456789") || series && plausibleYear(value) {
		return proposal{}, false
	}
	stop := at + utf8.RuneCountInString(value)
	if series && !isCode(value) && !(isYearNumber(value) && !s.inHeads(folded)) { // "Research report HIPR-RR-218": the code names its series
		at, value = start, joinLines(string(sh.text[start:stop]))
	}
	return s.propose(greyshelf.FieldReportNumber, value, "number-label@1", sh, at, stop), true
}

// withoutNumberWord takes the word for "number" from the end of a label.
func withoutNumberWord(label string) string {
	for _, word := range []string{" no", " nr", " رقم", " number", " nummer", " numéro"} {
		label = strings.TrimSuffix(label, word)
	}
	return strings.TrimRight(label, " n°№º.")
}

// numberBehindSeries reads the code behind the name of a series that are all a
// part of a line holds: "Documento de trabajo RP-050".
func (s *scene) numberBehindSeries(sh *sheet, start, end int) (proposal, bool) {
	at, ok := s.seriesAndNumber(sh, start, end)
	if !ok {
		return proposal{}, false
	}
	return s.propose(greyshelf.FieldReportNumber, string(sh.text[at:end]), "number-label@1", sh, at, end), true
}

// seriesAndNumber gives where the number begins in a part of a line that holds
// nothing but the name of a series and a number that stands for itself.
func (s *scene) seriesAndNumber(sh *sheet, start, end int) (at int, ok bool) {
	for start < end && unicode.IsSpace(sh.text[end-1]) {
		end--
	}
	for at = end; at > start && !unicode.IsSpace(sh.text[at-1]); at-- {
	}
	number := string(sh.text[at:end])
	if !isCode(number) && (!isYearNumber(number) || s.inHeads(foldString(string(sh.text[start:end])))) {
		return 0, false
	}
	return at, s.is("series", strings.TrimRight(foldString(string(sh.text[start:at])), " ,:|/"))
}

// inHeads reports whether a folded text comes again in the running head or foot
// of a page behind the first: by that name the report calls itself.
func (s *scene) inHeads(f string) bool {
	for _, sh := range s.sheets() {
		for _, r := range sh.rows {
			if sh.index > 1 && atEdge(r.Box) && len(r.fold) < 300 && findWhole(r.fold, f) >= 0 {
				return true
			}
		}
	}
	return false
}

// numberOnEveryPage proposes a number without letters that stands at the edge
// of every page, the same on all: it is no page number.
func (s *scene) numberOnEveryPage() []proposal {
	if len(s.front) < 3 {
		return nil
	}
	for _, r := range s.front[0].rows {
		if !atEdge(r.Box) || r.End-r.Start > 4 || plausibleYear(r.fold) || strings.Trim(r.fold, "0123456789") != "" {
			continue
		}
		again := 0
		for _, sh := range s.sheets()[1:] {
			for _, other := range sh.rows {
				if other.fold == r.fold && atEdge(other.Box) {
					again++
					break
				}
			}
		}
		if again == len(s.sheets())-1 {
			p := s.propose(greyshelf.FieldReportNumber, strings.TrimSpace(r.Text), "number-foot@1", s.front[0], r.Start, r.End)
			p.Confidence *= 0.8
			return []proposal{p}
		}
	}
	return nil
}

// numberInSeries reads an acronym, the word for a series and a number that are
// all that a part of a line holds: "ELL Guide 5".
func (s *scene) numberInSeries(sh *sheet, start, end int) (proposal, bool) {
	m := seriesForm.FindStringSubmatch(string(sh.text[start:end]))
	if m == nil || !s.is("numbered series", foldString(m[2])) || plausibleYear(m[3]) || isYearLike(m[1]+m[3]) {
		return proposal{}, false
	}
	return s.propose(greyshelf.FieldReportNumber, joinLines(m[0]), "number-label@1", sh, start, end), true
}

// skipNumberSign gives the length of "No. " and the like before a number.
func skipNumberSign(text string) int {
	for _, sign := range []string{"No. ", "no. ", "No ", "Nr. ", "n° ", "N° ", "nº ", "N.º ", "Number ", "№ ", "No.", "no.", "№", "n°", "#"} {
		if strings.HasPrefix(text, sign) {
			return utf8.RuneCountInString(sign)
		}
	}
	return 0
}

// findVersion proposes the number behind "Version" in a short line.
func findVersion(s *scene) []proposal {
	var found []proposal
	for _, sh := range s.sheets() {
		for _, r := range sh.rows {
			if r.End-r.Start > 120 || len(found) > 8 {
				continue
			}
			for _, seg := range segments(sh.text, r.Start, r.End) {
				part := string(sh.text[seg[0]:seg[1]])
				label := s.leads("version", foldString(part))
				value := strings.Trim(foldString(part)[len(label):], " :.")
				if label == "" || value == "" || len(value) > 8 || strings.Trim(value, "0123456789.") != "" {
					continue
				}
				found = append(found, s.propose(greyshelf.FieldVersion, value, "version-label@1", sh, seg[0], seg[1]))
			}
		}
	}
	return found
}
