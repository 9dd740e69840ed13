package identify

import (
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// The kinds of keys. Keys of two kinds never meet.
const (
	kindText uint64 = 1 + iota
	kindNumber
	kindIdentifier
	kindTitle
	kindMainTitle
	kindTitleLess
)

// Known is a file with its report and the texts of its pages: what Identify
// compares.
type Known struct {
	Report greyshelf.Report
	File   greyshelf.File
	Pages  []string // text of every page, in order
}

// How many successions of numbers are keys, and how few are shared by chance.
const (
	numberKeys  = 20
	fewestPairs = 12
)

// Keys gives the keys of a file: of its text, its numbers, and of the
// identifiers and titles of its report; at most about a hundred.
func Keys(k Known) []uint64 {
	p := newProfile(k)
	keys := slices.Concat(p.textKeys(), p.numberKeys())
	slices.Sort(keys)
	return slices.Compact(keys)
}

// textKeys gives the keys of which one is enough to be worth a comparison.
func (p profile) textKeys() []uint64 {
	keys := sketch(p.set, leastSamples, mostSamples, kindText)
	for _, id := range p.known.Report.Identifiers {
		if id.Scheme != greyshelf.ISSN { // which names a series, not a report
			keys = append(keys, mix(hashOf(string(id.Scheme)+":"+plainNumber(id.Value))^kindIdentifier))
		}
	}
	return append(keys, titleKeys(p.known.Report)...)
}

// numberKeys gives the keys by which a translation is found. Two numbers that
// follow each other do so elsewhere too.
func (p profile) numberKeys() []uint64 {
	if len(p.numbers) < fewestPairs {
		return nil
	}
	return sketch(p.numbers, numberKeys, numberKeys, kindNumber)
}

// plainNumber folds case and what is set between the parts of a number.
func plainNumber(value string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -–_.", r) {
			return -1
		}
		return r
	}, value))
}

// The words of a title from which one may be left out.
const (
	leastLess = 4
	mostLess  = 10
)

// titleKeys gives a key for the whole title, one for the title without its
// subtitle, and one for the title without each of its words, so that titles
// that differ in one word meet. A title of one word is none.
func titleKeys(r greyshelf.Report) []uint64 {
	key := func(kind uint64, words ...string) uint64 { return mix(hashOf(strings.Join(words, " ")) ^ kind) }
	var keys []uint64
	if words := titleWords(r.FullTitle()); len(words) >= 2 {
		keys = append(keys, key(kindTitle, words...))
	}
	words := titleWords(mainTitle(r.Title))
	if len(words) >= 2 {
		keys = append(keys, key(kindMainTitle, words...))
	}
	if len(words) < leastLess || len(words) > mostLess {
		return keys
	}
	for i := range words {
		keys = append(keys, key(kindTitleLess, slices.Concat(words[:i], words[i+1:])...))
	}
	return keys
}
