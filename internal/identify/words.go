package identify

import (
	"slices"
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
// of lines or page numbers between two pages changes few of them. It gives the
// numbers among them besides, see [western].
func words(pages []string) (all, numbers []uint64) {
	for _, page := range pages {
		eachWord(page, func(word []byte) bool {
			all = append(all, hashOf(word))
			if n, ok := western(word); ok {
				numbers = append(numbers, n)
			}
			return len(all) < mostWords
		})
	}
	return all, numbers
}

// eachWord calls yield with every folded word of the text, until it says stop.
// A word that is broken by a hyphen at the end of a line is one.
// The bytes of the word are good until yield returns.
func eachWord(text string, yield func([]byte) bool) {
	var word []byte
	flush := func() bool {
		more := len(word) == 0 || yield(word)
		word = word[:0]
		return more
	}
	hyphen := false                            // a hyphen stands behind the word, and nothing but white space since
	for _, r := range norm.NFKD.String(text) { // a text of ASCII comes back as it is
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			hyphen = false
			word = append(word, byte(r))
		case r == ' ':
			hyphen = false
			if !flush() {
				return
			}
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

// hashOf is FNV-1a (Fowler, Noll, Vo; 64 bits).
func hashOf[T string | []byte](text T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}

// shingles gives the runs of four words in the order of the text. A text of
// fewer words is one shingle.
func shingles(words []uint64) []uint64 {
	if len(words) == 0 {
		return nil
	}
	n := min(shingleWords, len(words))
	all := make([]uint64, 0, len(words)-n+1)
	for i := 0; i+n <= len(words); i++ {
		h := uint64(n)
		for _, w := range words[i : i+n] {
			h = mix(h ^ w)
		}
		all = append(all, h)
	}
	return all
}

// setOf gives what stands in a list, sorted, each once.
func setOf(list []uint64) []uint64 {
	set := slices.Clone(list)
	slices.Sort(set)
	return slices.Compact(set)
}

// inBoth calls yield with the places in a of what stands in both sets.
func inBoth(a, b []uint64, yield func(i int)) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			yield(i)
			i, j = i+1, j+1
		}
	}
}

// mix spreads the bits of x (the finaliser of SplitMix64; Steele, Lea and
// Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
