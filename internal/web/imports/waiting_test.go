package imports

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
)

func TestUploadIsForWhoSentIt(t *testing.T) {
	w := waiting{dir: t.TempDir(), now: time.Now()}
	sent := false
	id, err := w.keep("ann", func() (string, io.Reader, error) {
		if sent {
			return "", nil, io.EOF
		}
		sent = true
		return "../.x/liste.ris", strings.NewReader("TY  - RPRT\n"), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	in, u, closer, err := w.open(id, "ann")
	if err != nil || u.Name != "../.x/liste.ris" || in.Path != "_.x_liste.ris" {
		t.Fatal(in, u, err)
	}
	closer.Close()
	if _, _, _, err := w.open(id, "bob"); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Error("another opens it:", err)
	}
	if all, _ := filepath.Glob(filepath.Join(w.dir, "*", "files", "*")); len(all) != 1 {
		t.Error(all)
	}
	if info, _ := os.Stat(filepath.Join(w.dir, id)); info.Mode().Perm() != 0o700 {
		t.Error(info.Mode())
	}
}
