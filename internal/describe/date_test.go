package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

// onCover gives a report whose cover has the lines beneath its title; the rest
// is running text in the language of the text.
func onCover(text string, lines ...string) *Document {
	cover := []ink{{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}}
	for i, line := range lines {
		cover = append(cover, ink{text: line, y: 0.5 + 0.04*float64(i)})
	}
	return paper(cover, prose(text), prose(text))
}

func TestDateKinds(t *testing.T) {
	const german = "Der Hafen wurde nach dem Krieg wieder aufgebaut, und der Rat, der dafür bezahlte, hat jedes Papier aufgehoben. Die meisten Papiere lagen über Jahrzehnte in Kisten. Als sie endlich gelesen wurden, erzählten sie eine andere Geschichte als die, die alle kannten."
	const spanish = "El puerto fue reconstruido después de la guerra, y el consejo que pagó las obras guardó cada documento. La mayoría de los papeles quedaron durante décadas en cajas. Cuando por fin se leyeron, contaban otra historia que la que todos conocían."
	tests := []struct {
		name, text string
		lines      []string
		want, kind string
	}{
		{"published", english, []string{"Published: 3 May 2016"}, "2016-05-03", greyshelf.DatePublished},
		{"weekday", english, []string{"Published: Tuesday, 3 May 2016"}, "2016-05-03", greyshelf.DatePublished},
		{"updated behind", english, []string{"3 May 2016 (updated)"}, "2016-05-03", greyshelf.DateUpdated},
		{"revised wins over published", english, []string{"Published 3 May 2016", "Revised 4 June 2017"}, "2017-06-04", greyshelf.DateRevised},
		{"a whole line as label", english, []string{"This report was last updated on 3 May 2016"}, "2016-05-03", greyshelf.DateUpdated},
		{"this edition, not the first", english, []string{"First published in May 2009", "Published: June 2016"}, "2016-06", greyshelf.DatePublished},
		{"submitted without need of another", english, []string{"Submitted on 3 May 2016"}, "2016-05-03", greyshelf.DateSubmitted},
		{"published before submitted", english, []string{"Received 3 May 2016", "Published 1 August 2016"}, "2016-08-01", greyshelf.DatePublished},
		{"the history of a paper", english, []string{"Received 3 May 2016; revised 4 June 2016; accepted 5 July 2016; published 1 August 2016"}, "2016-08-01", greyshelf.DatePublished},
		{"as of", english, []string{"Information as of 3 May 2016"}, "2016-05-03", greyshelf.DateAsOf},
		{"copyright year", english, []string{"© 2016 Quayside Institute"}, "2016", greyshelf.DateCopyright},
		{"event", english, []string{"Meeting of 3 May 2016"}, "", ""},
		{"event above", english, []string{"Conference held in", "3 May 2016"}, "", ""},
		{"deadline", english, []string{"Embargoed until 3 May 2016"}, "", ""},
		{"a law", english, []string{"Act of 3 May 2016"}, "", ""},
		{"several years are a table", english, []string{"1992", "1995", "2001"}, "", ""},
		{"telephone", english, []string{"Tel. 05 03 2016"}, "", ""},
		{"slashes that cannot be mistaken", english, []string{"31/05/2016"}, "2016-05-31", greyshelf.DatePublished},
		{"slashes in English", english, []string{"03/04/2016"}, "2016-03-04", greyshelf.DatePublished},
		{"slashes in French", french, []string{"Publié le 03/04/2016"}, "2016-04-03", greyshelf.DatePublished},
		{"big-endian", english, []string{"Date: 2016/05/03"}, "2016-05-03", greyshelf.DatePublished},
		{"behind a series", english, []string{"Policy Brief No. 12, May 2016"}, "2016-05", greyshelf.DatePublished},
		{"behind a version", english, []string{"Version 1.2 (May 2016)"}, "2016-05", greyshelf.DatePublished},
		{"behind an issue", english, []string{"Vol. 5, No. 2 – June 2016"}, "2016-06", greyshelf.DatePublished},
		{"before a series", english, []string{"May 2016 | Working Paper 12"}, "2016-05", greyshelf.DatePublished},
		{"behind a body", english, []string{"Harbour Institute for Public Records, May 2016"}, "2016-05", greyshelf.DatePublished},
		{"letter-spaced", english, []string{"M A Y  2 0 1 6"}, "2016-05", greyshelf.DatePublished},
		{"year and place", russian, []string{"", "", "", "", "", "Москва, 2016"}, "2016", greyshelf.DatePublished},
		{"year and place in German", german, []string{"", "", "", "", "", "Berlin 2016"}, "2016", greyshelf.DatePublished},
		{"a number with a year", english, []string{"Report No. 12/2016"}, "", ""},
		{"span of months", english, []string{"May–June 2016"}, "2016-05/2016-06", greyshelf.DatePublished},
		{"span over a year", english, []string{"December 2015 – January 2016"}, "2015-12/2016-01", greyshelf.DatePublished},
		{"season", english, []string{"Winter 2015"}, "2015-24", greyshelf.DatePublished},
		{"quarter", english, []string{"Q3 2016"}, "2016-35", greyshelf.DatePublished},
		{"quarter in words", english, []string{"Third quarter of 2016"}, "2016-35", greyshelf.DatePublished},
		{"quarter in German", german, []string{"3. Quartal 2016"}, "2016-35", greyshelf.DatePublished},
		{"quarter in Russian", russian, []string{"III квартал 2016 года"}, "2016-35", greyshelf.DatePublished},
		{"quarter in Arabic", arabic, []string{"الربع الثالث ٢٠١٦"}, "2016-35", greyshelf.DatePublished},
		{"span in French", french, []string{"Mai-juin 2016"}, "2016-05/2016-06", greyshelf.DatePublished},
		{"roman month", german, []string{"3.V.2016"}, "2016-05-03", greyshelf.DatePublished},
		{"German", german, []string{"Berlin, den 3. März 2016"}, "2016-03-03", greyshelf.DatePublished},
		{"German numbers", german, []string{"Veröffentlicht am 12.03.2016"}, "2016-03-12", greyshelf.DatePublished},
		{"German state", german, []string{"Stand: März 2016"}, "2016-03", greyshelf.DateAsOf},
		{"French first", french, []string{"Paris, le 1er mars 2016"}, "2016-03-01", greyshelf.DatePublished},
		{"French revised", french, []string{"Révisé le 1er mars 2016"}, "2016-03-01", greyshelf.DateRevised},
		{"Spanish", spanish, []string{"Actualizado el 3 de mayo de 2016"}, "2016-05-03", greyshelf.DateUpdated},
		{"Spanish setiembre", spanish, []string{"Lima, setiembre de 2016"}, "2016-09", greyshelf.DatePublished},
		{"Russian", russian, []string{"Дата публикации: 5 мая 2016 г."}, "2016-05-05", greyshelf.DatePublished},
		{"Russian year mark", russian, []string{"5 мая 2016 года"}, "2016-05-05", greyshelf.DatePublished},
		{"Arabic, Egyptian", arabic, []string{"تاريخ النشر: ٣ مايو ٢٠١٦"}, "2016-05-03", greyshelf.DatePublished},
		{"Arabic, Levantine", arabic, []string{"٣ أيار ٢٠١٦"}, "2016-05-03", greyshelf.DatePublished},
		{"Arabic, both names", arabic, []string{"آخر تحديث: 3 تشرين الأول/أكتوبر 2016"}, "2016-10-03", greyshelf.DateUpdated},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := New().Describe(onCover(test.text, test.lines...))
			got := d.chosen(greyshelf.FieldDate)
			if diff := cmp.Diff([]string{test.want, test.kind}, []string{got.Value, got.Kind}); diff != "" {
				t.Error(diff)
				for _, f := range d.Findings {
					if f.Field == greyshelf.FieldDate {
						t.Logf("%s %s %s %.2f %v %q %s", f.Value, f.Kind, f.Method, f.Confidence, f.Chosen, f.Quote, f.Why)
					}
				}
			}
		})
	}
}
