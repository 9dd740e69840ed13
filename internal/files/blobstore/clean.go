package blobstore

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// stagedName is the pattern of files in the staging folder.
const stagedName = "greyshelf-*"

// leftover is what interrupted writes leave: a staged file, or a file of the
// store under fileblob's temporary name.
var leftover = regexp.MustCompile(`^(greyshelf-[0-9]+|[0-9a-f]{64}\.[0-9a-f]+\.tmp)$`)

// Clean removes the temporary files of interrupted writes that were last
// written before the time, and gives how many. A write under way writes all the
// time, so an hour ago is safe. Errors: Unavailable.
func (s *Store) Clean(ctx context.Context, before time.Time) (int, error) {
	removed := 0
	for _, dir := range []string{s.staging, s.dir} {
		if dir == "" {
			continue
		}
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || ctx.Err() != nil {
				return errors.Join(err, ctx.Err())
			}
			if !d.Type().IsRegular() || !leftover.MatchString(d.Name()) {
				return nil
			}
			info, err := d.Info()
			if err != nil || !info.ModTime().Before(before) {
				return nil // it is gone, or of a write under way
			}
			if os.Remove(path) == nil {
				removed++
			}
			return nil
		})
		if err != nil {
			return removed, unavailable("clean up", dir, err)
		}
	}
	return removed, nil
}
