package sample

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// firstEdition is the guide as it appeared in 2019.
func firstEdition() Sample {
	truth := guide(greyshelf.Date{Printed: "February 2019", EDTF: "2019-02"}, "2019")
	truth.Pages = 2
	return chaptered("same-report-or-new-edition-2019.pdf", "https://elmbridge-library-lab.example.org/guides/same-report-2019.pdf", "editions", truth, makeGuide)
}

// secondEdition is the same guide, four years and one question later.
func secondEdition() Sample {
	truth := guide(greyshelf.Date{Printed: "June 2023", EDTF: "2023-06"}, "2023")
	truth.Edition = "Second edition"
	truth.Pages = 3
	return chaptered("same-report-or-new-edition-2023.pdf", "https://elmbridge-library-lab.example.org/guides/same-report-2nd-ed.pdf", "editions2", truth, makeGuide)
}

// guide is what both editions state.
func guide(date greyshelf.Date, year string) Truth {
	return Truth{
		Title: "Same Report or New Edition?", Subtitle: "Telling Documents Apart",
		Creators:     []string{"Tesfaye, Rahel", "Brandt, Jonas"},
		Publisher:    "Elmbridge Library Laboratory",
		Date:         date,
		ReportNumber: "ELL Guide 5",
		Language:     "en",
		Rights: greyshelf.Rights{Code: "cc-by-sa-4.0", Holder: "Elmbridge Library Laboratory",
			Statement: "© " + year + " Elmbridge Library Laboratory. Licensed under CC BY-SA 4.0."},
	}
}

func makeGuide(truth Truth, c chapter) ([]byte, error) {
	accent := pdfwrite.Color(0x6a3d84)
	doc := pdfwrite.New(pdfwrite.Info{Title: truth.Title + " " + truth.Subtitle, Author: "Rahel Tesfaye; Jonas Brandt", Producer: "pdfTeX-1.40.19"})
	fonts, err := sans(doc)
	if err != nil {
		return nil, err
	}
	p := doc.Page()
	p.Rectangle(56, 90, 8, 210, accent)
	put(p, fonts.text, 12, 84, 100, accent, truth.ReportNumber)
	put(p, fonts.bold, 30, 84, 160, black, truth.Title)
	put(p, fonts.text, 20, 84, 194, black, truth.Subtitle)
	if truth.Edition != "" {
		put(p, fonts.bold, 13, 84, 230, accent, truth.Edition)
	}
	put(p, fonts.text, 13, 84, 262, black, "Rahel Tesfaye and Jonas Brandt")
	put(p, fonts.text, 13, 84, 290, black, truth.Date.Printed)
	put(p, fonts.bold, 12, 84, 740, accent, truth.Publisher)
	put(p, fonts.text, 8.5, 84, 764, grey, truth.Rights.Statement)

	f := &flow{doc: doc, mono: fonts.mono, frames: single(84, 76, 84, 76)}
	f.onPage = func(p *pdfwrite.Page) { putRight(p, fonts.text, 9, pdfwrite.A4Width-84, 806, grey, itoa(doc.Pages())) }
	look := fonts.styles(10.6, accent)
	f.text("Abstract", look.heading)
	f.text(c.abstract, look.body)
	f.blocks(c.blocks, look)
	return doc.Bytes()
}
