package digest

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/script"
)

// The names of the parts of the package (ECMA-376 part 2) and of its
// vocabulary (ECMA-376 part 1, WordprocessingML).
const (
	nsWord      = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackage   = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// docxTypes is [Content_Types].xml.
const docxTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/footer.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

// docxRoot leads to the document and its properties.
const docxRoot = xml.Header + `<Relationships xmlns="` + nsPackage + `"><Relationship Id="r1" Type="` + nsRelations + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

// docxFooter numbers the pages.
const docxFooter = xml.Header + `<w:ftr xmlns:w="` + nsWord + `"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` +
	`<w:r><w:t xml:space="preserve"> / </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> NUMPAGES </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`

// docxStyles are the styles by the names that word processors know, so that a
// desk can restyle an issue and gets an outline.
const docxStyles = xml.Header + `<w:styles xmlns:w="` + nsWord + `"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="24"/></w:rPr></w:rPrDefault>` +
	`<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="60"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="360"/></w:pPr><w:rPr><w:color w:val="595959"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="24"/><w:szCs w:val="26"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/><w:jc w:val="end"/></w:pPr><w:rPr><w:color w:val="595959"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>` +
	`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr></w:style>` +
	`<w:style w:type="character" w:customStyle="1" w:styleId="HeadingLink"><w:name w:val="Heading Link"/><w:rPr><w:color w:val="1F4E79"/><w:u w:val="none"/></w:rPr></w:style></w:styles>`

// docx collects the text and the addresses that it leads to.
type docx struct {
	body     strings.Builder
	links    []string
	pictures [][]byte
	language string // of what is written next

	before, after string // what the next paragraph begins and ends with
}

// DOCX writes the issue as a document of a word processor (ECMA-376, Office
// Open XML). at is when it is made. Pictures are those of
// [Document.WithPictures]. Errors:
// Unavailable.
func DOCX(out io.Writer, d Document, w Words, at time.Time) error {
	x := docx{language: d.lang()}
	x.plain("Title", d.Title)
	x.plain("Subtitle", strings.TrimPrefix(w.numbered(d)+" · "+d.Date, " · "))
	for _, p := range d.Intro {
		x.plain("", p)
	}
	for _, s := range d.Sections {
		if s.Heading != "" {
			x.plain("Heading1", s.Heading)
		}
		for _, e := range s.Entries {
			if x.language = e.Language; x.language == "" {
				x.language = d.lang()
			}
			x.entry(e)
			x.language = d.lang()
		}
	}
	if d.Address != "" {
		x.paragraph("", [][]Span{{{Text: w.Online + ": "}, {Text: d.Address, Href: d.Address}}})
	}
	z := zip.NewWriter(out)
	parts := [][2]string{
		{"[Content_Types].xml", docxTypes}, {"_rels/.rels", docxRoot}, {"word/document.xml", x.document(d)}, {"word/styles.xml", docxStyles}, {"word/footer.xml", docxFooter},
		{"word/_rels/document.xml.rels", x.relations()}, {"docProps/core.xml", core(d, w, at)},
	}
	for n, data := range x.pictures {
		parts = append(parts, [2]string{fmt.Sprintf("word/media/p%d.png", n+1), string(data)})
	}
	for _, part := range parts {
		file, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate, Modified: at.UTC()})
		if err == nil {
			_, err = io.WriteString(file, part[1])
		}
		if err != nil {
			return greyshelf.E(greyshelf.Unavailable, "write the document", part[0], err)
		}
	}
	if err := z.Close(); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "write the document", "", err)
	}
	return nil
}

// numbered gives the number in words; "" before there is one.
func (w Words) numbered(d Document) string {
	return strings.TrimPrefix(strings.TrimPrefix(w.Headline(d), d.Title), ", ")
}

func (x *docx) entry(e Entry) {
	blocks := slices.DeleteFunc(slices.Clone(e.Blocks), func(b Block) bool { return b.Kind == Picture })
	x.before = x.picture(e.picture())
	beside := x.before != ""
	for n, b := range blocks {
		if beside && n == len(blocks)-1 {
			x.after = `<w:r><w:br w:type="textWrapping" w:clear="all"/></w:r>` // the next entry begins below the picture
		}
		style := ""
		if b.Kind == Heading {
			style = "Heading2"
		}
		x.paragraph(style, b.Lines)
	}
}

func (x *docx) plain(style, text string) { x.paragraph(style, [][]Span{{{Text: text}}}) }

// paragraph writes one paragraph; its direction is that of its first letter.
func (x *docx) paragraph(style string, lines [][]Span) {
	x.body.WriteString("<w:p><w:pPr>")
	if style != "" {
		x.body.WriteString(`<w:pStyle w:val="` + style + `"/>`)
	}
	rtl := rightToLeft(Block{Lines: lines}.Text())
	if rtl {
		x.body.WriteString("<w:bidi/>")
	}
	x.body.WriteString("</w:pPr>" + x.before)
	for n, line := range lines {
		if n > 0 {
			x.body.WriteString("<w:r><w:br/></w:r>")
		}
		for _, s := range line {
			x.span(s, rtl, style == "Heading2")
		}
	}
	x.body.WriteString(x.after + "</w:p>")
	x.before, x.after = "", ""
}

// span writes text. A link in a heading looks as the heading does.
func (x *docx) span(s Span, rtl, heading bool) {
	text, style := xmltree.Clean(s.Text), ""
	if s.Href != "" {
		x.links = append(x.links, s.Href)
		fmt.Fprintf(&x.body, `<w:hyperlink r:id="l%d">`, len(x.links))
		style = `<w:rStyle w:val="Hyperlink"/>`
		if heading {
			style = `<w:rStyle w:val="HeadingLink"/>` // without a style of its own LibreOffice drops the link
		}
	}
	if rtl && rightToLeft(text) {
		style += `<w:rtl/><w:lang w:bidi="` + escaped(x.language) + `"/>`
	} else if script.Direction(x.language) != script.RightToLeft { // Latin words in an Arabic entry are of no known language
		style += `<w:lang w:val="` + escaped(x.language) + `"/>`
	}
	x.body.WriteString(`<w:r><w:rPr>` + style + `</w:rPr><w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r>`)
	if s.Href != "" {
		x.body.WriteString("</w:hyperlink>")
	}
}

// document is the main part, on A4 with margins of an inch.
func (x *docx) document(d Document) string {
	bidi := ""
	if d.Direction() == "rtl" {
		bidi = "<w:bidi/>"
	}
	return xml.Header + `<w:document xmlns:w="` + nsWord + `" xmlns:r="` + nsRelations + `"><w:body>` + x.body.String() +
		`<w:sectPr><w:footerReference w:type="default" r:id="f1"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/>` + bidi + `</w:sectPr></w:body></w:document>`
}

func (x *docx) relations() string {
	var b strings.Builder
	b.WriteString(xml.Header + `<Relationships xmlns="` + nsPackage + `"><Relationship Id="s1" Type="` + nsRelations + `/styles" Target="styles.xml"/><Relationship Id="f1" Type="` + nsRelations + `/footer" Target="footer.xml"/>`)
	for n, href := range x.links {
		fmt.Fprintf(&b, `<Relationship Id="l%d" Type="%s/hyperlink" Target="%s" TargetMode="External"/>`, n+1, nsRelations, escaped(linked(xmltree.Clean(href))))
	}
	for n := range x.pictures {
		fmt.Fprintf(&b, `<Relationship Id="p%d" Type="%s/image" Target="media/p%d.png"/>`, n+1, nsRelations, n+1)
	}
	b.WriteString("</Relationships>")
	return b.String()
}

// core is what the document says of itself.
func core(d Document, w Words, at time.Time) string {
	return xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(xmltree.Clean(w.Headline(d))) + `</dc:title><dc:language>` + escaped(d.lang()) + `</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at.UTC().Format(time.RFC3339) + `</dcterms:created></cp:coreProperties>`
}

// escaped makes a text fit between tags and in attributes.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}

// rightToLeft reports whether the first letter of a text is of a script that
// is written from right to left (as in rule P2 of Unicode Annex 9).
func rightToLeft(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
		}
	}
	return false
}
