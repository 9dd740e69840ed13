package entry

import (
	"cmp"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// edit replaces a range of an entry's bytes.
type edit struct {
	from, to int
	text     string
}

// Render writes an entry without white space behind it. An imported entry is
// written as it was, with only the bytes of the fields that have another value
// now replaced; a field that is empty now goes with what divides it from its
// neighbours. Where a field is new, or cannot be taken out without breaking the
// sentence, the entry is written in the house form ([Canonical]).
func Render(e greyshelf.Entry) string {
	if e.Layout.Raw == "" {
		return Canonical(e)
	}
	edits, ok := changes(e)
	if !ok {
		return Canonical(e)
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	at := 0
	for _, ed := range edits {
		if ed.to <= at && ed.from < at {
			continue // done with the brackets around it
		}
		b.WriteString(e.Layout.Raw[at:max(at, ed.from)])
		b.WriteString(ed.text)
		at = ed.to
	}
	b.WriteString(e.Layout.Raw[at:])
	return strings.TrimRightFunc(b.String(), isSpace)
}

// values gives what each field has now, as its spans write it.
func values(e greyshelf.Entry) map[string]string {
	return map[string]string{
		fieldTitle: clean(e.Title), fieldPublisher: clean(e.Publisher), fieldAuthors: authorsKey(e.Authors), fieldDate: datePrinted(e),
		fieldAbstract: cleanParagraphs(e.Abstract), fieldRights: clean(e.Rights), fieldFormat: clean(e.Format), fieldPages: pagesPrinted(e),
		fieldSize: clean(e.Size), fieldURL: clean(e.URL), fieldCode: clean(e.Code),
	}
}

// changes gives the edits that bring the bytes up to the fields; false where
// edits cannot.
func changes(e greyshelf.Entry) ([]edit, bool) {
	raw, now := e.Layout.Raw, values(e)
	written := map[string]bool{fieldHeading: true, fieldRest: true}
	var edits []edit
	at := 0
	for _, s := range e.Layout.Spans {
		if s.Start < at || s.End < s.Start || s.End > len(raw) {
			return nil, false // a damaged layout
		}
		at = s.End
		value, known := now[s.Field]
		written[s.Field] = true
		switch {
		case !known || value == s.Value:
		case value == "":
			ed, ok := removal(raw, s, e)
			if !ok {
				return nil, false
			}
			edits = append(edits, ed)
		default:
			ed, ok := replacement(raw, s, value, e)
			if !ok {
				return nil, false
			}
			edits = append(edits, ed)
		}
	}
	for field, value := range now {
		if value != "" && !written[field] {
			return nil, false
		}
	}
	return edits, true
}

// replacement writes a new value over a span.
func replacement(raw string, s greyshelf.EntrySpan, value string, e greyshelf.Entry) (edit, bool) {
	ed := edit{s.Start, s.End, value}
	old := raw[s.Start:s.End]
	switch s.Field {
	case fieldAuthors:
		if spokenAt(raw, s) {
			return ed, len(e.Authors) == 1 && e.Authors[0].Role == greyshelf.Speaker
		}
		if n, _ := invertedNames(old); n > 0 || strings.Contains(old, ",") && !strings.Contains(old, " and ") && len(e.Authors) == 1 {
			ed.text = invertedKey(e.Authors)
		}
	case fieldPages:
		ed.text = samePagesWord(old, e.Pages, value)
	case fieldRights, fieldFormat, fieldSize:
		ed.text = oneLine(value, "[]")
	case fieldAbstract, fieldURL, fieldCode:
		return ed, true
	}
	return fitStop(raw, s, ed), true
}

// fitStop keeps the sentence whole: no second stop behind a value that ends in
// one, and a stop where the old value ended in one of its own.
func fitStop(raw string, s greyshelf.EntrySpan, ed edit) edit {
	next := byte('\n')
	if s.End < len(raw) {
		next = raw[s.End]
	}
	switch {
	case endsSentence(ed.text) && next == '.':
		ed.to++
	case !endsSentence(ed.text) && endsSentence(raw[s.Start:s.End]) && next == ' ':
		ed.text += "."
	}
	return ed
}

// samePagesWord writes "82 p." over "81 p.": the number changes, the word stays.
func samePagesWord(old string, pages int, printed string) string {
	number, word, found := strings.Cut(old, " ")
	before, ok := greyshelf.ParseExtent(old)
	if !found || !ok || pages < 2 || before.Pages < 2 || strings.Trim(number, "0123456789") != "" {
		return printed
	}
	digits, _, _ := strings.Cut(greyshelf.FormatExtent(pages), " ")
	return digits + " " + word
}

// spokenAt reports whether the span is the name of a speaker.
func spokenAt(raw string, s greyshelf.EntrySpan) bool {
	before := strings.TrimRightFunc(raw[:s.Start], isSpace)
	return strings.HasSuffix(strings.ToLower(before), " of") || strings.HasSuffix(strings.ToLower(before), " by")
}
