package sample

import (
	"fmt"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// The long report: twelve pages of front matter and eleven chapters of
// seventeen exercises, a page each, and a last page.
const (
	frontPages      = 12
	exercisesPerOne = 17
	longBody        = 188
)

// longChapters are the handbook's chapters in the long report's order.
func longChapters() []string {
	return []string{"words", "adding", "findings", "provenance", "absence", "search", "quoting", "rights", "editions2", "entry", "backup"}
}

// long is a report of two hundred pages with an outline and printed labels,
// i to xii and 1 to 188.
func long() Sample {
	truth := Truth{
		Title: "The Desk Companion", Subtitle: "One Hundred and Eighty-Seven Exercises for Research Libraries",
		Creators:     []string{"Farrow, Judith", "Nakamura-Hill, Owen"},
		Publisher:    "Harbour Institute for Public Records",
		Date:         greyshelf.Date{Printed: "October 2025", EDTF: "2025-10"},
		ReportNumber: "HIPR-RR-218",
		Language:     "en",
		Rights: greyshelf.Rights{Code: "cc-by-4.0", Holder: "Harbour Institute for Public Records",
			Statement: "© 2025 Harbour Institute for Public Records. Licensed under a Creative Commons Attribution 4.0 International License."},
		Abstract: "This companion turns the handbook of a research library into practice. Each of its exercises gives one imagined library, a few facts about it, a question to answer and a search to try, and each stands on a page of its own, so that the search can be seen to find exactly that page. Answers are not given: the library that you hold in your hands gives them.",
		Pages:    frontPages + longBody, LastLabel: "188",
		Findable: "seventeen herons", FindablePage: frontPages + longBody,
	}
	return Sample{Name: "desk-companion.pdf", Source: "https://records.harbour-institute.example.org/publications/2025/desk-companion.pdf", Truth: truth,
		Make: func() ([]byte, error) { return makeLong(truth) }}
}

func makeLong(truth Truth) ([]byte, error) {
	doc := pdfwrite.New(pdfwrite.Info{Title: truth.Title + ": " + truth.Subtitle, Author: "Judith Farrow; Owen Nakamura-Hill", Creator: "Antenna House PDF Output Library 7.3", Producer: "Antenna House PDF Output Library 7.3", Created: "D:20251006080000Z"})
	doc.Language = "en"
	doc.Labels = []pdfwrite.Label{{Page: 1, Style: "r", Start: 1}, {Page: frontPages + 1, Style: "D", Start: 1}}
	fonts, err := serif(doc)
	if err != nil {
		return nil, err
	}
	b := book{doc: doc, fonts: fonts, truth: truth, look: fonts.styles(11, 0x303a5c)}
	for _, name := range longChapters() {
		c, err := readChapter(name)
		if err != nil {
			return nil, greyshelf.E(greyshelf.Internal, "read the handbook's chapter", name, err)
		}
		b.chapters = append(b.chapters, c)
	}
	b.f = &flow{doc: doc, mono: fonts.mono, frames: single(80, 100, 80, 90)}
	b.front()
	b.f.onPage = b.runningHead
	for i := range b.chapters {
		b.chapter(i)
	}
	b.last()
	return doc.Bytes()
}

// book is the long report while it is set.
type book struct {
	doc      *pdfwrite.Document
	f        *flow
	fonts    family
	truth    Truth
	look     styles
	chapters []chapter
	title    string // of the chapter, for the running head
}

// runningHead draws the chapter and the printed page number.
func (b *book) runningHead(p *pdfwrite.Page) {
	put(p, b.fonts.italic, 9, 80, 60, grey, b.title)
	putRight(p, b.fonts.text, 9, pdfwrite.A4Width-80, 60, grey, itoa(b.doc.Pages()-frontPages))
}

// mark adds an outline line for the page that is set now.
func (b *book) mark(level int, title string) {
	b.doc.Outline = append(b.doc.Outline, pdfwrite.Bookmark{Title: title, Level: level, Page: b.doc.Pages()})
}

// chapter sets seventeen exercises with the chapter's own paragraphs.
func (b *book) chapter(i int) {
	c := b.chapters[i]
	main, _, _ := strings.Cut(c.title, ":")
	b.title = fmt.Sprintf("Chapter %d. %s", i+1, main)
	texts := lessons(c)
	for k := range exercisesPerOne {
		n := i*exercisesPerOne + k + 1
		b.f.newPage()
		if k == 0 {
			b.mark(1, b.title)
			b.f.text(b.title, style{font: b.fonts.bold, size: 17, leading: 26, after: 10, color: 0x303a5c})
		}
		e := newExercise(n)
		b.mark(2, fmt.Sprintf("Exercise %d: %s", n, e.place))
		b.f.text(fmt.Sprintf("Exercise %d. The library of %s", n, e.place), b.look.heading)
		b.f.text(e.facts(), b.look.body)
		b.f.text("What the handbook says", b.look.heading)
		for j := range 3 {
			b.f.text(texts[(k*3+j)%len(texts)], b.look.body)
		}
		b.f.text("Your turn", b.look.heading)
		b.f.text(e.task(), b.look.body)
		b.f.text(e.query(), b.look.example)
	}
}

// lessons gives the chapter's paragraphs that stand on their own feet: not
// those that speak of the paper they are in.
func lessons(c chapter) []string {
	var all []string
	for _, block := range c.blocks {
		lower := strings.ToLower(block.text)
		about := strings.Contains(lower, "this paper") || strings.Contains(lower, "this chapter") || strings.Contains(lower, "this guide") || strings.Contains(lower, "version")
		if block.kind == paragraph && !about && !strings.HasSuffix(block.text, ":") && len(block.text) > 80 {
			all = append(all, block.text)
		}
	}
	return all
}

// last sets the page that a search must be able to find.
func (b *book) last() {
	b.title = "Closing"
	b.f.newPage()
	b.mark(1, "Closing")
	b.f.text("Closing", b.look.heading)
	b.f.text("You have come to the last page of the longest report in the sample library. Systems that read only the beginning of a document never get here.", b.look.body)
	b.f.text("The lighthouse keeper of Port Ellery counted seventeen herons on the breakwater, wrote the number down, and noted where she had stood. That is all that a catalogue asks of anyone.", b.look.body)
	b.f.text("If a search for the keeper’s birds brought you to this page, the library works. If it did not, please tell the operator, and name the page: it is printed as 188 and is the two hundredth of the file.", b.look.body)
}
