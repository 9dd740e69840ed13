// Package fixity proves that files are what they were: it reads each file and
// compares its SHA-256 with its name.
//
// It belongs to preserve, which goes along the whole way of the data. It
// stores nothing and repairs nothing.
package fixity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/files"
)

// Check reads the file and compares it with its name. Errors: NotFound when it
// is missing, Conflict when its bytes are not what they were, Unavailable when
// it cannot be read.
func Check(ctx context.Context, store files.Store, sha string) error {
	const op = "check file"
	r, err := store.Open(ctx, sha)
	if err != nil {
		return err
	}
	defer r.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, sha, err)
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != sha {
		return greyshelf.Errorf(greyshelf.Conflict, op, sha, "the bytes are not what they were: their SHA-256 is now %s", got)
	}
	return nil
}
