package sqlite

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// TestPageSize checks that the file has the page size that saves a quarter.
func TestPageSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pages.sqlite")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var size int
	if err := s.db.Reader().QueryRow("PRAGMA page_size").Scan(&size); err != nil || size != pageSize {
		t.Errorf("%d, %v", size, err)
	}
}

// TestWords packs words that are not the runs of the text, in any order and
// with boxes outside the page.
func TestWords(t *testing.T) {
	box := greyshelf.Box{0.25, 0.5, 0.375, 0.53125}
	for name, words := range map[string][]greyshelf.Word{
		"runs": {{Start: 0, End: 3, Box: box}, {Start: 4, End: 7, Box: box}}, "part": {{Start: 4, End: 7, Box: box}},
		"overlapping": {{Start: 3, End: 7, Box: box}, {Start: 0, End: 4, Box: greyshelf.Box{-0.5, -1, 1.5, 2}}},
	} {
		got, err := decodeWords("one two", encodeWords("one two", words))
		if diff := cmp.Diff(words, got); diff != "" || err != nil {
			t.Error(name, err, diff)
		}
	}
	wild := []greyshelf.Word{{End: 1, Box: greyshelf.Box{math.NaN(), math.Inf(1), -1e300, 1e300}}}
	if got, err := decodeWords("x", encodeWords("x", wild)); err != nil || got[0].Box != (greyshelf.Box{0, mostSide, -mostSide, mostSide}) {
		t.Errorf("%v, %v", got, err)
	}
}

// FuzzDecodeWords checks that damaged words are an error or words, never a
// panic, and that words stay what they are when packed again.
func FuzzDecodeWords(f *testing.F) {
	f.Add("one two", encodeWords("one two", []greyshelf.Word{{Start: 0, End: 3, Box: greyshelf.Box{0, 0.5, 1, 1}}, {Start: 4, End: 7}}))
	f.Add("x", encodeWords("x", []greyshelf.Word{{Start: 3, End: 7}}))
	f.Add("", []byte{placed, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, text string, data []byte) {
		words, err := decodeWords(text, data)
		if err != nil {
			return
		}
		for _, w := range words {
			if toCorners(w.Box).box() != w.Box {
				return // a box too far out is moved in
			}
		}
		again, err := decodeWords(text, encodeWords(text, words))
		if err != nil || !slices.Equal(words, again) {
			t.Fatalf("%v became %v (%v)", words, again, err)
		}
	})
}
