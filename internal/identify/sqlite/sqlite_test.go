package sqlite_test

import (
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
