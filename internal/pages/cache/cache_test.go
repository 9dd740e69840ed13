package cache_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/pages/cache"
)

var _ pages.Cache = (*cache.Dir)(nil)

func TestGetPut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "images")
	c := cache.New(dir, 1<<20)
	if _, ok := c.Get(t.Context(), "ab/1.png"); ok {
		t.Error("an empty cache has an entry")
	}
	c.Put(t.Context(), "ab/1.png", []byte("image"))
	if data, ok := c.Get(t.Context(), "ab/1.png"); !ok || string(data) != "image" {
		t.Errorf("got %q, %v", data, ok)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, ok := c.Get(t.Context(), "ab/1.png"); ok {
		t.Error("a deleted cache has an entry")
	}
	c.Put(t.Context(), "ab/1.png", []byte("again"))
	if _, ok := c.Get(t.Context(), "ab/1.png"); !ok {
		t.Error("a deleted cache does not begin anew")
	}
}

func TestKeysStayInside(t *testing.T) {
	parent := t.TempDir()
	c := cache.New(filepath.Join(parent, "images"), 1<<20)
	for _, key := range []string{"../out", "a/../../out", "/out", ""} {
		c.Put(t.Context(), key, []byte("x"))
	}
	if _, err := os.Stat(filepath.Join(parent, "out")); err == nil {
		t.Error("a key left the folder")
	}
}

func TestSizeIsBounded(t *testing.T) {
	dir := t.TempDir()
	const limit = 10_000
	c := cache.New(dir, limit)
	for i := range 100 {
		c.Put(t.Context(), fmt.Sprintf("%d.png", i), bytes.Repeat([]byte("x"), 500))
	}
	var size int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil || size > limit || size == 0 {
		t.Errorf("the cache holds %d bytes (%v), the limit is %d", size, err, limit)
	}
}
