package identify

import (
	"slices"

	"github.com/greyshelf/greyshelf"
)

// Likeness says how much two files share. All parts are 0..1 and are computed
// on the texts themselves.
type Likeness struct {
	Text     float64 `json:"text"`              // shingles in both, of those in either (Jaccard)
	NewInOld float64 `json:"new_in_old"`        // part of the new text that is in the old
	OldInNew float64 `json:"old_in_new"`        // part of the old text that is in the new
	Numbers  float64 `json:"numbers,omitempty"` // successions of numbers in both, of those in the one with fewer; 0 where there are too few
	Title    float64 `json:"title"`             // words of the titles in both, in order
	Length   float64 `json:"length"`            // words of the new text per word of the old
	Common   float64 `json:"common,omitempty"`  // part of the new text that other reports have too; the parts above are of the rest
	Worn     bool    `json:"worn,omitempty"`    // words differ everywhere and no passage is missing, as when a text is recognised anew
}

// profile is what is computed of one file once.
type profile struct {
	known   Known
	words   int
	ordered []uint64 // shingles in the order of the text
	set     []uint64 // the same, sorted, each once
	numbers []uint64 // set of successions of numbers
}

func newProfile(k Known) profile {
	w := words(k.Pages)
	list := shingles(w)
	return profile{known: k, words: len(w), ordered: list, set: setOf(list), numbers: pairs(numbers(k.Pages))}
}

// meeting is what a comparison of a new file with an old one found. It holds no
// texts.
type meeting struct {
	report      greyshelf.Report // the old one
	file        greyshelf.File
	shared      bitset // of the new file's set: what is in the old text
	size        int    // of the old file's set
	whole       Likeness
	newTouched  float64 // part of the new text's passages of which something is in the old; 0 where passages are intact
	oldTouched  float64
	newLanguage string
}

// meet compares two files.
func meet(now, old profile) meeting {
	m := meeting{report: old.known.Report, file: old.known.File, shared: newBitset(len(now.set)), size: len(old.set)}
	both := 0
	inBoth(now.set, old.set, func(i int) { m.shared.add(i); both++ })
	m.whole = Likeness{
		Text:     part(both, len(now.set)+len(old.set)-both),
		NewInOld: part(both, len(now.set)),
		OldInNew: part(both, len(old.set)),
		Title:    sameTitle(now.known.Report, old.known.Report),
		Length:   part(now.words, old.words),
	}
	if fewer := min(len(now.numbers), len(old.numbers)); fewer >= fewestPairs {
		same := 0
		inBoth(now.numbers, old.numbers, func(int) { same++ })
		m.whole.Numbers = part(same, fewer)
	}
	if within, around := m.whole.NewInOld, m.whole.OldInNew; max(within, around) >= leastWorn && min(within, around) < copyText {
		m.newTouched, m.oldTouched = touched(now.ordered, old.set), touched(old.ordered, now.set)
	}
	return m
}

// likeness gives how much the two share beyond what is common: the shingles of
// the new file's set that other reports have too.
func (m meeting) likeness(common bitset, size int) Likeness {
	l := m.whole
	if common.count() > 0 {
		commonInBoth := m.shared.countAnd(common)
		both, mine, yours := m.shared.count()-commonInBoth, size-common.count(), m.size-commonInBoth
		l.Text, l.NewInOld, l.OldInNew = part(both, mine+yours-both), part(both, mine), part(both, yours)
		l.Common = part(common.count(), size)
	}
	l.Worn = max(m.newTouched, m.oldTouched) >= wornPassages && max(l.NewInOld, l.OldInNew) >= leastWorn
	return l
}

const (
	passage     = 100  // shingles
	fewPassages = 3    // a text with fewer cannot be judged
	barely      = 0.06 // of a passage: something of it is there
	nearlyAll   = 0.95 // of a passage: it is intact
	mostIntact  = 0.05 // of the passages of a worn text
	leastWorn   = 0.10 // of the text
)

// touched gives the part of the passages of a text of which something is in
// the other, if hardly any of them is there intact; else 0. When paragraphs
// are replaced, passages are intact or gone; when a text is recognised on its
// pages, there are wrong letters in all of them.
func touched(ordered, other []uint64) float64 {
	passages, hit, intact := 0, 0, 0
	for from := 0; from+passage <= len(ordered); from += passage {
		found := 0
		for _, h := range ordered[from : from+passage] {
			if _, ok := slices.BinarySearch(other, h); ok {
				found++
			}
		}
		passages++
		if found >= barely*passage {
			hit++
		}
		if found >= nearlyAll*passage {
			intact++
		}
	}
	if passages < fewPassages || part(intact, passages) > mostIntact {
		return 0
	}
	return part(hit, passages)
}

func part(n, of int) float64 {
	if of <= 0 {
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
	eachWord(name, func(word []byte) bool {
		if string(word) != "the" {
			folded += string(word) + " "
		}
		return true
	})
	return folded
}
