package identify

import "unicode"

// western gives a number in the digits 0 to 9; false for other words and for
// single digits, which are everywhere. A translation has other words, but the
// same years, sums and paragraphs in the same order.
func western(word []byte) (string, bool) {
	if word[0] >= 'a' && word[0] <= 'z' {
		return "", false
	}
	digits := make([]byte, 0, len(word))
	for _, r := range string(word) {
		if !unicode.IsDigit(r) {
			return "", false
		}
		digits = append(digits, '0'+byte(digit(r)))
	}
	return string(digits), len(digits) >= 2 && len(digits) <= 12
}

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

// pairs gives the set of two numbers that follow each other.
func pairs(numbers []uint64) []uint64 {
	var all []uint64
	for i := 1; i < len(numbers); i++ {
		all = append(all, mix(mix(numbers[i-1])^numbers[i]))
	}
	return setOf(all)
}
