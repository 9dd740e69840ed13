package sample

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// brief is a policy brief in two columns; who wrote it stands at the end.
func brief() Sample {
	truth := Truth{
		Title:        "Reading a Page, Quoting a Page",
		Creators:     []string{"Varga, Elena", "Lindqvist, Per"},
		Publisher:    "Meridian Centre for Documentary Studies",
		Date:         greyshelf.Date{Printed: "November 2023", EDTF: "2023-11"},
		ReportNumber: "Policy Brief 2023/14",
		Language:     "en",
		Pages:        2,
	}
	return chaptered("policy-brief-quoting.pdf", "https://meridian-centre.example.org/briefs/pb-2023-14.pdf", "quoting", truth, makeBrief)
}

func makeBrief(truth Truth, c chapter) ([]byte, error) {
	const accent = pdfwrite.Color(0x7a1f2b)
	doc := pdfwrite.New(pdfwrite.Info{Title: truth.Title, Creator: "Scribus 1.5.8", Producer: "Scribus PDF Library 1.5.8", Created: "D:20231120070000Z"})
	fonts, err := serif(doc)
	if err != nil {
		return nil, err
	}
	column := (pdfwrite.A4Width - 2*54 - 22) / 2
	columns := func(top float64) []frame {
		return []frame{{54, top, column, 780}, {54 + column + 22, top, column, 780}}
	}
	f := &flow{doc: doc, mono: fonts.mono, frames: columns(330)}
	f.onPage = func(p *pdfwrite.Page) {
		putCentre(p, fonts.text, 7.5, pdfwrite.A4Width/2, 812, grey, itoa(doc.Pages()))
	}
	f.newPage()
	p := f.page
	p.Rectangle(0, 0, pdfwrite.A4Width, 46, accent)
	put(p, fonts.bold, 12, 54, 29, white, "POLICY BRIEF")
	putRight(p, fonts.text, 10, pdfwrite.A4Width-54, 29, white, "2023/14  |  November 2023")
	put(p, fonts.text, 10, 54, 74, accent, truth.Publisher)
	put(p, fonts.bold, 25, 54, 122, black, truth.Title)
	look := fonts.styles(9.4, accent)
	f.frames = single(54, 150, 54, 500)
	f.y = 150
	f.text("Abstract", look.heading)
	box := look.body
	box.font, box.size, box.leading = fonts.italic, 10.5, 15
	f.text(c.abstract, box)
	top := f.y + 16
	p.Rectangle(54, top-8, pdfwrite.A4Width-108, 1, accent)
	f.frames, f.column, f.y = columns(top), 0, top
	rest := c.blocks
	f.onPage = func(p *pdfwrite.Page) {
		f.frames, f.y = columns(60), 60
		put(p, fonts.text, 7.5, 54, 40, grey, truth.Publisher+"  |  Policy Brief 2023/14")
		putCentre(p, fonts.text, 7.5, pdfwrite.A4Width/2, 812, grey, itoa(doc.Pages()))
	}
	f.blocks(rest, look)
	f.blocks([]block{
		{heading, "About the authors"},
		{paragraph, "Elena Varga is a senior fellow at the Meridian Centre for Documentary Studies, where she works on citation and evidence."},
		{paragraph, "Per Lindqvist is the centre’s librarian."},
	}, look)
	return doc.Bytes()
}
