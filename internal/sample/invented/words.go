package invented

import (
	"fmt"
	"strings"
)

// words is what the reports of one language are made of. In titles and
// sentences {T} and {t} stand for the topic, {p} for a place, {y} for a year
// to come.
type words struct {
	n         int // place in languages
	tag       string
	rtl       bool
	months    [12]string
	dayForm   string // of a date to the day: %[1]d day, %[2]s month, %[3]d year
	monthForm string // of a date to the month
	and       string // between the last two names of a byline

	topics, places, titles, subtitles, sentences, given, family, states, clients, series []string

	houses []house
	rights []rightsWords
	label  labels
}

// house is an invented publisher.
type house struct {
	name, acronym, domain, address string
	stated                         bool // the report names it
}

// rightsWords is a rights statement with its code; {h} is the holder, {y} the
// year.
type rightsWords struct{ code, text string }

// labels are the words that stand before values.
type labels struct {
	abstract, contents, introduction, references, updated, published, by, publisher, number, citation, client, submission,
	to, from, date, subject, memo, about, page, printedBy, disclaimer, conference, committee, meeting string
}

// date writes a date in the language.
func (w *words) date(at day) string {
	switch {
	case at.y == 0:
		return ""
	case at.m == 0:
		return fmt.Sprint(at.y)
	case at.d == 0:
		return fmt.Sprintf(w.monthForm, w.months[at.m-1], at.y)
	}
	return fmt.Sprintf(w.dayForm, at.d, w.months[at.m-1], at.y)
}

// languages gives the languages in which reports are invented.
func languages() []*words {
	all := []*words{english(), french(), spanish(), german(), russian(), arabic()}
	for i, w := range all {
		w.n = i
	}
	return all
}

func split(text string) []string { return strings.Split(strings.TrimSpace(text), "|") }

// houseList reads houses: name, acronym, domain and address, separated by
// semicolons; houses by lines.
func houseList(text string) []house {
	var all []house
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		f := strings.Split(line, ";")
		all = append(all, house{name: f[0], acronym: f[1], domain: f[2], address: f[3]})
	}
	return all
}
