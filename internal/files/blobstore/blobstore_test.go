package blobstore_test

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gocloud.dev/blob/memblob"

	"github.com/greyshelf/greyshelf"
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

// TestClean removes what interrupted writes left, and nothing else.
func TestClean(t *testing.T) {
	dir := t.TempDir()
	s, err := blobstore.OpenDir(dir, blobstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	stored, err := s.Put(t.Context(), strings.NewReader("abc"))
	if err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	for name, at := range map[string]time.Time{
		".incoming/greyshelf-123": old, "ba/" + stored.SHA256 + ".18a.tmp": old, "ba/" + stored.SHA256 + ".18b.tmp": time.Now(), "notes.tmp": old,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.Clean(t.Context(), old.Add(time.Minute)); err != nil || n != 2 {
		t.Errorf("%d removed, %v", n, err)
	}
	for _, kept := range []string{"ba/" + stored.SHA256, "ba/" + stored.SHA256 + ".18b.tmp", "notes.tmp"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(kept))); err != nil {
			t.Error(err)
		}
	}
	n := 0
	for range s.Names(t.Context()) {
		n++
	}
	if n != 1 {
		t.Errorf("%d names", n)
	}
}

// TestDamagedIsReplaced puts a file again whose stored bytes were cut off.
func TestDamagedIsReplaced(t *testing.T) {
	dir := t.TempDir()
	s, err := blobstore.OpenDir(dir, blobstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	stored, err := s.Put(t.Context(), strings.NewReader("abc"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "ba", stored.SHA256)
	if err := os.Truncate(path, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("abc")); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "abc" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestTooLarge(t *testing.T) {
	s, err := blobstore.OpenDir(t.TempDir(), blobstore.Options{MaxBytes: 3})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Put(t.Context(), strings.NewReader("abc")); err != nil {
		t.Error(err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("abcd")); greyshelf.KindOf(err) != greyshelf.TooLarge {
		t.Errorf("got %v", err)
	}
}

// TestFullDiskLeavesNothing checks that no temporary file stays behind.
func TestFullDiskLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	written := 0
	s, err := blobstore.OpenDir(dir, blobstore.Options{Write: func(w io.Writer) io.Writer { return nth{w, &written} }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Put(t.Context(), strings.NewReader("abc"))
	if greyshelf.KindOf(err) != greyshelf.Unavailable || !strings.Contains(err.Error(), "full") {
		t.Errorf("got %v", err)
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("left behind: %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// nth is a disk that is full at the second write.
type nth struct {
	w io.Writer
	n *int
}

// Write writes the first time.
func (w nth) Write(p []byte) (int, error) {
	if *w.n++; *w.n > 1 {
		return 0, syscall.ENOSPC
	}
	return w.w.Write(p)
}
