package describe

import (
	"slices"
	"sort"
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
		var ends []int
		for k := range len(page.Lines) - 1 {
			if head, tail, ok := divided(page, k); ok && h.joins(head, tail) {
				ends = append(ends, k)
			}
		}
		if len(ends) > 0 {
			page.join(ends)
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

// join joins the words that the ends of the given lines divide, in order. It
// takes one pass, since a hostile page has a hundred thousand such lines.
func (p *Page) join(ends []int) {
	text := []rune(p.Text)
	cuts := make([]int, len(ends)) // the hyphens; a line end follows each
	for i, k := range ends {
		cuts[i] = p.Lines[k].End - 1
	}
	for _, k := range slices.Backward(ends) {
		moveWord(&p.Lines[k], &p.Lines[k+1], text)
	}
	kept := text[:0]
	for at, next := 0, 0; at < len(text); at++ {
		if next < len(cuts) && at == cuts[next] {
			next++
			at++
			continue
		}
		kept = append(kept, text[at])
	}
	p.Text = string(kept)
	p.shift(kept, cuts)
}

// moveWord moves the first word of next to the end of line, in the offsets of
// the text before the hyphens are cut. A line of one word is left empty.
func moveWord(line, next *Line, text []rune) {
	end := next.Start
	for end < next.End && text[end] != ' ' {
		end++
	}
	line.Runs = append(line.Runs, next.takeRuns(end)...)
	line.End = end
	if end == next.End {
		next.Start = end
		return
	}
	text[end] = '\n'
	next.Start = end + 1
}

// shift moves all offsets to where they are once the cuts are made, and drops
// what is empty then.
func (p *Page) shift(text []rune, cuts []int) {
	moved := func(at int) int {
		n := sort.SearchInts(cuts, at) // cuts before at
		if n == 0 {
			return at
		}
		return max(cuts[n-1]-2*(n-1), at-2*n)
	}
	for i := range p.Words {
		p.Words[i].Start, p.Words[i].End = moved(p.Words[i].Start), moved(p.Words[i].End)
	}
	p.Words = slices.DeleteFunc(p.Words, func(w greyshelf.Word) bool { return w.Start == w.End })
	p.Lines = slices.DeleteFunc(p.Lines, func(l Line) bool { return l.Start == l.End })
	for i := range p.Lines {
		l := &p.Lines[i]
		l.Start, l.End = moved(l.Start), moved(l.End)
		l.Text = string(text[l.Start:l.End])
		for k := range l.Runs {
			l.Runs[k].Start, l.Runs[k].End = moved(l.Runs[k].Start), moved(l.Runs[k].End)
		}
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
