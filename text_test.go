package greyshelf_test

import (
	"testing"

	"github.com/greyshelf/greyshelf"
)

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		" a \t b\r\nc ":             "a b c",
		"a\u2028b\u2029c\u0085d":    "a b c d",
		"a\x00b\x7fc\uFFFEd\uFFFFe": "a b c d e",
		"a\xffb":                    "a\uFFFDb",
		"\u2067عنوان\u2069 x":       "\u2067عنوان\u2069 x",
		"😀 \u200ex":                 "😀 \u200ex",
	} {
		if got := greyshelf.OneLine(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		"a\r\nb\rc\u2028d\te":       "a\nb\nc\nd\te",
		"a\x00b\x1b[31m\x7fc\u0085": "ab[31mc",
		"a\xff\xfeb\uFFFD\uFEFF":    "ab",
		"\u202egnp.exe\u2066":       "gnp.exe",
		"علي\u200f (1)":             "علي\u200f (1)",
	} {
		got := greyshelf.Plain(text)
		if got != want || greyshelf.Plain(got) != got {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}
