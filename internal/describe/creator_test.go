package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/greyshelf/greyshelf"
)

func TestManyAuthors(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	box := func(lines ...ink) *Document {
		return paper([]ink{title}, prose(english), append(prose(english), lines...))
	}
	tests := []struct {
		name string
		doc  *Document
		want []string
	}{
		{"two and a third", coverOf(title, ink{text: "Elena Varga, Per Lindqvist, and Thomas Okafor", y: 0.5}), []string{"Varga, Elena", "Lindqvist, Per", "Okafor, Thomas"}},
		{"German", coverOf(title, ink{text: "Klaus Weber und Sabine Vogt", y: 0.5}), []string{"Weber, Klaus", "Vogt, Sabine"}},
		{"German, with titles", coverOf(title, ink{text: "Prof. Dr. Klaus Weber, Dipl.-Ing. Sabine Vogt", y: 0.5}), []string{"Weber, Klaus", "Vogt, Sabine"}},
		{"particles", coverOf(title, ink{text: "By Lynn van der Berg and Carlos de la Fuente", y: 0.5}), []string{"van der Berg, Lynn", "de la Fuente, Carlos"}},
		{"Arab names in Latin letters", coverOf(title, ink{text: "By Sami al-Arian and Tahar Ben Jelloun", y: 0.5}), []string{"al-Arian, Sami", "Ben Jelloun, Tahar"}},
		{"Spanish double names", coverOf(title, ink{text: "Por María José García López y Juan Pérez Ruiz", y: 0.5}), []string{"García López, María José", "Pérez Ruiz, Juan"}},
		{"Russian initials in front", coverOf(title, ink{text: "И. И. Иванов, П.С. Петрова", y: 0.5}), []string{"Иванов, И. И.", "Петрова, П. С."}},
		{"Russian initials behind", coverOf(title, ink{text: "Иванов И.И. и Петрова П.С.", y: 0.5}), []string{"Иванов, И. И.", "Петрова, П. С."}},
		{"Russian in full", coverOf(title, ink{text: "Иван Иванович Иванов", y: 0.5}), []string{"Иванов, Иван Иванович"}},
		{"Arabic", coverOf(title, ink{text: "بقلم: أحمد الخطيب وليلى حداد", y: 0.5}), []string{"الخطيب, أحمد", "حداد, ليلى"}},
		{"capitals", coverOf(title, ink{text: "ELENA VARGA", y: 0.5}, ink{text: "PER J. LINDQVIST"}), []string{"Varga, Elena", "Lindqvist, Per J."}},
		{"one beneath the other with offices", coverOf(title, ink{text: "Elena Varga", y: 0.5}, ink{text: "Senior Fellow"}, ink{text: "Per Lindqvist", y: 0.6}, ink{text: "Research Director"}), []string{"Varga, Elena", "Lindqvist, Per"}},
		{"et al.", coverOf(title, ink{text: "By Elena Varga et al.", y: 0.5}), []string{"Varga, Elena"}},
		{"label and rows", coverOf(title, ink{text: "Authors", bold: true, y: 0.5}, ink{text: "Elena Varga"}, ink{text: "Per Lindqvist"}), []string{"Varga, Elena", "Lindqvist, Per"}},
		{"one name", coverOf(title, ink{text: "By Sukarno", y: 0.5}), []string{"Sukarno"}},
		{"box at the end", box(ink{text: "About the authors", bold: true, y: 0.6}, ink{text: "Elena Varga is a senior fellow at the Harbour Institute."}, ink{text: "Per Lindqvist is a research director at Quayside University.", y: 0.7}), []string{"Varga, Elena", "Lindqvist, Per"}},
		{"box with names as heads", box(ink{text: "About the authors", bold: true, y: 0.6}, ink{text: "Elena Varga", bold: true}, ink{text: "Elena studies harbours. She has written two books about them."}), []string{"Varga, Elena"}},
		{"French box", paper([]ink{title}, prose(french), append(prose(french), ink{text: "L’auteur", bold: true, y: 0.6}, ink{text: "Élise Moreau est chercheuse à l’Institut des ports."})), []string{"Moreau, Élise"}},
		{"Russian box", paper([]ink{title}, prose(russian), append(prose(russian), ink{text: "Об авторе", bold: true, y: 0.6}, ink{text: "Мария Соколова — старший научный сотрудник Института портовой политики."})), []string{"Соколова, Мария"}},
		{"Arabic box", paper([]ink{title}, prose(arabic), append(prose(arabic), ink{text: "عن المؤلفة", bold: true, y: 0.6}, ink{text: "ليلى حداد باحثة في مركز الدراسات البحرية"})), []string{"حداد, ليلى"}},
		{"editor", coverOf(title, ink{text: "Edited by Elena Varga", y: 0.5}), nil},
		{"editor beneath a label", coverOf(title, ink{text: "Editor", y: 0.5}, ink{text: "Elena Varga"}), nil},
		{"translator", coverOf(title, ink{text: "Translated by Elena Varga and Per Lindqvist", y: 0.5}), nil},
		{"photographer", coverOf(title, ink{text: "Cover photo: Elena Varga", y: 0.9}), nil},
		{"photographer beneath a label", coverOf(title, ink{text: "Photographs", y: 0.85}, ink{text: "Elena Varga"}), nil},
		{"press contact", coverOf(title, ink{text: "Media contact", y: 0.85}, ink{text: "Elena Varga, Communications Director"}, ink{text: "press@example.org"}), nil},
		{"for whom", coverOf(title, ink{text: "Submitted to Elena Varga, Minister of Works", y: 0.5}), nil},
		{"layout", coverOf(title, ink{text: "Gestaltung: Klaus Weber", y: 0.9}), nil},
		{"author and editor", coverOf(title, ink{text: "Elena Varga", y: 0.5}, ink{text: "Edited by Klaus Weber", y: 0.6}), []string{"Varga, Elena"}},
		{"a committee's members are not its authors", imprint(ink{text: "Editorial board", bold: true, y: 0.5}, ink{text: "Elena Varga, Chair"}, ink{text: "Per Lindqvist, Director"}), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := New().Describe(test.doc)
			if diff := cmp.Diff(test.want, d.values(greyshelf.FieldCreator)); diff != "" {
				t.Error(diff)
				for _, f := range d.Findings {
					if f.Field == greyshelf.FieldCreator {
						t.Logf("%q %s p%d %.2f %s", f.Value, f.Method, f.Page, f.Confidence, f.Why)
					}
				}
			}
		})
	}
}
