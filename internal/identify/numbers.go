package identify

import "unicode"

// western gives the value of a number in the digits of any script; false for
// other words and for single digits, which are everywhere. A translation has other words, but the
// same years, sums and paragraphs in the same order.
func western(word []byte) (n uint64, ok bool) {
	if word[0] >= 'a' && word[0] <= 'z' {
		return 0, false
	}
	digits := 0
	for _, r := range string(word) {
		if digits++; !unicode.IsDigit(r) || digits > mostDigits {
			return 0, false
		}
		n = 10*n + uint64(digit(r))
	}
	return n, digits >= 2
}

const mostDigits = 12

// digit gives the value of a decimal digit of any script: Unicode puts the ten
// of a script one behind the other (The Unicode Standard, §4.6).
func digit(r rune) int {
	n := 0
	for n < 9 && unicode.IsDigit(r-1) {
		r--
		n++
	}
	return n
}

// pairs gives the set of two numbers that follow each other, as hashes. The
// years of a table and the numbers of a list, which go up or down by one, are
// the same everywhere and are left out.
func pairs(numbers []uint64) []uint64 {
	var all []uint64
	for i := 1; i < len(numbers); i++ {
		before, n := numbers[i-1], numbers[i]
		if n != before && n != before+1 && n+1 != before {
			all = append(all, mix(mix(before)^n))
		}
	}
	return setOf(all)
}
