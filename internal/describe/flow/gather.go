package flow

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/greyshelf/greyshelf"
)

// block is a paragraph or a heading.
type block struct {
	level int    // of a heading, from 1; 0 = text
	text  string // in composed form (NFC), white space joined; "\n" where a line is broken
	runes int

	page  bool   // a printed page begins before it
	label string // of that page, as printed
	part  bool   // a part of the file begins before it: a chapter's own file, a page break that a person set
}

// gatherer gathers the blocks of a file within its limits.
type gatherer struct {
	ctx    context.Context
	blocks []block
	runes  int
	steps  int

	text  strings.Builder // of the block that is open
	level int

	nextPage, nextPart bool
	nextLabel          string
}

// step counts a token of markup and gives an error when ctx has ended.
func (g *gatherer) step() error {
	if g.steps++; g.steps%4096 == 0 && g.ctx.Err() != nil {
		return greyshelf.E(greyshelf.Unavailable, "read", "", g.ctx.Err())
	}
	return nil
}

// longestOpen bounds the bytes of an open block: a paragraph beyond it is
// divided, so that its words never lie in memory all at once.
const longestOpen = 1 << 18

// write adds text to the open block. The error is TooLarge.
func (g *gatherer) write(text string) error {
	for len(text) > longestOpen {
		cut := strings.LastIndexByte(text[:longestOpen], ' ') + 1
		if cut == 0 { // a word without end
			for cut = longestOpen - utf8.UTFMax; cut < longestOpen && !utf8.RuneStart(text[cut]); {
				cut++
			}
		}
		g.text.WriteString(text[:cut])
		if err := g.begin(g.level); err != nil {
			return err
		}
		text = text[cut:]
	}
	if g.text.WriteString(text); g.text.Len() > longestOpen {
		return g.begin(g.level)
	}
	return nil
}

func tooMuchText() error {
	return greyshelf.Errorf(greyshelf.TooLarge, "read", "", "it holds more than %d million characters", mostRunes/1_000_000)
}

// begin ends the open block and begins another; level is that of a heading, 0
// of text.
func (g *gatherer) begin(level int) error {
	text := clean(g.text.String())
	g.text.Reset()
	was := g.level
	g.level = level
	if text == "" {
		return nil
	}
	b := block{level: was, text: text, runes: utf8.RuneCountInString(text), page: g.nextPage, label: g.nextLabel, part: g.nextPart}
	g.nextPage, g.nextPart, g.nextLabel = false, false, ""
	if g.runes += b.runes; g.runes > mostRunes {
		return tooMuchText()
	}
	if len(g.blocks) == mostBlocks {
		return greyshelf.Errorf(greyshelf.TooLarge, "read", "", "it holds more than %d paragraphs", mostBlocks)
	}
	g.blocks = append(g.blocks, b)
	return nil
}

// breakPage says that a printed page begins here. Breaks without text between
// them are one.
func (g *gatherer) breakPage(label string) error {
	err := g.begin(g.level)
	g.nextPage = true
	if label = clean(label); label != "" && utf8.RuneCountInString(label) <= longestLabel {
		g.nextLabel = label
	}
	return err
}

// longestLabel bounds the printed label of a page.
const longestLabel = 20

// breakPart says that a part of the file begins here.
func (g *gatherer) breakPart() error {
	err := g.begin(0)
	g.nextPart = true
	return err
}

// clean joins white space, keeps broken lines and drops what cannot be seen:
// control characters and those that turn the direction of writing.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r), r == 0xAD, r == 0x200B, r == 0xFEFF, r&0xFFFE == 0xFFFE, unicode.Is(unicode.Co, r):
			return -1
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, text)
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return norm.NFC.String(strings.Join(lines, "\n"))
}
