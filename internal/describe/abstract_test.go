package describe

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

// columns sets two columns of lines beside each other.
func columns(left, right []ink, y float64) []ink {
	var all []ink
	for i, column := range [][]ink{left, right} {
		for n, line := range column {
			line.x = 0.1 + 0.42*float64(i)
			if n == 0 {
				line.y = y
			}
			all = append(all, line)
		}
	}
	return all
}

// narrow breaks a text into lines of a column.
func narrow(text string) []ink {
	var lines []ink
	for _, line := range strings.Split(wrap(text, 48), "\n") {
		lines = append(lines, ink{text: line})
	}
	return lines
}

func wrap(text string, width int) string {
	var b strings.Builder
	at := 0
	for _, word := range strings.Fields(text) {
		switch {
		case at > 0 && at+len(word) > width:
			b.WriteByte('\n')
			at = 0
		case at > 0:
			b.WriteByte(' ')
		}
		b.WriteString(word)
		at += len(word) + 1
	}
	return b.String()
}

func TestAbstractForms(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true}
	whole := joinLines(english)
	other := "Nobody who has seen the quay will forget how the stones were set there by hand, one after the other, through four winters and as many summers. The town still speaks of it, and the harbour master has kept the tools."
	half := narrow(english)
	heading := func(text string) []ink { return []ink{{text: text, size: 14, bold: true, y: 0.3}} }
	end := []ink{{text: "Introduction", size: 14, bold: true}}
	tests := []struct {
		name       string
		doc        *Document
		want, kind string
		page       int
	}{
		{"numbered label", paper(page([]ink{title}, heading("1. Summary"), prose(english), end, prose(other))), whole, greyshelf.AbstractLabelled, 1},
		{"letter-spaced label", paper(page([]ink{title}, heading("S U M M A R Y"), prose(english), end, prose(other))), whole, greyshelf.AbstractLabelled, 1},
		{"label in the line", paper(page([]ink{title}, prose("Abstract: "+english), end, prose(other))), whole, greyshelf.AbstractLabelled, 1},
		{"key findings", paper(page([]ink{title}, heading("Key findings"), prose(english), end, prose(other))), whole, greyshelf.AbstractLabelled, 1},
		{"over columns", paper(page([]ink{title}, heading("Abstract"), columns(half[:4], half[4:], 0.4), []ink{{text: "Introduction", size: 14, bold: true, y: 0.8}}, prose(other))), whole, greyshelf.AbstractLabelled, 1},
		{"over pages", paper(page([]ink{title, {text: "Summary", size: 14, bold: true, y: 0.88}}, prose(english)[:2]), page(prose(english)[2:], end, prose(other))), whole, greyshelf.AbstractLabelled, 1},
		{"on a later page", paper([]ink{title}, prose(other), prose(other), prose(other), page([]ink{{text: "Executive summary", size: 14, bold: true}}, prose(english), end, prose(other)), prose(other), prose(other), prose(other)), whole, greyshelf.AbstractLabelled, 5},
		{"not a disclaimer", paper(page([]ink{title}, prose("The views expressed in this report are those of its authors, who alone answer for them, and not those of the harbour, its council, its employees, its friends or of anybody else who is named in it.")), prose(english)), whole, greyshelf.AbstractParagraph, 2},
		{"not the thanks", paper(page([]ink{title}, heading("Acknowledgements"), prose(other), []ink{{text: "The harbour", size: 14, bold: true}}, prose(english))), whole, greyshelf.AbstractParagraph, 1},
		{"foreword only without text", paper(page([]ink{title}, heading("Foreword"), prose(english))), whole, greyshelf.AbstractParagraph, 1},
		{"text before a foreword", paper(page([]ink{title}, heading("Foreword"), prose(other)), page([]ink{{text: "The harbour", size: 14, bold: true}}, prose(english))), whole, greyshelf.AbstractParagraph, 2},
		{"a label in the contents", paper(page([]ink{title, {text: "Contents", size: 14, bold: true}, {text: "Summary"}, {text: "2", y: 0.25, x: 0.8}, {text: "The harbour ..... 3"}, {text: "The council ..... 4"}, {text: "The town ..... 5"}}), prose(english)), whole, greyshelf.AbstractParagraph, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := New().Describe(test.doc).chosen(greyshelf.FieldAbstract)
			if diff := cmp.Diff([]any{test.want, test.kind, test.page}, []any{got.Value, got.Kind, got.Page}); diff != "" {
				t.Error(diff)
			}
			if got.Page > 0 && !strings.Contains(test.doc.Pages[got.Page-1].Text, got.Quote) {
				t.Errorf("the quotation is not on page %d: %q", got.Page, got.Quote)
			}
		})
	}
}

// TestLongAbstract: a part of many pages is cut behind a paragraph.
func TestLongAbstract(t *testing.T) {
	var pages [][]ink
	for range 6 {
		var lines []ink
		for len(lines) < 40 {
			lines = append(lines, prose(english)...)
		}
		pages = append(pages, lines)
	}
	pages[0][0] = ink{text: "Summary", size: 14, bold: true}
	got := New().Describe(paper(pages...)).chosen(greyshelf.FieldAbstract)
	if n := len([]rune(got.Value)); n < 2000 || n > longestAbstract || !endsSentence(got.Value) {
		t.Errorf("%d characters that end %q", n, got.Value[max(0, len(got.Value)-40):])
	}
}
