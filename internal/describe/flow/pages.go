package flow

import (
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// The lengths of sections in characters, where no printed pages are stated.
const (
	shortSection = 1500   // no section begins at a heading before this
	fullSection  = 5000   // the next paragraph begins another
	longestBlock = 8000   // a longer paragraph is divided
	longestPage  = 20_000 // a printed page that holds more is divided too
)

const (
	mostOutline    = 2000
	longestOutline = 300 // characters of a heading
)

// page is the blocks of one page.
type page struct {
	label  string
	blocks []block
}

// newFile makes pages of blocks and says what the file is. The error is
// Invalid when there is no text, TooLarge with too many pages.
func newFile(g *gatherer, info describe.Info) (*file, error) {
	if err := g.begin(0); err != nil {
		return nil, err
	}
	if len(g.blocks) == 0 {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "open", "", "it holds no text")
	}
	f := &file{info: info}
	printed := false
	for _, b := range g.blocks {
		printed = printed || b.page
	}
	f.pages = paginate(g.blocks, printed)
	if len(f.pages) > mostPages {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, "open", "", "it holds more than %d pages", mostPages)
	}
	f.info.Pages, f.info.TextVersion, f.info.Facts.Sections = len(f.pages), Version, !printed
	f.info.Outline = outline(f.pages)
	for i, p := range f.pages {
		if p.label != "" && f.info.Labels == nil {
			f.info.Labels = make([]string, len(f.pages))
		}
		if p.label != "" {
			f.info.Labels[i] = p.label
		}
	}
	return f, nil
}

// paginate divides the blocks at printed pages, or into sections.
func paginate(blocks []block, printed bool) []page {
	var pages []page
	size := 0
	for _, whole := range blocks {
		for _, b := range divide(whole) {
			starts := len(pages) == 0 || begins(b, size, printed) || printed && size+b.runes > longestPage && size > 0
			if starts {
				pages, size = append(pages, page{label: b.label}), 0
			}
			at := &pages[len(pages)-1]
			at.blocks = append(at.blocks, b)
			size += b.runes
		}
	}
	return pages
}

// begins reports whether a page begins with the block, size characters into
// the one before.
func begins(b block, size int, printed bool) bool {
	if printed {
		return b.page
	}
	return size >= shortSection && (b.part || b.level == 1 || b.level == 2) || size >= fullSection || size > 0 && size+b.runes > longestBlock
}

// divide cuts a paragraph that is longer than a section at its spaces.
func divide(b block) []block {
	if b.runes <= longestBlock {
		return []block{b}
	}
	var parts []block
	text := b.text
	for text != "" {
		cut := cutAt(text, fullSection)
		part := b
		part.text, part.runes = strings.TrimSpace(text[:cut]), utf8.RuneCountInString(text[:cut])
		if part.text != "" {
			parts = append(parts, part)
			b.page, b.part, b.label = false, false, ""
		}
		text = text[cut:]
	}
	return parts
}

// cutAt gives the byte behind at most n characters, after a space if there is
// one.
func cutAt(text string, n int) int {
	space := 0
	for at, r := range text {
		if n == 0 {
			if space > 0 {
				return space
			}
			return at
		}
		if r == ' ' || r == '\n' {
			space = at + 1
		}
		n--
	}
	return len(text)
}

// outline gives the headings with their pages.
func outline(pages []page) []greyshelf.Outline {
	var all []greyshelf.Outline
	for i, p := range pages {
		for _, b := range p.blocks {
			if b.level == 0 || b.runes > longestOutline || len(all) == mostOutline {
				continue
			}
			all = append(all, greyshelf.Outline{Title: strings.ReplaceAll(b.text, "\n", " "), Level: b.level, Page: i + 1})
		}
	}
	return all
}
