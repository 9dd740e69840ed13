//go:build !linux

package pdfcpu

import "runtime/debug"

// limitSelf asks the collector to keep memory low; the deadline of the parent
// does the rest here.
func limitSelf() error {
	debug.SetMemoryLimit(mostMemory / 2)
	return nil
}
