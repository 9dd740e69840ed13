package greyshelf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine gives text as it stands in a field of one line: what separates (white
// space, line and paragraph ends, control characters, the noncharacters U+FFFE
// and U+FFFF) becomes single spaces, bytes that are no UTF-8 become U+FFFD.
// Marks of direction stay; they cannot leave the field.
func OneLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\uFFFD"), separates), " ")
}

func separates(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF'
}

// Plain gives text of several lines as it is kept: lines end with \n; without
// characters that control a terminal, bytes that are no UTF-8 and the marks
// that turn the direction of all that follows (Unicode UAX #9: embeddings,
// overrides and isolates). The marks that only stand beside a letter stay:
// names in Arabic and Hebrew need them.
func Plain(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == 0x2028 || r == 0x2029:
			return '\n'
		case r < ' ', r >= 0x7f && r <= 0x9f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == utf8.RuneError, r == 0xfeff, r >= 0xfff9 && r <= 0xffff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
