package curate_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/files/blobstore"
	pagessqlite "github.com/greyshelf/greyshelf/internal/pages/sqlite"
)

// shelf is the parts that adding a file goes through.
type shelf struct {
	files *blobstore.Store
	pages *pagessqlite.Store
	desk  *curate.Desk
}

func openShelf(ctx context.Context, dir string) (*shelf, error) {
	f, err := blobstore.OpenDir(filepath.Join(dir, "files"), blobstore.Options{})
	if err != nil {
		return nil, err
	}
	p, err := pagessqlite.Open(ctx, filepath.Join(dir, "pages.sqlite"), pagessqlite.Options{})
	if err != nil {
		return nil, err
	}
	c, err := catalogsqlite.Open(ctx, filepath.Join(dir, "catalog.sqlite"), catalogsqlite.Options{})
	if err != nil {
		return nil, err
	}
	newID := func() string { return fmt.Sprintf("%010x", rand.Uint64()%(1<<40)) }
	return &shelf{files: f, pages: p, desk: &curate.Desk{Catalog: c, Now: time.Now, NewID: newID}}, nil
}

func (s *shelf) close() {
	s.files.Close()
	s.pages.Close()
	s.desk.Catalog.Close()
}

// add goes the way of a file: bytes, pages, catalogue. It says each step.
func (s *shelf) add(ctx context.Context, n int, say io.Writer) error {
	text := fmt.Sprintf("report %d %s", n, strings.Repeat("text ", 2000))
	fmt.Fprintln(say, "put", n)
	stored, err := s.files.Put(ctx, strings.NewReader(text))
	if err != nil {
		return err
	}
	fmt.Fprintln(say, "pages", n)
	err = s.pages.Put(ctx, stored.SHA256, "v1", []greyshelf.Page{{Index: 1, Text: text}, {Index: 2, Text: "last"}})
	if err != nil {
		return err
	}
	fmt.Fprintln(say, "commit", n)
	_, err = s.desk.Add(ctx, "tester", curate.Described{
		File:     greyshelf.File{SHA256: stored.SHA256, MediaType: "application/pdf", Bytes: stored.Bytes, Pages: 2, Text: "v1"},
		Findings: []greyshelf.Finding{{Field: greyshelf.FieldTitle, Value: fmt.Sprint("Report ", n), Chosen: true}}, Method: "describe@1",
	})
	fmt.Fprintln(say, "done", n)
	return err
}

// killedFolder names the library of the process that is to be killed.
const killedFolder = "GREYSHELF_TEST_KILLED"

// endless is the number of reports of the process that is to be killed; it
// never comes so far.
const endless = 100_000

// TestKilled adds reports in another process, which is killed at random points
// and begins again. Afterwards every report is wholly there once or wholly
// absent.
func TestKilled(t *testing.T) {
	if dir := os.Getenv(killedFolder); dir != "" {
		addUntilKilled(t, dir)
		return
	}
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	const kills = 12
	for range kills {
		killAfter(t, dir, 1+random.IntN(60))
	}
	s, err := openShelf(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	titles := wholeReports(t, s)
	if len(titles) < kills {
		t.Errorf("only %d reports were added", len(titles))
	}
	for n := range len(titles) + 1 { // the one that was under way, too
		if err := s.add(t.Context(), n, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	if again := wholeReports(t, s); len(again) != len(titles)+1 {
		t.Errorf("%d reports after adding the last one again, %d before", len(again), len(titles))
	}
}

func addUntilKilled(t *testing.T, dir string) {
	s, err := openShelf(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	known, err := s.desk.Catalog.Count(t.Context(), catalog.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for n := max(0, known-1); n < endless; n++ {
		if err := s.add(t.Context(), n, os.Stdout); err != nil {
			t.Fatal(err)
		}
	}
}

// killAfter runs the other process and kills it when it has said so many lines.
func killAfter(t *testing.T, dir string, lines int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKilled$", "-test.v")
	child.Env = append(os.Environ(), killedFolder+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for range lines + 1 { // the first line is the test's name
		if !said.Scan() {
			t.Error("the other process ended by itself")
			break
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = child.Wait() // killed
}

// wholeReports checks that every report has its file and pages and is there
// once, and gives the titles.
func wholeReports(t *testing.T, s *shelf) map[string]bool {
	t.Helper()
	titles := map[string]bool{}
	for r, err := range s.desk.Catalog.Reports(t.Context(), catalog.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if titles[r.Title] || len(r.Files()) != 1 {
			t.Errorf("%s is there twice, or without its file", r.Title)
		}
		titles[r.Title] = true
		f := r.Files()[0]
		if n, err := s.files.Stat(t.Context(), f.SHA256); err != nil || n != f.Bytes {
			t.Errorf("%s: %d bytes, %v", r.Title, n, err)
		}
		if _, err := s.pages.Page(t.Context(), f.SHA256, f.Text, f.Pages); err != nil {
			t.Errorf("%s: %v", r.Title, err)
		}
		sets, err := s.desk.Catalog.Findings(t.Context(), r.ID)
		if err != nil || len(sets) != 1 {
			t.Errorf("%s: %d sets of findings, %v", r.Title, len(sets), err)
		}
	}
	if defects, err := s.desk.Catalog.Check(t.Context()); err != nil || len(defects) > 0 {
		t.Errorf("%v, %v", defects, err)
	}
	return titles
}
