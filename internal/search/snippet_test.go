package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSnippet(t *testing.T) {
	far := strings.Repeat("filler words ", 40)
	for _, test := range []struct {
		name, text, word string
		limit            int
		want             string
	}{
		{"whole text", "one two three", "two", 300, "one [two] three"},
		{"line ends", "one\n\ttwo-\nthree", "three", 300, "one two-[three]"},
		{"nothing marked", "one two three four", "-", 8, "one two"},
		{"far inside", far + "the needle here " + far, "needle", 40, "words the [needle] here filler words"},
		{"at the end", far + "needle", "needle", 30, "words filler words [needle]"},
	} {
		got, marks := snippet(test.text, occurrences(test.text, test.word), test.limit)
		if shown := bracketed(got, marks); shown != test.want {
			t.Errorf("%s: got %q, want %q", test.name, shown, test.want)
		}
	}
}

func TestSnippetPrefersDifferentWords(t *testing.T) {
	text := "war war war " + strings.Repeat("x ", 200) + "war and peace"
	marks := append(occurrences(text, "war"), occurrences(text, "peace")...)
	if got, _ := snippet(text, marks, 60); !strings.HasSuffix(got, "war and peace") {
		t.Errorf("got %q", got)
	}
}

func TestSnippetKeepsItsLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab \n-é𝒳"))).Draw(t, "text")
		n := utf8.RuneCountInString(text)
		var marks [][2]int
		for at := 0; at < n; {
			start := at + rapid.IntRange(0, 5).Draw(t, "gap")
			at = start + rapid.IntRange(1, 12).Draw(t, "length")
			if at <= n {
				marks = append(marks, [2]int{start, at})
			}
		}
		limit := rapid.IntRange(1, 30).Draw(t, "limit")
		got, moved := snippet(text, marks, limit)
		length := utf8.RuneCountInString(got)
		if length > limit {
			t.Fatalf("%q has %d characters, limit %d", got, length, limit)
		}
		last := 0
		for _, m := range moved {
			if m[0] < last || m[1] <= m[0] || m[1] > length {
				t.Fatalf("mark %v in %q", m, got)
			}
			last = m[1]
		}
	})
}

func occurrences(text, word string) [][2]int {
	var marks [][2]int
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return marks
		}
		start := utf8.RuneCountInString(text[:at+i])
		marks = append(marks, [2]int{start, start + utf8.RuneCountInString(word)})
		at += i + len(word)
	}
}

func bracketed(text string, marks [][2]int) string {
	runes := []rune(text)
	var b strings.Builder
	last := 0
	for _, m := range marks {
		b.WriteString(string(runes[last:m[0]]) + "[" + string(runes[m[0]:m[1]]) + "]")
		last = m[1]
	}
	return b.String() + string(runes[last:])
}
