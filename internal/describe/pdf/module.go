package pdf

import (
	_ "unsafe" // for go:linkname

	_ "github.com/klippa-app/go-pdfium/webassembly" // holds the bytes
)

// embedded is the WebAssembly build of PDFium that go-pdfium embeds. The
// library gives it out only behind its own pool, in its own runtime, where
// every property of every character is a call through a lookup table: 20 s for
// the text of 56 reports with 1.8 million characters. Linking to the variable
// lets this package run the same bytes, still pinned by go.sum, in a runtime of
// its own, metered (see [meter]) and with a loop beside it (see [loopModule]):
// 4.7 s. A version that renames the variable fails to link.
//
//go:linkname embedded github.com/klippa-app/go-pdfium/webassembly.pdfiumWasm
var embedded []byte

func pdfiumModule() []byte { return embedded }
