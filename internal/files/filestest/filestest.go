// Package filestest is the suite that every backend of the file store passes.
// It belongs to the port internal/files and holds tests only.
package filestest

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/files"
)

// Open opens an empty store whose writes pass through write, if it is not nil.
type Open func(t testing.TB, write func(io.Writer) io.Writer) files.Store

// The SHA-256 of "abc" and of nothing (FIPS 180-4 example values).
const (
	abc   = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

// Run runs the suite.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, Open){
		"round trip": roundTrip, "missing": missing, "names": names, "same bytes at once": sameBytes, "seek": seek,
		"broken reader": brokenReader, "full disk": fullDisk,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

func put(t *testing.T, s files.Store, text string) files.Stored {
	t.Helper()
	stored, err := s.Put(t.Context(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func read(t *testing.T, s files.Store, sha string) string {
	t.Helper()
	r, err := s.Open(t.Context(), sha)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func roundTrip(t *testing.T, open Open) {
	s := open(t, nil)
	for text, sha := range map[string]string{"abc": abc, "": empty} {
		for range 2 { // the second time changes nothing
			if got := put(t, s, text); got != (files.Stored{SHA256: sha, Bytes: int64(len(text))}) {
				t.Errorf("%q: %+v", text, got)
			}
		}
		if got := read(t, s, sha); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
		if n, err := s.Stat(t.Context(), sha); err != nil || n != int64(len(text)) {
			t.Errorf("%d bytes, %v", n, err)
		}
	}
}

func missing(t *testing.T, open Open) {
	s := open(t, nil)
	for _, sha := range []string{abc, "", "abc", "../../etc/passwd", strings.ToUpper(abc), abc + "0"} {
		if _, err := s.Open(t.Context(), sha); greyshelf.KindOf(err) != greyshelf.NotFound {
			t.Errorf("open %q: %v", sha, err)
		}
		if _, err := s.Stat(t.Context(), sha); greyshelf.KindOf(err) != greyshelf.NotFound {
			t.Errorf("stat %q: %v", sha, err)
		}
	}
}

func names(t *testing.T, open Open) {
	s := open(t, nil)
	put(t, s, "abc")
	put(t, s, "")
	got := map[string]bool{}
	for sha, err := range s.Names(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got[sha] = true
	}
	if len(got) != 2 || !got[abc] || !got[empty] {
		t.Errorf("got %v", got)
	}
}

func sameBytes(t *testing.T, open Open) {
	s := open(t, nil)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := s.Put(t.Context(), strings.NewReader("abc")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := read(t, s, abc); got != "abc" {
		t.Errorf("got %q", got)
	}
}

func seek(t *testing.T, open Open) {
	s := open(t, nil)
	put(t, s, "abc")
	r, err := s.Open(t.Context(), abc)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := r.Seek(1, io.SeekStart); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if data, err := io.ReadAll(r); err != nil || string(data) != "bc" {
		t.Errorf("%q, %v", data, err)
	}
}

// broken fails after a few bytes.
type broken struct{ left int }

var errBroken = errors.New("the connection broke")

// Read gives a few bytes and then fails.
func (b *broken) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errBroken
	}
	n := min(b.left, len(p))
	b.left -= n
	return copy(p, bytes.Repeat([]byte("x"), n)), nil
}

func brokenReader(t *testing.T, open Open) {
	s := open(t, nil)
	if _, err := s.Put(t.Context(), &broken{1000}); !errors.Is(err, errBroken) {
		t.Errorf("got %v", err)
	}
	nothing(t, s)
}

// full is a disk with room for n bytes in all.
type full struct {
	w io.Writer
	n *int
}

// Write writes while there is room.
func (f full) Write(p []byte) (int, error) {
	if *f.n < len(p) {
		return 0, errBroken
	}
	*f.n -= len(p)
	return f.w.Write(p)
}

// fullDisk lets the disk fill up at every point of a Put.
func fullDisk(t *testing.T, open Open) {
	text := strings.Repeat("abc", 10_000)
	for room := 0; room < 2*len(text); room += 7_000 {
		left := room
		s := open(t, func(w io.Writer) io.Writer { return full{w, &left} })
		if _, err := s.Put(t.Context(), strings.NewReader(text)); greyshelf.KindOf(err) != greyshelf.Unavailable {
			t.Errorf("room for %d bytes: %v", room, err)
		}
		nothing(t, s)
	}
}

func nothing(t *testing.T, s files.Store) {
	t.Helper()
	for sha, err := range s.Names(t.Context()) {
		t.Errorf("the store holds %q (%v)", sha, err)
	}
}
