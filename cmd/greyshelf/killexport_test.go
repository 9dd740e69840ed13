package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestKillDuringExport kills the real program (SIGKILL) while it writes the
// library as files over an older export, each time a little later. After every
// kill each page of the older one is there, whole, as it was or as it will be;
// the next run leaves exactly what an undisturbed one writes.
func TestKillDuringExport(t *testing.T) {
	program, err := exec.LookPath("greyshelf") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	greyshelf := func(args ...string) *exec.Cmd {
		c := exec.Command(program, args...)
		c.Env = append(os.Environ(), "GREYSHELF_LIBRARY="+filepath.Join(dir, "library"), "GREYSHELF_ENGINE_CACHE="+filepath.Join(dir, "engine"))
		return c
	}
	must := func(args ...string) {
		t.Helper()
		if out, err := greyshelf(args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	bring := func(name string, from, to int) {
		t.Helper()
		var b strings.Builder
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, "TY  - RPRT\nTI  - Wells of the river number%dx%d\nPY  - %d\nER  - \n", i, i*7, 1950+i)
		}
		list := filepath.Join(dir, name)
		if err := os.WriteFile(list, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		must("import", "--publish", list)
	}
	site, undisturbed := filepath.Join(dir, "site"), filepath.Join(dir, "undisturbed")
	must("init")
	bring("first.ris", 0, 30)
	must("export", "site", site)
	older := tree(t, site)
	bring("second.ris", 30, 60) // every list and the search are other ones now
	must("export", "site", undisturbed)
	want := tree(t, undisturbed)
	changed := 0
	for name, sum := range want {
		if older[name] != sum {
			changed++
		}
	}
	for n := range 6 {
		written := 1 + n*(changed-2)/6
		killWhenWritten(t, greyshelf("export", "site", site), site, written)
		now := tree(t, site)
		for name, sum := range older {
			if got := now[name]; got != sum && got != want[name] && name != "greyshelf-export.json" {
				t.Errorf("killed after %d files: %s is neither as it was nor as it will be", written, name)
			}
		}
	}
	must("export", "site", site)
	now := tree(t, site)
	for name := range want {
		if now[name] != want[name] {
			t.Errorf("in the end %s is not as an undisturbed run writes it", name)
		}
	}
	for name := range now {
		if _, ok := want[name]; !ok {
			t.Errorf("in the end %s is left over", name)
		}
	}
}

// killWhenWritten starts an export and kills it when it has begun to write so
// many files, as its journal says.
func killWhenWritten(t *testing.T, c *exec.Cmd, site string, written int) {
	t.Helper()
	journal := filepath.Join(site, "greyshelf-export.part")
	before, _ := os.ReadFile(journal) // of the run that was killed before, if there is one
	written += bytes.Count(before, []byte("\n"))
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for {
		select {
		case err := <-ended:
			t.Fatalf("it came to its end before %d files were written: %v", written, err)
		default:
		}
		if names, _ := os.ReadFile(journal); bytes.Count(names, []byte("\n")) >= written {
			_ = c.Process.Kill()
			<-ended
			return
		}
	}
}

// tree gives every file of a folder with the SHA-256 of what is in it.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(name)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
