package sample

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// reserved is a study whose every right is reserved, in the manner of a
// journal: centred title, authors with footnote signs.
func reserved() Sample {
	truth := Truth{
		Title: "Where a Value Comes From", Subtitle: "Provenance in the Record",
		Creators:  []string{"Diallo, Amara", "Sørensen, Henrik"},
		Publisher: "Ashdown Centre for Source Criticism",
		Date:      greyshelf.Date{Printed: "Autumn 2020", EDTF: "2020-23"},
		Language:  "en",
		Rights: greyshelf.Rights{Code: greyshelf.AllRightsReserved, Holder: "Ashdown Centre for Source Criticism",
			Statement: "© 2020 Ashdown Centre for Source Criticism. All rights reserved."},
		Pages: 2,
	}
	return chaptered("provenance-in-the-record.pdf", "https://ashdown-centre.example.org/studies/provenance-in-the-record.pdf", "provenance", truth, makeReserved)
}

func makeReserved(truth Truth, c chapter) ([]byte, error) {
	doc := pdfwrite.New(pdfwrite.Info{Creator: "LaTeX with hyperref", Producer: "xdvipdfmx (20190225)", Created: "D:20201005150000Z"})
	fonts, err := serif(doc)
	if err != nil {
		return nil, err
	}
	middle := pdfwrite.A4Width / 2
	f := &flow{doc: doc, mono: fonts.mono, frames: single(96, 84, 96, 96)}
	f.onPage = func(p *pdfwrite.Page) {
		putCentre(p, fonts.text, 7.5, middle, 790, grey, truth.Rights.Statement)
		putCentre(p, fonts.text, 8.5, middle, 808, grey, itoa(doc.Pages()))
	}
	f.newPage()
	putCentre(f.page, fonts.text, 18, middle, 104, black, truth.Title+":")
	putCentre(f.page, fonts.text, 18, middle, 128, black, truth.Subtitle)
	putCentre(f.page, fonts.text, 11, middle, 160, black, "Amara Diallo* and Henrik Sørensen†")
	putCentre(f.page, fonts.text, 9, middle, 178, black, truth.Publisher)
	putCentre(f.page, fonts.text, 9, middle, 194, black, truth.Date.Printed)
	f.y = 216
	look := fonts.styles(9.4, black)
	narrow := look.body
	narrow.indent, narrow.size, narrow.leading = 24, 8.8, 12.5
	label := look.heading
	label.indent, label.size = 24, 9.4
	f.text("Abstract", label)
	f.text(c.abstract, narrow)
	f.blocks(c.blocks, look)
	note := look.body
	note.size, note.leading, note.after, note.before = 8, 11, 0, 3
	f.text("* Senior researcher at the centre. † Visiting researcher at the centre.", note)
	return doc.Bytes()
}
