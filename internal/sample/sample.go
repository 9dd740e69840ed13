// Package sample makes the sample reports of the demo: PDFs in the layouts that
// real reports have, whose text is the project's own handbook, so that who
// reads them learns the program. With each comes its [Truth]: what the document
// states, for tests that score describing, and nothing that it does not state.
//
// It stands before the way of the data: the demo and tests add what it makes
// as if it had come from publishers. Publishers and people are invented, and
// addresses lie under example.org. The same program makes the same bytes every
// time. It stores nothing and reads nothing but what is embedded in it.
package sample

import (
	_ "embed"

	"github.com/greyshelf/greyshelf"
)

// Sample is one sample report.
type Sample struct {
	Name   string                 // file name: "finding-the-page.pdf"
	Source string                 // the address it pretends to come from
	Truth  Truth                  // what it states
	Make   func() ([]byte, error) // writes the PDF; the same bytes every time
}

// Truth is what a document states about itself. Empty means that the document
// does not state it.
type Truth struct {
	Title, Subtitle string
	Creators        []string // "Family, Given", in the document's order
	Publisher       string
	Date            greyshelf.Date // of this edition
	ReportNumber    string
	Version         string
	Edition         string // as printed: "Second edition"
	Language        string // BCP 47
	Rights          greyshelf.Rights
	Identifiers     []greyshelf.Identifier
	Abstract        string // without the label, spaces between words single
	Pages           int
	LastLabel       string // printed label of the last page, where labels are in the file
	Scan            bool   // the pages are pictures: what is stated can only be seen
	Findable        string // words that stand on one page of this report and in no other sample
	FindablePage    int    // its index from 1
}

// Reports gives every sample, the quickest to make first. Nothing is made
// until [Sample.Make] is called.
func Reports() []Sample {
	return []Sample{
		cover(), memo(), brief(), undated(), updated(), french(), russian(), arabicReport(),
		firstEdition(), secondEdition(), publisherSite(), partnerSite(), creativeCommons(), reserved(), typist(),
		scanned(), long(),
	}
}

//go:embed seed.txt
var seed string

// Seed gives the three-entry annotated list that the demo begins with.
func Seed() string { return seed }

// SeedHeadings gives the subjects under which each entry of [Seed] stands, in
// order: labels of the vocabulary that comes with the program.
func SeedHeadings() [][]string {
	return [][]string{
		{"Cybersecurity", "Norms in cyberspace", "Negotiations"},
		{"International relations", "Multilateralism", "Great power competition"},
		{"Arms trade", "Sustainable development", "Treaties"},
	}
}
