package bleve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// written shows tokens: term@position, joined words with "+", stop words as "_".
func written(tokens []token) string {
	var list []string
	for _, t := range tokens {
		term := cmp.Or(t.term, "_")
		if t.joined {
			term += "+"
		}
		list = append(list, fmt.Sprintf("%s@%d", term, t.pos))
	}
	return strings.Join(list, " ")
}

func TestTokens(t *testing.T) {
	a := newAnalyser()
	for _, test := range []struct{ language, text, want string }{
		{"en", "The policies, of WHO?", "_@1 polici@2 _@3 who@4"},
		{"en", "co-operation", "co@1 cooper+@1 oper@2"},
		{"en", "gov-\n ernment here", "gov@1 govern+@1 ernment@2 _@3"},
		{"en", "a state-of-the-art", "_@1 state@2 _@3 _@4 art@5"},
		{"en", "well-govern-\nment", "well@1 govern@2 govern+@2 ment@3"},
		{"en", "U.S. and U.N.S.C and U.Sam. A.", "us@1 _@2 unsc@3 _@4 u@5 sam@6 _@7"},
		{"en", "Iran's O’Brien can't", "iran@1 o@2 brien@3 can@4 t@5"},
		{"fr", "L’accord d'État", "acord@1 etat@2"},
		{"en-GB", "states", "state@1"},
		{"xx", "The STATES", "the@1 states@2"},
		{"", "Đorđe Łódź Straße ﬁn", "dorde@1 lodz@2 strasse@3 fin@4"},
		{"ru", "Ёлка елка й", "елк@1 елк@2 й@3"},
		{"zh", "安全 ok", "安@1 全@2 ok@3"},
		{"en", "2016–2018 10.1000/182", "2016@1 2018@2 10@3 1000@4 182@5"},
		{"en", "soft\u00adhyphen", "softhyphen@1"},
		{"en", "- -- -x x- \n-", "x@1 x@2"},
	} {
		if got := written(a.tokens(test.language, test.text)); got != test.want {
			t.Errorf("%s %q: got %s, want %s", test.language, test.text, got, test.want)
		}
	}
}

func TestTokensStayInTheText(t *testing.T) {
	a := newAnalyser()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("aA.-\n '’é安\u00ad\u0301й")))).Draw(t, "text")
		language := rapid.SampledFrom([]string{"en", "fr", "ar", ""}).Draw(t, "language")
		length, last := len([]rune(text)), 0
		for _, token := range a.tokens(language, text) {
			if token.start < 0 || token.end > length || token.start >= token.end || token.pos < last {
				t.Fatalf("%q: %+v", text, token)
			}
			last = token.pos
		}
	})
}

func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"The gov-\nernment's U.S. policy", "-\n-\n", "L’été", "a\u00ad-\u00ad", "\xff-\xfe"} {
		f.Add("en", seed)
	}
	a := newAnalyser()
	f.Fuzz(func(t *testing.T, language, text string) {
		if len(text) > 10_000 {
			return
		}
		a.tokens(language, text)
	})
}

func TestPageOfList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.IntRange(0, 50), 0, 60).Draw(t, "list")
		offset, limit := rapid.IntRange(0, 70).Draw(t, "offset"), rapid.IntRange(0, 10).Draw(t, "limit")
		sorted := slices.Sorted(slices.Values(list))
		want := sorted[min(offset, len(list)):min(offset+limit, len(list))]
		if got := page(slices.Clone(list), offset, limit, cmp.Compare[int]); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
