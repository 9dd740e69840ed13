// Package flow reads reports whose text flows: HTML, EPUB and DOCX. It is a
// backend of describe.Engine beside the one for PDFs: it gives the text in
// pages, the headings as outline, and what the file states of itself (Dublin
// Core of an EPUB's package, the core properties of a DOCX, the metadata of an
// HTML page) as findings for package describe to weigh.
//
// Pages are those of the printed report where the file says where they break
// (EPUB: page breaks with their labels; DOCX: where Word last broke them).
// Otherwise they are sections of a few thousand characters that begin at
// headings where they can, and Facts.Sections says so. There is no picture of
// a page.
//
// The bytes are hostile. They are parsed in this process: the readers of ZIP,
// XML and HTML are memory-safe Go, nothing in a file is executed, fetched or
// expanded (DTDs and entities are not read, styles, scripts and pictures not
// looked at), nesting costs a counter and no stack, and every size (entries,
// bytes of an entry, ratio, blocks, characters, pages) has a limit; so a child
// process would guard against nothing more. It stores nothing.
package flow

import (
	"bytes"
	"context"
	"net/http"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// Version is the text version of files read here.
const Version = "flow@1"

// The limits of one file.
const (
	mostMarkup  = 64 << 20   // bytes of an HTML file, or of one part of an archive
	mostAll     = 256 << 20  // bytes of all parts read of an archive
	mostEntries = 20_000     // parts of an archive
	mostRatio   = 200        // of a part's size to its compressed size, from a megabyte on
	mostRunes   = 30_000_000 // of text
	mostBlocks  = 1_000_000
	mostPages   = 50_000
	mostNested  = 10_000 // elements of XML within each other
)

// Engine reads flowing files here and hands all others on. It is safe for
// concurrent use.
type Engine struct{ describe.Engine }

// Beside makes the engine; others reads what does not flow.
func Beside(others describe.Engine) *Engine { return &Engine{others} }

// Open reads data as the kind of file that its bytes say it is. Errors:
// Invalid, TooLarge, Unavailable when ctx ends, and those of the other engine.
func (e *Engine) Open(ctx context.Context, data []byte) (describe.File, error) {
	switch kind(data) {
	case greyshelf.TypeHTML:
		return openHTML(ctx, data)
	case "application/zip":
		return openZIP(ctx, data)
	}
	return e.Engine.Open(ctx, data)
}

// kind tells what a file is by its first bytes; "" for what is not read here.
func kind(data []byte) string {
	head := data[:min(len(data), 1024)]
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return ""
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "application/zip"
	case isHTML(head):
		return greyshelf.TypeHTML
	}
	return ""
}

// isHTML reports whether a file begins as HTML does, also in its XML form.
func isHTML(head []byte) bool {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return bytes.Contains(bytes.ToLower(head), []byte("<html"))
	}
	return bytes.HasPrefix([]byte(http.DetectContentType(head)), []byte("text/html"))
}

// file is an opened file: its pages as blocks of text.
type file struct {
	info  describe.Info
	pages []page
}

// Info gives what the file says of itself as a whole.
func (f *file) Info() describe.Info { return f.info }

// TextPage lays a page out in lines.
func (f *file) TextPage(ctx context.Context, index int) (describe.Page, error) {
	if err := ctx.Err(); err != nil {
		return describe.Page{}, greyshelf.E(greyshelf.Unavailable, "read page", "", err)
	}
	if index < 1 || index > len(f.pages) {
		return describe.Page{}, greyshelf.Errorf(greyshelf.NotFound, "read page", "", "there is no page %d", index)
	}
	return layout(index, f.pages[index-1]), nil
}

// Page is of no use here: the text has no characters with places.
func (f *file) Page(context.Context, int, bool) (describe.RawPage, error) {
	return describe.RawPage{}, greyshelf.Errorf(greyshelf.Invalid, "read page", "", "its text flows; it has no characters that stand on a page")
}

// Image is refused: there is no picture of flowing text.
func (f *file) Image(context.Context, int, int) ([]byte, error) {
	return nil, greyshelf.Errorf(greyshelf.NotFound, "render page", "", "its text flows; there is no picture of its pages")
}

// Close lets the text go.
func (f *file) Close() error {
	f.pages = nil
	return nil
}

var _ describe.TextFile = (*file)(nil)
