// Package embed says what stands inside the PDFs that readers take home: the
// catalogue record of a report as the metadata of one of its files, for the
// document information dictionary (ISO 32000-1 §14.3.3) and as an XMP packet
// (ISO 16684-1).
//
// It stands at the end of the way of the data: a report in, a [Record] out,
// which a [Writer] appends to the bytes of the file. What is appended is an
// incremental update (ISO 32000-1 §7.5.6): the original stays whole as the
// first bytes of the copy, and the record says how many they are and their
// SHA-256. A tail that was made once is kept by [Keeper] in a cache.
//
// It does not read PDF, stores nothing that could not be made again, and asks
// no rights: that is the door's work.
package embed
