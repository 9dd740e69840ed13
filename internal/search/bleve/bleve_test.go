package bleve_test

import (
	"path/filepath"
	"testing"

	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/search/bleve"
	"github.com/greyshelf/greyshelf/internal/search/searchtest"
)

func TestSuite(t *testing.T) {
	searchtest.Run(t, func(t *testing.T, dir string) search.Index {
		x, err := bleve.Open(filepath.Join(dir, "index"))
		if err != nil {
			t.Fatal(err)
		}
		return x
	})
}
