// Package judgetest finds the programs of others by which outputs are judged:
// validators, converters, clients in other languages.
//
// It holds tests only. A test that needs a judge which is not installed is
// skipped with one line; with GREYSHELF_JUDGES=required it fails.
package judgetest

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

// Need gives the path of a judge's program, or skips the test. from says what
// to install: a Debian package.
func Need(t testing.TB, program, from string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		absent(t, program, from)
	}
	return path
}

// NeedPerl skips the test where perl has not got the module.
func NeedPerl(t testing.TB, module, from string) string {
	t.Helper()
	perl := Need(t, "perl", "perl")
	if err := exec.CommandContext(t.Context(), perl, "-M"+module, "-e1").Run(); err != nil {
		absent(t, "perl module "+module, from)
	}
	return perl
}

func absent(t testing.TB, what, from string) {
	t.Helper()
	if os.Getenv("GREYSHELF_JUDGES") == "required" {
		t.Fatalf("%s is not installed and GREYSHELF_JUDGES=required; install the Debian package %s", what, from)
	}
	t.Skipf("%s is not installed (Debian package %s)", what, from)
}

// Run runs a judge and gives what it prints; the test fails when the judge
// does.
func Run(t testing.TB, stdin, program string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	command.Stdin = bytes.NewReader([]byte(stdin))
	var out, problems bytes.Buffer
	command.Stdout, command.Stderr = &out, &problems
	if err := command.Run(); err != nil {
		t.Errorf("%s %v: %v\n%.4000s", program, args, err, problems.String())
	}
	return out.String()
}
