package sample

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// memo is a memorandum: no cover, the facts in four lines under the letterhead.
func memo() Sample {
	truth := Truth{
		Title:     "Adding files to the library without typing",
		Creators:  []string{"Hollis, Marguerite"},
		Publisher: "Northgate Research Desk",
		Date:      greyshelf.Date{Printed: "12 September 2022", EDTF: "2022-09-12"},
		Language:  "en",
		Abstract:  unprinted,
		Pages:     2,
	}
	return chaptered("memo-adding-files.pdf", "https://northgate-desk.example.org/memos/2022-09-12.pdf", "adding", truth, makeMemo)
}

func makeMemo(truth Truth, c chapter) ([]byte, error) {
	doc := pdfwrite.New(pdfwrite.Info{Producer: "Microsoft: Print To PDF", Created: "D:20220912081200Z"})
	fonts, err := serif(doc)
	if err != nil {
		return nil, err
	}
	f := &flow{doc: doc, mono: fonts.mono, frames: single(72, 64, 72, 70)}
	f.onPage = func(p *pdfwrite.Page) {
		if doc.Pages() > 1 {
			put(p, fonts.text, 8, 72, 48, grey, "Northgate Research Desk, 12 September 2022, page "+itoa(doc.Pages()))
		}
	}
	f.newPage()
	putCentre(f.page, fonts.bold, 15, pdfwrite.A4Width/2, 74, black, "NORTHGATE RESEARCH DESK")
	putCentre(f.page, fonts.text, 10, pdfwrite.A4Width/2, 94, black, "MEMORANDUM")
	for i, line := range [][2]string{
		{"TO:", "All staff of the library"},
		{"FROM:", "Marguerite Hollis, Head of Acquisitions"},
		{"DATE:", truth.Date.Printed},
		{"SUBJECT:", truth.Title},
	} {
		y := 132 + 18*float64(i)
		put(f.page, fonts.bold, 10, 72, y, black, line[0])
		put(f.page, fonts.text, 10, 150, y, black, line[1])
	}
	f.page.Rectangle(72, 200, pdfwrite.A4Width-144, 0.8, black)
	f.y = 218
	look := fonts.styles(9.3, black)
	look.heading.size, look.heading.leading = 9.8, 14
	f.blocks(c.blocks, look)
	return doc.Bytes()
}
