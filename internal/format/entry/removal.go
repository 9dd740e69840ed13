package entry

import (
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// removal takes a field out of the bytes, with what divides it from its
// neighbours; false where the sentence would break.
func removal(raw string, s greyshelf.EntrySpan, e greyshelf.Entry) (edit, bool) {
	switch s.Field {
	case fieldPublisher, fieldDate, fieldCode:
		return removePart(raw, s), true
	case fieldAuthors:
		return removePart(raw, s), !spokenAt(raw, s)
	case fieldFormat, fieldPages, fieldSize:
		return rebuildFormat(raw, s, e)
	case fieldRights:
		open, closed := brackets(raw, s)
		return removeBlock(raw, open, afterStop(raw, closed)), open >= 0
	case fieldAbstract, fieldURL:
		from, to := s.Start, s.End
		if from > 0 && to < len(raw) && raw[from-1] == '<' && raw[to] == '>' {
			from, to = from-1, to+1
		}
		ed := removeBlock(raw, from, to)
		if before := len(strings.TrimRightFunc(raw[:from], isSpace)); s.Field == fieldAbstract && e.Rights == "" && before > 0 {
			ed = edit{from: before, to: to} // nothing stays of the paragraph
		}
		return ed, true
	}
	return edit{}, false
}

// removePart takes a part of the citation out: its stop or comma and the space
// behind it, or, at the end of the line, the space before it.
func removePart(raw string, s greyshelf.EntrySpan) edit {
	from, to := s.Start, s.End
	if from > 0 && to < len(raw) && raw[from-1] == '[' && raw[to] == ']' {
		from, to = from-1, to+1
	}
	if to < len(raw) && strings.IndexByte(".,;", raw[to]) >= 0 {
		to++
	}
	after := to + len(raw[to:]) - len(strings.TrimLeft(raw[to:], " \t\u00a0"))
	if after < len(raw) && raw[after] != '\n' && raw[after] != '\r' {
		return edit{from: from, to: after}
	}
	from = len(strings.TrimRight(raw[:from], " \t\u00a0,;"))
	return edit{from: from, to: to}
}

// removeBlock takes a range out with the white space before it, or behind it
// where nothing stands before.
func removeBlock(raw string, from, to int) edit {
	from = max(from, 0)
	before := len(strings.TrimRightFunc(raw[:from], isSpace))
	if before == 0 {
		to += len(raw[to:]) - len(strings.TrimLeftFunc(raw[to:], isSpace))
		return edit{from: from, to: to}
	}
	if to < len(raw) && raw[to] == ' ' || before == from {
		to += len(raw[to:]) - len(strings.TrimLeft(raw[to:], " "))
		return edit{from: from, to: to}
	}
	return edit{from: before, to: to}
}

// brackets gives where the brackets around a span begin and end; -1 where
// there are none.
func brackets(raw string, s greyshelf.EntrySpan) (open, closed int) {
	open = strings.LastIndexByte(raw[:s.Start], '[')
	closed = strings.IndexByte(raw[s.End:], ']')
	if open < 0 || closed < 0 {
		return -1, s.End
	}
	return open, s.End + closed + 1
}

// afterStop passes a stop.
func afterStop(raw string, at int) int {
	if at < len(raw) && raw[at] == '.' {
		return at + 1
	}
	return at
}

// rebuildFormat writes the format's brackets anew from the fields that remain,
// or takes them out where none remains.
func rebuildFormat(raw string, s greyshelf.EntrySpan, e greyshelf.Entry) (edit, bool) {
	open, closed := brackets(raw, s)
	if open < 0 {
		return removePart(raw, s), true
	}
	for _, other := range e.Layout.Spans {
		if other.Field == fieldRest && other.Start > open && other.End < closed {
			return edit{}, false
		}
	}
	line := strings.TrimSuffix(formatLine(e), ".")
	if line != "" {
		return edit{open, closed, line}, true
	}
	if next, _ := utf8.DecodeRuneInString(raw[closed:]); next == ',' {
		return removePart(raw, greyshelf.EntrySpan{Start: open, End: closed}), true
	}
	return removeBlock(raw, open, afterStop(raw, closed)), true
}
