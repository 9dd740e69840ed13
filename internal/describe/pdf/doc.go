// Package pdf reads PDF files (ISO 32000-1) with PDFium, which runs as
// WebAssembly inside this process: a describe.Engine without cgo, whose parser
// of hostile bytes has no file system, no network, a memory limit and a
// deadline for every step.
//
// It stands at the start of describe: bytes in, characters with boxes, page
// images, outline, labels and metadata out. The only thing it stores is the
// compiled module in [Options].CacheDir, which can be deleted. It builds no
// lines, guesses no fields and reads no text out of images.
package pdf
