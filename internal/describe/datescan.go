package describe

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// datePlace is a date printed at [start, end) of a page's text.
type datePlace struct {
	start, end int
	edtf       string
	sure       float64 // 1, or less where its order can be mistaken
}

// Ways of writing a date that [greyshelf.FindDates] leaves out, because in
// running text they may be something else.
var (
	slashDate = regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/(\d{4})\b`)
	bigEndian = regexp.MustCompile(`\b(\d{4})([./])(\d{2})[./](\d{2})\b`)
	romanDate = regexp.MustCompile(`\b(\d{1,2})[. ]\s?(I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII)[. ]\s?(\d{4})\b`)
	// "March–April 2016", "December 2015 – January 2016": month, year, month, year.
	monthSpan   = regexp.MustCompile(`(\pL{3,12})\.?(?: (\d{4}))?\s?[-–—/]\s?(\pL{3,12})\.? (?:de )?(\d{4})\b`)
	quarterCode = regexp.MustCompile(`\bQ([1-4])[ /-](\d{4})\b`)
	ownDate     = regexp.MustCompile(`\d/\d|\d\.\d|[IVX][. ]`) // a page without any has none of the above
)

// datesOf finds the dates of a sheet, none overlapping.
func (s *scene) datesOf(sh *sheet) []datePlace {
	text := string(westernDigits(sh.text))
	var all []datePlace
	for _, r := range sh.rows {
		if r.End-r.Start > longestSpanRow || len(all) > mostOnPage || !strings.ContainsAny(r.fold, "-/q") {
			continue
		}
		for _, p := range s.spanDates(string(westernDigits(sh.text[r.Start:r.End]))) {
			p.start, p.end = p.start+r.Start, p.end+r.Start
			all = append(all, p)
		}
	}
	for i, m := range greyshelf.FindDates(string(sh.text)) {
		if i == mostDates {
			break
		}
		if p := (datePlace{m.Start, m.End, m.EDTF, 1}); !overlaps(all, p) {
			all = append(all, p)
		}
	}
	all = append(all, s.numericDates(text, all)...)
	for _, q := range s.quarters(sh) {
		if !overlaps(all, q) {
			all = append(all, q)
		}
	}
	return all
}

// numericDates finds "03/04/2016", "2016/04/03" and "3.IV.2016" that are not
// among the dates known already.
func (s *scene) numericDates(text string, known []datePlace) []datePlace {
	if !ownDate.MatchString(text) {
		return nil
	}
	var found []datePlace
	add := func(from, to int, y, m, d string, sure float64) {
		edtf := fmt.Sprintf("%04s-%02s-%02s", y, m, d)
		start := utf8.RuneCountInString(text[:from])
		p := datePlace{start, start + utf8.RuneCountInString(text[from:to]), edtf, sure}
		if greyshelf.ValidEDTF(edtf) && !overlaps(known, p) && len(found) < mostDates {
			found = append(found, p)
		}
	}
	slashed := slashDate.FindAllStringSubmatchIndex(text, mostDates)
	monthLeads := len(slashed) > 0 && s.monthLeads()
	for _, m := range slashed {
		first, second, year := text[m[2]:m[3]], text[m[4]:m[5]], text[m[6]:m[7]]
		if monthLeads {
			add(m[0], m[1], year, first, second, 0.7)
		} else {
			add(m[0], m[1], year, second, first, 0.93)
		}
	}
	for _, m := range bigEndian.FindAllStringSubmatchIndex(text, mostDates) {
		add(m[0], m[1], text[m[2]:m[3]], text[m[6]:m[7]], text[m[8]:m[9]], 1)
	}
	for _, m := range romanDate.FindAllStringSubmatchIndex(text, mostDates) {
		add(m[0], m[1], text[m[6]:m[7]], romanMonth(text[m[4]:m[5]]), text[m[2]:m[3]], 1)
	}
	sort.Slice(found, func(i, j int) bool { return found[i].start < found[j].start })
	return found
}

func overlaps(known []datePlace, p datePlace) bool {
	for _, k := range known {
		if p.start < k.end && k.start < p.end {
			return true
		}
	}
	return false
}

// monthLeads reports whether the document writes the month before the day: as
// English does in North America; other languages never do.
func (s *scene) monthLeads() bool {
	return len(s.spoken) == 0 || s.spoken[0].Value == "en"
}

func romanMonth(roman string) string {
	for i, r := range strings.Fields("I II III IV V VI VII VIII IX X XI XII") {
		if r == roman {
			return fmt.Sprint(i + 1)
		}
	}
	return ""
}

// longestSpanRow is the length of a line in which a span of months can be the
// date of a report, in code points.
const longestSpanRow = 90

// spanDates finds "March–April 2016" and "December 2015 – January 2016" as
// spans of months, and quarters ("Q3 2016", "3rd quarter 2016").
func (s *scene) spanDates(text string) []datePlace {
	var found []datePlace
	add := func(from, to int, edtf string) {
		start := utf8.RuneCountInString(text[:from])
		p := datePlace{start, start + utf8.RuneCountInString(text[from:to]), edtf, 1}
		if greyshelf.ValidEDTF(edtf) && !overlaps(found, p) && len(found) < mostDates {
			found = append(found, p)
		}
	}
	for _, m := range monthSpan.FindAllStringSubmatchIndex(text, mostDates) {
		first, last, second := text[m[2]:m[3]], text[m[8]:m[9]], text[m[6]:m[7]]
		if m[4] >= 0 {
			first += " " + text[m[4]:m[5]]
		} else {
			first += " " + last
		}
		a, okA := greyshelf.ParseDate(first)
		b, okB := greyshelf.ParseDate(second + " " + last)
		if okA && okB && len(a.EDTF) == 7 && len(b.EDTF) == 7 {
			add(m[0], m[1], a.EDTF+"/"+b.EDTF)
		}
	}
	for _, m := range quarterCode.FindAllStringSubmatchIndex(text, mostDates) {
		add(m[0], m[1], fmt.Sprintf("%s-3%d", text[m[4]:m[5]], text[m[2]]-'0'+2))
	}
	return found
}

// quarters finds quarters that are written out, in lines that hold little else.
func (s *scene) quarters(sh *sheet) []datePlace {
	var found []datePlace
	for _, r := range sh.rows {
		if _, year := lastYear(sh.text[r.Start:r.End]); year == 0 || r.End-r.Start > 60 || len(found) == mostOnPage {
			continue
		}
		line := fold(sh.text[r.Start:r.End])
		for q := 1; q <= 4; q++ {
			at, phrase := s.holds(fmt.Sprintf("quarter %d", q), line.text)
			if at < 0 {
				continue
			}
			behind := line.text[at+len(phrase):]
			from, to := lastYear([]rune(cut(behind, 12)))
			if to == 0 {
				continue
			}
			start, _ := line.span(at, at+len(phrase))
			year := string(westernDigits([]rune(behind)[from:to]))
			_, end := line.span(at, at+len(phrase)+len(string([]rune(behind)[:to])))
			found = append(found, datePlace{r.Start + start, r.Start + end, fmt.Sprintf("%s-3%d", year, q+2), 1})
			break
		}
	}
	return found
}
