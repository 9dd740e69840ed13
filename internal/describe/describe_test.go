package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

// cover is the beginning of an English report of four pages.
func coverOf(lines ...ink) *Document {
	return paper(lines, prose(english), prose(english))
}

func TestTitle(t *testing.T) {
	tests := []struct {
		name string
		doc  *Document
		want string
	}{
		{"largest block over two lines", coverOf(
			ink{text: "Harbour Institute", size: 10},
			ink{text: "The Papers of the Harbour:", size: 24, bold: true, y: 0.3},
			ink{text: "Who Paid for the Works", size: 24, bold: true},
			ink{text: "May 2016", size: 12, y: 0.6},
		), "The Papers of the Harbour"},
		{"series line and date are larger", coverOf(
			ink{text: "POLICY BRIEF", size: 40, bold: true},
			ink{text: "May 2016", size: 30},
			ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.4},
		), "Who Paid for the Works"},
		{"letter-spaced", coverOf(
			ink{text: "T H E  H A R B O U R  P A P E R S", size: 24, bold: true, y: 0.3},
		), "THE HARBOUR PAPERS"},
		{"French", coverOf(
			ink{text: "Rapport d'information", size: 12},
			ink{text: "Les archives du port : qui a payé les travaux", size: 24, bold: true, y: 0.3},
			ink{text: "Mis à jour le 13 juin 2012", size: 14, y: 0.5},
		), "Les archives du port : qui a payé les travaux"},
		{"Russian", coverOf(
			ink{text: "Аналитический доклад", size: 14},
			ink{text: "Архивы порта и цена восстановления", size: 24, bold: true, y: 0.3},
			ink{text: "Автор: Иванов И. И.", size: 12, y: 0.5},
		), "Архивы порта и цена восстановления"},
		{"Arabic", coverOf(
			ink{text: "تقرير", size: 14, x: 0.7},
			ink{text: "أوراق الميناء وتكلفة إعادة البناء", size: 24, bold: true, y: 0.3, x: 0.3},
			ink{text: "إعداد: محمد العلي", size: 12, y: 0.5, x: 0.6},
		), "أوراق الميناء وتكلفة إعادة البناء"},
		{"memorandum", paper(page([]ink{
			{text: "NORTH DESK", size: 24, bold: true},
			{text: "TO: All staff", y: 0.3}, {text: "FROM: Marguerite Hollis"}, {text: "DATE: 12 September 2022"},
			{text: "SUBJECT: Adding files without typing"},
		}, prose(english))), "Adding files without typing"},
		{"nothing but running text", paper(prose(english)), ""},
		{"no pages", paper(), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := New().Describe(test.doc).chosen(greyshelf.FieldTitle).Value; got != test.want {
				t.Errorf("title %q, want %q", got, test.want)
			}
		})
	}
}

func TestMetadataTitles(t *testing.T) {
	doc := coverOf(ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3})
	doc.Info.Meta = map[string]string{"Title": "Microsoft Word - draft7.doc", "Author": "Typist Pool"}
	d := New().Describe(doc)
	if got := d.chosen(greyshelf.FieldTitle).Value; got != "Who Paid for the Works" {
		t.Errorf("title %q", got)
	}
	for _, f := range d.Findings {
		if f.Value == "Microsoft Word - draft7.doc" && (f.Chosen || f.Page != 0 || f.Confidence > 0.2) {
			t.Errorf("unverified metadata: %+v", f)
		}
		if f.Field == greyshelf.FieldCreator && f.Chosen {
			t.Errorf("a typist is no author: %+v", f)
		}
	}
	doc = paper(prose(english))
	doc.Info.Meta = map[string]string{"Title": "Harbour works"}
	if got := New().Describe(doc).chosen(greyshelf.FieldTitle).Value; got != "" {
		t.Errorf("a title that the text does not hold was chosen: %q", got)
	}
}

func TestDate(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	tests := []struct {
		name          string
		doc           *Document
		want, printed string
	}{
		{"alone", coverOf(title, ink{text: "May 2009"}), "2009-05", "May 2009"},
		{"updated wins", coverOf(title, ink{text: "May 2, 2009", y: 0.5}, ink{text: "Updated April 22, 2026", y: 0.6}), "2026-04-22", "April 22, 2026"},
		{"label above", coverOf(title, ink{text: "Last updated", y: 0.5}, ink{text: "13 June 2012"}), "2012-06-13", "13 June 2012"},
		{"beside a number", coverOf(ink{text: "2023/14 | November 2023"}, title), "2023-11", "November 2023"},
		{"place and date", coverOf(title, ink{text: "Washington, DC, May 2009", y: 0.8}), "2009-05", "May 2009"},
		{"year alone", coverOf(title, ink{text: "2012", y: 0.8}), "2012", "2012"},
		{"copyright year only", coverOf(title, ink{text: "© 2012 Harbour Institute", y: 0.8}), "2012", "2012"},
		{"access date never", coverOf(title, ink{text: "Accessed May 2, 2009", y: 0.8}), "", ""},
		{"in running text never", paper(page([]ink{title}, prose("On May 2, 2009, the council met for the first time and "+english))), "", ""},
		{"French", coverOf(title, ink{text: "Mis à jour le 13 juin 2012", y: 0.5}), "2012-06-13", "13 juin 2012"},
		{"Russian", coverOf(title, ink{text: "Обновлено 5 мая 2015 г.", y: 0.5}), "2015-05-05", "5 мая 2015"},
		{"none", coverOf(title), "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := New().Describe(test.doc).chosen(greyshelf.FieldDate)
			if got.Value != test.want || got.Printed != test.printed {
				t.Errorf("date %q as %q, want %q as %q", got.Value, got.Printed, test.want, test.printed)
			}
		})
	}
	doc := coverOf(title)
	doc.Info.Meta = map[string]string{"CreationDate": "D:20160504120000Z"}
	if got := New().Describe(doc).chosen(greyshelf.FieldDate).Value; got != "" {
		t.Errorf("the date of the file was chosen: %q", got)
	}
}

func TestCreators(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	tests := []struct {
		name string
		doc  *Document
		want []string
	}{
		{"byline", coverOf(title, ink{text: "By Michael J. Mazarr and Lynn E. Davis", y: 0.5}), []string{"Mazarr, Michael J.", "Davis, Lynn E."}},
		{"label", coverOf(title, ink{text: "Authors: Elena Varga, Per Lindqvist", y: 0.5}), []string{"Varga, Elena", "Lindqvist, Per"}},
		{"name and office", coverOf(title, ink{text: "Corrie E. Clark", y: 0.5}, ink{text: "Specialist in Energy Policy"}), []string{"Clark, Corrie E."}},
		{"alone on the cover", coverOf(title, ink{text: "Ingrid Solheim and Thomas Okafor", y: 0.5}), []string{"Solheim, Ingrid", "Okafor, Thomas"}},
		{"capitals and degrees", coverOf(title, ink{text: "By JANE DOE, PhD, and JOHN O'NEILL", y: 0.5}), []string{"Doe, Jane", "O'Neill, John"}},
		{"about the authors", paper([]ink{title}, prose(english), page(prose(english), []ink{
			{text: "About the authors", bold: true, y: 0.6}, {text: "Elena Varga is a senior fellow at the Harbour Institute."}})), []string{"Varga, Elena"}},
		{"body", coverOf(title, ink{text: "Prepared by the Ministry of Works", y: 0.5}), []string{"Ministry of Works"}},
		{"for whom is not who", coverOf(title, ink{text: "Prepared for", y: 0.5}, ink{text: "Jane Doe"}), nil},
		{"places are not persons", coverOf(title, ink{text: "Middle East", y: 0.5}, ink{text: "South Sudan"}), nil},
		{"Russian", coverOf(title, ink{text: "Авторы: Иванов И. И., Мария Петрова", y: 0.5}), []string{"Иванов, И. И.", "Петрова, Мария"}},
		{"French", coverOf(title, ink{text: "Par Élise Moreau et Jean-Paul Roux", y: 0.5}), []string{"Moreau, Élise", "Roux, Jean-Paul"}},
		{"Arabic", coverOf(title, ink{text: "إعداد: محمد العلي", y: 0.5}), []string{"العلي, محمد"}},
		{"none", coverOf(title), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, New().Describe(test.doc).values(greyshelf.FieldCreator)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPublisher(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	foot := ink{text: "Harbour Foundation for Open Records", size: 8, y: 0.95}
	tests := []struct {
		name string
		doc  *Document
		want []string
	}{
		{"known body on the cover", coverOf(title, ink{text: "Congressional Research Service", y: 0.8}), []string{"Congressional Research Service"}},
		{"name form becomes the preferred one", coverOf(title, ink{text: "© 2016 RAND", y: 0.8}), []string{"RAND Corporation"}},
		{"unknown holder", coverOf(title, ink{text: "© 2016 Harbour Institute for Public Records. All rights reserved.", y: 0.8}), []string{"Harbour Institute for Public Records"}},
		{"running foot", paper([]ink{title, foot}, page(prose(english), []ink{foot})), []string{"Harbour Foundation for Open Records"}},
		{"label", coverOf(title, ink{text: "Published by Quayside Press", y: 0.8}), []string{"Quayside Press"}},
		{"prepared by", coverOf(title, ink{text: "This report was prepared by the Quayside Institute (QI).", y: 0.8}), []string{"Quayside Institute"}},
		{"commissioner is not publisher", coverOf(title, ink{text: "Prepared for the U.S. Department of State", y: 0.8}), nil},
		{"in running text never", paper(page([]ink{title}, prose(english+" The World Bank and the European Commission were asked."))), nil},
		{"none", coverOf(title), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, New().Describe(test.doc).values(greyshelf.FieldPublisher)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRights(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	tests := []struct{ name, line, code, statement string }{
		{"public domain", "This report, as a work of the government, is not subject to copyright.", "public-domain", "This report, as a work of the government, is not subject to copyright."},
		{"not public domain", "This report is not in the public domain.", "", ""},
		{"public domain of something else", "The software is in the public domain.", "", ""},
		{"licence by address", "This report is licensed under https://creativecommons.org/licenses/by-nc-nd/3.0/", "cc-by-nc-nd-3.0", "This report is licensed under https://creativecommons.org/licenses/by-nc-nd/3.0/"},
		{"licence by name", "This work is licensed under CC BY 4.0.", "cc-by-4.0", "This work is licensed under CC BY 4.0."},
		{"licence in full", "Licensed under Creative Commons Attribution-ShareAlike 4.0 International.", "cc-by-sa-4.0", "Licensed under Creative Commons Attribution-ShareAlike 4.0 International."},
		{"reserved", "© 2016 Quayside Institute. All rights reserved.", "all-rights-reserved", "© 2016 Quayside Institute. All rights reserved."},
		{"copyright", "© 2016 Quayside Institute", "copyright", "© 2016 Quayside Institute"},
		{"reserved in Russian", "Все права защищены.", "all-rights-reserved", "Все права защищены."},
		{"a word is no statement", "Ask the copyright holder of a picture before you copy it.", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := New().Describe(coverOf(title, ink{text: test.line, y: 0.8})).chosen(greyshelf.FieldRights)
			if got.Value != test.code || got.Printed != test.statement {
				t.Errorf("%q %q, want %q %q", got.Value, got.Printed, test.code, test.statement)
			}
		})
	}
}

func TestAbstract(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true}
	whole := joinLines(english)
	tests := []struct {
		name         string
		doc          *Document
		want, method string
	}{
		{"labelled to the next heading", paper(page([]ink{title, {text: "Executive Summary", size: 14, bold: true, y: 0.3}}, prose(english),
			[]ink{{text: "The archives", size: 14, bold: true}}, prose("More text that is not in the summary at all, line after line of it."))), whole, "labelled-abstract@1"},
		{"French label", paper(page([]ink{title, {text: "Résumé", size: 14, bold: true, y: 0.3}}, prose(french))), joinLines(french), "labelled-abstract@1"},
		{"Russian label", paper(page([]ink{title, {text: "Аннотация", size: 14, bold: true, y: 0.3}}, prose(russian))), joinLines(russian), "labelled-abstract@1"},
		{"Arabic label", paper(page([]ink{title, {text: "الملخص التنفيذي", size: 14, bold: true, y: 0.3}}, prose(arabic))), joinLines(arabic), "labelled-abstract@1"},
		{"first paragraph", paper(page([]ink{title, {text: "", y: 0.3}}, prose(english))), whole, "first-paragraph@1"},
		{"none", coverless(title), "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := New().Describe(test.doc).chosen(greyshelf.FieldAbstract)
			if diff := cmp.Diff([]string{test.want, test.method}, []string{got.Value, got.Method}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func coverless(title ink) *Document { return paper([]ink{title}) }

func TestNumber(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	foot := ink{text: "R48916 · VERSION 2 · NEW", size: 8, y: 0.95}
	tests := []struct {
		name string
		doc  *Document
		want string
	}{
		{"comes again in the foot", paper([]ink{title, {text: "R48916", y: 0.8}}, page(prose(english), []ink{foot})), "R48916"},
		{"label", coverOf(title, ink{text: "Report No. 2016-03", y: 0.8}), "2016-03"},
		{"series", coverOf(ink{text: "Working Paper 12"}, title), "Working Paper 12"},
		{"acronym and series", coverOf(ink{text: "QI Guide 5"}, title), "QI Guide 5"},
		{"one-word series", coverOf(ink{text: "Note n° 27"}, title), "Note n° 27"},
		{"technical report", coverOf(ink{text: "Technical Report 31"}, title), "Technical Report 31"},
		{"code in groups", coverOf(title, ink{text: "QIPR-RR-218", y: 0.88}), "QIPR-RR-218"},
		{"code behind its series", coverOf(title, ink{text: "Working Paper QIPR-RR-218", y: 0.8}), "QIPR-RR-218"},
		{"a year is none", coverOf(title, ink{text: "QI Guide 2019", y: 0.8}), ""},
		{"symbol", coverOf(ink{text: "A/HRC/31/12"}, title), "A/HRC/31/12"},
		{"Russian", coverOf(title, ink{text: "Доклад № 34/2018", y: 0.8}), "34/2018"},
		{"a fiscal year is none", coverOf(title, ink{text: "FY2026", y: 0.8}), ""},
		{"an ISSN is none", coverOf(title, ink{text: "ISSN 2049-3630", y: 0.8}), ""},
		{"in running text never", paper(page([]ink{title}, prose(english+" See R48916 and COM(2016) 379."))), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := New().Describe(test.doc).chosen(greyshelf.FieldReportNumber).Value; got != test.want {
				t.Errorf("number %q, want %q", got, test.want)
			}
		})
	}
	if got := New().Describe(tests[0].doc).chosen(greyshelf.FieldVersion).Value; got != "2" {
		t.Errorf("version %q, want 2", got)
	}
}

func TestLanguage(t *testing.T) {
	for want, text := range map[string]string{"en": english, "fr": french, "ru": russian, "ar": arabic} {
		if got := New().Describe(paper(prose(text))).chosen(greyshelf.FieldLanguage).Value; got != want {
			t.Errorf("language %q, want %q", got, want)
		}
	}
	if got := New().Describe(paper([]ink{{text: "12 345"}})).chosen(greyshelf.FieldLanguage).Value; got != "" {
		t.Errorf("language of a page without words: %q", got)
	}
}

func TestRecord(t *testing.T) {
	doc := coverOf(
		ink{text: "Quayside Institute", y: 0.1},
		ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3},
		ink{text: "By Jane Doe", y: 0.5}, ink{text: "May 2, 2016", y: 0.6},
		ink{text: "Report No. QI-17", y: 0.7}, ink{text: "doi:10.5555/QI.17", y: 0.75}, ink{text: "ISBN 978-0-306-40615-7", y: 0.8},
		ink{text: "© 2016 Quayside Institute", y: 0.9},
	)
	got := NewRecord("a.pdf", doc, New().Describe(doc))
	got.Findings, got.Abstract, got.AbstractKind = nil, "", ""
	want := Record{
		Input: "a.pdf", Title: "Who Paid for the Works", Creator: []string{"Doe, Jane"}, Publisher: []string{"Quayside Institute"},
		Date: "2016-05-02", DatePrinted: "May 2, 2016", Dates: map[string]string{"published": "2016-05-02"}, ReportNumber: "QI-17", Language: "en",
		Rights: &RecordRights{Code: "copyright", Statement: "© 2016 Quayside Institute"},
		Pages:  3, Bytes: 123_456, Size: "120.56 KB",
		Identifiers: map[string]string{"doi": "10.5555/qi.17", "isbn": "9780306406157"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
