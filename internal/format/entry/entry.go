// Package entry reads and writes annotated entries: the list that a research
// desk keeps or sends, one item with heading, citation, abstract and format
// line for each report (docs/entry.md).
//
// It is a leaf of the publish and import stages: it imports the words only and
// stores nothing. What a list says is found by its structure (stops, commas,
// brackets, repeated titles), never by the names of publishers. Text that no
// field takes is kept as rest. An imported entry keeps its own bytes, so that
// it can be written again as it was; package entry does not decide what becomes
// of an entry in the catalogue.
package entry

import (
	"io"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// MaxList is the longest list in bytes that [Parse] reads.
const MaxList = 64 << 20

// The names of the fields in [greyshelf.EntrySpan].
const (
	fieldHeading   = "heading"
	fieldTitle     = "title"
	fieldPublisher = "publisher"
	fieldAuthors   = "authors"
	fieldDate      = "date"
	fieldAbstract  = "abstract"
	fieldRights    = "rights"
	fieldFormat    = "format"
	fieldPages     = "pages"
	fieldSize      = "size"
	fieldURL       = "url"
	fieldCode      = "code"
	fieldRest      = "rest"
)

// Parse reads a whole list. Its only errors are those of the reader and
// [greyshelf.TooLarge]: any text is a list, at worst one of unread entries.
func Parse(r io.Reader) ([]greyshelf.Entry, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxList+1))
	switch {
	case err != nil:
		return nil, greyshelf.E(greyshelf.Unavailable, "read list", "", err)
	case len(raw) > MaxList:
		return nil, greyshelf.Errorf(greyshelf.TooLarge, "read list", "", "the list is longer than %d bytes; divide it", MaxList)
	}
	return ParseText(string(raw)), nil
}

// ParseText reads a whole list. Text between entries that is not one, such as
// the headline of a section, becomes an entry with nothing but Rest and a
// confidence of 0. The time is linear in the text.
func ParseText(text string) []greyshelf.Entry {
	l := splitLines(text)
	var entries []greyshelf.Entry
	items := l.items()
	for i, it := range items {
		start, end := l.lines[it.from].start, l.lines[it.to-1].end
		next := int32(len(text))
		if i+1 < len(items) {
			next = l.lines[items[i+1].from].start
		}
		if i == 0 {
			start = 0 // a byte order mark and blank lines belong to the first entry
		}
		e := l.read(it, int(start))
		e.Line = int(l.lines[it.from].number)
		e.Layout.Raw = strings.Clone(text[start:end])
		e.Layout.After = strings.Clone(text[end:next])
		e.Layout.Last = i == len(items)-1
		entries = append(entries, e)
	}
	return entries
}
