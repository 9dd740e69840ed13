// Package ocr reads the words off pictures of pages with tesseract, where that
// is installed: a describe.Recognizer. It stands beside the PDF engine at the
// start of describe: a PNG in, lines of words with boxes out, which become
// text like that of any page.
//
// Each picture is read by a process of its own that gets a deadline, limits on
// memory and output, an empty environment and no shell; what it answers is
// parsed as hostile input. The package stores nothing, writes no files and
// does not decide which pages are read.
package ocr
