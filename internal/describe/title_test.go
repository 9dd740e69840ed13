package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

// TestTitleAndSubtitle holds how the lines of a cover become title and
// subtitle.
func TestTitleAndSubtitle(t *testing.T) {
	foot := ink{text: "May 2016", size: 11, y: 0.85}
	tests := []struct {
		name            string
		doc             *Document
		title, subtitle string
	}{
		{"smaller beneath", coverOf(ink{text: "Cold Water", size: 32, bold: true, y: 0.3}, ink{text: "Shipping in the Northern Sea", size: 18}, foot), "Cold Water", "Shipping in the Northern Sea"},
		{"a colon before a smaller line", coverOf(ink{text: "Cold Water:", size: 32, bold: true, y: 0.3}, ink{text: "Shipping in the Northern Sea", size: 18}, foot), "Cold Water", "Shipping in the Northern Sea"},
		{"a colon in one size", coverOf(ink{text: "Cold Water:", size: 28, bold: true, y: 0.3}, ink{text: "Shipping in the Northern Sea", size: 28, bold: true}, foot), "Cold Water", "Shipping in the Northern Sea"},
		{"a colon in one size, in a full line", coverOf(ink{text: "The Cold Water of the Northern Harbours and Their Ships:", size: 28, bold: true, y: 0.3}, ink{text: "Transportation at Sea", size: 28, bold: true}, foot), "The Cold Water of the Northern Harbours and Their Ships: Transportation at Sea", ""},
		{"two sizes of one title", coverOf(ink{text: "The Future of the", size: 20, y: 0.3}, ink{text: "NORTHERN HARBOURS", size: 36, bold: true}, foot), "The Future of the NORTHERN HARBOURS", ""},
		{"two sizes, lower case", coverOf(ink{text: "Cold Water", size: 34, y: 0.3}, ink{text: "and the harbours that freeze", size: 26}, foot), "Cold Water and the harbours that freeze", ""},
		{"two sizes in French", coverOf(ink{text: "L'avenir des ports de la", size: 20, y: 0.3}, ink{text: "MER DU NORD", size: 36, bold: true}, foot), "L'avenir des ports de la MER DU NORD", ""},
		{"small and in italics on a cover", paper([]ink{{text: "Cold Water", size: 32, bold: true, y: 0.3}, {text: "Shipping in the Northern Sea", size: 10}, foot}, prose(english)), "Cold Water", "Shipping in the Northern Sea"},
		{"a heading beneath is none", paper(page([]ink{{text: "Cold Water and Shipping", size: 20, bold: true}, {text: "What It Is", size: 13, bold: true}}, prose(english),
			[]ink{{text: "What It Costs", size: 13, bold: true}}, prose(english))), "Cold Water and Shipping", ""},
		{"a name is none", coverOf(ink{text: "Cold Water", size: 32, bold: true, y: 0.3}, ink{text: "Quayside Institute", size: 16}, foot), "Cold Water", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := New().Describe(test.doc)
			got := []string{d.chosen(greyshelf.FieldTitle).Value, d.chosen(greyshelf.FieldSubtitle).Value}
			if diff := cmp.Diff([]string{test.title, test.subtitle}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNoTitle: what stands out on a report without a title is not its title.
func TestNoTitle(t *testing.T) {
	heading := func(text string) []ink { return []ink{{text: text, size: 14, bold: true}} }
	text := page(prose(english), heading("How the Works Were Paid"), prose(english), heading("Who Kept the Papers"), prose(english))
	contents := page([]ink{{text: "Contents", size: 14, bold: true}}, []ink{{text: "Works of the First Years ........ 4"}, {text: "Who Kept the Papers ...... 9"}, {text: "What Is Left to Read in the Archives ... 12"}})
	tests := []struct {
		name string
		doc  *Document
	}{
		{"running text", paper(prose(english), prose(english))},
		{"headings in the text", paper(text, text)},
		{"a heading of a later page", paper([]ink{{text: "May 2016", y: 0.5}}, page(heading("Works of the First Years"), prose(english)), prose(english))},
		{"a heading that the contents list", paper(contents, page(heading("Works of the First Years"), prose(english)), prose(english))},
		{"the caption of a table", paper([]ink{{text: "May 2016", y: 0.5}}, page([]ink{{text: "Table 1. Harbours That Freeze", size: 14, bold: true}}, prose(english)))},
		{"the holder of the copyright", coverOf(ink{text: "Quayside Partners", size: 24, bold: true, y: 0.1}, ink{text: "May 2016", y: 0.5}, ink{text: "© 2016 Quayside Partners", y: 0.9})},
		{"a body that runs", paper([]ink{{text: "Harrow Foundation", size: 24, bold: true, y: 0.1}, {text: "May 2016", y: 0.5}},
			page([]ink{{text: "Harrow Foundation", size: 8, y: 0.04}}, prose(english)), page([]ink{{text: "Harrow Foundation", size: 8, y: 0.04}}, prose(english)))},
		{"a body in Russian", paper([]ink{{text: "Институт побережья", size: 20, bold: true, y: 0.2}, {text: "май 2016 г.", y: 0.5}}, prose(russian))},
		{"a body", coverOf(ink{text: "Committee on Works and Harbours", size: 24, bold: true, y: 0.1}, ink{text: "May 2016", y: 0.5})},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := New().Describe(test.doc).chosen(greyshelf.FieldTitle); got.Value != "" {
				t.Errorf("%q (%.2f): %s", got.Value, got.Confidence, got.Why)
			}
		})
	}
}

// TestTitlesLikeBodies: titles with words that bodies have in their names.
func TestTitlesLikeBodies(t *testing.T) {
	for _, want := range []string{"Private Funding for Election Administration", "Family-to-Family Health Information Centers", "The Papers of the Harbour",
		"Reforming the Security Council", "Council Housing in Small Towns", "How Ministries Work"} {
		d := New().Describe(coverOf(ink{text: want, size: 28, bold: true, y: 0.3}, ink{text: "May 2016", y: 0.6}))
		if got := d.chosen(greyshelf.FieldTitle).Value; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestTitlePage: a cover without text leaves its place to the next page.
func TestTitlePage(t *testing.T) {
	doc := paper(nil, []ink{{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}, {text: "May 2016", y: 0.5}}, prose(english))
	if got := New().Describe(doc).chosen(greyshelf.FieldTitle); got.Value != "Who Paid for the Works" || got.Page != 2 || got.Confidence < 0.9 {
		t.Errorf("%q on page %d (%.2f)", got.Value, got.Page, got.Confidence)
	}
}
