// Package identify says what a new file is to the library: a copy of a file
// that it has, a new edition or a translation of a report, a part or a summary
// of one, or a report of its own whatever its title looks like.
//
// It stands between describe and curate. Every kind of evidence (bytes,
// identifiers, text, numbers, title) gives keys into one inverted index (the
// port [Index]); the few files that share keys are then compared by their
// texts, and [Judge] gives a verdict with percentages and the evidence. It
// proposes only: nothing is merged here, a person decides.
//
// It stores keys of files through its port, all of which can be made again
// from the catalogue and the page texts; no texts and no verdicts.
package identify
