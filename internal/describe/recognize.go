package describe

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"github.com/greyshelf/greyshelf"
)

const (
	widestPicture = 2400 // pixels that a page image may be wide
	failuresInRow = 5    // the recognizer is given up after so many
	leastSure     = 0.40 // a page read less surely is a picture, not text
)

// recognize reads the pages that are pictures, the cover and the other pages
// with the title and the imprint first. What cannot be read is left as it is
// and named with its reason; only the end of ctx is an error.
func (r Reader) recognize(ctx context.Context, file File, doc *Document) error {
	pages := pictures(doc)
	if r.Recognizer == nil || len(pages) == 0 || r.RecognizePages < 0 {
		return nil
	}
	w := recognition{Recognizer: r.Recognizer, file: file, doc: doc}
	version, err := r.Recognizer.Ready(ctx)
	if err != nil {
		for _, page := range pages {
			w.leave(page, greyshelf.ReasonOf(err))
		}
		w.finish()
		return ended(ctx)
	}
	w.Engine = version
	limited, cancel := context.WithTimeout(ctx, r.recognizeTime())
	defer cancel()
	for i, page := range pages {
		switch {
		case i >= r.recognizePages():
			w.leave(page, fmt.Sprintf("more than %d pages of the file are pictures", r.recognizePages()))
		case w.failures == failuresInRow:
			w.leave(page, "reading the pages before it failed")
		case limited.Err() != nil:
			w.leave(page, fmt.Sprintf("reading the pictures of the file took longer than %v", r.recognizeTime()))
		default:
			w.read(limited, page)
		}
		if err := ended(ctx); err != nil {
			return err
		}
		if r.Progress != nil {
			r.Progress(len(doc.Pages)+i+1, len(doc.Pages)+len(pages))
		}
	}
	w.finish()
	return nil
}

func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "read", "", err)
	}
	return nil
}

func (r Reader) recognizePages() int {
	if r.RecognizePages == 0 {
		return recognizePages
	}
	return r.RecognizePages
}

func (r Reader) recognizeTime() time.Duration {
	if r.RecognizeTime == 0 {
		return recognizeTime
	}
	return r.RecognizeTime
}

// pictures gives the pages (index from 1) that are pictures without a text
// layer, in the order in which they are read.
func pictures(doc *Document) []int {
	var first, rest []int
	for i := range doc.Pages {
		p := &doc.Pages[i]
		switch {
		case !p.Image || utf8.RuneCountInString(p.Text) >= scanLetters:
		case i < fontsFront || i >= len(doc.Pages)-fontsBack:
			first = append(first, i+1)
		default:
			rest = append(rest, i+1)
		}
	}
	return append(first, rest...)
}

// recognition reads the pictures of one document.
type recognition struct {
	Recognition
	Recognizer
	file     File
	doc      *Document
	text     []rune // read so far, for its language
	failures int    // in a row
}

func (w *recognition) leave(page int, reason string) {
	w.Left = append(w.Left, Unread{Page: page, Reason: reason})
}

// read reads one page.
func (w *recognition) read(ctx context.Context, index int) {
	page := &w.doc.Pages[index-1]
	cols := min(int(math.Round(page.Width/72*RecognizeResolution)), widestPicture)
	png, err := w.file.Image(ctx, index, cols)
	var found Recognized
	if err == nil {
		found, err = w.Recognize(ctx, png, int(float64(cols)*72/page.Width), w.languages())
	}
	if err != nil {
		w.failures++
		w.leave(index, greyshelf.ReasonOf(err))
		return
	}
	w.failures = 0
	read := newRecognizedPage(page, found)
	if len(read.Sure) == 0 {
		return // a photograph or an empty sheet: there is nothing to read
	}
	if sure := read.sure(greyshelf.Box{0, 0, 1, 1}); sure < leastSure {
		w.leave(index, fmt.Sprintf("its letters could not be told for certain (confidence %.2f)", sure))
		return
	}
	w.doc.Pages[index-1] = read
	w.Pages++
	if len(w.text) < languageText {
		w.text = append(append(w.text, []rune(read.Text)...), '\n')
	}
}

// languages gives the language of the pages read so far, nil while they are
// too short to tell.
func (w *recognition) languages() []string {
	letters := 0
	for _, r := range w.text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < manyLetters {
		return nil
	}
	info := whatlanggo.DetectWithOptions(string(w.text), whatlanggo.Options{Whitelist: writtenLanguages()})
	if tag := info.Lang.Iso6391(); tag != "" {
		return []string{tag}
	}
	return nil
}

// finish writes into the document what was read and what was not.
func (w *recognition) finish() {
	slices.SortFunc(w.Left, func(a, b Unread) int { return a.Page - b.Page })
	w.doc.Info.Facts.OCR = w.Pages > 0
	w.doc.Recognition = &w.Recognition
	if w.Engine != "" {
		w.doc.Info.Facts.Unread = len(w.Left)
	}
	if w.Pages > 0 {
		w.doc.TextVersion += "+" + w.Engine
	}
}
