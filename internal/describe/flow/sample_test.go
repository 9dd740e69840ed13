package flow_test

import (
	"archive/zip"
	"bytes"
	"testing"
)

// part is a part of an archive that a test writes.
type part struct{ name, text string }

// archiveOf writes a ZIP file.
func archiveOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err == nil {
			_, err = w.Write([]byte(p.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const container = `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`

// epubOf writes an EPUB of one text.
func epubOf(t testing.TB, metadata, nav, text string) []byte {
	return archiveOf(t, part{"mimetype", "application/epub+zip"}, part{"META-INF/container.xml", container},
		part{"OEBPS/book.opf", `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf" version="3.0"><metadata>` +
			metadata + `</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="a" href="text/a%20b.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/><itemref idref="nav"/><itemref idref="gone"/></spine></package>`},
		part{"OEBPS/nav.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol><li><a href="text/a%20b.xhtml">Text</a></li></ol></nav>` + nav + `</body></html>`},
		part{"OEBPS/text/a b.xhtml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>` + text + `</body></html>`})
}

const wordSpace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

const wordStyles = `<w:styles` + wordSpace + `><w:style w:styleId="Ttl"><w:name w:val="Title"/></w:style><w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H1"/></w:style></w:styles>`

// docxOf writes a DOCX with the body and the elements of its core properties.
func docxOf(t testing.TB, core, body string) []byte {
	return archiveOf(t, part{"[Content_Types].xml", "<Types/>"}, part{"word/styles.xml", wordStyles},
		part{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` + core + `</cp:coreProperties>`},
		part{"docProps/app.xml", `<Properties><Application>Writer of tests</Application></Properties>`},
		part{"word/document.xml", `<?xml version="1.0"?><w:document` + wordSpace + `><w:body>` + body + `</w:body></w:document>`})
}

// wp writes a paragraph of WordprocessingML.
func wp(style, text string) string {
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return "<w:p>" + style + "<w:r><w:t>" + text + "</w:t></w:r></w:p>"
}
