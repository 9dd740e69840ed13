package list

import (
	"bufio"
	"io"
	"iter"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// writeMarkdown writes CommonMark: a heading per entry, then citation, abstract
// and format as paragraphs. Characters of the text that Markdown would take as
// its own are escaped.
func writeMarkdown(w io.Writer, reports iter.Seq2[greyshelf.Report, error], options Options) error {
	out := bufio.NewWriter(w) // its first error is kept until Flush
	if options.Title != "" {
		out.WriteString("# " + escape(options.Title) + "\n\n")
	}
	first := true
	for r, err := range reports {
		if err != nil {
			return err
		}
		if !first {
			out.WriteString("\n")
		}
		first = false
		out.WriteString(strings.Join(markdownBlocks(newItem(r, options)), "\n\n") + "\n")
	}
	if err := out.Flush(); err != nil {
		return failed(err)
	}
	return nil
}

// markdownBlocks gives the paragraphs of an item.
func markdownBlocks(it item) []string {
	title := escape(it.Title)
	if it.Address != "" && title != "" {
		title = "[" + title + "](<" + address(it.Address) + ">)"
	}
	var blocks []string
	add := func(block string) {
		if block != "" {
			blocks = append(blocks, block)
		}
	}
	if title != "" {
		add("## " + title)
	}
	add(escape(it.Citation))
	for i, p := range it.Paragraphs {
		if i == len(it.Paragraphs)-1 && it.Rights != "" {
			p += " [Note: " + it.Rights + "]."
		}
		add(escape(p))
	}
	if len(it.Paragraphs) == 0 && it.Rights != "" {
		add(escape("[Note: " + it.Rights + "]."))
	}
	if it.Format != "" {
		add(escape("[" + it.Format + "]."))
	}
	if it.URL != "" {
		add("<" + address(it.URL) + ">")
	}
	return blocks
}

// escape escapes the ASCII punctuation by which CommonMark (§2.4) marks text.
func escape(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/16)
	digits := true // only digits so far: "1." would begin a list
	for i, r := range strings.Join(strings.Fields(text), " ") {
		switch {
		case r < 0x80 && strings.IndexByte("\\`*_[]<>#|~&!", byte(r)) >= 0, i == 0 && strings.ContainsRune("+-=", r), digits && i > 0 && (r == '.' || r == ')'):
			b.WriteByte('\\')
		}
		digits = digits && r >= '0' && r <= '9'
		b.WriteRune(r)
	}
	return b.String()
}

// address makes an address safe between angle brackets.
func address(url string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\n", "", "\r", "", "\\", "%5C").Replace(url)
}
