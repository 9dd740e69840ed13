// Package files is the port to the bytes of the library, kept by SHA-256.
//
// It stands beside the catalogue under every stage: acquire puts, describe,
// web and preserve read. Bytes are written wholly and durably before the
// catalogue says that they exist, and are never changed. It knows nothing of
// reports.
package files

import (
	"context"
	"io"
	"iter"
)

// Store keeps bytes by their SHA-256.
type Store interface {
	// Put reads r to its end, keeps the bytes and gives their name and length.
	// When it returns without error the bytes are on the disk (fsync). Putting
	// the same bytes again is allowed and cheap. Nothing is left behind by a
	// failed Put; an interrupted one leaves a temporary file at most.
	// Errors: Unavailable (disk full).
	Put(ctx context.Context, r io.Reader) (Stored, error)
	// Open gives the bytes. Errors: NotFound.
	Open(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
	// Stat gives the length in bytes. Errors: NotFound.
	Stat(ctx context.Context, sha256 string) (int64, error)
	// Names gives the SHA-256 of everything stored, in no order.
	Names(ctx context.Context) iter.Seq2[string, error]
	Close() error
}

// Stored is what [Store.Put] kept.
type Stored struct {
	SHA256 string // 64 lower-case hexadecimal digits
	Bytes  int64
}
