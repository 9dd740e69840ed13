package blobstore_test

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gocloud.dev/blob/memblob"

	"github.com/greyshelf/greyshelf/internal/files"
	"github.com/greyshelf/greyshelf/internal/files/blobstore"
	"github.com/greyshelf/greyshelf/internal/files/filestest"
)

func TestFolder(t *testing.T) {
	filestest.Run(t, func(t testing.TB, write func(io.Writer) io.Writer) files.Store {
		s, err := blobstore.OpenDir(filepath.Join(t.TempDir(), "files"), blobstore.Options{Write: write})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	})
}

// TestMemory runs the suite on the bucket kind that S3 will take the place of.
func TestMemory(t *testing.T) {
	filestest.Run(t, func(t testing.TB, write func(io.Writer) io.Writer) files.Store {
		s := blobstore.Open(memblob.OpenBucket(nil), t.TempDir(), blobstore.Options{Write: write})
		t.Cleanup(func() { s.Close() })
		return s
	})
}

// TestLayout holds what docs/format.md says of the folder.
func TestLayout(t *testing.T) {
	dir := t.TempDir()
	s, err := blobstore.OpenDir(dir, blobstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Put(t.Context(), strings.NewReader("abc")); err != nil {
		t.Fatal(err)
	}
	var found []string
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			found = append(found, path)
		}
		return err
	})
	want := filepath.Join(dir, "ba", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
	if err != nil || len(found) != 1 || found[0] != want {
		t.Errorf("found %v (%v), want %s", found, err, want)
	}
	if data, err := os.ReadFile(want); err != nil || string(data) != "abc" {
		t.Errorf("%q, %v", data, err)
	}
}
