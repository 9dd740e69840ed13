package sqlite_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/identify/identifytest"
	"github.com/greyshelf/greyshelf/internal/identify/sqlite"
)

func TestIndex(t *testing.T) {
	identifytest.Run(t, func(t testing.TB, dir string) identify.Index {
		x, err := sqlite.Open(t.Context(), filepath.Join(dir, "keys.sqlite"))
		if err != nil {
			t.Fatal(err)
		}
		return x
	})
}

// TestDamaged: an index that is broken is made anew, since nothing is lost.
func TestDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache", "keys.sqlite")
	x, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(x.SetMark(t.Context(), 7), x.Close(), os.WriteFile(path, bytes.Repeat([]byte("no database "), 999), 0o600)); err != nil {
		t.Fatal(err)
	}
	if x, err = sqlite.Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if mark, err := x.Mark(t.Context()); mark != 0 || err != nil {
		t.Errorf("mark %d, %v", mark, err)
	}
}
