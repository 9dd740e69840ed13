package embed

import (
	"context"
	"io"
)

// Writer writes records into PDFs: what it gives stands behind the bytes of
// the file, which stay as they are.
type Writer interface {
	// Tail gives the bytes which, put behind those of the file, make a PDF with
	// the record inside. It reads file to its end. The same file and record give
	// the same bytes. A signed file gives a copy without the signature that says so
	// ([Record.Unsigned]). Errors: Invalid where no such copy can be made (the file
	// is encrypted, damaged, no PDF; the reason says which), TooLarge (also time and
	// memory), Unavailable.
	Tail(ctx context.Context, file io.Reader, r Record) ([]byte, error)
	// Version names the writer; it changes when the same file and record give
	// other bytes.
	Version() string
}
