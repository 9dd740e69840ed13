package pdfwrite

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Font is a TrueType font of one document. It remembers the glyphs that were
// drawn, for the subset that is embedded.
type Font struct {
	name   string
	data   []byte
	face   *font.Face
	shaper shaping.HarfbuzzShaper
	index  int
	used   map[font.GID]string // glyph → the text it stands for
}

// Run is text that is ready to be drawn: glyphs from left to right.
type Run struct {
	Width  float64 // points
	font   *Font
	size   float64
	glyphs []glyph
}

type glyph struct {
	id     font.GID
	text   string // what it stands for; "" for a later glyph of a cluster
	adjust int    // thousandths of the size to move left after it
}

// Font adds a font to the document. The name is its PostScript name.
func (d *Document) Font(name string, ttf []byte) (*Font, error) {
	face, err := font.ParseTTF(bytes.NewReader(ttf))
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	f := &Font{name: name, data: ttf, face: face, index: len(d.fonts), used: map[font.GID]string{}}
	d.fonts = append(d.fonts, f)
	return f, nil
}

// Run sets text from left to right, a glyph a letter.
func (f *Font) Run(s string, size float64) Run {
	run := Run{font: f, size: size}
	for _, r := range s {
		id, _ := f.face.NominalGlyph(r) // a missing letter shows the font's own box
		run.glyphs = append(run.glyphs, glyph{id: id, text: string(r)})
		run.Width += f.advance(id) * size / 1000
	}
	return run
}

// RightToLeft shapes Arabic text: letters joined, the last one at the left.
func (f *Font) RightToLeft(s string, size float64) Run {
	letters := []rune(s)
	em := int(f.face.Upem())
	out := f.shaper.Shape(shaping.Input{Text: letters, RunEnd: len(letters), Direction: di.DirectionRTL, Face: f.face,
		Size: fixed.I(em), Script: language.Arabic, Language: "ar"})
	run := Run{font: f, size: size}
	last := -1
	for _, g := range out.Glyphs {
		shown := glyph{id: g.GlyphID}
		if at := g.TextIndex(); at != last {
			shown.text = lamAlef.Replace(string(letters[at : at+g.RunesCount()]))
			last = at
		}
		advance := float64(g.Advance) / 64 * 1000 / float64(em)
		shown.adjust = int(f.advance(g.GlyphID)) - int(advance)
		run.glyphs = append(run.glyphs, shown)
		run.Width += advance * size / 1000
	}
	return run
}

// lamAlef gives the Unicode sign for the one glyph that stands for two letters
// (Arabic Presentation Forms-B). Readers of PDF turn a line around before they
// take such a sign apart, and would turn its two letters around as well.
var lamAlef = strings.NewReplacer("لا", "\ufefb", "لأ", "\ufef7", "لإ", "\ufef9", "لآ", "\ufef5")

// advance gives the width of a glyph in thousandths of the size.
func (f *Font) advance(id font.GID) float64 {
	return float64(f.face.HorizontalAdvance(id)) * 1000 / float64(f.face.Upem())
}

func (f *Font) use(g glyph) {
	if f.used[g.id] == "" {
		f.used[g.id] = g.text
	}
}

// write writes the font as a Type 0 font whose codes are glyph numbers
// (§9.7.4.2, Identity-H) and gives its object number.
func (f *Font) write(w *writer) (int, error) {
	ids := make([]font.GID, 0, len(f.used))
	for id := range f.used {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	data, err := subset(f.data, ids)
	if err != nil {
		return 0, fmt.Errorf("font %s: %w", f.name, err)
	}
	file, descriptor, descendant, unicode, top := w.reserve(), w.reserve(), w.reserve(), w.reserve(), w.reserve()
	name := "GRSHLF+" + f.name
	w.stream(file, fmt.Sprintf("/Length1 %d", len(data)), data)
	w.object(descriptor, fmt.Sprintf("<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-200 -250 1200 950] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 720 /StemV 80 /FontFile2 %d 0 R >>", name, file))
	var widths strings.Builder
	for _, id := range ids {
		fmt.Fprintf(&widths, " %d [%d]", id, int(f.advance(id)))
	}
	w.object(descendant, fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /CIDToGIDMap /Identity /W [%s ] >>", name, descriptor, widths.String()))
	w.stream(unicode, "", []byte(f.toUnicode(ids)))
	w.object(top, fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, descendant, unicode))
	return top, nil
}

// toUnicode maps glyphs back to the letters that the author wrote (§9.10.3),
// at most 100 of them in a block.
func (f *Font) toUnicode(ids []font.GID) string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /GRSHLF def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for block := range slices.Chunk(ids, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for _, id := range block {
			fmt.Fprintf(&b, "<%04X> <", id)
			for _, u := range utf16.Encode([]rune(f.used[id])) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict /CMap defineresource pop end end\n")
	return b.String()
}
