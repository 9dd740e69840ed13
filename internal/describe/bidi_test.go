package describe

import "testing"

// TestReadingOrder: right-to-left lines whose words come as they stand from
// the left, letters within a word in reading order.
func TestReadingOrder(t *testing.T) {
	for name, c := range map[string]struct {
		fromLeft []string
		want     string
	}{
		"hebrew":             {[]string{"עולם", "שלום"}, "שלום עולם"},
		"latin run within":   {[]string{"סוף", "New", "York", "התחלה"}, "התחלה New York סוף"},
		"a stop":             {[]string{".עולם", "שלום"}, "שלום עולם."},
		"a year":             {[]string{"2016", "עולם", "שלום"}, "שלום עולם 2016"},
		"mostly latin stays": {[]string{"The", "word", "שלום", "means", "peace"}, "The word שלום means peace"},
	} {
		raw := RawPage{Width: 600, Height: 800}
		x := 100.0
		for k, w := range c.fromLeft {
			letters := []rune(w)
			if k > 0 {
				raw.Chars = append(raw.Chars, Char{Rune: ' ', X0: x, X1: x, X: x, Y: 100})
				x += 4
			}
			for n, r := range letters {
				at := x + 6*float64(n)
				if rightToLeft(r) {
					at = x + 6*float64(len(letters)-1-n)
				}
				raw.Chars = append(raw.Chars, Char{Rune: r, X0: at, X1: at + 6, Y0: 93, Y1: 100, X: at, Y: 100})
			}
			x += 6 * float64(len(letters))
		}
		if got := newPage(1, "", raw, false).Text; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestCommaOfLatin: the comma of a right-to-left script at the left of a Latin
// word, which the engine gives in one word with it.
func TestCommaOfLatin(t *testing.T) {
	raw := RawPage{Width: 600, Height: 800}
	put := func(r rune, at float64) {
		raw.Chars = append(raw.Chars, Char{Rune: r, X0: at, X1: at + 6, Y0: 93, Y1: 100, X: at, Y: 100})
	}
	word := func(letters string, x float64) {
		for n, r := range []rune(letters) {
			if at := x + 6*float64(n); rightToLeft(r) && r != '،' {
				put(r, x+6*float64(len([]rune(letters))-1-n))
			} else {
				put(r, at)
			}
		}
	}
	word("הבאאא", 100)
	put(' ', 130)
	word("،Lat", 134)
	put(' ', 158)
	word("שלוםם", 162)
	if got, want := newPage(1, "", raw, false).Text, "שלוםם Lat، הבאאא"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
