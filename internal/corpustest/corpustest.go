// Package corpustest finds the shared folder of real documents that tests and
// measurements read. Tests only; it stores nothing and copies nothing.
package corpustest

import (
	"os"
	"path/filepath"
	"testing"
)

// Dir gives the path of the shared folder (with corpus/, entries/, seed/ …)
// beside the checkout. Where it is absent the test is skipped with one line;
// with GREYSHELF_CORPUS=required it fails instead.
func Dir(t testing.TB) string {
	t.Helper()
	dir, err := find()
	if err == nil {
		return dir
	}
	if os.Getenv("GREYSHELF_CORPUS") == "required" {
		t.Fatal("the shared folder with corpus/ is required (GREYSHELF_CORPUS=required) but not there")
	}
	t.Skip("skipped: no shared folder with corpus/ beside the checkout")
	return ""
}

// find walks up from the working directory to a folder that has shared/corpus.
func find() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		shared := filepath.Join(dir, "shared")
		if _, err := os.Stat(filepath.Join(shared, "corpus")); err == nil {
			return shared, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", os.ErrNotExist
		}
		dir = parent
	}
}
