package bleve_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/search/bleve"
)

// filled makes an index with two reports, closed again.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "index")
	x, err := bleve.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range []string{"a", "b"} {
		doc := search.Document{
			Report: greyshelf.Report{ID: id, State: greyshelf.Published, Title: "Report " + id},
			Pages:  []search.IndexedPage{{File: "f", Index: 1, Text: "some words", Language: "en"}},
		}
		if err := x.Put(context.Background(), []search.Document{doc}, int64(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestOpenDamaged: whatever is lost of the files, the index opens, and its
// mark says truly what is in it, so that the indexer brings the rest again.
func TestOpenDamaged(t *testing.T) {
	each := func(damage func(file string) error) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			for _, file := range segments(t, path) {
				if err := damage(file); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for name, damage := range map[string]func(t *testing.T, path string){
		"no root": func(t *testing.T, path string) {
			overwrite(t, filepath.Join(path, "root.bolt"), []byte("not a database at all"))
		},
		"the last segment is missing": func(t *testing.T, path string) {
			list := segments(t, path)
			if err := os.Remove(list[len(list)-1]); err != nil {
				t.Fatal(err)
			}
		},
		"segments are missing":   each(os.Remove),
		"segments are cut short": each(func(file string) error { return os.Truncate(file, 40) }),
		"segments are empty":     each(func(file string) error { return os.Truncate(file, 0) }),
	} {
		t.Run(name, func(t *testing.T) {
			path := filled(t)
			damage(t, path)
			x, err := bleve.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			reports, _, err := x.Count(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if mark, err := x.Mark(context.Background()); mark != int64(reports) || err != nil {
				t.Errorf("the mark is %d (%v), but %d reports are there", mark, err, reports)
			}
			if name == "no root" && x.Renewed() == nil {
				t.Error("Renewed gives no reason")
			}
		})
	}
}

func segments(t *testing.T, path string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(path, "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no segments in %s: %v", path, err)
	}
	return files
}

func overwrite(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOpenTwice(t *testing.T) {
	path := filled(t)
	x, err := bleve.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if x.Renewed() != nil {
		t.Errorf("a whole index was renewed: %v", x.Renewed())
	}
	if _, err := bleve.Open(path); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("second Open: got %v, want Conflict", err)
	}
	if reports, _, err := x.Count(context.Background()); reports != 2 || err != nil {
		t.Errorf("the first holder lost its reports: %d, %v", reports, err)
	}
}

func TestOpenWhereNothingCanBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	overwrite(t, file, nil)
	if _, err := bleve.Open(filepath.Join(file, "index")); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("got %v, want Unavailable", err)
	}
}

func TestCloseTwice(t *testing.T) {
	x, err := bleve.Open(filepath.Join(t.TempDir(), "index"))
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	err = x.Put(context.Background(), []search.Document{{Report: greyshelf.Report{ID: "a"}}}, 1)
	if greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("Put after Close: got %v, want Unavailable", err)
	}
}
