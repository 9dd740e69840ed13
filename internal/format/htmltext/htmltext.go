// Package htmltext takes the text out of a piece of HTML: a note of Zotero's, a
// description of Calibre's.
//
// It is a leaf: it reads and stores nothing. It is no cleaner: what it gives is
// text, to be escaped where it is shown, and scripts in it come out as words.
package htmltext

import (
	"strings"

	"golang.org/x/net/html"
)

// Plain gives the text of a fragment, a line to a paragraph or list item,
// without the white space around it.
func Plain(fragment string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(b.String())
		case html.TextToken:
			b.Write(z.Text())
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "p" || string(name) == "div" || string(name) == "li" {
				b.WriteByte('\n')
			}
		}
	}
}
