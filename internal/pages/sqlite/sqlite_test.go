package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/pages/pagestest"
)

func TestStore(t *testing.T) {
	pagestest.Run(t, func(t testing.TB, dir string) pages.Store {
		s, err := Open(t.Context(), filepath.Join(dir, "pages.sqlite"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

// TestFullDisk checks that a full disk keeps nothing of the file that did not
// fit, and everything of those before.
func TestFullDisk(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "pages.sqlite"), Options{MaxPages: 40})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Put(t.Context(), "small", "v1", []greyshelf.Page{{Index: 1, Text: "fits"}}); err != nil {
		t.Fatal(err)
	}
	large := []greyshelf.Page{{Index: 1, Text: "fits"}, {Index: 2, Text: strings.Repeat("does not fit ", 100_000)}}
	if err := s.Put(t.Context(), "large", "v1", large); greyshelf.KindOf(err) != greyshelf.Unavailable || !strings.Contains(err.Error(), "full") {
		t.Errorf("got %v", err)
	}
	if _, err := s.Page(t.Context(), "small", "v1", 1); err != nil {
		t.Error(err)
	}
	if versions, err := s.Versions(t.Context(), "large"); err != nil || len(versions) > 0 {
		t.Errorf("%v, %v", versions, err)
	}
}

// FuzzDecodeWords checks that damaged words are an error or words, never a
// panic.
func FuzzDecodeWords(f *testing.F) {
	f.Add(encodeWords([]greyshelf.Word{{Start: 3, End: 7, Box: greyshelf.Box{0, 0.5, 1, 1}}}))
	f.Add([]byte{0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		words, err := decodeWords(data)
		if err != nil {
			return
		}
		for i, w := range words {
			if w.Start < 0 || w.End < w.Start || i > 0 && w.Start < words[i-1].End {
				t.Fatalf("%+v after %+v", w, words[max(0, i-1)])
			}
		}
	})
}
