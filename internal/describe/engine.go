package describe

import (
	"context"

	"github.com/greyshelf/greyshelf"
)

// Engine reads files of one kind (the port; internal/describe/pdf is the
// backend, describetest its suite). It is safe for concurrent use. Every step
// has a deadline and a memory limit of the engine's own besides ctx.
type Engine interface {
	// Version names engine and version, "pdfium-7543@1": the text version under
	// which page texts are kept. It changes whenever texts may differ.
	Version() string
	// Open reads data as a whole file. Errors: Invalid (no such file, broken,
	// encrypted; the reason says which), TooLarge (a limit was reached),
	// Unavailable (the engine cannot start). data must not change until Close.
	Open(ctx context.Context, data []byte) (File, error)
	// Close stops the engine; open files become unusable.
	Close() error
}

// File is an open file. It is used by one goroutine at a time and must be
// closed. After an error of kind Unavailable or TooLarge, later calls may
// still work: one bad page does not spoil the rest.
type File interface {
	// Info gives what the file says of itself as a whole.
	Info() Info
	// Page reads the characters of page index (from 1). With fonts, characters
	// carry size, weight and font; without, only rune and boxes, which is
	// several times quicker.
	Page(ctx context.Context, index int, fonts bool) (RawPage, error)
	// Image renders page index as a PNG of the given width in pixels.
	Image(ctx context.Context, index, width int) ([]byte, error)
	Close() error
}

// Info is what a file says of itself as a whole.
type Info struct {
	Pages   int
	Labels  []string // printed page labels by index-1; nil when the file has none (PDF 32000-1 §12.4.2)
	Outline []greyshelf.Outline
	Facts   greyshelf.Facts
	Meta    map[string]string   // document information dictionary: "Title", "Author", "CreationDate" … (§14.3.3)
	XMP     map[string][]string // XMP properties by qualified name: "dc:title", "dc:creator", "prism:doi" …; absent ones not in the map

	MediaType   string              // "application/epub+zip"; "" = "application/pdf"
	TextVersion string              // text version of this kind of file; "" = that of the engine
	Stated      []greyshelf.Finding // what the file states of itself in forms of its own ("opf@1"); weighed like evidence beside it
}

// TextFile is a [File] whose pages come as text: HTML, EPUB and DOCX have lines
// and headings, and no characters that stand anywhere.
type TextFile interface {
	File
	// TextPage gives page index (from 1) with its lines; Lines carry sizes, so
	// that headings are told from running text.
	TextPage(ctx context.Context, index int) (Page, error)
}

// RawPage is the content of one page in content order.
type RawPage struct {
	Width, Height float64 // points, as displayed (after rotation)
	Chars         []Char
	Fonts         []string // font names, indexed by Char.Font
	ImageShare    float64  // 0..1 of the page covered by images
}

// Char is one character in content order. Coordinates are points from the top
// left corner of the displayed page.
type Char struct {
	Rune           rune
	X0, Y0, X1, Y1 float64 // box of the glyph; may be empty for spaces
	X, Y           float64 // origin on the base line
	Size           float64 // font size in points as displayed; 0 without fonts
	Font           int     // index into RawPage.Fonts; -1 without fonts
	Bold, Italic   bool
	Hyphen         bool // a soft hyphen at the end of a line
	Generated      bool // white space that the engine put in; it stands nowhere on the page
}
