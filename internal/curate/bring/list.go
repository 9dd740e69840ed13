package bring

import (
	"iter"
	"strings"

	"golang.org/x/net/html"

	"github.com/greyshelf/greyshelf/internal/format/entry"
)

// BetweenEntries is why text of an annotated list that is no entry, such as
// the headline of a section, is not brought.
const BetweenEntries = "text between entries: no title or citation was recognised"

// readList reads an annotated list: text, or a page of one in HTML.
func readList(in Input) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		data, err := in.whole()
		if err != nil {
			yield(Item{}, err)
			return
		}
		page := isHTML(data)
		text := string(data)
		if page {
			text = pageText(text)
		}
		for _, e := range entry.ParseText(text) {
			line := e.Line
			if page {
				line = 0 // of the text, not of the page
			}
			item := newItem("list", line, e.Layout.Raw)
			if item.Report = entry.ToReport(e); e.Confidence == 0 {
				item.Broken = BetweenEntries
			}
			if e.Rest != "" && item.Broken == "" {
				item.Problems = append(item.Problems, "left over: "+quoted(e.Rest))
			}
			if page { // its own bytes are not this text
				item.Report.Entry = nil
			}
			if !yield(item, nil) {
				return
			}
		}
	}
}

func isHTML(data []byte) bool {
	head := strings.ToLower(string(data[:min(len(data), 4096)]))
	return strings.HasPrefix(strings.TrimSpace(head), "<") && (strings.Contains(head, "<html") || strings.Contains(head, "<!doctype html") || strings.Contains(head, "<p") || strings.Contains(head, "<div") || strings.Contains(head, "<body"))
}

// pageText gives the text of a page with an empty line between its blocks. The
// address of a link in an entry stands below the line of its format, where an
// annotated list has it.
func pageText(page string) string {
	w := pageWriter{}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			w.block()
			return w.all.String()
		case html.TextToken:
			if w.hidden == 0 {
				w.now.WriteString(strings.ReplaceAll(string(z.Text()), "\n", " "))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.tag(z.Token(), true)
		case html.EndTagToken:
			w.tag(z.Token(), false)
		}
	}
}

// pageWriter writes the text of a page.
type pageWriter struct {
	all, now strings.Builder
	link     string
	hidden   int
}

func (w *pageWriter) tag(t html.Token, opens bool) {
	switch t.Data {
	case "script", "style", "template", "noscript", "title":
		if opens && t.Type != html.SelfClosingTagToken {
			w.hidden++
		} else if w.hidden > 0 {
			w.hidden--
		}
	case "br":
		w.now.WriteByte('\n')
	case "a":
		for _, a := range t.Attr {
			if opens && w.link == "" && a.Key == "href" && (strings.HasPrefix(a.Val, "https://") || strings.HasPrefix(a.Val, "http://")) && len(a.Val) < 2000 {
				w.link = a.Val
			}
		}
	case "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section", "article", "dt", "dd", "dl", "blockquote", "hr", "body", "header", "footer":
		w.block()
	}
}

// block ends a block of text.
func (w *pageWriter) block() {
	var lines []string
	for line := range strings.Lines(w.now.String()) {
		if line = oneLine(line); line != "" {
			lines = append(lines, line)
		}
	}
	w.now.Reset()
	if len(lines) == 0 {
		return
	}
	if last := lines[len(lines)-1]; strings.HasPrefix(last, "[") && w.link != "" {
		lines, w.link = append(lines, w.link), ""
	}
	w.all.WriteString(strings.Join(lines, "\n") + "\n\n")
}
