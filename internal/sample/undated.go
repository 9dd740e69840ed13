package sample

import "github.com/greyshelf/greyshelf/internal/pdfwrite"

// undated is a paper that states neither a date nor an author.
func undated() Sample {
	truth := Truth{
		Title:     "Why Absence Beats Invention",
		Publisher: "Tarn Foundation for Open Catalogues",
		Language:  "en",
		Pages:     2,
	}
	return chaptered("absence.pdf", "https://tarn-foundation.example.org/papers/absence.pdf", "absence", truth, makeUndated)
}

func makeUndated(truth Truth, c chapter) ([]byte, error) {
	doc := pdfwrite.New(pdfwrite.Info{Producer: "GPL Ghostscript 10.02.1"})
	fonts, err := sans(doc)
	if err != nil {
		return nil, err
	}
	f := &flow{doc: doc, mono: fonts.mono, frames: single(80, 80, 80, 80)}
	f.onPage = func(p *pdfwrite.Page) {
		put(p, fonts.text, 8, 80, 806, grey, truth.Publisher)
		putRight(p, fonts.text, 8, pdfwrite.A4Width-80, 806, grey, itoa(doc.Pages()))
	}
	look := fonts.styles(10.8, black)
	title := style{font: fonts.bold, size: 22, leading: 30, after: 14, color: black}
	f.text(truth.Title, title)
	f.text("Abstract", look.heading)
	f.text(c.abstract, look.body)
	f.blocks(c.blocks, look)
	return doc.Bytes()
}
