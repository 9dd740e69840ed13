package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

func TestSeries(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	tests := []struct{ line, series, number string }{
		{"Working Paper No. 31", "Working Paper No. 31", "Working Paper No. 31"},
		{"Harbour Papers No. 12", "Harbour Papers No. 12", ""},
		{"Studies in Coastal Policy, Vol. 4", "Studies in Coastal Policy, Vol. 4", ""},
		{"Coastal Research Paper Series", "Coastal Research Paper Series", ""},
		{"Schriftenreihe Hafen und Küste, Band 3", "Schriftenreihe Hafen und Küste, Band 3", ""},
		{"Cahiers du rivage n° 27", "Cahiers du rivage n° 27", ""},
		{"Cuadernos del puerto, n.º 8", "Cuadernos del puerto, n.º 8", ""},
		{"Рабочие тетради № 14", "Рабочие тетради № 14", ""},
		{"POLICY BRIEF", "POLICY BRIEF", ""},
		{"Policy Briefi", "Policy Brief", ""},
		{"Report No. 2016-03", "", "2016-03"},
		{"and the census has two series", "", ""},
		{"The Harbour at Night", "", ""},
	}
	for _, test := range tests {
		t.Run(test.line, func(t *testing.T) {
			doc := coverOf(ink{text: test.line, y: 0.1}, title)
			d := New().Describe(doc)
			checkFindings(t, doc, d)
			got := []string{d.chosen(greyshelf.FieldSeries).Value, d.chosen(greyshelf.FieldReportNumber).Value, d.chosen(greyshelf.FieldTitle).Value}
			if diff := cmp.Diff([]string{test.series, test.number, title.text}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
