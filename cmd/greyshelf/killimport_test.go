package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestKillDuringImport kills the real program (SIGKILL) while it imports, each
// time a little later, and checks that the library is whole after every kill,
// that what was brought can be taken back, and that the last run brings what is
// left: every record once, none twice.
func TestKillDuringImport(t *testing.T) {
	program, err := exec.LookPath("greyshelf") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	const records = 900
	var b strings.Builder
	for i := range records {
		fmt.Fprintf(&b, "TY  - RPRT\nTI  - Wells of the river number%dx%d\nER  - \n", i, i*7)
	}
	list := filepath.Join(dir, "list.ris")
	if err := os.WriteFile(list, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	greyshelf := func(args ...string) *exec.Cmd {
		c := exec.Command(program, args...)
		c.Env = append(os.Environ(), "GREYSHELF_LIBRARY="+filepath.Join(dir, "library"), "GREYSHELF_ENGINE_CACHE="+filepath.Join(dir, "engine"))
		return c
	}
	for _, lines := range []int{1, 150, 201, 500} {
		killAfter(t, greyshelf("import", "--json", "--publish", list), lines)
		if out, err := greyshelf("doctor").CombinedOutput(); err != nil {
			t.Fatalf("killed after %d lines, doctor: %v\n%s", lines, err, out)
		}
	}
	past, err := greyshelf("import", "--past").Output()
	if err != nil {
		t.Fatal(err)
	}
	killed := strings.Fields(string(past))
	if len(killed) == 0 {
		t.Fatal("no import was begun before it was killed")
	}
	if out, err := greyshelf("undo", killed[0]).CombinedOutput(); err != nil || !strings.Contains(string(out), "withdrawn") {
		t.Errorf("undoing the import that was killed last: %v\n%s", err, out)
	}
	if out, err := greyshelf("import", "--publish", list).CombinedOutput(); err != nil {
		t.Fatalf("the last run: %v\n%s", err, out)
	}
	out, err := greyshelf("list", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(out), "\n"); n != records {
		t.Errorf("the library lists %d reports, want %d", n, records)
	}
}
