package sample

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// publisherSite is the report as its publisher put it up.
func publisherSite() Sample {
	truth := preservation(greyshelf.Date{Printed: "May 4, 2021", EDTF: "2021-05-04"})
	return chaptered("keeping-it-safe.pdf", "https://skerry-institute.example.org/papers/keeping-it-safe.pdf", "backup", truth, func(t Truth, c chapter) ([]byte, error) {
		return makePreservation(t, c, "Working Paper")
	})
}

// partnerSite is the same report on a partner's site: the same text under
// another line and another date.
func partnerSite() Sample {
	truth := preservation(greyshelf.Date{Printed: "May 19, 2021", EDTF: "2021-05-19"})
	return chaptered("lan-keeping-it-safe.pdf", "https://lowland-archives.example.org/library/lan-keeping-it-safe.pdf", "backup", truth, func(t Truth, c chapter) ([]byte, error) {
		return makePreservation(t, c, "Hosted by the Lowland Archive Network")
	})
}

// preservation is what the report states on both sites.
func preservation(date greyshelf.Date) Truth {
	return Truth{
		Title: "Keeping It Safe", Subtitle: "Backup, Restore and Doctor",
		Creators:  []string{"Quist, Benedikt"},
		Publisher: "Skerry Institute for Digital Preservation",
		Date:      date,
		Language:  "en",
		Rights: greyshelf.Rights{Code: "cc-by-4.0", Holder: "Skerry Institute for Digital Preservation",
			Statement: "© 2021 Skerry Institute for Digital Preservation. Some rights reserved: Creative Commons Attribution 4.0 International, https://creativecommons.org/licenses/by/4.0/."},
		Pages: 2,
	}
}

func makePreservation(truth Truth, c chapter, over string) ([]byte, error) {
	const accent = pdfwrite.Color(0x8a4b12)
	doc := pdfwrite.New(pdfwrite.Info{Title: truth.Title, Producer: "Skia/PDF m90"})
	fonts, err := serif(doc)
	if err != nil {
		return nil, err
	}
	f := &flow{doc: doc, mono: fonts.mono, frames: single(90, 88, 90, 90)}
	f.onPage = func(p *pdfwrite.Page) {
		put(p, fonts.text, 8, 90, 800, grey, over)
		putRight(p, fonts.text, 8, pdfwrite.A4Width-90, 800, grey, itoa(doc.Pages()))
	}
	f.newPage()
	put(f.page, fonts.text, 10, 90, 70, accent, over)
	put(f.page, fonts.bold, 28, 90, 130, black, truth.Title)
	put(f.page, fonts.text, 16, 90, 158, black, truth.Subtitle)
	put(f.page, fonts.text, 11, 90, 196, black, "By Benedikt Quist")
	put(f.page, fonts.text, 11, 90, 216, black, truth.Publisher)
	put(f.page, fonts.text, 11, 90, 236, black, truth.Date.Printed)
	f.y = 262
	look := fonts.styles(9.8, accent)
	f.text("Executive Summary", look.heading)
	f.text(c.abstract, look.body)
	f.blocks(c.blocks, look)
	small := look.body
	small.size, small.leading, small.before, small.color = 8, 11, 14, grey
	f.text(truth.Rights.Statement, small)
	return doc.Bytes()
}
