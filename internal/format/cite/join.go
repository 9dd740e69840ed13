package cite

import (
	"unicode"
	"unicode/utf8"
)

// publisherOnce writes the publisher where it does not stand as the author.
func (c *citation) publisherOnce(separator string) {
	if len(c.item.Author) == 0 || len(c.item.Author) == 1 && c.item.Author[0].Literal == c.item.Publisher {
		return
	}
	c.plain(separator, c.item.Publisher)
}

func joinComma(a, b string) string { return join(a, ", ", b) }
func joinSpace(a, b string) string { return join(a, " ", b) }

func join(a, separator, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + separator + b
}

func upperFirst(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}
