package identify

import "github.com/greyshelf/greyshelf"

// Likeness says how much two files share. All parts are 0..1 and are computed
// on the texts themselves.
type Likeness struct {
	Text     float64 `json:"text"`              // shingles in both, of those in either (Jaccard)
	NewInOld float64 `json:"new_in_old"`        // part of the new text that is in the old
	OldInNew float64 `json:"old_in_new"`        // part of the old text that is in the new
	Numbers  float64 `json:"numbers,omitempty"` // successions of numbers in both, of those in the one with fewer; 0 where there are too few
	Title    float64 `json:"title"`             // words of the titles in both, in order
	Length   float64 `json:"length"`            // words of the new text per word of the old
}

// profile is what is computed of one file once.
type profile struct {
	known   Known
	words   int
	set     map[uint64]struct{}
	numbers map[uint64]struct{}
}

func newProfile(k Known) profile {
	w := words(k.Pages)
	return profile{known: k, words: len(w), set: shingles(w), numbers: pairs(numbers(k.Pages))}
}

// compare computes how much two files share.
func compare(now, old profile) Likeness {
	both := common(now.set, old.set)
	l := Likeness{
		Text:     part(both, len(now.set)+len(old.set)-both),
		NewInOld: part(both, len(now.set)),
		OldInNew: part(both, len(old.set)),
		Title:    sameTitle(now.known.Report, old.known.Report),
		Length:   part(now.words, old.words),
	}
	if fewer := min(len(now.numbers), len(old.numbers)); fewer >= fewestPairs {
		l.Numbers = part(common(now.numbers, old.numbers), fewer)
	}
	return l
}

func common(a, b map[uint64]struct{}) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for h := range a {
		if _, ok := b[h]; ok {
			n++
		}
	}
	return n
}

func part(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// sharedIdentifier gives the first identifier of a scheme that names a report
// or an edition which both have.
func sharedIdentifier(a, b greyshelf.Report) (greyshelf.Identifier, bool) {
	for _, x := range a.Identifiers {
		for _, y := range b.Identifiers {
			if x.Scheme == y.Scheme && x.Scheme != greyshelf.ISSN && plainNumber(x.Value) == plainNumber(y.Value) {
				return x, true
			}
		}
	}
	return greyshelf.Identifier{}, false
}

// sharesAgent reports whether an agent of one has the family name, or a body
// the name, of one of the other; where one names none, nothing speaks against.
func sharesAgent(a, b greyshelf.Report) bool {
	if len(a.Agents) == 0 || len(b.Agents) == 0 {
		return true
	}
	key := func(c greyshelf.Contribution) string {
		if c.Family != "" {
			return plainName(c.Family)
		}
		return plainName(c.Name)
	}
	names := map[string]bool{}
	for _, c := range a.Agents {
		names[key(c)] = true
	}
	for _, c := range b.Agents {
		if names[key(c)] {
			return true
		}
	}
	return false
}

func plainName(name string) string {
	folded := ""
	eachWord(name, func(word string) bool {
		if word != "the" {
			folded += word + " "
		}
		return true
	})
	return folded
}
