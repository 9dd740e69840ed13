// Package pdfwrite writes PDF 1.7 (ISO 32000-1): pages, text in embedded and
// subset TrueType fonts, rectangles, grey images, links, outline, page labels,
// Info and XMP.
//
// It is a leaf: the digest (package publish/digest) and the samples are written
// with it. It is written here because both need what fpdf v0.12 does not do:
// glyphs shaped for Arabic that map back to the letters they stand for, and
// printed page labels. The same calls give the same bytes: no clock, no chance,
// no order of maps. It stores nothing, and it does not read PDF.
package pdfwrite

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf16"
)

// A4 is the page size of every document, in points.
const (
	A4Width  = 595.0
	A4Height = 842.0
)

// Info is the document information dictionary (ISO 32000-1 §14.3.3). Empty
// fields are left out.
type Info struct {
	Title, Author, Creator, Producer string
	Created                          string // PDF date: "D:20240312090000Z"
}

// Bookmark is a line of the outline (§12.3.3).
type Bookmark struct {
	Title string
	Level int // from 1; never more than one deeper than the line before
	Page  int // index from 1
}

// Label starts a range of page labels (§12.4.2).
type Label struct {
	Page  int    // index from 1 of the first page of the range
	Style string // "r" lower-case Roman, "D" decimal
	Start int    // number of the first page of the range
}

// Document is a PDF that is being written. Its exported fields may be set at
// any time before [Document.Bytes].
type Document struct {
	Info     Info
	XMP      string // the metadata packet (§14.3.2); empty for none
	Language string // BCP 47, for the catalogue's Lang; empty for none
	// ShowTitle asks viewers to show the title in place of the file's name
	// (§12.2).
	ShowTitle bool
	Outline   []Bookmark
	Labels    []Label

	pages  []*Page
	fonts  []*Font
	images []image
}

// image is a picture of one byte a pixel (grey) or three (red, green, blue),
// row by row from the top.
type image struct {
	width, height int
	pixels        []byte
}

// space names the colour space of an image (§8.6.4).
func (m image) space() string {
	if len(m.pixels) == 3*m.width*m.height {
		return "DeviceRGB"
	}
	return "DeviceGray"
}

// New begins an empty document.
func New(info Info) *Document { return &Document{Info: info} }

// Pages counts the pages so far.
func (d *Document) Pages() int { return len(d.pages) }

// Bytes writes the document. It fails where a font cannot be subset.
func (d *Document) Bytes() ([]byte, error) {
	w := &writer{}
	w.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	catalog, pages, resources := w.reserve(), w.reserve(), w.reserve()
	if err := d.writeResources(w, resources); err != nil {
		return nil, err
	}
	refs := d.writePages(w, pages, resources)
	extra := ""
	if len(d.Outline) > 0 {
		extra += fmt.Sprintf(" /Outlines %d 0 R /PageMode /UseOutlines", d.writeOutline(w, refs))
	}
	if len(d.Labels) > 0 {
		extra += " /PageLabels " + labels(d.Labels)
	}
	if d.XMP != "" {
		n := w.reserve()
		w.object(n, fmt.Sprintf("<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream", len(d.XMP), d.XMP))
		extra += fmt.Sprintf(" /Metadata %d 0 R", n)
	}
	if d.Language != "" {
		extra += " /Lang " + TextString(d.Language)
	}
	if d.ShowTitle {
		extra += " /ViewerPreferences << /DisplayDocTitle true >>"
	}
	w.object(catalog, fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R%s >>", pages, extra))
	info := w.reserve()
	w.object(info, d.Info.dictionary())
	return w.finish(catalog, info), nil
}

func (d *Document) writeResources(w *writer, n int) error {
	var fonts, images strings.Builder
	for i, f := range d.fonts {
		ref, err := f.write(w)
		if err != nil {
			return err
		}
		fmt.Fprintf(&fonts, " /F%d %d 0 R", i, ref)
	}
	for i, m := range d.images {
		ref := w.reserve()
		w.stream(ref, fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /%s /BitsPerComponent 8", m.width, m.height, m.space()), m.pixels)
		fmt.Fprintf(&images, " /I%d %d 0 R", i, ref)
	}
	w.object(n, fmt.Sprintf("<< /Font <<%s >> /XObject <<%s >> >>", fonts.String(), images.String()))
	return nil
}

func (d *Document) writePages(w *writer, parent, resources int) []int {
	var refs []int
	var kids strings.Builder
	for _, p := range d.pages {
		content, page := w.reserve(), w.reserve()
		w.stream(content, "", p.content.Bytes())
		w.object(page, fmt.Sprintf("<< /Type /Page /Parent %d 0 R /Resources %d 0 R /Contents %d 0 R%s >>", parent, resources, content, p.writeLinks(w)))
		refs = append(refs, page)
		fmt.Fprintf(&kids, " %d 0 R", page)
	}
	w.object(parent, fmt.Sprintf("<< /Type /Pages /MediaBox [0 0 %g %g] /Count %d /Kids [%s ] >>", A4Width, A4Height, len(refs), kids.String()))
	return refs
}

func (i Info) dictionary() string {
	var b strings.Builder
	b.WriteString("<<")
	for _, field := range [][2]string{{"Title", i.Title}, {"Author", i.Author}, {"Creator", i.Creator}, {"Producer", i.Producer}, {"CreationDate", i.Created}, {"ModDate", i.Created}} {
		if field[1] != "" {
			fmt.Fprintf(&b, " /%s %s", field[0], TextString(field[1]))
		}
	}
	return b.String() + " >>"
}

// labels writes the number tree of page labels.
func labels(all []Label) string {
	var b strings.Builder
	for _, l := range all {
		fmt.Fprintf(&b, " %d << /S /%s /St %d >>", l.Page-1, l.Style, l.Start)
	}
	return "<< /Nums [" + b.String() + " ] >>"
}

// TextString writes a text string (§7.9.2.2) as it stands in a file: ASCII as
// it is, else UTF-16 with a byte order mark.
func TextString(s string) string {
	ascii := true
	for _, r := range s {
		ascii = ascii && r >= ' ' && r < 0x7f
	}
	if ascii {
		return literal(s)
	}
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

// literal writes ASCII as a string object (§7.3.4.2).
func literal(ascii string) string {
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(ascii) + ")"
}

// writer writes numbered objects and the table of where they lie.
type writer struct {
	bytes.Buffer
	offsets []int // of object i+1
}

// reserve gives the number of an object that is written later.
func (w *writer) reserve() int {
	w.offsets = append(w.offsets, 0)
	return len(w.offsets)
}

func (w *writer) object(n int, body string) {
	w.offsets[n-1] = w.Len()
	fmt.Fprintf(w, "%d 0 obj\n%s\nendobj\n", n, body)
}

// stream writes a Flate stream; entries go into its dictionary.
func (w *writer) stream(n int, entries string, data []byte) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(data) // into memory: cannot fail
	z.Close()
	w.object(n, fmt.Sprintf("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", entries, packed.Len(), packed.String()))
}

// finish writes the cross-reference table and the trailer (§7.5.4). The file
// identifier comes from the content.
func (w *writer) finish(catalog, info int) []byte {
	id := sha256.Sum256(w.Bytes())
	start := w.Len()
	fmt.Fprintf(w, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, at := range w.offsets {
		fmt.Fprintf(w, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(w, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>] >>\nstartxref\n%d\n%%%%EOF\n",
		len(w.offsets)+1, catalog, info, id[:16], id[:16], start)
	return w.Bytes()
}
