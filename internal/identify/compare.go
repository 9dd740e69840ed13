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
	w, numbers := words(k.Pages)
	list := shingles(w)
	return profile{known: k, words: len(w), ordered: list, set: setOf(list), numbers: pairs(numbers)}
}

// meeting is what a comparison of a new file with an old one found. It holds no
// texts.
type meeting struct {
	report      greyshelf.Report // the old one
	file        greyshelf.File
	shared      bitset // of the new file's set: what is in the old text
	size        int    // of the old file's set
	whole       Likeness
	newPassages passages // of the new text in the old
	oldPassages passages // of the old text in the new
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
		m.newPassages, m.oldPassages = passagesOf(now.ordered, old.set), passagesOf(old.ordered, now.set)
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
	share := max(l.NewInOld, l.OldInNew)
	l.Worn = m.worn() && share >= leastWorn && share < copyText
	return l
}

// passages says how much of the passages of a text another has.
type passages struct {
	touched float64 // part of the passages of which something is there
	intact  float64 // part of the passages of which nearly all is there
}

const (
	passage     = 100  // shingles
	fewPassages = 3    // a text with fewer cannot be judged
	barely      = 0.06 // of a passage: something of it is there
	nearlyAll   = 0.95 // of a passage: it is intact
	mostIntact  = 0.05 // of the passages of a worn text
	leastWorn   = 0.10 // of the text
)

func passagesOf(ordered, other []uint64) passages {
	all, hit, intact := 0, 0, 0
	for from := 0; from+passage <= len(ordered); from += passage {
		found := 0
		for _, h := range ordered[from : from+passage] {
			if _, ok := slices.BinarySearch(other, h); ok {
				found++
			}
		}
		all++
		if found >= barely*passage {
			hit++
		}
		if found >= nearlyAll*passage {
			intact++
		}
	}
	if all < fewPassages {
		return passages{}
	}
	return passages{part(hit, all), part(intact, all)}
}

// worn reports whether one text is the other recognised anew on its pages, or
// a part of it: there are wrong letters in all passages and none is missing.
// When paragraphs are replaced, passages are intact or gone. What is written
// to one pattern has such passages too, but other numbers and another title.
func (m meeting) worn() bool {
	a, b := m.newPassages, m.oldPassages
	sameNumbers := m.whole.Numbers >= numbersSame || m.whole.Numbers == 0 && m.whole.Title >= sameWords
	return sameNumbers && max(a.touched, b.touched) >= wornPassages && min(a.intact, b.intact) <= mostIntact
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
