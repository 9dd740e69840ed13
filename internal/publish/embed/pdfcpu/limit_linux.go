package pdfcpu

import (
	"runtime/debug"
	"syscall"
)

// Resources that package syscall does not name on every system (setrlimit(2)).
const (
	rlimitCPU   = 0
	rlimitFsize = 1
	rlimitCore  = 4
	rlimitAS    = 9
)

// limitSelf limits this process: address space, CPU time, and no files
// written, none left behind by a crash.
func limitSelf() error {
	debug.SetMemoryLimit(mostMemory / 2) // the collector works harder before the system says no
	for resource, most := range map[int]uint64{rlimitCPU: mostSeconds, rlimitFsize: 0, rlimitCore: 0, rlimitAS: mostMemory} {
		if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return err
		}
	}
	return nil
}
