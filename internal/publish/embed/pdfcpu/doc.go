// Package pdfcpu writes records into PDFs with the library of that name, an
// [embed.Writer]: it reads how the file is built and appends an incremental
// update (ISO 32000-1 §7.5.6) with a new information dictionary, a new XMP
// stream, and the catalog that names it. A signature is left out of the copy,
// which says so (docs/decisions/0008).
//
// A PDF is hostile input and the library has failed on some, so it is used in
// a child process only: the same program with other arguments ([New]),
// which limits its own memory and CPU time, gets the file through a pipe, has
// an empty environment, and is killed at a deadline. The child answers through
// [Child]; what it says is bounded and checked. Nothing is stored, and nothing
// is written outside the pipe.
package pdfcpu
