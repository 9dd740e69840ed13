//go:build unix

package pdf

import "syscall"

// reserve asks the system for n bytes of zeros that take up memory only as
// they are used; nil when it refuses.
func reserve(n int) []byte {
	b, err := syscall.Mmap(-1, 0, n, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	return b
}

func release(b []byte) { _ = syscall.Munmap(b) } // fails only for a range that is not mapped
