package mail_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf/internal/mail"
)

func TestWrap(t *testing.T) {
	address := "https://library.example.org/" + strings.Repeat("a", 90)
	for _, c := range []struct{ text, prefix, want string }{
		{"", "> ", ""},
		{"a  b\n\nc", "", "a b\n\nc"},
		{"see " + address + " now", "> ", "> see\n> " + address + "\n> now"},
		{strings.Repeat("é", 70) + " é é", "", strings.Repeat("é", 70) + " é\né"},
	} {
		if got := mail.Wrap(c.text, c.prefix); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		got := mail.Wrap(text, "> ")
		if a, b := strings.Fields(strings.ReplaceAll(text, ">", "")), strings.Fields(strings.ReplaceAll(got, ">", "")); strings.Join(a, " ") != strings.Join(b, " ") {
			t.Fatalf("words were lost or broken: %q", got)
		}
		for _, line := range strings.Split(got, "\n") {
			if utf8.RuneCountInString(line) > 72 && len(strings.Fields(line)) > 2 {
				t.Fatalf("too long: %q", line)
			}
		}
	})
}
