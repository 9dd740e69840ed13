package history

import "unicode"

// Piece is a run of words of a value, and what became of it.
type Piece struct {
	Text string
	Kind Fate
}

// Fate is what became of words between two values.
type Fate string

// The fates of words.
const (
	Stays Fate = ""
	Gone  Fate = "gone" // only in the value before
	Fresh Fate = "new"  // only in the value after
)

// mostWords bounds how many words are compared one by one, beside what two
// values have in common at their beginning and end; longer ones are shown
// whole.
const mostWords = 3000

// Compare gives the words of two values: before with those that are gone
// marked, after with those that are new.
func Compare(before, after string) (was, is []Piece) {
	a, b := split(before), split(after)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	inA, inB := keep(a[head:len(a)-tail], b[head:len(b)-tail])
	return pieces(a, head, tail, inA, Gone), pieces(b, head, tail, inB, Fresh)
}

// split cuts a text into words with the white space behind them.
func split(text string) []string {
	var words []string
	start, space := 0, false
	for i, r := range text {
		now := unicode.IsSpace(r)
		if space && !now {
			words = append(words, text[start:i])
			start = i
		}
		space = now
	}
	if start < len(text) {
		words = append(words, text[start:])
	}
	return words
}

// keep says of each word of two lists whether it stays: whether it belongs to
// their longest common subsequence.
func keep(a, b []string) (inA, inB []bool) {
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	if len(a) > mostWords || len(b) > mostWords {
		return inA, inB
	}
	width := len(b) + 1
	longest := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			at := i*width + j
			if a[i] == b[j] {
				longest[at] = longest[at+width+1] + 1
				continue
			}
			longest[at] = max(longest[at+width], longest[at+1])
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		at := i*width + j
		switch {
		case a[i] == b[j]:
			inA[i], inB[j] = true, true
			i, j = i+1, j+1
		case longest[at+width] >= longest[at+1]:
			i++
		default:
			j++
		}
	}
	return inA, inB
}

// pieces joins words of one fate. The first head and last tail words stay, and
// of those between the ones that are said to.
func pieces(words []string, head, tail int, stays []bool, other Fate) []Piece {
	var all []Piece
	for i, w := range words {
		kind := Stays
		if i >= head && i < len(words)-tail && !stays[i-head] {
			kind = other
		}
		if n := len(all); n > 0 && all[n-1].Kind == kind {
			all[n-1].Text += w
			continue
		}
		all = append(all, Piece{w, kind})
	}
	return all
}
