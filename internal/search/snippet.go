package search

import (
	"strings"
	"unicode"
)

// snippet cuts the best piece of at most limit code points out of a text: the
// one with the most different marked words, then the most marks, with context
// on both sides, cut between words. White space becomes single spaces. marks
// are [start, end) in code points of the text, in order; those given back are
// in code points of the snippet.
func snippet(text string, marks [][2]int, limit int) (string, [][2]int) {
	runes := []rune(text)
	start, end := bestSpan(runes, marks, limit)
	spare := limit - (end - start)
	left := min(start, spare/3)
	right := min(len(runes)-end, spare-left)
	left = min(start, spare-right)
	from, to := cutBetweenWords(runes, start-left, start, end, end+right)
	return flatten(runes, from, to, marks)
}

// bestSpan gives the piece from the first to the last mark of the best window;
// without marks the beginning of the text.
func bestSpan(runes []rune, marks [][2]int, limit int) (start, end int) {
	best := 0
	for i, first := range marks {
		if first[0] < 0 || first[1] > len(runes) || first[1]-first[0] > limit {
			continue
		}
		words := map[string]bool{}
		last, n := first[1], 0
		for _, m := range marks[i:] {
			if m[1]-first[0] > limit || m[1] > len(runes) {
				break
			}
			words[strings.ToLower(string(runes[m[0]:m[1]]))] = true
			last = m[1]
			n++
		}
		if worth := len(words)*1000 + n; worth > best {
			best, start, end = worth, first[0], last
		}
	}
	return start, end
}

// cutBetweenWords moves the borders from and to inwards, so that no word is
// cut, but never into [start, end).
func cutBetweenWords(runes []rune, from, start, end, to int) (int, int) {
	for cut := from; from > 0 && !unicode.IsSpace(runes[from-1]) && cut < start; {
		if cut++; unicode.IsSpace(runes[cut-1]) {
			from = cut
			break
		}
	}
	for cut := to; to < len(runes) && !unicode.IsSpace(runes[to]) && cut > end; {
		if cut--; unicode.IsSpace(runes[cut]) {
			to = cut
			break
		}
	}
	return from, to
}

// flatten writes runes[from:to] on one line and moves the marks along. A line
// end after a hyphen disappears.
func flatten(runes []rune, from, to int, marks [][2]int) (string, [][2]int) {
	var out []rune
	at := make([]int, to-from+1) // place in out of each code point
	for i := from; i < to; i++ {
		at[i-from] = len(out)
		r := runes[i]
		if !unicode.IsSpace(r) && !unicode.IsControl(r) {
			out = append(out, r)
			continue
		}
		if n := len(out); n > 0 && out[n-1] != ' ' && !(r == '\n' && out[n-1] == '-') {
			out = append(out, ' ')
		}
	}
	at[to-from] = len(out)
	if n := len(out); n > 0 && out[n-1] == ' ' {
		out = out[:n-1]
	}
	var moved [][2]int
	for _, m := range marks {
		start, end := max(m[0], from), min(m[1], to)
		if start >= end {
			continue
		}
		if first, last := at[start-from], min(at[end-from], len(out)); first < last {
			moved = append(moved, [2]int{first, last})
		}
	}
	return string(out), moved
}
