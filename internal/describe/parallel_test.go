package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

func TestParallelTitle(t *testing.T) {
	tests := []struct {
		name            string
		doc             *Document
		title, parallel string
	}{
		{"beneath, smaller", coverOf(ink{text: "The Papers of the Harbour", size: 28, bold: true, y: 0.3}, ink{text: "Les papiers du port", size: 20}), "The Papers of the Harbour", "Les papiers du port"},
		{"beneath, as large", coverOf(ink{text: "The Papers of the Harbour", size: 28, bold: true, y: 0.3}, ink{text: "Les papiers du port et leurs archives", size: 28, bold: true}), "The Papers of the Harbour", "Les papiers du port et leurs archives"},
		{"above, as large; the text's language is the title's", coverOf(ink{text: "Les papiers du port et leurs archives", size: 28, bold: true, y: 0.3}, ink{text: "The Papers of the Harbour", size: 28, bold: true}), "The Papers of the Harbour", "Les papiers du port et leurs archives"},
		{"another script", paper([]ink{{text: "Архивы порта и цена восстановления", size: 24, bold: true, y: 0.3}, {text: "Harbour Archives", size: 18, y: 0.5}}, prose(russian), prose(russian)), "Архивы порта и цена восстановления", "Harbour Archives"},
		{"on the second page", paper([]ink{{text: "The Papers of the Harbour", size: 28, bold: true, y: 0.3}}, []ink{{text: "Die Akten des Hafens", size: 28, bold: true, y: 0.3}}, prose(english), prose(english)), "The Papers of the Harbour", "Die Akten des Hafens"},
		{"a subtitle in the same language is none", coverOf(ink{text: "The Papers of the Harbour", size: 28, bold: true, y: 0.3}, ink{text: "Who Paid for the Works", size: 20}), "The Papers of the Harbour", ""},
		{"nothing else", coverOf(ink{text: "The Papers of the Harbour", size: 28, bold: true, y: 0.3}), "The Papers of the Harbour", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := New().Describe(test.doc)
			got := []string{d.chosen(greyshelf.FieldTitle).Value, d.chosen(greyshelf.FieldParallelTitle).Value}
			if diff := cmp.Diff([]string{test.title, test.parallel}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLanguages(t *testing.T) {
	many := func(text string) []ink { return page(prose(text), prose(text), prose(text)) }
	tests := []struct {
		name string
		doc  *Document
		want []string
	}{
		{"one", paper(many(english), many(english)), []string{"en"}},
		{"two halves, more of the first", paper(many(english), many(english), many(french)), []string{"en", "fr"}},
		{"two halves, more of the second", paper(many(english), many(russian), many(russian)), []string{"ru", "en"}},
		{"three", paper(many(english), many(english), many(french), many(russian)), []string{"en", "fr", "ru"}},
		{"a page of twelve is no language of the report", paper(many(english), many(english), many(english), many(english), many(english), many(english),
			many(english), many(english), many(english), many(english), many(english), many(french)), []string{"en"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := New().Describe(test.doc)
			if diff := cmp.Diff(test.want, d.values(greyshelf.FieldLanguage)); diff != "" {
				t.Error(diff)
			}
			checkFindings(t, test.doc, d)
		})
	}
}
