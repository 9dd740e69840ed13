package sample

import (
	"fmt"
	"strings"

	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// front sets the twelve pages i to xii.
func (b *book) front() {
	b.titlePage()
	b.f.onPage = func(p *pdfwrite.Page) {
		putCentre(p, b.fonts.text, 9, pdfwrite.A4Width/2, 800, grey, roman(b.doc.Pages()))
	}
	b.f.newPage()
	b.f.y = 520
	small := b.look.body
	small.size, small.leading = 9, 13
	for _, line := range []string{
		b.truth.Title + ": " + b.truth.Subtitle, "Harbour Institute for Public Records, 4 Quay Street, Port Ellery", "Research report " + b.truth.ReportNumber, b.truth.Rights.Statement,
		"The libraries in the exercises are imagined. Their facts are made up so that every page differs from every other.",
	} {
		b.f.text(line, small)
	}
	b.contents()
	b.f.newPage()
	b.mark(1, "Abstract")
	b.f.text("Abstract", b.look.heading)
	b.f.text(b.truth.Abstract, b.look.body)
	b.preface()
}

func (b *book) titlePage() {
	p := b.doc.Page()
	b.mark(1, "Title page")
	put(p, b.fonts.text, 12, 80, 110, grey, "RESEARCH REPORT")
	put(p, b.fonts.bold, 36, 80, 250, 0x303a5c, b.truth.Title)
	put(p, b.fonts.text, 16, 80, 286, black, "One Hundred and Eighty-Seven Exercises")
	put(p, b.fonts.text, 16, 80, 308, black, "for Research Libraries")
	put(p, b.fonts.text, 13, 80, 370, black, "Judith Farrow and Owen Nakamura-Hill")
	put(p, b.fonts.text, 12, 80, 400, black, b.truth.Date.Printed)
	put(p, b.fonts.bold, 12, 80, 730, 0x303a5c, b.truth.Publisher)
	put(p, b.fonts.text, 10, 80, 750, grey, b.truth.ReportNumber)
}

// contents sets the table of contents with dots and printed page numbers.
func (b *book) contents() {
	b.f.newPage()
	b.mark(1, "Contents")
	b.f.text("Contents", b.look.heading)
	y := 150.0
	line := func(title, page string) {
		dots := strings.Repeat(" .", max(0, int((400-b.fonts.text.Run(title, 11).Width)/b.fonts.text.Run(" .", 11).Width)))
		put(b.f.page, b.fonts.text, 11, 80, y, black, title+dots)
		putRight(b.f.page, b.fonts.text, 11, pdfwrite.A4Width-80, y, black, page)
		y += 26
	}
	line("Abstract", "iv")
	line("Preface", "v")
	for i, c := range b.chapters {
		main, _, _ := strings.Cut(c.title, ":")
		line(fmt.Sprintf("%d  %s", i+1, main), itoa(i*exercisesPerOne+1))
	}
	line("Closing", itoa(longBody))
}

// preface sets pages v to xii: how the companion is used, a thought a page.
func (b *book) preface() {
	for i, thought := range [][2]string{
		{"Preface", "We wrote this companion for people who have just been given the keys of a research library, and for those who have had them for so long that they no longer look at the doors. It can be read from the front to the back. It was meant to be opened anywhere."},
		{"How an exercise is built", "Every exercise begins with an imagined library and three facts about it. Then follow some paragraphs of the handbook, because a rule is best read beside a case. It ends with a question and with a search that you can type as it stands. The search finds the page on which it is printed."},
		{"Numbers on pages", "The front matter is counted in Roman numerals and the exercises in Arabic ones. The file counts all pages from one. So page 1 is the thirteenth of the file. If your program shows both numbers, it treats you as an adult."},
		{"Working alone", "If you work alone, write your answer down before you look. An answer that was only thought agrees with everything that is found afterwards."},
		{"Working together", "If you work in a group, let one person search and another keep the record. Change places after every chapter. Disagree in writing: a decision with a reason can be undone by a person with a better reason."},
		{"What the facts are for", "The facts are invented, and they say so. They are there because a search is learned on pages that differ. Do not quote them. Nobody counted those reports, and no such library has lent you its shelf marks."},
		{"Absent facts", "Here and there a fact is left out. This is not an oversight. When a library does not say how many of its reports have no date, do not calculate the number from the others."},
		{"Thanks", "We thank the readers of the first drafts, who found each error once and some of them twice, and the staff of the reading room in Port Ellery, who kept a lamp on."},
	} {
		b.f.newPage()
		if i == 0 {
			b.mark(1, "Preface")
		} else {
			b.mark(2, thought[0])
		}
		b.f.text(thought[0], b.look.heading)
		b.f.text(thought[1], b.look.body)
	}
}

// roman gives a number from 1 to 39 in lower-case Roman numerals.
func roman(n int) string {
	ones := [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}
	return strings.Repeat("x", n/10) + ones[n%10]
}
