package site_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

func TestLocal(t *testing.T) {
	for _, test := range []struct {
		from, host, proxy string
		want              bool
	}{
		{"127.0.0.1:1", "127.0.0.1:8080", "", true}, {"127.0.0.1:1", "localhost", "", true}, {"127.0.0.1:1", "LOCALHOST.:80", "", true},
		{"[::1]:1", "[::1]:8080", "", true}, {"[::ffff:127.0.0.1]:1", "library.localhost:1", "", true}, {"127.0.0.9:1", "127.0.0.1", "", true},
		{"192.0.2.1:1", "127.0.0.1", "", false}, {"127.0.0.1:1", "library.example.org", "", false}, {"127.0.0.1:1", "", "", false},
		{"127.0.0.1:1", "localhost.example.org", "", false}, {"127.0.0.1:1", "127.0.0.1.example.org", "", false}, {"127.0.0.1:1", "127.1", "", false},
		{"127.0.0.1:1", "localhost", "192.0.2.1", false}, {"@", "localhost", "", false}, {"10.0.0.1:1", "10.0.0.1", "", false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.Host = test.from, test.host
		if test.proxy != "" {
			r.Header.Set("X-Forwarded-For", test.proxy)
		}
		if got := site.Local(r); got != test.want {
			t.Errorf("%+v: got %v", test, got)
		}
	}
}

func TestFindQuote(t *testing.T) {
	const text = "One two-\nthree “four”  five.\nSix"
	runes := []rune(text)
	for quote, want := range map[string]string{
		"two three": "", "twothree": "two-\nthree", "two-three": "two-\nthree", `"four" five`: "“four”  five", "FIVE. six": "five.\nSix", "": "", " \n": "", "seven": "", "Six": "Six",
	} {
		start, end, ok := site.FindQuote(text, quote)
		got := ""
		if ok {
			got = string(runes[start:end])
		}
		if quote == "two three" {
			want = "two-\nthree" // white space is passed over, wherever it stands
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", quote, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.RuneFrom([]rune("ab “é\n-𝒳ß")), 1, 40).Draw(t, "text")
		from := rapid.IntRange(0, len(runes)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(runes)).Draw(t, "to")
		start, end, ok := site.FindQuote(string(runes), string(runes[from:to]))
		if ok && (start < 0 || end > len(runes) || start >= end || start > to) {
			t.Fatalf("%d, %d of %d", start, end, len(runes))
		}
		if !ok && strings.Trim(string(runes[from:to]), " \n-") != "" {
			t.Fatalf("%q is not found in %q", string(runes[from:to]), string(runes))
		}
	})
}

func TestSpan(t *testing.T) {
	for text, want := range map[string]bool{"0-1": true, "12-340": true, "1-1": false, "2-1": false, "-1-2": false, "01-2": false, "1-2-3": false, "": false, "1": false, "+1-2": false, "99999999999999999999-1": false} {
		if _, _, ok := site.ParseSpan(text); ok != want {
			t.Errorf("%q: got %v", text, ok)
		}
	}
}

func TestPieces(t *testing.T) {
	got := site.Pieces("añb c", [][2]int{{1, 3}, {2, 4}, {9, 12}})
	want := []site.Piece{{Text: "a"}, {Text: "ñb", Marked: true}, {Text: " ", Marked: true}, {Text: "c"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestExtract(t *testing.T) {
	long := strings.Repeat("é", 1000)
	if got := site.Extract(long); utf8.RuneCountInString(got) != rights.SnippetLength || !strings.HasSuffix(got, "…") {
		t.Errorf("%d characters", utf8.RuneCountInString(got))
	}
	if got := site.Extract("short"); got != "short" {
		t.Errorf("got %q", got)
	}
}

func TestSafeURL(t *testing.T) {
	for raw, want := range map[string]string{"https://a.example.org/x": "https://a.example.org/x", "javascript:alert(1)": "", "//a": "", "": "", "data:text/html,x": "", "http:x": ""} {
		if got := site.SafeURL(raw); got != want {
			t.Errorf("%q: got %q", raw, got)
		}
	}
}
