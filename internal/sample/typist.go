package sample

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// typist is a chapter whose Info dictionary holds what a word processor left.
func typist() Sample {
	truth := Truth{
		Title: "Findings and Decisions", Subtitle: "How a Record Is Made",
		Creators:  []string{"Whitcombe, Alasdair"},
		Publisher: "Lydgate Institute of Library Practice",
		Date:      greyshelf.Date{Printed: "July 17, 2018", EDTF: "2018-07-17"},
		Language:  "en",
		Rights:    greyshelf.Rights{Code: greyshelf.Copyright, Holder: "Lydgate Institute of Library Practice", Statement: "Copyright © 2018 Lydgate Institute of Library Practice"},
		Pages:     2,
	}
	return chaptered("draft3.pdf", "https://lydgate-institute.example.org/files/draft3.pdf", "findings", truth, makeTypist)
}

func makeTypist(truth Truth, c chapter) ([]byte, error) {
	doc := pdfwrite.New(pdfwrite.Info{Title: "Microsoft Word - draft3.doc", Author: "user7", Creator: "PScript5.dll Version 5.2.2", Producer: "Acrobat Distiller 9.0.0 (Windows)", Created: "D:20180712171500Z"})
	fonts, err := serif(doc)
	if err != nil {
		return nil, err
	}
	f := &flow{doc: doc, mono: fonts.mono, frames: single(80, 80, 80, 72)}
	f.onPage = func(p *pdfwrite.Page) {
		putCentre(p, fonts.text, 9, pdfwrite.A4Width/2, 812, black, "- "+itoa(doc.Pages())+" -")
	}
	f.newPage()
	putCentre(f.page, fonts.bold, 17, pdfwrite.A4Width/2, 100, black, truth.Title)
	putCentre(f.page, fonts.bold, 13, pdfwrite.A4Width/2, 122, black, truth.Subtitle)
	putCentre(f.page, fonts.text, 10, pdfwrite.A4Width/2, 150, black, "by Alasdair Whitcombe")
	putCentre(f.page, fonts.text, 10, pdfwrite.A4Width/2, 166, black, truth.Publisher)
	putCentre(f.page, fonts.text, 10, pdfwrite.A4Width/2, 182, black, truth.Date.Printed)
	f.y = 206
	look := fonts.styles(9.4, black)
	look.heading.size = 10
	f.text("Abstract", look.heading)
	f.text(c.abstract, look.body)
	f.blocks(c.blocks, look)
	f.text(truth.Rights.Statement, look.body)
	return doc.Bytes()
}
