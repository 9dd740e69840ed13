package sample

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// creativeCommons is a report under CC BY 4.0, with the licence's address.
func creativeCommons() Sample {
	truth := Truth{
		Title: "The Annotated Entry", Subtitle: "Lists That a Desk Sends Out",
		Creators:     []string{"Penhallow, Ruth", "Castellanos, Miguel", "Okonkwo, Adaeze"},
		Publisher:    "Wexcombe Policy Library",
		Date:         greyshelf.Date{Printed: "9 January 2025", EDTF: "2025-01-09"},
		ReportNumber: "Technical Report 31",
		Language:     "en",
		Rights: greyshelf.Rights{Code: "cc-by-4.0", Holder: "Wexcombe Policy Library",
			Statement: "© 2025 Wexcombe Policy Library. This work is licensed under the Creative Commons Attribution 4.0 International License (CC BY 4.0). To view a copy of this license, visit https://creativecommons.org/licenses/by/4.0/."},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.DOI, Value: "10.5555/wexcombe.2025.31"}},
		Pages:       4,
	}
	return chaptered("tr31-annotated-entry.pdf", "https://wexcombe-library.example.org/tr/31/tr31-annotated-entry.pdf", "entry", truth, makeCreativeCommons)
}

func makeCreativeCommons(truth Truth, c chapter) ([]byte, error) {
	const accent = pdfwrite.Color(0x0a6e4f)
	doc := pdfwrite.New(pdfwrite.Info{Title: truth.Title + ": " + truth.Subtitle, Author: "Ruth Penhallow, Miguel Castellanos, Adaeze Okonkwo", Creator: "Typst 0.12", Created: "D:20250109103000Z"})
	doc.XMP = packet(doc.Info.Title, "2025-01-09T10:30:00Z")
	fonts, err := sans(doc)
	if err != nil {
		return nil, err
	}
	p := doc.Page()
	p.Rectangle(0, 250, pdfwrite.A4Width, 220, 0xe8f2ee)
	put(p, fonts.bold, 14, 70, 90, accent, truth.Publisher)
	put(p, fonts.text, 11, 70, 110, grey, truth.ReportNumber)
	put(p, fonts.bold, 32, 70, 320, black, truth.Title)
	put(p, fonts.text, 19, 70, 356, black, truth.Subtitle)
	for i, name := range []string{"Ruth Penhallow", "Miguel Castellanos", "Adaeze Okonkwo"} {
		put(p, fonts.text, 12, 70, 396+20*float64(i), black, name)
	}
	put(p, fonts.text, 12, 70, 520, black, truth.Date.Printed)
	f := &flow{doc: doc, mono: fonts.mono, frames: single(80, 80, 80, 80)}
	f.newPage()
	look := fonts.styles(10.4, accent)
	small := look.body
	small.size, small.leading = 9, 13
	f.y = 600
	f.text(truth.Rights.Statement, small)
	f.text("https://doi.org/"+truth.Identifiers[0].Value, small)
	f.text("Suggested citation: Penhallow, R., Castellanos, M. and Okonkwo, A. (2025). The Annotated Entry: Lists That a Desk Sends Out. Wexcombe Policy Library.", small)
	f.onPage = func(p *pdfwrite.Page) { putRight(p, fonts.text, 9, pdfwrite.A4Width-80, 806, grey, itoa(doc.Pages())) }
	f.newPage()
	f.text("Abstract", look.heading)
	f.text(c.abstract, look.body)
	f.blocks(c.blocks, look)
	return doc.Bytes()
}
