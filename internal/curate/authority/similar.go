package authority

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// Alike is a report that is like the one that headings are looked for, and what
// it was indexed with.
type Alike struct {
	Report   string
	Title    string
	Likeness float64 // 0 to 1; 1 = that of the most like one
	Headings []Name  // as they are at present; without an identifier where no concept is known
}

// Indexed is a report that was indexed with a suggested heading.
type Indexed struct {
	Report   string  `json:"report"`
	Title    string  `json:"title"`
	Likeness float64 `json:"likeness"` // 0 to 1; 1 = that of the most like one
}

const (
	mostIndexed  = 5   // reports named with a suggestion
	leastIndexed = 2   // like reports that must have a heading
	perAlike     = 5.0 // what a report that is most like adds to a score; a term in the abstract adds about as much
)

// FromAlike gives the headings that at least two of the reports have (that the
// only one has), the best first: those of more and of more like ones.
func FromAlike(all []Alike) []Suggestion {
	by := map[string]*Suggestion{}
	var order []string
	for _, alike := range all {
		seen := map[string]bool{}
		for _, h := range alike.Headings {
			key := cmp.Or(h.ID, Fold(h.Label))
			if key == "" || seen[key] {
				continue
			}
			seen[key] = true
			s := by[key]
			if s == nil {
				s = &Suggestion{Authority: greyshelf.Authority{ID: h.ID, Type: greyshelf.AuthorityConcept, Label: h.Label}}
				by[key], order = s, append(order, key)
			}
			s.Score += perAlike * alike.Likeness
			s.Reports = append(s.Reports, Indexed{alike.Report, alike.Title, math.Round(100*alike.Likeness) / 100})
		}
	}
	var found []Suggestion
	for _, key := range order {
		s := *by[key]
		if len(s.Reports) < min(leastIndexed, len(all)) {
			continue
		}
		s.Score = math.Round(100*s.Score) / 100
		slices.SortStableFunc(s.Reports, func(a, b Indexed) int { return -cmp.Compare(a.Likeness, b.Likeness) })
		s.Reports = s.Reports[:min(len(s.Reports), mostIndexed)]
		found = append(found, s)
	}
	best(found)
	return found
}

// Together joins suggestions from the words of a report with those from reports
// that are like it: at most limit, the best first. A heading that both suggest
// has the sum of the scores.
func Together(words, alike []Suggestion, limit int) []Suggestion {
	all := slices.Clone(words)
	for _, s := range alike {
		i := slices.IndexFunc(all, func(has Suggestion) bool {
			return has.Authority.ID == s.Authority.ID && s.Authority.ID != "" || Fold(has.Authority.Label) == Fold(s.Authority.Label)
		})
		if i < 0 {
			all = append(all, s)
			continue
		}
		all[i].Score = math.Round(100*(all[i].Score+s.Score)) / 100
		all[i].Reports = s.Reports
	}
	best(all)
	return all[:min(limit, len(all))]
}

// best puts suggestions in order.
func best(all []Suggestion) {
	slices.SortStableFunc(all, func(a, b Suggestion) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), strings.Compare(a.Authority.Label, b.Authority.Label), strings.Compare(a.Authority.ID, b.Authority.ID))
	})
}

const (
	shortestTerm = 4 // letters
	longestTerm  = 40
)

// Terms gives at most so many words that tell what the passages are about:
// those of the title and the abstract, then the most frequent ones of the
// pages. How rare they are in the library is for the search to weigh.
func Terms(passages []Passage, most int) []string {
	times, place := map[string]int{}, map[string]int{}
	var words []string
	for _, p := range passages {
		weight := map[string]int{"title": 2, "abstract": 1}[p.Place]
		for _, word := range strings.FieldsFunc(p.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			word = strings.ToLower(word)
			if n := len([]rune(word)); n < shortestTerm || n > longestTerm {
				continue
			}
			if times[word]++; times[word] == 1 {
				words = append(words, word)
			}
			place[word] = max(place[word], weight)
		}
	}
	slices.SortStableFunc(words, func(a, b string) int {
		return cmp.Or(-cmp.Compare(place[a], place[b]), -cmp.Compare(times[a], times[b]))
	})
	return words[:min(most, len(words))]
}
