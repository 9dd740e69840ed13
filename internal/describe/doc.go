// Package describe makes a catalogue record from the document itself: it reads
// a file through an [Engine], builds lines from characters, and lets one
// finder per field propose findings, each with page, quotation, box, method
// and confidence. What the document does not say stays empty.
//
// It stands second in the way of the data, between acquire and identify. It
// works offline and stores nothing: findings and page texts are returned to
// the caller. It never fetches, never decides about duplicates and never
// writes the catalogue.
package describe
