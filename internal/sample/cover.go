package sample

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// cover is a designer's report: a coloured band, the title in two sizes over
// several lines, the publisher only in small print.
func cover() Sample {
	truth := Truth{
		Title: "Finding the Page", Subtitle: "How Search Works in a Research Library",
		Creators:  []string{"Solheim, Ingrid", "Okafor, Tomas"},
		Publisher: "Harbour Institute for Public Records",
		Date:      greyshelf.Date{Printed: "March 2024", EDTF: "2024-03"},
		Language:  "en",
		Rights:    greyshelf.Rights{Code: greyshelf.Copyright, Statement: "© 2024 Harbour Institute for Public Records", Holder: "Harbour Institute for Public Records"},
		Pages:     5,
	}
	return chaptered("finding-the-page.pdf", "https://records.harbour-institute.example.org/publications/2024/finding-the-page.pdf", "search", truth, makeCover)
}

func makeCover(truth Truth, c chapter) ([]byte, error) {
	const accent = pdfwrite.Color(0x0b5563)
	doc := pdfwrite.New(pdfwrite.Info{Title: truth.Title + ": " + truth.Subtitle, Creator: "Adobe InDesign 19.2 (Macintosh)", Producer: "Adobe PDF Library 17.0", Created: "D:20240311094500Z"})
	doc.Language = "en-GB"
	fonts, err := sans(doc)
	if err != nil {
		return nil, err
	}
	p := doc.Page()
	p.Rectangle(0, 0, pdfwrite.A4Width, 470, accent)
	p.Rectangle(0, 470, pdfwrite.A4Width, 14, 0xe0a030)
	put(p, fonts.bold, 54, 56, 210, white, "Finding")
	put(p, fonts.bold, 54, 56, 270, white, "the Page")
	put(p, fonts.text, 24, 56, 330, white, "How Search Works")
	put(p, fonts.text, 24, 56, 362, white, "in a Research Library")
	put(p, fonts.text, 14, 56, 530, black, "Ingrid Solheim and Tomas Okafor")
	put(p, fonts.text, 7.5, 56, 805, grey, "Harbour Institute for Public Records")
	imprint(doc, fonts, truth)
	f := &flow{doc: doc, mono: fonts.mono, frames: single(90, 80, 90, 90)}
	f.onPage = func(p *pdfwrite.Page) {
		p.Rectangle(0, 0, 22, pdfwrite.A4Height, accent)
		putRight(p, fonts.text, 8, 505, 795, grey, truth.Title+"   |   "+itoa(doc.Pages()))
	}
	look := fonts.styles(10.5, accent)
	f.text("Summary", look.heading)
	f.text(c.abstract, look.body)
	f.blocks(c.blocks, look)
	return doc.Bytes()
}

// imprint is the page behind the cover.
func imprint(doc *pdfwrite.Document, fonts family, truth Truth) {
	p := doc.Page()
	lines := []string{
		truth.Title + ": " + truth.Subtitle,
		"Published in March 2024 by the Harbour Institute for Public Records,",
		"4 Quay Street, Port Ellery.",
		truth.Rights.Statement,
		"Design: Studio Lantern. Cover set in Go.",
	}
	for i, line := range lines {
		put(p, fonts.text, 8.5, 56, 690+float64(i)*14, grey, line)
	}
}
