// Package pages is the port to the texts and word boxes of pages, kept per
// file and text version, and to the cache of thumbnails and page images.
//
// It stands between describe, which makes the texts, and search, web and
// evidence, which read them. A newer engine makes a new version beside the
// old. The texts are part of the library (backed up); the cache can be deleted
// at any time. It knows nothing of reports or rights.
package pages

import (
	"context"
	"iter"

	"github.com/greyshelf/greyshelf"
)

// Store keeps the pages of files.
type Store interface {
	// Put keeps all pages of the file in the version, in one transaction,
	// replacing what was there. Errors: Unavailable (disk full).
	Put(ctx context.Context, sha256, version string, pages []greyshelf.Page) error
	// Page gives one page with its words. Errors: NotFound.
	Page(ctx context.Context, sha256, version string, index int) (greyshelf.Page, error)
	// Pages gives every page in order, without words: index, label, size, text.
	Pages(ctx context.Context, sha256, version string) iter.Seq2[greyshelf.Page, error]
	// Versions gives the text versions kept of the file, oldest first.
	Versions(ctx context.Context, sha256 string) ([]string, error)
	// Backup writes a consistent copy to a new file at path.
	Backup(ctx context.Context, path string) error
	Close() error
}

// Cache keeps rendered images. Losing an entry costs time only, so it has no
// errors: a failed Put is a miss later.
type Cache interface {
	Get(ctx context.Context, key string) ([]byte, bool)
	Put(ctx context.Context, key string, data []byte)
}
