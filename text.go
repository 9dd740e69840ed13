package greyshelf

import (
	"strings"
	"unicode"
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
