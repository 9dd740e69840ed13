package acquire_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/fetch"
)

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, content := range map[string]string{
		"folder/b.pdf": "%PDF-1.4", "folder/a/one.PDF": "not really", "folder/noname": "%PDF-1.7",
		"folder/readme.txt": "hello", "folder/.hidden.pdf": "%PDF-1.4", "folder/.git/c.pdf": "%PDF-1.4", "alone": "%PDF-1.4",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("..", "folder/up"); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", "socket")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()

	found, err := acquire.Expand([]string{"alone", "-", "folder", "socket"}, strings.NewReader("https://example.org/x.pdf\n\n  missing.pdf \n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, in := range found.Inputs {
		got = append(got, strings.TrimSpace(in.Name+" "+string(greyshelf.KindOf(in.Err))))
	}
	want := []string{"alone", "https://example.org/x.pdf", "missing.pdf not found", "folder/a/one.PDF", "folder/b.pdf", "folder/noname", "socket invalid"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if found.Skipped != 1 {
		t.Errorf("skipped %d, want 1 (readme.txt)", found.Skipped)
	}
}

func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, []byte("bytes"), 0o644); err != nil {
		t.Fatal(err)
	}
	data, err := acquire.Read(t.Context(), acquire.Input{Name: path}, nil)
	if err != nil || string(data) != "bytes" {
		t.Errorf("got %q, %v", data, err)
	}
	_, err = acquire.Read(t.Context(), acquire.Input{Name: "http://127.0.0.1/x.pdf"}, fetch.New(fetch.Options{}))
	if greyshelf.KindOf(err) != greyshelf.Forbidden {
		t.Errorf("a loopback address: %v, want forbidden", err)
	}
}
