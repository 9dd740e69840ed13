package entry

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// reading is an entry while it is read: its bytes, the fields so far, and what
// of the bytes has been taken.
type reading struct {
	raw   string
	entry greyshelf.Entry
	taken []greyshelf.EntrySpan // Field "" is layout: "Note:", "format", brackets
}

// take says that a range of the bytes writes a field with a value.
func (r *reading) take(field string, from, to int, value string) {
	if from < to {
		r.taken = append(r.taken, greyshelf.EntrySpan{Field: field, Start: from, End: to, Value: value})
	}
}

// finish makes everything that is not taken the rest and puts the spans in
// order.
func (r *reading) finish() greyshelf.Entry {
	slices.SortFunc(r.taken, func(a, b greyshelf.EntrySpan) int { return cmp.Compare(a.Start, b.Start) })
	var spans []greyshelf.EntrySpan
	var rest []string
	keep := func(from, to int) {
		from, to = trimLayout(r.raw, from, to)
		if from < to {
			value := clean(r.raw[from:to])
			spans = append(spans, greyshelf.EntrySpan{Field: fieldRest, Start: from, End: to, Value: value})
			rest = append(rest, value)
		}
	}
	at := 0
	for _, s := range r.taken {
		if s.Start < at {
			continue // taken already
		}
		keep(at, s.Start)
		if s.Field != "" {
			spans = append(spans, s)
		}
		at = s.End
	}
	keep(at, len(r.raw))
	r.entry.Rest = strings.Join(rest, "\n")
	r.entry.Layout.Spans = spans
	r.entry.Confidence = confidence(r.entry)
	return r.entry
}

// trimLayout narrows a range to what is not white space or the punctuation that
// divides fields. Nothing remains of punctuation alone, unless there is more of
// it than fields need.
func trimLayout(text string, from, to int) (int, int) {
	from, to = trim(text, from, to)
	part := text[from:to]
	if len(part) <= 6 && strings.Trim(part, ".,;:[]()<>?! \t\r\n\u00a0") == "" {
		return from, from
	}
	if strings.ContainsFunc(part, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		inner := strings.TrimLeft(part, ".,; \t\r\n")
		from += len(part) - len(inner)
	}
	return from, to
}

// clean makes one line of a value: runs of white space become a space, bytes
// that are no UTF-8 become U+FFFD.
func clean(text string) string {
	return strings.ToValidUTF8(collapse(strings.TrimFunc(text, isSpace)), "\ufffd")
}

// collapse makes a space of every run of white space.
func collapse(text string) string {
	return strings.Join(strings.FieldsFunc(text, isSpace), " ")
}

// cleanParagraphs is [clean] for an abstract: blank lines still divide
// paragraphs, a single no-break space stays as it is.
func cleanParagraphs(text string) string {
	var paragraphs, lines []string
	flush := func() {
		if len(lines) > 0 {
			paragraphs = append(paragraphs, strings.Join(lines, " "))
			lines = nil
		}
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimFunc(line, isSpace)
		if line == "" {
			flush()
			continue
		}
		lines = append(lines, strings.Join(strings.FieldsFunc(line, func(r rune) bool { return isSpace(r) && r != '\u00a0' }), " "))
	}
	flush()
	return strings.ToValidUTF8(strings.Join(paragraphs, "\n\n"), "\ufffd")
}

// confidence is a rule of thumb between 0 and 1 for how sure the reading is: a
// title repeated by the citation and a date that closes it are strong signs,
// text that nothing took is a weak one against it.
func confidence(e greyshelf.Entry) float64 {
	score := 0.0
	for _, sign := range []struct {
		there bool
		worth float64
	}{
		{e.Title != "", 0.35}, {e.Date != "", 0.2}, {e.Publisher != "", 0.15}, {e.Heading != "", 0.15},
		{greyshelf.LooksLikeBody(e.Publisher), 0.05}, {e.Format != "" || e.Pages > 0, 0.05}, {len(e.Authors) > 0, 0.03},
	} {
		if sign.there {
			score += sign.worth
		}
	}
	if e.Rest != "" {
		score *= 0.7
	}
	return float64(int(score*100+0.5)) / 100
}
