// Package greyshelf holds the words of the library: report, edition, file,
// page, passage, agent, heading, rights, date, entry, finding, decision, state
// and the kinds of errors. Every other package speaks in these words.
//
// It stands before the way of the data (acquire → describe → identify → curate
// → search → publish): it stores nothing, reads nothing and imports the
// standard library only. GLOSSARY.md says where each name comes from.
package greyshelf
