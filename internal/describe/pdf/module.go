package pdf

import (
	_ "unsafe" // for go:linkname

	_ "github.com/klippa-app/go-pdfium/webassembly" // holds the bytes
)

// embedded is the WebAssembly build of PDFium that go-pdfium embeds. The
// library gives it out only behind its own pool, whose calls look up a UUID
// and start a goroutine for every property of every character. Linking to the
// variable lets this package run the same bytes, still pinned by go.sum, in
// its own runtime, where one call reads a whole page (see [loopModule]); a
// version that renames the variable fails to link. docs/decisions has the
// numbers.
//
//go:linkname embedded github.com/klippa-app/go-pdfium/webassembly.pdfiumWasm
var embedded []byte

func pdfiumModule() []byte { return embedded }
