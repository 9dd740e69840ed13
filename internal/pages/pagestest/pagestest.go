// Package pagestest is the suite that every backend of the page store passes.
// It belongs to the port internal/pages and holds tests only.
package pagestest

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pages"
)

// Open opens a page store kept in the folder.
type Open func(t testing.TB, dir string) pages.Store

// near compares boxes as exactly as a screen can show them.
var near = cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-4 })

var sha = strings.Repeat("a", 64)

// sample gives n pages with text in several scripts.
func sample(n int) []greyshelf.Page {
	var all []greyshelf.Page
	for i := 1; i <= n; i++ {
		all = append(all, greyshelf.Page{Index: i, Label: fmt.Sprint("x", i), Width: 595.28, Height: 841.89, Image: i%2 == 0, Text: fmt.Sprintf("Page %d\nтекст نص", i),
			Words: []greyshelf.Word{{Start: 0, End: 4, Box: greyshelf.Box{0, 0.1, 0.25, 0.125}}, {Start: 5, End: 6, Box: greyshelf.Box{0.3, 0.1, 0.4, 1}}, {Start: 7, End: 12, Box: greyshelf.Box{0.1, 0.2, 0.3, 0.4}}}})
	}
	return all
}

// Run runs the suite.
func Run(t *testing.T, open Open) {
	dir := t.TempDir()
	s := open(t, dir)
	defer s.Close()
	want := sample(5)
	if err := s.Put(t.Context(), sha, "v1", want); err != nil {
		t.Fatal(err)
	}
	t.Run("one page", func(t *testing.T) {
		for _, p := range want {
			got, err := s.Page(t.Context(), sha, "v1", p.Index)
			if diff := cmp.Diff(p, got, near); err != nil || diff != "" {
				t.Error(err, diff)
			}
		}
	})
	t.Run("all pages, without words", func(t *testing.T) { all(t, s, want) })
	t.Run("missing", func(t *testing.T) {
		for _, ask := range []struct {
			sha, version string
			index        int
		}{{sha, "v1", 0}, {sha, "v1", 6}, {sha, "v2", 1}, {strings.Repeat("b", 64), "v1", 1}} {
			if _, err := s.Page(t.Context(), ask.sha, ask.version, ask.index); greyshelf.KindOf(err) != greyshelf.NotFound {
				t.Errorf("%v: %v", ask, err)
			}
		}
	})
	t.Run("versions and replacing", func(t *testing.T) { versions(t, s) })
	t.Run("no words, no text", func(t *testing.T) {
		blank := []greyshelf.Page{{Index: 1, Width: 1, Height: 2}}
		if err := s.Put(t.Context(), strings.Repeat("c", 64), "v1", blank); err != nil {
			t.Fatal(err)
		}
		got, err := s.Page(t.Context(), strings.Repeat("c", 64), "v1", 1)
		if diff := cmp.Diff(blank[0], got); err != nil || diff != "" {
			t.Error(err, diff)
		}
	})
	t.Run("backup and two handles", func(t *testing.T) {
		copied := t.TempDir()
		path := filepath.Join(copied, "pages.sqlite")
		if err := s.Backup(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		if err := s.Backup(t.Context(), path); greyshelf.KindOf(err) != greyshelf.Exists {
			t.Errorf("over an existing file: %v", err)
		}
		for _, where := range []string{dir, copied} {
			other := open(t, where)
			if _, err := other.Page(t.Context(), sha, "v1", 2); err != nil {
				t.Error(err)
			}
			other.Close()
		}
	})
}

func all(t *testing.T, s pages.Store, want []greyshelf.Page) {
	n := 0
	for p, err := range s.Pages(t.Context(), sha, "v1") {
		if err != nil {
			t.Fatal(err)
		}
		expect := want[n]
		expect.Words = nil
		if diff := cmp.Diff(expect, p); diff != "" {
			t.Error(diff)
		}
		n++
	}
	if n != len(want) {
		t.Errorf("%d pages, want %d", n, len(want))
	}
}

func versions(t *testing.T, s pages.Store) {
	for range 2 {
		if err := s.Put(t.Context(), sha, "v0", sample(2)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Versions(t.Context(), sha)
	if diff := cmp.Diff([]string{"v1", "v0"}, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if _, err := s.Page(t.Context(), sha, "v0", 3); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Errorf("a page of the other version: %v", err)
	}
}
