package sample

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// updated is a report of a parliament's research office: number, version and
// "Updated" on the first page, an older date further down.
func updated() Sample {
	truth := Truth{
		Title: "Rights at Every Door", Subtitle: "What a Reader May Open",
		Creators:     []string{"Marchetti, Lucia", "Abara, Daniel"},
		Publisher:    "Calder Parliamentary Research Office",
		Date:         greyshelf.Date{Printed: "Updated April 22, 2026", EDTF: "2026-04-22"},
		ReportNumber: "R-1042",
		Version:      "6",
		Language:     "en",
		Rights: greyshelf.Rights{Code: greyshelf.PublicDomain,
			Statement: "This report is a work of the Calder Parliamentary Research Office and is in the public domain."},
		Pages: 3,
	}
	return chaptered("R-1042-rights.pdf", "https://research.calder-parliament.example.org/reports/R-1042.6.pdf", "rights", truth, makeUpdated)
}

func makeUpdated(truth Truth, c chapter) ([]byte, error) {
	const accent = pdfwrite.Color(0x1f3d7a)
	doc := pdfwrite.New(pdfwrite.Info{Title: truth.Title + ": " + truth.Subtitle, Author: "Calder Parliamentary Research Office", Creator: "Acrobat PDFMaker 24 for Word", Producer: "Adobe PDF Library 24.1", Created: "D:20260422130000Z"})
	doc.XMP = packet(doc.Info.Title, "2026-04-22T13:00:00Z")
	fonts, err := serif(doc)
	if err != nil {
		return nil, err
	}
	p := doc.Page()
	put(p, fonts.bold, 12, 72, 80, accent, truth.Publisher)
	p.Rectangle(72, 92, pdfwrite.A4Width-144, 2, accent)
	put(p, fonts.bold, 27, 72, 210, black, "Rights at Every Door:")
	put(p, fonts.bold, 27, 72, 246, black, "What a Reader May Open")
	put(p, fonts.text, 13, 72, 296, black, truth.Date.Printed)
	p.Rectangle(72, 690, pdfwrite.A4Width-144, 0.8, grey)
	put(p, fonts.text, 9, 72, 710, grey, "Informing members of the assembly since 1961")
	putRight(p, fonts.bold, 10, pdfwrite.A4Width-72, 730, black, "R-1042 · Version 6")
	put(p, fonts.text, 9, 72, 730, grey, "https://research.calder-parliament.example.org")

	f := &flow{doc: doc, mono: fonts.mono, frames: single(72, 84, 72, 84)}
	f.onPage = func(p *pdfwrite.Page) {
		putRight(p, fonts.italic, 9, pdfwrite.A4Width-72, 56, grey, truth.Title+": "+truth.Subtitle)
		put(p, fonts.text, 8, 72, 800, grey, truth.Publisher)
		putRight(p, fonts.text, 8, pdfwrite.A4Width-72, 800, grey, "R-1042 · Version 6 · "+truth.Date.Printed+"   "+itoa(doc.Pages()-1))
	}
	look := fonts.styles(10, accent)
	f.text("Summary", look.heading)
	f.text(c.abstract, look.body)
	f.blocks(c.blocks, look)
	f.blocks([]block{
		{heading, "Author information"},
		{paragraph, "Lucia Marchetti, Specialist in Information Law. Daniel Abara, Analyst in Public Records."},
		{heading, "About this report"},
		{paragraph, "First published September 3, 2019. " + truth.Rights.Statement},
	}, look)
	return doc.Bytes()
}

// packet is a small XMP packet (ISO 16684-1) with title and day of creation.
func packet(title, created string) string {
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + title + `</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>` + created + `</xmp:CreateDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}
