package sample

import (
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// french is a research note in French.
func french() Sample {
	truth := Truth{
		Title:        "D’où vient une valeur ?",
		Subtitle:     "La provenance dans le catalogue",
		Creators:     []string{"Roussel, Camille", "Le Goff, Yannick"},
		Publisher:    "Institut Vauclair d’études documentaires",
		Date:         greyshelf.Date{Printed: "14 octobre 2022", EDTF: "2022-10-14"},
		ReportNumber: "Note n° 27",
		Language:     "fr",
		Rights: greyshelf.Rights{Code: "cc-by-4.0", Holder: "Institut Vauclair d’études documentaires",
			Statement: "© 2022 Institut Vauclair d’études documentaires. Cette note est diffusée sous licence Creative Commons Attribution 4.0 International (CC BY 4.0)."},
		Pages: 2,
	}
	return chaptered("note-27-provenance.pdf", "https://institut-vauclair.example.org/notes/note-27.pdf", "fr", truth, func(t Truth, c chapter) ([]byte, error) {
		return note(t, c, noteWords{"Camille Roussel et Yannick Le Goff", "Résumé", 0x24476b}, serif)
	})
}

// russian is a paper in Russian.
func russian() Sample {
	truth := Truth{
		Title:     "Почему пустое поле лучше вымысла",
		Creators:  []string{"Соколова, Анна", "Ветров, Илья"},
		Publisher: "Белозёрский центр архивных исследований",
		Date:      greyshelf.Date{Printed: "15 марта 2021", EDTF: "2021-03-15"},
		Language:  "ru",
		Rights:    greyshelf.Rights{Code: greyshelf.Copyright, Holder: "Белозёрский центр архивных исследований", Statement: "© Белозёрский центр архивных исследований, 2021"},
		Pages:     2,
	}
	return chaptered("pustoe-pole.pdf", "https://belozero-archive.example.org/papers/2021/pustoe-pole.pdf", "ru", truth, func(t Truth, c chapter) ([]byte, error) {
		return note(t, c, noteWords{"Анна Соколова, Илья Ветров", "Аннотация", 0x5a2d0c}, sans)
	})
}

// noteWords is what a note prints beside its truth.
type noteWords struct {
	byline, abstract string
	accent           pdfwrite.Color
}

// note sets a short paper: publisher above, title, byline and date, abstract,
// text, rights at the end.
func note(truth Truth, c chapter, words noteWords, fontsOf func(*pdfwrite.Document) (family, error)) ([]byte, error) {
	doc := pdfwrite.New(pdfwrite.Info{Title: c.title, Creator: "LibreOffice 7.4 Writer", Producer: "LibreOffice 7.4"})
	doc.Language = truth.Language
	fonts, err := fontsOf(doc)
	if err != nil {
		return nil, err
	}
	f := &flow{doc: doc, mono: fonts.mono, frames: single(85, 80, 85, 80)}
	f.onPage = func(p *pdfwrite.Page) {
		putCentre(p, fonts.text, 8.5, pdfwrite.A4Width/2, 805, grey, itoa(doc.Pages()))
	}
	f.newPage()
	put(f.page, fonts.text, 11, 85, 60, words.accent, truth.Publisher)
	if truth.ReportNumber != "" {
		putRight(f.page, fonts.text, 11, pdfwrite.A4Width-85, 60, words.accent, truth.ReportNumber)
	}
	f.page.Rectangle(85, 70, pdfwrite.A4Width-170, 1.5, words.accent)
	f.y = 100
	f.text(truth.Title, style{font: fonts.bold, size: 22, leading: 29, color: black})
	if truth.Subtitle != "" {
		f.text(truth.Subtitle, style{font: fonts.text, size: 14, leading: 22, color: black})
	}
	look := fonts.styles(10, words.accent)
	line := look.body
	line.before, line.after = 6, 0
	f.text(words.byline, line)
	f.text(truth.Date.Printed, line)
	f.text(words.abstract, look.heading)
	f.text(c.abstract, look.body)
	f.blocks(c.blocks, look)
	small := look.body
	small.size, small.leading, small.before, small.color = 8.5, 12, 16, grey
	f.text(truth.Rights.Statement, small)
	return doc.Bytes()
}

// arabicReport is a paper in Arabic, set from right to left.
func arabicReport() Sample {
	truth := Truth{
		Title:     "قراءة الصفحة والاقتباس منها",
		Creators:  []string{"الحداد, ليلى", "منصور, سامر"},
		Publisher: "معهد المرفأ للدراسات الوثائقية",
		Date:      greyshelf.Date{Printed: "12 مايو 2023", EDTF: "2023-05-12"},
		Language:  "ar",
		Rights:    greyshelf.Rights{Code: greyshelf.AllRightsReserved, Statement: "جميع الحقوق محفوظة © 2023 معهد المرفأ للدراسات الوثائقية", Holder: "معهد المرفأ للدراسات الوثائقية"},
		Pages:     2,
	}
	return chaptered("qiraat-al-safha.pdf", "https://marfa-institute.example.org/ar/papers/2023-05.pdf", "ar", truth, makeArabic)
}

func makeArabic(truth Truth, c chapter) ([]byte, error) {
	const accent = pdfwrite.Color(0x2f5d3a)
	doc := pdfwrite.New(pdfwrite.Info{Title: truth.Title, Producer: "iText 7.2.5", Created: "D:20230512090000Z"})
	doc.Language = "ar"
	fonts, err := arabic(doc)
	if err != nil {
		return nil, err
	}
	f := &flow{doc: doc, rtl: true, frames: single(80, 84, 80, 84)}
	f.onPage = func(p *pdfwrite.Page) {
		p.Rectangle(0, 0, pdfwrite.A4Width, 18, accent)
		putCentre(p, fonts.text, 9, pdfwrite.A4Width/2, 806, grey, itoa(doc.Pages()))
	}
	look := fonts.styles(11.5, accent)
	line := func(font *pdfwrite.Font, size float64, text string) {
		f.text(text, style{font: font, size: size, leading: size * 1.7, color: black})
	}
	line(fonts.text, 12, truth.Publisher)
	line(fonts.bold, 25, truth.Title)
	line(fonts.text, 12, "ليلى الحداد وسامر منصور")
	line(fonts.text, 12, truth.Date.Printed)
	f.text("ملخص", look.heading)
	f.text(c.abstract, look.body)
	for i := range c.blocks {
		c.blocks[i].text = strings.ReplaceAll(c.blocks[i].text, "`", "")
	}
	f.blocks(c.blocks, look)
	small := look.body
	small.size, small.before = 9, 14
	f.text(truth.Rights.Statement, small)
	return doc.Bytes()
}
