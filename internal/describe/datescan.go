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
	ownDate   = regexp.MustCompile(`\d/\d|\d\.\d|[IVX][. ]`) // a page without any has none of the above
)

// datesOf finds the dates of a sheet in order, none overlapping.
func (s *scene) datesOf(sh *sheet) []datePlace {
	var all []datePlace
	for i, m := range greyshelf.FindDates(string(sh.text)) {
		if i == mostDates {
			break
		}
		all = append(all, datePlace{m.Start, m.End, m.EDTF, 1})
	}
	return append(all, s.numericDates(string(westernDigits(sh.text)), all)...)
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
