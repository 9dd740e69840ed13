package embed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/files"
	"github.com/greyshelf/greyshelf/internal/pages"
)

// op is what failed, in errors.
const op = "copy the PDF with its record"

// Keeper makes copies of PDFs with their record inside and keeps what it has
// appended in a cache, also that a file gets no copy. It is safe for concurrent
// use; one record is written at a time.
type Keeper struct {
	files  files.Store
	cache  pages.Cache
	writer Writer
	turn   chan struct{}
}

// NewKeeper makes a keeper.
func NewKeeper(f files.Store, c pages.Cache, w Writer) *Keeper {
	return &Keeper{files: f, cache: c, writer: w, turn: make(chan struct{}, 1)}
}

// Copy gives the copy of the file that the record names. The same record gives
// the same copy. Rights are the caller's to ask, and the caller closes it.
// Errors: those of [Writer.Tail], and NotFound.
func (k *Keeper) Copy(ctx context.Context, r Record) (*Copy, error) {
	key, tag, err := k.key(r)
	if err != nil {
		return nil, err
	}
	tail, err := k.tail(ctx, key, r)
	if err != nil {
		return nil, err
	}
	file, err := k.files.Open(ctx, r.SHA256)
	if err != nil {
		return nil, err
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err == nil && size != r.Bytes {
		err = greyshelf.Errorf(greyshelf.Internal, op, r.SHA256, "the file has %d bytes, its record says %d", size, r.Bytes)
	}
	if err != nil {
		_ = file.Close() // the first error counts
		return nil, err
	}
	return newCopy(file, size, tail, tag), nil
}

// key gives the key of the cache and the tag of the copy: they change with the
// file, with what the record says (so with every decision on the report), and
// with the writer.
func (k *Keeper) key(r Record) (key, tag string, err error) {
	said, err := json.Marshal(r)
	if err != nil || len(r.SHA256) != 64 {
		return "", "", greyshelf.Errorf(greyshelf.Internal, op, r.SHA256, "the record cannot be written: %v", err)
	}
	sum := sha256.Sum256(append([]byte(k.writer.Version()+"\n"), said...))
	name := hex.EncodeToString(sum[:12])
	return r.SHA256[:2] + "/" + r.SHA256 + "-" + name, r.SHA256[:16] + "-" + name, nil
}

func (k *Keeper) tail(ctx context.Context, key string, r Record) ([]byte, error) {
	if kept, ok := k.cache.Get(ctx, key); ok {
		return recall(kept)
	}
	select {
	case k.turn <- struct{}{}:
		defer func() { <-k.turn }()
	case <-ctx.Done():
		return nil, greyshelf.E(greyshelf.Unavailable, op, r.SHA256, ctx.Err())
	}
	if kept, ok := k.cache.Get(ctx, key); ok {
		return recall(kept) // written while this reader waited
	}
	file, err := k.files.Open(ctx, r.SHA256)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	tail, err := k.writer.Tail(ctx, file, r)
	switch {
	case err == nil:
		k.cache.Put(ctx, key, append([]byte(made), tail...))
	case greyshelf.KindOf(err) == greyshelf.Invalid: // it will be so the next time too
		k.cache.Put(ctx, key, []byte(refused+greyshelf.ReasonOf(err)))
	}
	return tail, err
}

// The first byte of an entry of the cache says what the rest is.
const (
	made    = "+" // a tail
	refused = "-" // the reason why there is none
)

// recall reads an entry of the cache.
func recall(kept []byte) ([]byte, error) {
	if len(kept) > 0 && string(kept[:1]) == made {
		return kept[1:], nil
	}
	return nil, greyshelf.Errorf(greyshelf.Invalid, op, "", "%s", kept[min(1, len(kept)):])
}
