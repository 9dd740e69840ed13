package describe

import "github.com/greyshelf/greyshelf"

// Document is what the field finders see: the lines of the first and last
// pages with fonts, the text of every page, and the file's own facts. It is
// read once and never leaves this package.
type Document struct {
	Info  Info
	Pages []Page // every page, by index-1
	Bytes int64
	Name  string // file name, the last witness

	Failed []int // pages (index from 1) that could not be read and stand empty

	TextVersion string       // engine and version, with those of the recognizer where it read a page: "pdfium-8044@1+tesseract-5.3.0@1"
	Recognition *Recognition // nil when no picture was to be read

	Beside []greyshelf.Finding // evidence beside the file: what its landing page states; nil without
}

// Page is one page with its lines. Lines carry sizes only on the pages that
// were read with fonts (see [Read]).
type Page struct {
	greyshelf.Page
	Lines []Line
	Fonts bool   // read with fonts
	Sure  []Sure // of each word recognised on the picture; nil for a page with a text layer
}

// Line is a run of text on one base line within one column, in content order.
type Line struct {
	Text       string
	Start, End int // code points in the page's text
	Box        greyshelf.Box
	Size       float64 // of most characters, points; 0 without fonts
	Font       string  // of most characters
	Bold       bool    // most characters
	Italic     bool
	Runs       []Run // changes of size, font or weight within the line
	Page       int   // index from 1
}

// Run is a part of a line in one size, font and weight.
type Run struct {
	Start, End int // code points in the page's text
	Size       float64
	Font       string
	Bold       bool
	Italic     bool
}
