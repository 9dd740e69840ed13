package pdf

import (
	"context"
	"encoding/binary"
	"math"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// frame turns a page's user space (origin bottom left, unrotated, uncropped)
// into points from the top left corner of the page as displayed.
type frame struct {
	left, bottom, right, top float64 // the visible part: crop box within media box
	quarter                  int     // rotation clockwise in quarter turns
}

func readFrame(i *instance, page uint64) frame {
	f := frame{quarter: i.callInt("FPDFPage_GetRotation", page) & 3}
	i.call("FPDF_GetPageBoundingBox", page, uint64(i.scratch))
	b := i.float32s(4) // FS_RECTF: left, top, right, bottom
	f.left, f.top, f.right, f.bottom = b[0], b[1], b[2], b[3]
	return f
}

// size gives width and height as displayed.
func (f frame) size() (width, height float64) {
	width, height = f.right-f.left, f.top-f.bottom
	if f.quarter&1 == 1 {
		return height, width
	}
	return width, height
}

// point gives (x, y) of user space as displayed.
func (f frame) point(x, y float64) (float64, float64) {
	switch f.quarter {
	case 1:
		return y - f.bottom, x - f.left
	case 2:
		return f.right - x, y - f.bottom
	case 3:
		return f.top - y, f.right - x
	}
	return x - f.left, f.top - y
}

// rect gives a rectangle of user space as displayed, x0 ≤ x1 and y0 ≤ y1.
func (f frame) rect(left, bottom, right, top float64) (x0, y0, x1, y1 float64) {
	x0, y0 = f.point(left, top)
	x1, y1 = f.point(right, bottom)
	return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
}

// Page reads the characters of a page.
func (f *file) Page(ctx context.Context, index int, fonts bool) (describe.RawPage, error) {
	var raw describe.RawPage
	err := f.page(ctx, "read page", index, func(i *instance, page uint64) error {
		r := reader{instance: i, frame: readFrame(i, page)}
		raw.Width, raw.Height = r.frame.size()
		if !(raw.Width > 0 && raw.Height > 0) {
			return greyshelf.Errorf(greyshelf.Invalid, "read page", "", "page %d has no area", index)
		}
		r.text = i.call("FPDFText_LoadPage", page)
		if r.text != 0 {
			if fonts {
				r.fonts = &fontReader{instance: i, text: r.text, known: map[uint32]style{}}
			}
			if err := r.read(); err != nil {
				return err
			}
			i.call("FPDFText_ClosePage", r.text)
		}
		raw.Chars = r.chars
		if r.fonts != nil {
			raw.Fonts = r.fonts.names
		}
		raw.ImageShare = imageShare(i, page, r.frame)
		return nil
	})
	if err != nil {
		return describe.RawPage{}, err
	}
	return raw, nil
}

// reader reads the characters of one page.
type reader struct {
	instance *instance
	frame    frame
	text     uint64 // FPDF_TEXTPAGE
	fonts    *fontReader
	chars    []describe.Char
	records  []byte
}

// recordsPerCall is how many characters the loop reads at once.
const recordsPerCall = scratchSize / recordSize

func (r *reader) read() error {
	i := r.instance
	n := i.callInt("FPDFText_CountChars", r.text)
	if n > maxChars {
		return greyshelf.Errorf(greyshelf.TooLarge, "read page", "", "the page has %d characters, more than %d", n, maxChars)
	}
	if n <= 0 {
		return nil
	}
	loop := i.loop.ExportedFunction("read")
	r.chars = make([]describe.Char, 0, n)
	for first := 0; first < n && i.err == nil; first += recordsPerCall {
		last := min(n, first+recordsPerCall)
		i.run(loop, r.text, uint64(first), uint64(last), uint64(i.scratch))
		// Fonts are read through the same buffer, so the records are copied.
		r.records = append(r.records[:0], i.read(i.scratch, uint32(last-first)*recordSize)...)
		for k := first; k < last && i.err == nil; k++ {
			r.char(k, r.records[(k-first)*recordSize:])
		}
	}
	return nil
}

// char reads one record of the loop.
func (r *reader) char(k int, record []byte) {
	v := func(n int) float64 {
		f := math.Float64frombits(binary.LittleEndian.Uint64(record[8*n:]))
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return 0
		}
		return f
	}
	word := func(n int) uint32 { return binary.LittleEndian.Uint32(record[48+4*n:]) }
	c := describe.Char{
		Rune:      rune(int32(word(0))),
		Generated: word(1) == 1,
		Hyphen:    word(2) == 1,
		Font:      -1,
	}
	c.X0, c.Y0, c.X1, c.Y1 = r.frame.rect(v(0), v(2), v(1), v(3))
	c.X, c.Y = r.frame.point(v(4), v(5))
	if r.fonts != nil {
		r.fonts.style(&c, uint64(k), word(3))
	}
	r.chars = append(r.chars, c)
}

// style is what the characters of one text object share.
type style struct {
	size         float64
	font         int
	bold, italic bool
}

// fontReader reads fonts once per text object: characters that were drawn
// together share them.
type fontReader struct {
	instance *instance
	text     uint64
	known    map[uint32]style
	names    []string
}

// style sets the style of character k, which belongs to a text object.
func (f *fontReader) style(c *describe.Char, k uint64, object uint32) {
	if object == 0 { // generated white space belongs to none
		return
	}
	s, ok := f.known[object]
	if !ok {
		s = f.read(k)
		f.known[object] = s
	}
	c.Size, c.Font, c.Bold, c.Italic = s.size, s.font, s.bold, s.italic
}

// Bits of a font descriptor's flags (ISO 32000-1, table 123), and the weight
// from which a font counts as bold where its name does not say.
const (
	flagItalic    = 1 << 6
	flagForceBold = 1 << 18
	boldWeight    = 650
)

func (f *fontReader) read(k uint64) style {
	i := f.instance
	at := uint64(i.scratch)
	size := math.Float64frombits(i.call("FPDFText_GetFontSize", f.text, k))
	weight := i.callInt("FPDFText_GetFontWeight", f.text, k)
	if i.callInt("FPDFText_GetMatrix", f.text, k, at) != 0 {
		m := i.float32s(6)
		size *= math.Hypot(m[2], m[3])
	}
	flags := at + scratchSize - 8
	n := uint32(i.call("FPDFText_GetFontInfo", f.text, k, at, scratchSize/2, flags))
	name := fontName(i.bytesText(n))
	bits := binary.LittleEndian.Uint32(i.read(uint32(flags), 4))
	lower := strings.ToLower(name)
	return style{
		size:   math.Round(math.Abs(size)*100) / 100,
		font:   f.index(name),
		bold:   containsAny(lower, "bold", "black", "heavy") || bits&flagForceBold != 0 || weight >= boldWeight,
		italic: bits&flagItalic != 0 || containsAny(lower, "italic", "oblique"),
	}
}

func (f *fontReader) index(name string) int {
	for k, n := range f.names {
		if n == name {
			return k
		}
	}
	f.names = append(f.names, name)
	return len(f.names) - 1
}

// fontName drops the tag of a font subset: "ABCDEF+Garamond" (§9.6.4).
func fontName(s string) string {
	if len(s) > 7 && s[6] == '+' && strings.ToUpper(s[:6]) == s[:6] {
		return s[7:]
	}
	return s
}

func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
