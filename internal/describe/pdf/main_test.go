package pdf_test

import (
	"os"
	"path/filepath"
	"testing"
)

// cacheDir gives a folder for compiled modules that outlives the test, so that
// test runs do not compile for seconds each: the same one for every test.
func cacheDir(t testing.TB) string {
	t.Helper()
	user, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	dir := filepath.Join(user, "greyshelf-test", "pdfium")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return t.TempDir()
	}
	return dir
}
