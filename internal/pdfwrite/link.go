package pdfwrite

import (
	"fmt"
	"strings"
)

// link is a place on a page that leads to an address.
type link struct {
	box     [4]float64 // left, bottom, right, top in the file's coordinates
	address string
}

// Link makes a rectangle of the page lead to an address (ISO 32000-1
// §12.5.6.5, §12.6.4.7). What is not ASCII in it is escaped as a URI has it.
// An address that is no link of the web is left out.
func (p *Page) Link(x, y, width, height float64, address string) {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return
	}
	p.links = append(p.links, link{[4]float64{x, A4Height - y - height, x + width, A4Height - y}, escaped(address)})
}

// escaped writes an address in ASCII (RFC 3986 §2.1).
func escaped(address string) string {
	var b strings.Builder
	for _, c := range []byte(address) {
		if c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// writeLinks writes the annotations of a page and gives its entry for them.
func (p *Page) writeLinks(w *writer) string {
	if len(p.links) == 0 {
		return ""
	}
	var refs strings.Builder
	for _, l := range p.links {
		n := w.reserve()
		w.object(n, fmt.Sprintf("<< /Type /Annot /Subtype /Link /Rect [%.2f %.2f %.2f %.2f] /Border [0 0 0] /F 4 /A << /S /URI /URI %s >> >>",
			l.box[0], l.box[1], l.box[2], l.box[3], literal(l.address)))
		fmt.Fprintf(&refs, " %d 0 R", n)
	}
	return " /Annots [" + refs.String() + " ]"
}
