package identify

import "context"

// Index is the port to an inverted index from keys to files. It can be deleted
// and made again. A backend passes the suite identifytest.
type Index interface {
	// Put keeps the keys of files, in place of those they had, all or none.
	// Errors: Unavailable.
	Put(ctx context.Context, files ...Keyed) error
	// Drop forgets a file.
	Drop(ctx context.Context, file string) error
	// Sharing gives the files that have at least one of the keys, most shared
	// keys first, at most limit. A key that very many files have tells nothing
	// and may be passed over.
	Sharing(ctx context.Context, keys []uint64, limit int) ([]Shared, error)
	// Mark and SetMark keep how far the outbox was read (catalog.Outbox): an
	// index that was deleted begins at 0 again.
	Mark(ctx context.Context) (int64, error)
	SetMark(ctx context.Context, mark int64) error
	Close() error
}

// Keyed is a file and its keys.
type Keyed struct {
	File string // SHA-256
	Keys []uint64
}

// Shared is a file and how many keys it shares.
type Shared struct {
	File string // SHA-256
	Keys int
}
