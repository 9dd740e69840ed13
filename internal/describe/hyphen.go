package describe

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// A hyphen at the end of a line is either part of the word ("long-term") or
// only of the line ("inter-national"). PDF does not say which, so the rest of
// the document is asked: it usually holds the word in the middle of a line
// too. That works in every language without a word list.

// hyphens is what a document's own words say about hyphens.
type hyphens struct {
	count   map[string]int // words in the middle of lines, lower case
	divides bool           // the document divides words at line ends
}

// joinHyphens joins words that were divided at the end of a line: the hyphen
// goes, the rest of the word moves up to the line where it began. Its boxes
// stay where the parts are printed, as two adjoining words.
func joinHyphens(doc *Document) {
	h := countWords(doc)
	h.divides = h.dividesWords(doc)
	for p := range doc.Pages {
		page := &doc.Pages[p]
		for k := len(page.Lines) - 2; k >= 0; k-- {
			if head, tail, ok := divided(page, k); ok && h.joins(head, tail) {
				page.joinLine(k)
			}
		}
	}
}

func countWords(doc *Document) *hyphens {
	h := &hyphens{count: map[string]int{}}
	for p := range doc.Pages {
		for k := range doc.Pages[p].Lines {
			for _, word := range strings.Fields(doc.Pages[p].Lines[k].Text) {
				h.count[bareWord(word)]++
			}
		}
	}
	return h
}

// bareWord gives word in lower case without punctuation around it.
func bareWord(word string) string {
	return strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }))
}

// divided gives the parts of a word that the end of line k divides.
func divided(page *Page, k int) (head, tail string, ok bool) {
	line, next := &page.Lines[k], &page.Lines[k+1]
	text, found := strings.CutSuffix(line.Text, "-")
	if !found || next.Start != line.End+1 {
		return "", "", false
	}
	head = bareWord(text[strings.LastIndexByte(text, ' ')+1:])
	tail = bareWord(firstWord(next.Text))
	before, _ := utf8.DecodeLastRuneInString(text)
	after, _ := utf8.DecodeRuneInString(next.Text)
	return head, tail, utf8.RuneCountInString(head) >= 2 && unicode.IsLetter(before) && unicode.IsLower(after)
}

func firstWord(line string) string {
	word, _, _ := strings.Cut(line, " ")
	return word
}

// dividesWords reports whether the document divides words at all: then many
// beginnings before a hyphen are no words of their own.
func (h *hyphens) dividesWords(doc *Document) bool {
	all, fragments := 0, 0
	for p := range doc.Pages {
		for k := range len(doc.Pages[p].Lines) - 1 {
			if head, _, ok := divided(&doc.Pages[p], k); ok {
				all++
				if h.count[head] == 0 {
					fragments++
				}
			}
		}
	}
	return fragments*3 > all
}

func (h *hyphens) joins(head, tail string) bool {
	solid, hyphened := h.count[head+tail], h.count[head+"-"+tail]
	if solid == hyphened {
		return h.divides
	}
	return solid > hyphened
}

// joinLine joins the word that the end of line k divides.
func (p *Page) joinLine(k int) {
	line, next := &p.Lines[k], &p.Lines[k+1]
	cut := line.End - 1 // the hyphen; the line end follows
	end := next.Start + utf8.RuneCountInString(firstWord(next.Text))
	whole := end == next.End

	text := []rune(p.Text)
	if !whole {
		text[end] = '\n'
	}
	p.Text = string(slices.Delete(text, cut, cut+2))
	shift := func(at int) int {
		if at > cut {
			return max(cut, at-2)
		}
		return at
	}
	for i := range p.Words {
		p.Words[i].Start, p.Words[i].End = shift(p.Words[i].Start), shift(p.Words[i].End)
	}
	p.Words = slices.DeleteFunc(p.Words, func(w greyshelf.Word) bool { return w.Start == w.End })
	for i := k; i < len(p.Lines); i++ {
		p.Lines[i].shift(shift)
	}
	end -= 2
	moved := next.takeRuns(end)
	line.Runs = append(line.Runs, moved...)
	line.End, next.Start = end, end+1
	line.Text = string(text[line.Start:line.End])
	if whole {
		p.Lines = slices.Delete(p.Lines, k+1, k+2)
		return
	}
	next.Text = string(text[next.Start:next.End])
}

func (l *Line) shift(shift func(int) int) {
	l.Start, l.End = shift(l.Start), shift(l.End)
	for i := range l.Runs {
		l.Runs[i].Start, l.Runs[i].End = shift(l.Runs[i].Start), shift(l.Runs[i].End)
	}
}

// takeRuns cuts the runs before end off the line and gives them.
func (l *Line) takeRuns(end int) []Run {
	var taken, kept []Run
	for _, r := range l.Runs {
		if r.Start < end {
			part := r
			part.End = min(r.End, end)
			taken = append(taken, part)
		}
		if r.End > end+1 {
			r.Start = max(r.Start, end+1)
			kept = append(kept, r)
		}
	}
	l.Runs = kept
	return taken
}
