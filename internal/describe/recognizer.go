package describe

import (
	"context"
	"time"

	"github.com/greyshelf/greyshelf"
)

// Recognizer reads the words off pictures of pages (the port;
// internal/describe/ocr is the backend). It is safe for concurrent use. Each
// picture has a deadline and limits of the recognizer's own besides ctx.
type Recognizer interface {
	// Ready gives engine and version, "tesseract-5.3.0@1", as they stand in
	// the text version of files with recognised pages. Errors: Unavailable
	// when nothing on this machine can read pictures; the reason says what is
	// missing.
	Ready(ctx context.Context) (version string, err error)
	// Recognize reads a PNG of one page at the given resolution in dots an
	// inch. languages (BCP 47) are those of the pages read before, the likeliest
	// first; without, it finds out. A picture without words gives no lines and
	// no error. Errors: TooLarge (a limit was reached), Invalid (the engine
	// failed or answered nonsense), Unavailable (ctx ended).
	Recognize(ctx context.Context, png []byte, dpi int, languages []string) (Recognized, error)
}

// Recognized is what was read off the picture of a page, in reading order.
type Recognized struct {
	Lines []RecognizedLine
}

// RecognizedLine is a line with at least one word.
type RecognizedLine struct {
	Size  float64 // of the font, in 0..1 of the picture's height
	Words []RecognizedWord
}

// RecognizedWord is a word with its place in the picture.
type RecognizedWord struct {
	Text       string
	Box        greyshelf.Box // in 0..1 of the picture; as tall as its line at this place
	Confidence float64       // 0..1, as the engine judges
}

// Recognition says what was read off pictures of pages and what was not.
type Recognition struct {
	Engine string   `json:"engine,omitempty"` // engine and version: "tesseract-5.3.0@1"; empty where none is ready
	Pages  int      `json:"pages"`            // pages whose text was recognised
	Left   []Unread `json:"left,omitempty"`   // pages that stay without text, in their order
}

// Unread is a page whose picture was not read.
type Unread struct {
	Page   int    `json:"page"` // index from 1
	Reason string `json:"reason"`
}

// Limits of recognition where [Reader] names none.
const (
	recognizePages = 500
	recognizeTime  = 10 * time.Minute
)

// RecognizeResolution is the resolution in dots an inch at which pages are
// rendered for a [Recognizer]; docs/decisions/0007-ocr.md says why. Pages wider
// than twelve inches get less: page images have a largest width.
const RecognizeResolution = 200
