package main

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/judgetest"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// TestDescribedCopies takes sample reports in, lets the real program write
// their records into copies, and takes the copies into another library: title
// and authors come out the same. Nothing is written into the home folder.
func TestDescribedCopies(t *testing.T) {
	program, err := exec.LookPath("greyshelf") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	open := func() *app.Library {
		l, err := app.Open(t.Context(), app.Config{Engine: filepath.Join(cache, "greyshelf-test", "pdfium"), Library: filepath.Join(t.TempDir(), "library"), Program: []string{program, "child", "embed"}}, true, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		return l
	}
	first, second := open(), open()
	for _, s := range sample.Reports()[:3] {
		data, err := s.Make()
		if err != nil {
			t.Fatal(err)
		}
		was := taken(t, first, s.Name, data)
		made := described(t, first, was)
		if !bytes.HasPrefix(made, data) || len(made) == len(data) {
			t.Errorf("%s: the copy does not begin with the file", s.Name)
		}
		is := taken(t, second, s.Name, made)
		if was.Title != is.Title || was.Subtitle != is.Subtitle || was.Title == "" {
			t.Errorf("%s: the copy is titled %q, the file %q", s.Name, is.FullTitle(), was.FullTitle())
		}
		if diff := cmp.Diff(was.AgentsWith(greyshelf.Author), is.AgentsWith(greyshelf.Author)); diff != "" {
			t.Errorf("%s: authors:\n%s", s.Name, diff)
		}
		judged(t, made, was)
	}
	if left, err := os.ReadDir(home); err != nil || len(left) > 0 {
		t.Errorf("the home folder has %v, %v", left, err)
	}
}

func taken(t *testing.T, l *app.Library, name string, data []byte) greyshelf.Report {
	t.Helper()
	a := l.AddBytes(t.Context(), name, data, app.AddOptions{})
	if a.Err != nil || a.Status != app.StatusAdded {
		t.Fatalf("%s: %s %s", name, a.Status, a.Reason)
	}
	r, err := l.Catalog.Report(t.Context(), a.Report)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func described(t *testing.T, l *app.Library, r greyshelf.Report) []byte {
	t.Helper()
	c, err := l.Described()(t.Context(), embed.Of(r, r.Files()[0], "https://library.example/r/"+r.ID, "Greyshelf"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	made, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// judged asks pdfinfo (poppler), a reader of another house.
func judged(t *testing.T, made []byte, r greyshelf.Report) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.pdf")
	if err := os.WriteFile(path, made, 0o600); err != nil {
		t.Fatal(err)
	}
	said := judgetest.Run(t, "", judgetest.Need(t, "pdfinfo", "poppler-utils"), "-enc", "UTF-8", path)
	if want := "Title:           " + r.FullTitle() + "\n"; !strings.Contains(said, want) {
		t.Errorf("pdfinfo says:\n%s", said)
	}
}
