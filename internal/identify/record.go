package identify

import (
	"math"
	"net/url"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// RecordKeys gives the keys under which records without texts meet: of their
// identifiers and of their titles, whole, without subtitle, and with each word
// left out.
func RecordKeys(r greyshelf.Report) []uint64 {
	return profile{known: Known{Report: r}}.textKeys()
}

// What records must share to be shown as alike.
const (
	recordTitle   = 0.90 // of the words of the titles
	recordPercent = 75
	tellingWords  = 4 // a title with fewer words, "Annual Report", says little by itself
)

// Records compares two records by what they say alone: identifiers, title,
// agents and year. percent is how much speaks for one report, 0..100; alike
// says whether a person should look. The identity of two reports is never
// decided by it.
func Records(now, old greyshelf.Report) (percent int, evidence []Evidence, alike bool) {
	say := func(kind, says string, against bool, part float64, values ...string) {
		evidence = append(evidence, Evidence{Kind: kind, Says: says, Values: values, Against: against, Part: part})
	}
	id, identified := sharedIdentifier(now, old)
	if identified {
		say("identifier", "both have the "+string(id.Scheme)+" "+id.Value, false, 0, string(id.Scheme), id.Value)
	}
	other := otherIdentifiers(now, old)
	if other {
		say("other identifier", "their numbers are not the same", true, 0)
	}
	title := sameTitle(now, old)
	say("title", percentOf(title)+" of the words of the titles are the same", title < nearTitle, title, percentOf(title))
	agents, year := agentShare(now, old), yearShare(now, old)
	if agents == 0 {
		say("agents", "no author or publisher is the same", true, 0)
	} else if agents == 1 {
		say("agents", "an author or publisher is the same", false, 1)
	}
	if year == 0 {
		say("date", "the dates are "+now.Date.EDTF+" and "+old.Date.EDTF, true, 0, now.Date.EDTF, old.Date.EDTF)
	} else if year == 1 {
		say("date", "the year is the same", false, 1)
	}
	percent = int(math.Round(100 * (0.6*title + 0.25*agents + 0.15*year)))
	switch {
	case identified && title >= nearTitle:
		return 100, evidence, true
	case identified:
		return max(percent, 50), evidence, id.Scheme != greyshelf.ReportNumber || agents > 0
	case title < recordTitle || other:
		return percent, evidence, false
	}
	short := len(titleWords(now.FullTitle())) < tellingWords
	return percent, evidence, percent >= recordPercent && (!short || agents == 1)
}

func percentOf(part float64) string { return percent(part) }

// agentShare is 1 where an author or publisher is the same, 0 where none is,
// and a half where one record names none.
func agentShare(a, b greyshelf.Report) float64 {
	switch {
	case len(a.Agents) == 0 || len(b.Agents) == 0:
		return 0.5
	case sharesAgent(a, b):
		return 1
	}
	return 0
}

// yearShare is 1 where the year is the same, 0 where it is not, and a half
// where it is not stated.
func yearShare(a, b greyshelf.Report) float64 {
	x, y := yearOf(a), yearOf(b)
	switch {
	case x == "" || y == "":
		return 0.5
	case x == y:
		return 1
	}
	return 0
}

func yearOf(r greyshelf.Report) string {
	return r.Date.EDTF[:min(4, len(r.Date.EDTF))]
}

// MatchRecord says what a report is to another by what their records say
// alone, for reports of which there is no file to compare: as [Records], and
// that both stand at the same address. ok says whether a person should look.
// The match names no file.
func MatchRecord(now, old greyshelf.Report) (m Match, ok bool) {
	percent, all, alike := Records(now, old)
	for i, e := range all {
		if !e.Against && (e.Kind == "agents" || e.Kind == "date") {
			all[i].Kind = "same " + e.Kind
		}
	}
	address := plainAddress(now.URL)
	if address != "" && address == plainAddress(old.URL) {
		all = append(all, Evidence{Kind: "address", Says: "both stand at " + now.URL, Values: []string{now.URL}})
		alike = true
	}
	m = Match{Report: old.ID, Title: old.Title, Verdict: OtherCopy, Percent: percent, Evidence: all}
	switch {
	case otherLanguage(now, old):
		m.Verdict = Translation
	case yearShare(now, old) == 0:
		m.Verdict = NewEdition
	}
	return m, alike
}

// plainAddress gives an address without what does not tell two apart.
func plainAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	query := ""
	if u.RawQuery != "" {
		query = "?" + u.RawQuery
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/") + query
}
