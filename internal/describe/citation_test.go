package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

func TestCitation(t *testing.T) {
	tests := []struct {
		name, line                     string
		whole, authors, date, title, x string
	}{
		{"year in brackets", "Suggested citation: Doe, J. and Roe, P. (2016). Who Paid for the Works. Quayside Institute.",
			"Doe, J. and Roe, P. (2016). Who Paid for the Works. Quayside Institute.", "Doe, J. and Roe, P.", "2016", "Who Paid for the Works", "Quayside Institute."},
		{"quotation marks", "Cite as: Jane Doe, “Who Paid for the Works,” Quayside Institute, May 2016.",
			"Jane Doe, “Who Paid for the Works,” Quayside Institute, May 2016.", "Jane Doe", "2016-05", "Who Paid for the Works", "Quayside Institute, May 2016."},
		{"French", "Pour citer ce document : Moreau, É. (2016). Les papiers du port. Fondation du Rivage.",
			"Moreau, É. (2016). Les papiers du port. Fondation du Rivage.", "Moreau, É.", "2016", "Les papiers du port", "Fondation du Rivage."},
		{"Spanish", "Cómo citar: «Los papeles del puerto», Instituto del Muelle, 2016.",
			"«Los papeles del puerto», Instituto del Muelle, 2016.", "", "2016", "Los papeles del puerto", "Instituto del Muelle, 2016."},
		{"German", "Zitiervorschlag: Müller, Hans (2016): Die Akten des Hafens. Berlin.",
			"Müller, Hans (2016): Die Akten des Hafens. Berlin.", "Müller, Hans", "2016", "Die Akten des Hafens", "Berlin."},
		{"Russian", "Для цитирования: Иванов И. И. Архивы порта. Москва, 2016.", "Иванов И. И. Архивы порта. Москва, 2016.", "", "2016", "", ""},
		{"no label", "Doe, J. (2016). Who Paid for the Works.", "", "", "", "", ""},
		{"only a word", "Suggested citation styles differ.", "", "", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := onCover(english, test.line)
			s := newScene(doc, loadKnowledge())
			part := func(p span) string {
				if s.cite.sheet == nil {
					return ""
				}
				return string(s.cite.sheet.text[p.start:p.end])
			}
			got := []string{New().Describe(doc).chosen(greyshelf.FieldCitation).Value, part(s.cite.authors), s.cite.date.edtf, part(s.cite.title), part(s.cite.rest)}
			if diff := cmp.Diff([]string{test.whole, test.authors, test.date, test.title, test.x}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
