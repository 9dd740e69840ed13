package backup_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/files"
	"github.com/greyshelf/greyshelf/internal/files/blobstore"
	pagessqlite "github.com/greyshelf/greyshelf/internal/pages/sqlite"
	"github.com/greyshelf/greyshelf/internal/preserve/backup"
)

// openLibrary opens the parts of a library in a folder.
func openLibrary(t testing.TB, dir string) backup.Parts {
	t.Helper()
	c, err := catalogsqlite.Open(t.Context(), filepath.Join(dir, "catalog.sqlite"), catalogsqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	p, err := pagessqlite.Open(t.Context(), filepath.Join(dir, "pages.sqlite"), pagessqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	f, err := openFiles(filepath.Join(dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return backup.Parts{Catalog: c, Pages: p, Files: f, Config: filepath.Join(dir, "greyshelf.toml"), Work: dir, Now: time.Unix(0, 0).UTC(), Version: "test"}
}

func openFiles(dir string) (files.Store, error) { return blobstore.OpenDir(dir, blobstore.Options{}) }

// add puts a report with a file of the text in.
func add(t testing.TB, l backup.Parts, id, text string) {
	t.Helper()
	stored, err := l.Files.Put(t.Context(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Pages.Put(t.Context(), stored.SHA256, "v1", []greyshelf.Page{{Index: 1, Text: text}}); err != nil {
		t.Fatal(err)
	}
	r := greyshelf.Report{ID: id, State: greyshelf.Published, Title: text,
		Editions: []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{SHA256: stored.SHA256, Bytes: stored.Bytes, Text: "v1"}}}}}
	_, err = l.Catalog.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "d" + id, At: l.Now, Who: "tester", Method: greyshelf.ByAdd}, Reports: []greyshelf.Report{r}})
	if err != nil {
		t.Fatal(err)
	}
}

// write makes a library with three reports and gives it and its backup.
func write(t testing.TB) (backup.Parts, []byte) {
	t.Helper()
	dir := t.TempDir()
	l := openLibrary(t, dir)
	for i, text := range []string{"one", "two", strings.Repeat("three ", 10_000)} {
		add(t, l, fmt.Sprint("r", i), text)
	}
	if err := os.WriteFile(l.Config, []byte("workers = 2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if err := backup.Write(t.Context(), &archive, l); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".greyshelf-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	return l, archive.Bytes()
}

// restore restores an archive into dir.
func restore(t testing.TB, archive []byte, dir string) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.zip")
	if err := os.WriteFile(path, archive, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return backup.Restore(t.Context(), f, dir, openFiles)
}

func TestRestoreGivesTheSameLibrary(t *testing.T) {
	l, archive := write(t)
	empty := t.TempDir()
	if err := os.Mkdir(filepath.Join(empty, ".greyshelf-restore-killed"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{filepath.Join(t.TempDir(), "new", "library"), empty} {
		if err := restore(t, archive, dir); err != nil {
			t.Fatal(err)
		}
		copied := openLibrary(t, dir)
		if diff := cmp.Diff(content(t, l), content(t, copied)); diff != "" {
			t.Error(diff)
		}
		if data, err := os.ReadFile(copied.Config); err != nil || string(data) != "workers = 2\n" {
			t.Errorf("%q, %v", data, err)
		}
		if entries, err := os.ReadDir(dir); err != nil || strings.HasPrefix(entries[0].Name(), ".") {
			t.Errorf("%v, %v", entries, err)
		}
		add(t, copied, "r9", "it can be used")
		if err := restore(t, archive, dir); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("over a library: %v", err)
		}
	}
}

// library is everything in a library that readers see.
type library struct {
	Reports   []greyshelf.Report
	Decisions []greyshelf.Decision
	Texts     []string
	Files     []string
}

func content(t testing.TB, l backup.Parts) (all library) {
	t.Helper()
	for r, err := range l.Catalog.Reports(t.Context(), catalog.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all.Reports = append(all.Reports, r)
		for _, f := range r.Files() {
			p, err := l.Pages.Page(t.Context(), f.SHA256, f.Text, 1)
			if err != nil {
				t.Fatal(err)
			}
			bytes, err := l.Files.Open(t.Context(), f.SHA256)
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(bytes)
			bytes.Close()
			if err != nil {
				t.Fatal(err)
			}
			all.Texts, all.Files = append(all.Texts, p.Text), append(all.Files, string(data))
		}
	}
	var err error
	if all.Decisions, err = l.Catalog.Decisions(t.Context(), "", 0); err != nil {
		t.Fatal(err)
	}
	return all
}

// members reads an archive.
func members(t testing.TB, archive []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return all
}

// pack writes an archive.
func pack(t testing.TB, all map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range all {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRefusesWhatIsNoBackup changes a good archive in every way that matters;
// none is restored, and nothing is left.
func TestRefusesWhatIsNoBackup(t *testing.T) {
	_, good := write(t)
	edit := func(change func(all map[string][]byte, m *backup.Manifest)) []byte {
		all := members(t, good)
		var m backup.Manifest
		if err := json.Unmarshal(all["manifest.json"], &m); err != nil {
			t.Fatal(err)
		}
		change(all, &m)
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		all["manifest.json"] = data
		return pack(t, all)
	}
	file := ""
	for name := range members(t, good) {
		if strings.HasPrefix(name, "files/") {
			file = name
		}
	}
	for name, archive := range map[string][]byte{
		"nothing": nil, "text": []byte("this is no archive"), "cut off": good[:len(good)*3/4], "another archive": pack(t, map[string][]byte{"x": nil}),
		"newer program": edit(func(_ map[string][]byte, m *backup.Manifest) { m.Format = backup.Format + 1 }),
		"changed file":  edit(func(all map[string][]byte, _ *backup.Manifest) { all[file] = append(all[file], 'x') }),
		"missing file":  edit(func(all map[string][]byte, _ *backup.Manifest) { delete(all, file) }),
		"no catalogue":  edit(func(_ map[string][]byte, m *backup.Manifest) { m.Members = m.Members[1:] }),
		"out of the folder": edit(func(all map[string][]byte, m *backup.Manifest) {
			all["../out"] = []byte("x")
			m.Members = append(m.Members, backup.Member{Name: "../out", Bytes: 1})
		}),
		"twice": edit(func(_ map[string][]byte, m *backup.Manifest) { m.Members = append(m.Members, m.Members[0]) }),
		"bomb":  edit(func(all map[string][]byte, _ *backup.Manifest) { all["pages.sqlite"] = make([]byte, 64<<20) }),
	} {
		parent := t.TempDir()
		err := restore(t, archive, filepath.Join(parent, "library"))
		if greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
			t.Errorf("%s: left behind %v (%v)", name, left, err)
		}
	}
}

// TestBackupWhileAdding writes a backup in the middle of additions: whatever
// is in its catalogue is whole.
func TestBackupWhileAdding(t *testing.T) {
	l := openLibrary(t, t.TempDir())
	add(t, l, "first", "first")
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				add(t, l, fmt.Sprint("r", i), fmt.Sprint("text ", i))
			}
		}
	}()
	for range 3 {
		var archive bytes.Buffer
		if err := backup.Write(t.Context(), &archive, l); err != nil {
			t.Error(err)
			break
		}
		dir := filepath.Join(t.TempDir(), "library")
		if err := restore(t, archive.Bytes(), dir); err != nil {
			t.Error(err)
			break
		}
		if all := content(t, openLibrary(t, dir)); len(all.Reports) == 0 {
			t.Error("nothing was restored")
		}
	}
	close(stop)
	<-done
}

// TestDamagedFileIsNoticed refuses to write a backup of a damaged file.
func TestDamagedFileIsNoticed(t *testing.T) {
	dir := t.TempDir()
	l := openLibrary(t, dir)
	add(t, l, "r1", "abc")
	path := filepath.Join(dir, "files", "ba", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
	if err := os.WriteFile(path, []byte("xyz"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := backup.Write(t.Context(), io.Discard, l); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("got %v", err)
	}
}
