package entry

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Canonical writes an entry in the house form, without white space behind it:
//
//	Title
//
//	Title. Publisher. Authors. Date.
//
//	Abstract [Note: contains copyrighted material].
//
//	[PDF format, 81 pages, 0.7 MB].
//
// What is absent is left out. A stop is written behind each part of the
// citation that does not end in one, or in a question or exclamation mark. An
// address stands on a line of its own below the format.
func Canonical(e greyshelf.Entry) string {
	var blocks []string
	add := func(block string) {
		if block != "" {
			blocks = append(blocks, block)
		}
	}
	add(clean(e.Title))
	add(canonicalCitation(e))
	note := ""
	if e.Rights != "" {
		note = "[Note: " + oneLine(e.Rights, "[]") + "]."
	}
	add(join(" ", cleanParagraphs(e.Abstract), note))
	add(join("\n", formatLine(e), clean(e.URL), strings.TrimSpace(e.Rest)))
	return strings.Join(blocks, "\n\n")
}

// canonicalCitation writes "Title. Publisher. Authors. Date."
func canonicalCitation(e greyshelf.Entry) string {
	return join(" ", stop(clean(e.Title)), Behind(e))
}

// Behind writes the citation behind the title: "Publisher. Authors. Date."
func Behind(e greyshelf.Entry) string {
	authors := authorsKey(e.Authors)
	publisher := clean(e.Publisher)
	switch {
	case len(e.Authors) == 1 && e.Authors[0].Role == greyshelf.Speaker && publisher != "":
		publisher, authors = spoken(e.Authors[0])+" "+publisher, ""
	case publisher == "":
		authors = invertedKey(e.Authors) // else it would be read as the publisher
	}
	return join(" ", stop(publisher), stop(authors), stop(datePrinted(e)), clean(e.Code))
}

// datePrinted gives the date as written, else in English.
func datePrinted(e greyshelf.Entry) string {
	return clean(printedDate(greyshelf.Date{Printed: e.DatePrinted, EDTF: e.Date}))
}

// spoken writes what stands before the body to which a speaker spoke.
func spoken(a greyshelf.EntryAuthor) string {
	switch {
	case speechWord(a.Stated):
		return a.Stated + " of " + clean(a.Name) + " Before the"
	case a.Stated == "":
		return "Remarks by " + clean(a.Name) + " Before the"
	}
	return "Remarks by " + clean(a.Name) + ", " + clean(a.Stated) + ", Before the"
}

// formatLine writes "[PDF format, 81 pages, 0.7 MB]."
func formatLine(e greyshelf.Entry) string {
	line := FormatLine(e)
	if line == "" {
		return ""
	}
	return "[" + line + "]."
}

// FormatLine writes what stands in the brackets of the format: "PDF format, 81
// pages, 0.7 MB".
func FormatLine(e greyshelf.Entry) string {
	format := oneLine(e.Format, "[],")
	if format != "" {
		format += " format"
	}
	return join(", ", format, oneLine(pagesPrinted(e), "[]"), oneLine(e.Size, "[]"))
}

// pagesPrinted gives the extent as written, else in English.
func pagesPrinted(e greyshelf.Entry) string {
	return clean(printedPages(greyshelf.Extent{Printed: e.PagesPrinted, Pages: e.Pages}))
}

// authorsKey writes authors in the canonical form: natural order, divided by
// semicolons. It is also by what a change of the authors is noticed.
func authorsKey(authors []greyshelf.EntryAuthor) string {
	return names(authors, func(a greyshelf.EntryAuthor) string { return clean(a.Name) })
}

// invertedKey writes authors with the family name first.
func invertedKey(authors []greyshelf.EntryAuthor) string {
	return names(authors, func(a greyshelf.EntryAuthor) string { return clean(agent(a).Inverted()) })
}

// names writes authors in the given form.
func names(authors []greyshelf.EntryAuthor, form func(greyshelf.EntryAuthor) string) string {
	var all []string
	for _, a := range authors {
		name := form(a)
		if a.EtAl {
			name += " et al."
		}
		all = append(all, name)
	}
	return strings.Join(all, "; ")
}

// join joins the parts that are not empty.
func join(by string, parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, by)
}

// stop puts a stop behind a text that has none.
func stop(text string) string {
	if text == "" || endsSentence(text) {
		return text
	}
	return text + "."
}

// endsSentence reports whether the text needs no stop.
func endsSentence(text string) bool {
	return text != "" && strings.ContainsAny(text[len(text)-1:], ".?!")
}

// oneLine cleans a value that stands in brackets of what would end them.
func oneLine(value, without string) string {
	return clean(strings.Map(func(r rune) rune {
		if strings.ContainsRune(without, r) {
			return -1
		}
		return r
	}, value))
}
