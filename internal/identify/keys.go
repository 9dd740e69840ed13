package identify

import (
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// The kinds of keys. Keys of two kinds never meet.
const (
	kindBand uint64 = 1 + iota
	kindSample
	kindNumberBand
	kindNumberSample
	kindIdentifier
	kindTitle
	kindMainTitle
)

// Known is a file with its report and the texts of its pages: what Identify
// compares.
type Known struct {
	Report greyshelf.Report
	File   greyshelf.File
	Pages  []string // text of every page, in order
}

// Keys gives the keys of a file: of its text, its numbers, and of the
// identifiers and titles of its report.
func Keys(k Known) []uint64 {
	set := shingles(words(k.Pages))
	keys := append(bandKeys(set), sampleKeys(set, sampleOf, kindSample)...)
	numbered := pairs(numbers(k.Pages))
	if len(numbered) >= fewestPairs {
		for _, b := range bandKeys(numbered) {
			keys = append(keys, mix(b^kindNumberBand))
		}
		keys = append(keys, sampleKeys(numbered, numberSampleOf, kindNumberSample)...)
	}
	for _, id := range k.Report.Identifiers {
		keys = append(keys, identifierKey(id))
	}
	keys = append(keys, titleKeys(k.Report)...)
	slices.Sort(keys)
	return slices.Compact(keys)
}

const (
	fewestPairs    = 12 // fewer numbers than that are shared by chance
	numberSampleOf = 16
)

// identifierKey folds case and what is set between the parts of a number. An
// ISSN names a series, not a report, and is no key.
func identifierKey(id greyshelf.Identifier) uint64 {
	if id.Scheme == greyshelf.ISSN {
		return hash("no key")
	}
	return mix(hash(string(id.Scheme)+":"+plainNumber(id.Value)) ^ kindIdentifier)
}

func plainNumber(value string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -–_.", r) {
			return -1
		}
		return r
	}, value))
}

// titleKeys gives a key for the whole title and one for the title without its
// subtitle. A title of one word is none.
func titleKeys(r greyshelf.Report) []uint64 {
	var keys []uint64
	for _, t := range []struct {
		text string
		kind uint64
	}{{fullTitle(r), kindTitle}, {mainTitle(r.Title), kindMainTitle}} {
		if words := titleWords(t.text); len(words) >= 2 {
			keys = append(keys, mix(hash(strings.Join(words, " "))^t.kind))
		}
	}
	return keys
}
