package mail

import (
	"strings"
	"unicode/utf8"
)

// lineWidth is where lines of plain text are broken, in code points: every mail
// program shows so many (RFC 5322 §2.1.1 asks for no more than 78).
const lineWidth = 72

// Ways are the addresses of one reader in the foot of its mails; both are empty
// in a preview.
type Ways struct {
	Leave  string // ends the subscription
	Change string // shows and changes it
}

// Wrap breaks lines of plain text at spaces and begins each with the prefix. A
// word that is too long, such as an address, stays whole.
func Wrap(text, prefix string) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		var b strings.Builder
		width := 0
		for _, word := range strings.Fields(line) {
			n := utf8.RuneCountInString(word)
			switch {
			case width == 0:
				b.WriteString(prefix)
				width = utf8.RuneCountInString(prefix)
			case width+1+n > lineWidth:
				b.WriteString("\n" + prefix)
				width = utf8.RuneCountInString(prefix)
			default:
				b.WriteByte(' ')
				width++
			}
			b.WriteString(word)
			width += n
		}
		out = append(out, b.String())
	}
	return strings.Join(out, "\n")
}
