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
		"😀 ‎x":                      "😀 ‎x",
	} {
		if got := greyshelf.OneLine(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}
