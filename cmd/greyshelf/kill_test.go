package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/sample"
)

// TestKillDuringAdd kills the real program (SIGKILL) while it adds, each time
// a little later, and checks that the library is whole after every kill and
// that the last run finishes the work: every report once, none twice.
func TestKillDuringAdd(t *testing.T) {
	program, err := exec.LookPath("greyshelf") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	reports := filepath.Join(dir, "reports")
	if err := os.Mkdir(reports, 0o755); err != nil {
		t.Fatal(err)
	}
	const files = 4
	for _, s := range sample.Reports()[:files] {
		data, err := s.Make()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(reports, s.Name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	greyshelf := func(args ...string) *exec.Cmd {
		c := exec.Command(program, args...)
		c.Env = append(os.Environ(), "GREYSHELF_LIBRARY="+filepath.Join(dir, "library"), "GREYSHELF_ENGINE_CACHE="+filepath.Join(dir, "engine"))
		return c
	}
	if out, err := greyshelf("init").CombinedOutput(); err != nil {
		t.Fatalf("init: %v\n%s", err, out)
	}
	for lines := range files {
		killAfter(t, greyshelf("add", "--json", reports), lines)
		if out, err := greyshelf("doctor").CombinedOutput(); err != nil {
			t.Fatalf("killed after %d lines, doctor: %v\n%s", lines, err, out)
		}
	}
	if out, err := greyshelf("add", reports).CombinedOutput(); err != nil {
		t.Fatalf("the last run: %v\n%s", err, out)
	}
	out, err := greyshelf("list", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(out), "\n"); n != files {
		t.Errorf("the library lists %d reports, want %d", n, files)
	}
	if out, err := greyshelf("search", "title:absence").CombinedOutput(); err != nil || !strings.Contains(string(out), "in 1 reports") {
		t.Errorf("the index: %v\n%s", err, out)
	}
}

// killAfter lets the command print so many lines and kills it.
func killAfter(t *testing.T, c *exec.Cmd, lines int) {
	t.Helper()
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	scanner := bufio.NewScanner(out)
	scanner.Buffer(nil, 1<<20)
	for range lines {
		if !scanner.Scan() {
			break
		}
	}
	_ = c.Process.Kill()
	_ = c.Wait()
}
