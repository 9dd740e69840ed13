package identify

import (
	"hash/fnv"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	shingleWords = 4         // words in a shingle
	mostWords    = 2_000_000 // of one text; a report of 5,000 full pages has as many
)

// words gives the words of the pages as hashes: letters and digits, case and
// accents folded, so that a change of fonts, line breaks, hyphens at the end
// of lines or page numbers between two pages changes few of them.
func words(pages []string) []uint64 {
	var all []uint64
	for _, page := range pages {
		eachWord(page, func(word string) bool {
			all = append(all, hash(word))
			return len(all) < mostWords
		})
	}
	return all
}

// eachWord calls yield with every folded word of the text, until it says stop.
// A word that is broken by a hyphen at the end of a line is one.
func eachWord(text string, yield func(string) bool) {
	var word []byte
	flush := func() bool {
		more := len(word) == 0 || yield(string(word))
		word = word[:0]
		return more
	}
	hyphen := false // a hyphen stands behind the word, and nothing but white space since
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			hyphen = false
			word = utf8.AppendRune(word, unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r) || r == '\u00ad' || r == '\'' || r == '’':
		case (r == '-' || r == '\u2010') && len(word) > 0 && !hyphen:
			hyphen = true
		case r == '\n' && hyphen:
			hyphen = false
		default:
			hyphen = false
			if !flush() {
				return
			}
		}
	}
	flush()
}

func hash(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	return h.Sum64()
}

// shingles gives the set of runs of four words. A text of fewer words is one
// shingle.
func shingles(words []uint64) map[uint64]struct{} {
	set := make(map[uint64]struct{}, len(words))
	if len(words) == 0 {
		return set
	}
	n := min(shingleWords, len(words))
	for i := 0; i+n <= len(words); i++ {
		h := uint64(len(words[i : i+n]))
		for _, w := range words[i : i+n] {
			h = mix(h ^ w)
		}
		set[h] = struct{}{}
	}
	return set
}

// mix spreads the bits of x (the finaliser of SplitMix64; Steele, Lea and
// Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
