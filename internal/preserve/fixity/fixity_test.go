package fixity_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/files/blobstore"
	"github.com/greyshelf/greyshelf/internal/preserve/fixity"
)

func TestCheck(t *testing.T) {
	dir := t.TempDir()
	store, err := blobstore.OpenDir(dir, blobstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	stored, err := store.Put(t.Context(), strings.NewReader("abc"))
	if err != nil {
		t.Fatal(err)
	}
	if err := fixity.Check(t.Context(), store, stored.SHA256); err != nil {
		t.Error(err)
	}
	path := filepath.Join(dir, stored.SHA256[:2], stored.SHA256)
	if err := os.WriteFile(path, []byte("abd"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := fixity.Check(t.Context(), store, stored.SHA256); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("changed: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := fixity.Check(t.Context(), store, stored.SHA256); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Errorf("missing: %v", err)
	}
}
