package ocr

import (
	"syscall"
	"time"
	"unsafe"
)

// Resources that package syscall does not name (setrlimit(2)).
const (
	rlimitCPU   = 0
	rlimitFsize = 1
	rlimitCore  = 4
	rlimitAS    = 9
)

// limit sets limits on a process that has just started: address space, CPU
// time, and no files written. What it starts inherits them. Where the system
// refuses, the deadline alone holds.
func limit(pid int, memory uint64, deadline time.Duration) {
	seconds := uint64(deadline/time.Second) + 1
	for resource, most := range map[int]uint64{rlimitCPU: seconds, rlimitFsize: 0, rlimitCore: 0, rlimitAS: memory} {
		l := syscall.Rlimit{Cur: most, Max: most}
		_, _, _ = syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(pid), uintptr(resource), uintptr(unsafe.Pointer(&l)), 0, 0, 0)
	}
}
