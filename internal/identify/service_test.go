package identify_test

import (
	"path/filepath"
	"testing"

	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/identify/identifytest"
	"github.com/greyshelf/greyshelf/internal/identify/sqlite"
)

// newService makes a service on a real index that knows the files.
func newService(t testing.TB, files ...identify.Known) (identify.Service, identifytest.Shelf) {
	t.Helper()
	x, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "keys.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	service, shelf, err := identifytest.Fill(t.Context(), x, files...)
	if err != nil {
		t.Fatal(err)
	}
	return service, shelf
}
