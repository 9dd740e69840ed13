package sample

import (
	"embed"
	"strings"
)

// handbook holds the handbook's chapters. A chapter is a small part of
// Markdown: "# " its title, then the abstract as one paragraph, "## " headings,
// "- " items, "> " examples, paragraphs of one line each, `code` inside them.
//
//go:embed text/*.md
var handbook embed.FS

// chapter is one chapter of the handbook.
type chapter struct {
	title, abstract string
	blocks          []block
}

// block is a heading, an item, an example or a paragraph.
type block struct {
	kind blockKind
	text string
}

type blockKind int

const (
	paragraph blockKind = iota
	heading
	item
	example
)

// readChapter reads text/NAME.md.
func readChapter(name string) (chapter, error) {
	data, err := handbook.ReadFile("text/" + name + ".md")
	if err != nil {
		return chapter{}, err
	}
	var c chapter
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		title, isTitle := strings.CutPrefix(line, "# ")
		switch {
		case line == "":
		case isTitle:
			c.title = title
		case c.abstract == "":
			c.abstract = line
		default:
			c.blocks = append(c.blocks, readBlock(line))
		}
	}
	return c, nil
}

func readBlock(line string) block {
	for _, mark := range []struct {
		prefix string
		kind   blockKind
	}{{"## ", heading}, {"- ", item}, {"> ", example}} {
		if text, ok := strings.CutPrefix(line, mark.prefix); ok {
			return block{mark.kind, text}
		}
	}
	return block{paragraph, line}
}

// plain gives text as a page shows it: without the marks of code.
func plain(text string) string { return strings.ReplaceAll(text, "`", "") }
