package describetest

import (
	"bytes"
	"fmt"
	"strings"
)

// file writes a small PDF: objects in order of their numbers, then the
// cross-reference table and the trailer (ISO 32000-1 §7.5).
type file struct {
	objects []string
	trailer string // further entries of the trailer
}

// add appends an object and gives its number.
func (f *file) add(format string, args ...any) int {
	f.objects = append(f.objects, fmt.Sprintf(format, args...))
	return len(f.objects)
}

// stream appends a stream object.
func (f *file) stream(dict, content string) int {
	return f.add("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(content), content)
}

// bytes gives the file; object root is the catalog.
func (f *file) bytes(root int) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.6\n%\xE2\xE3\xCF\xD3\n")
	offsets := make([]int, len(f.objects))
	for k, o := range f.objects {
		offsets[k] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", k+1, o)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(f.objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n", len(f.objects)+1, root, f.trailer, table)
	return out.Bytes()
}

// book is a document of several pages in Helvetica and Helvetica-Bold (fonts
// /F1 and /F2), which every reader has.
type book struct {
	pages   []leaf
	catalog string // further entries of the catalog
	file    file
}

// leaf is one page: its content stream and further entries of its dictionary.
type leaf struct {
	content string
	entries string
	filter  string // of the content stream: "/Filter /FlateDecode"
}

// bytes writes the book. The first objects are: 1 the catalog, 2 the page
// tree, 3 and 4 the fonts; page k (from 0) is object 6+2k.
func (b *book) bytes() []byte {
	extra := b.file.objects
	f := file{trailer: b.file.trailer}
	var kids strings.Builder
	for k := range b.pages {
		fmt.Fprintf(&kids, "%d 0 R ", 6+2*k)
	}
	f.add("<</Type /Catalog /Pages 2 0 R %s>>", b.catalog)
	f.add("<</Type /Pages /Count %d /Kids [%s]>>", len(b.pages), kids.String())
	f.add("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>")
	f.add("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding>>")
	for _, p := range b.pages {
		entries := p.entries
		if !strings.Contains(entries, "/MediaBox") {
			entries += " /MediaBox [0 0 600 800]"
		}
		content := f.stream(p.filter, p.content)
		f.add("<</Type /Page /Parent 2 0 R /Contents %d 0 R /Resources <</Font <</F1 3 0 R /F2 4 0 R>>>> %s>>", content, entries)
	}
	f.objects = append(f.objects, extra...)
	return f.bytes(1)
}

// next gives the number that the n-th further object (from 0) will have.
func (b *book) next(n int) int { return 5 + 2*len(b.pages) + n }

// write gives the operators that show s at (x, y) from the bottom left.
func write(font string, size, x, y float64, s string) string {
	s = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(s)
	return fmt.Sprintf("BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", font, size, x, y, s)
}
