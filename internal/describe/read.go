package describe

import (
	"context"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// Which pages are read with fonts: the title, the authors and the imprint
// stand on the first and last ones.
const (
	fontsFront = 4
	fontsBack  = 2
)

// readBudget is how long reading one file may take over all its pages; each
// page has the engine's own deadline besides.
const readBudget = 5 * time.Minute

// maxText is how many characters a file may have over all its pages, ten times
// a very long report: beyond it memory, not paper, would be the limit.
const maxText = 30_000_000

// scanLetters is the number of characters from which a page counts as having a
// text layer: stamps and page numbers are shorter.
const scanLetters = 20

// Reader reads files: the text layer of their pages, and where a page is only a
// picture, the words that can be recognised on it.
type Reader struct {
	Engine     Engine
	Recognizer Recognizer // nil: pages that are pictures stay without text

	RecognizePages int           // pictures read of one file; 0 = 500, negative = none
	RecognizeTime  time.Duration // for all pictures of one file; 0 = ten minutes

	// Progress, which may be nil, is called after each page; pages that are
	// recognised count a second time.
	Progress func(page, of int)
}

// Read is [Reader.Read] without recognition.
func Read(ctx context.Context, engine Engine, data []byte, name string, progress func(page, of int)) (*Document, error) {
	return Reader{Engine: engine, Progress: progress}.Read(ctx, data, name)
}

// Read opens data and reads every page. A page that cannot be read is kept as
// an empty one and named in Failed; a file none of whose pages can be read is
// refused with the first page's reason. A picture that cannot be read is no
// error: Recognition names it.
//
// Errors are those of [Engine.Open], TooLarge when the text layers take longer
// than five minutes or hold more than thirty million characters, and
// Unavailable when ctx ends.
func (r Reader) Read(ctx context.Context, data []byte, name string) (*Document, error) {
	budget, cancel := context.WithTimeout(ctx, readBudget)
	defer cancel()
	file, err := r.Engine.Open(budget, data)
	if err != nil {
		return nil, ofFile(err, name)
	}
	defer file.Close()

	doc := &Document{Info: file.Info(), Bytes: int64(len(data)), Name: name, TextVersion: r.Engine.Version()}
	doc.Beside = doc.Info.Stated
	if doc.Info.TextVersion != "" {
		doc.TextVersion = doc.Info.TextVersion
	}
	if doc.Info.MediaType == "text/html" && strings.EqualFold(path.Ext(name), ".pdf") {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "read", name, "it is named as a PDF and is a web page: most likely what a server answered instead of the file")
	}
	if err := readPages(budget, file, doc, r.Progress); err != nil {
		if ctx.Err() == nil && budget.Err() != nil {
			err = greyshelf.Errorf(greyshelf.TooLarge, "read", name, "reading its pages took longer than %v", readBudget)
		}
		return nil, ofFile(err, name)
	}
	doc.Info.Facts.Scan = isScan(doc)
	if err := r.recognize(ctx, file, doc); err != nil {
		return nil, ofFile(err, name)
	}
	if _, flows := file.(TextFile); !flows { // flowing text is divided at spaces only
		joinHyphens(doc)
	}
	return doc, nil
}

func readPages(ctx context.Context, file File, doc *Document, progress func(page, of int)) error {
	n := doc.Info.Pages
	var first error
	chars := 0
	doc.Pages = make([]Page, 0, min(n, 1000))
	for k := 1; k <= n; k++ {
		page, letters, err := readPage(ctx, file, doc, k)
		switch {
		case err != nil && (ctx.Err() != nil || greyshelf.KindOf(err) == greyshelf.Unavailable):
			return err
		case err != nil:
			doc.Failed = append(doc.Failed, k)
			if first == nil {
				first = err
			}
		}
		if chars += letters; chars > maxText {
			return greyshelf.Errorf(greyshelf.TooLarge, "read", "", "its pages hold more than %d million characters", maxText/1_000_000)
		}
		doc.Pages = append(doc.Pages, page)
		if progress != nil {
			progress(k, n)
		}
	}
	if len(doc.Failed) == n {
		return first
	}
	return nil
}

// readPage reads page k of the file and counts its characters.
func readPage(ctx context.Context, file File, doc *Document, k int) (Page, int, error) {
	if text, ok := file.(TextFile); ok {
		page, err := text.TextPage(ctx, k)
		return page, utf8.RuneCountInString(page.Text), err
	}
	fonts := k <= fontsFront || k > doc.Info.Pages-fontsBack
	raw, err := file.Page(ctx, k, fonts)
	return newPage(k, label(doc.Info.Labels, k), raw, fonts), len(raw.Chars), err
}

func label(labels []string, index int) string {
	if index > len(labels) {
		return ""
	}
	return labels[index-1]
}

// isScan reports whether pages are images without a text layer.
func isScan(doc *Document) bool {
	images := false
	for i := range doc.Pages {
		if utf8.RuneCountInString(doc.Pages[i].Text) >= scanLetters {
			return false
		}
		images = images || doc.Pages[i].Image
	}
	return images
}

// ofFile puts the file's name into an error that has no subject.
func ofFile(err error, name string) error {
	kind := greyshelf.KindOf(err)
	return greyshelf.E(kind, "read", name, err)
}
