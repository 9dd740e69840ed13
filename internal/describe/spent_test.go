//go:build unix

package describe

import (
	"syscall"
	"testing"
	"time"
)

// spent gives the processor time that the test has used, which does not depend
// on what else the machine does.
func spent(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
