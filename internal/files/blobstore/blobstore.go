// Package blobstore keeps the bytes of files through gocloud.dev/blob: in a
// folder now, in S3-compatible storage by the same code later.
//
// It is a backend of the port internal/files. It stores each file under
// "ab/abcdef…", its SHA-256 in a folder of the first two digits; docs/format.md
// says so to those who read the folder without this program.
package blobstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"syscall"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/gcerrors"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/files"
)

// Options set up a store.
type Options struct {
	MaxBytes int64 // a longer file is TooLarge; 0 = no limit
	// Write, where set, stands between the store and the disk: a disk that
	// fails, for tests.
	Write func(io.Writer) io.Writer
}

// Store keeps files in a bucket. It is safe for concurrent use, also by
// several processes.
type Store struct {
	bucket  *blob.Bucket
	options Options
	staging string // folder for bytes whose name is not known yet
	dir     string // the folder of a store in a folder; empty where the bucket keeps things durable itself
}

// OpenDir opens a store in a folder, which is made when absent.
func OpenDir(dir string, o Options) (*Store, error) {
	const op = "open the files"
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, op, dir, err)
	}
	staging := filepath.Join(dir, ".incoming")
	if err := os.MkdirAll(staging, 0o750); err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, op, dir, err)
	}
	sweep(staging)
	// Without attribute files, and with temporary files in the same folder, so
	// that the rename is whole.
	bucket, err := fileblob.OpenBucket(dir, &fileblob.Options{Metadata: fileblob.MetadataDontWrite, NoTempDir: true, DirFileMode: 0o750})
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, op, dir, err)
	}
	return &Store{bucket: bucket, options: o, staging: staging, dir: dir}, nil
}

// abandoned is the age at which bytes on their way belong to nobody any more.
const abandoned = 24 * time.Hour

// sweep removes what killed processes left in the staging folder.
func sweep(staging string) {
	entries, _ := os.ReadDir(staging)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = os.Remove(filepath.Join(staging, e.Name()))
		}
	}
}

// Open keeps files in a bucket that is durable by itself; bytes on their way
// wait in the staging folder.
func Open(bucket *blob.Bucket, staging string, o Options) *Store {
	return &Store{bucket: bucket, options: o, staging: staging}
}

// Close closes the bucket.
func (s *Store) Close() error { return s.bucket.Close() }

const opPut = "keep the file"

// Put keeps the bytes. They wait in a staging file until their name is known:
// what is interrupted leaves a temporary file only, which Clean removes.
func (s *Store) Put(ctx context.Context, r io.Reader) (files.Stored, error) {
	staged, stored, err := s.stage(ctx, r)
	if err != nil {
		return files.Stored{}, err
	}
	defer os.Remove(staged.Name())
	defer staged.Close()
	if size, err := s.Stat(ctx, stored.SHA256); err != nil || size != stored.Bytes {
		if err := s.write(ctx, key(stored.SHA256), staged); err != nil {
			return files.Stored{}, unavailable(opPut, stored.SHA256, err)
		}
	}
	if err := s.syncName(key(stored.SHA256)); err != nil {
		return files.Stored{}, unavailable(opPut, stored.SHA256, err)
	}
	return stored, nil
}

// stage copies r to a file and names it.
func (s *Store) stage(ctx context.Context, r io.Reader) (*os.File, files.Stored, error) {
	staged, err := os.CreateTemp(s.staging, stagedName)
	if err != nil {
		return nil, files.Stored{}, unavailable(opPut, "", err)
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(s.throttled(staged), hash), &bounded{ctx: ctx, r: r, left: s.options.MaxBytes})
	if err == nil {
		_, err = staged.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = staged.Close()
		_ = os.Remove(staged.Name())
		return nil, files.Stored{}, unavailable(opPut, "", err)
	}
	return staged, files.Stored{SHA256: hex.EncodeToString(hash.Sum(nil)), Bytes: n}, nil
}

// throttled puts what the options say before a writer.
func (s *Store) throttled(w io.Writer) io.Writer {
	if s.options.Write == nil {
		return w
	}
	return s.options.Write(w)
}

// bounded reads until the context ends or more than left bytes came.
type bounded struct {
	ctx  context.Context
	r    io.Reader
	left int64 // 0 at the beginning = no limit
	past int64
}

// Read reads on.
func (b *bounded) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := b.r.Read(p)
	b.past += int64(n)
	if b.left > 0 && b.past > b.left {
		return 0, greyshelf.Errorf(greyshelf.TooLarge, opPut, "", "the file is larger than %s, the most that is taken", greyshelf.FormatSize(b.left))
	}
	return n, err
}

// write copies the staged bytes to their key. In a folder they are on the disk
// before they get their name, so that a name never stands for less.
func (s *Store) write(ctx context.Context, key string, r io.Reader) error {
	// A writer that is closed with a live context keeps what it has; after a
	// failure the context ends first, so that nothing half is kept.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var file *os.File // under its temporary name, in a folder
	w, err := s.bucket.NewWriter(ctx, key, &blob.WriterOptions{
		ContentType: "application/octet-stream",
		BeforeWrite: func(as func(any) bool) error { as(&file); return nil },
	})
	if err != nil {
		return err
	}
	_, err = io.Copy(s.throttled(w), r)
	if err == nil && file != nil {
		err = file.Sync()
	}
	if err != nil {
		cancel()
		_ = w.Close()
		return err
	}
	return w.Close()
}

// syncName brings the name of a key in a folder, and the name of its folder,
// to the disk.
func (s *Store) syncName(key string) error {
	if s.dir == "" {
		return nil
	}
	folder := filepath.Dir(filepath.Join(s.dir, filepath.FromSlash(key)))
	for _, path := range []string{folder, s.dir} {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		err = f.Sync()
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil && !errors.Is(err, syscall.EINVAL) { // some systems cannot sync a folder
			return err
		}
	}
	return nil
}

// Open gives the bytes of a file.
func (s *Store) Open(ctx context.Context, sha string) (io.ReadSeekCloser, error) {
	const op = "open the file"
	if err := checkName(op, sha); err != nil {
		return nil, err
	}
	r, err := s.bucket.NewReader(ctx, key(sha), nil)
	if err != nil {
		return nil, missing(op, sha, err)
	}
	return r, nil
}

// Stat gives the length of a file.
func (s *Store) Stat(ctx context.Context, sha string) (int64, error) {
	const op = "find the file"
	if err := checkName(op, sha); err != nil {
		return 0, err
	}
	attributes, err := s.bucket.Attributes(ctx, key(sha))
	if err != nil {
		return 0, missing(op, sha, err)
	}
	return attributes.Size, nil
}

// Names gives the name of every file, folder by folder: a folder of the system
// is walked anew for every thousand names asked for.
func (s *Store) Names(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for folder, err := range s.list(ctx, &blob.ListOptions{Delimiter: "/"}) {
			if err != nil {
				yield("", err)
				return
			}
			for object, err := range s.list(ctx, &blob.ListOptions{Prefix: folder}) {
				if err != nil {
					yield("", err)
					return
				}
				if sha := path.Base(object); name.MatchString(sha) && object == key(sha) && !yield(sha, nil) {
					return
				}
			}
		}
	}
}

// list gives keys of the bucket.
func (s *Store) list(ctx context.Context, o *blob.ListOptions) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		objects := s.bucket.List(o)
		for {
			object, err := objects.Next(ctx)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield("", unavailable("list the files", "", err))
				return
			}
			if !yield(object.Key, nil) {
				return
			}
		}
	}
}

// name is what a file may be called; anything else never reaches the disk.
var name = regexp.MustCompile(`^[0-9a-f]{64}$`)

func checkName(op, sha string) error {
	if !name.MatchString(sha) {
		return greyshelf.Errorf(greyshelf.NotFound, op, sha, "this is not the name of a file")
	}
	return nil
}

// key gives where a file lies; sha is a name of a file.
func key(sha string) string { return sha[:2] + "/" + sha }

func missing(op, sha string, err error) error {
	if gcerrors.Code(err) == gcerrors.NotFound {
		return greyshelf.Errorf(greyshelf.NotFound, op, sha, "the library does not have this file")
	}
	return unavailable(op, sha, err)
}

// unavailable gives an error its kind; one that has a kind keeps it.
func unavailable(op, subject string, err error) error {
	var known *greyshelf.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return greyshelf.Errorf(greyshelf.Unavailable, op, subject, "the disk is full: %w", err)
	}
	return greyshelf.E(greyshelf.Unavailable, op, subject, err)
}
