package identify

import (
	"math"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Verdict says what a new file is to a file of the library.
type Verdict string

// The verdicts, the closest first.
const (
	SameFile    Verdict = "same file"    // the same bytes
	OtherCopy   Verdict = "other copy"   // the same text in other bytes
	NewEdition  Verdict = "new edition"  // another version of the same report; which is newer, the dates say
	Translation Verdict = "translation"  // of the same report into another language
	PartOf      Verdict = "part of"      // the new file stands within the old
	Whole       Verdict = "whole of"     // the old file stands within the new
	SummaryOf   Verdict = "summary of"   // much of the new file is in the old, which is far longer; or the other way round
	Different   Verdict = "different"    // a report of its own, though the titles are nearly the same
	Unrelated   Verdict = "not the same" // nothing worth showing
)

// Noun gives the verdict as it stands before "of": "a new edition", "a part".
func (v Verdict) Noun() string {
	switch v {
	case SameFile:
		return "the same file as that"
	case OtherCopy:
		return "another copy"
	case NewEdition:
		return "a new edition"
	case Translation:
		return "a translation"
	case PartOf:
		return "a part"
	case Whole:
		return "the whole"
	case SummaryOf:
		return "a summary"
	}
	return "a report like that"
}

// Evidence is one thing that speaks for a verdict, or against it.
type Evidence struct {
	Kind    string   `json:"kind"`             // one of [EvidenceKinds]
	Says    string   `json:"says"`             // in words
	Values  []string `json:"values,omitempty"` // what the words name, for other languages
	Against bool     `json:"against,omitempty"`
	Part    float64  `json:"part,omitempty"` // 0..1, where it can be counted
}

// EvidenceKinds gives the kinds of evidence.
func EvidenceKinds() []string {
	return []string{"bytes", "identifier", "other identifier", "text", "recognition", "common", "numbers", "title", "agents", "date", "same agents", "same date", "address"}
}

// Match is a file of the library and what the new file is to it.
type Match struct {
	Report   string     `json:"report"`
	File     string     `json:"file"` // SHA-256
	Title    string     `json:"title,omitempty"`
	Verdict  Verdict    `json:"verdict"`
	Percent  int        `json:"percent"` // how alike the two are in what the verdict says: 0..100
	Likeness Likeness   `json:"likeness"`
	Evidence []Evidence `json:"evidence"`
}

// What the verdicts ask for. They were chosen on pairs that the test makes
// (pairs_test.go), not on a publisher's reports.
const (
	copyText     = 0.90 // of either text is in both: the same text, re-saved or recognised anew
	wornPassages = 0.90 // of the passages of a recognised text are there
	editionText  = 0.45 // of the shorter text: a revision keeps more than that
	otherNumber  = 0.70 // the same, where their identifiers are not the same
	partText     = 0.80 // of the shorter text is in the longer
	partLength   = 0.60 // and it is shorter than this part of it
	summaryText  = 0.20
	summaryLong  = 0.40 // a summary is shorter than this part of its report
	numbersSame  = 0.50 // of the successions of numbers
	nearTitle    = 0.60
	sameWords    = 0.90 // of the titles' words
)

// judge gives the verdict on a new file and an old one.
func judge(now Known, met meeting, l Likeness) Match {
	m := Match{Report: met.report.ID, File: met.file.SHA256, Title: met.report.Title, Likeness: l}
	m.Evidence = evidence(now.Report, met.report, l)
	if now.File.SHA256 == met.file.SHA256 {
		m.Verdict, m.Percent = SameFile, 100
		m.Evidence = append([]Evidence{{Kind: "bytes", Says: "the same bytes", Part: 1}}, m.Evidence...)
		return m
	}
	var share float64
	m.Verdict, share = verdict(now.Report, met, l)
	m.Percent = int(math.Round(100 * share))
	return m
}

// verdict weighs the likeness of two files. It gives the share that is shown.
func verdict(now greyshelf.Report, met meeting, l Likeness) (Verdict, float64) {
	old := met.report
	_, identified := sharedIdentifier(now, old)
	least := editionText
	if otherIdentifiers(now, old) {
		least = otherNumber
	}
	near := l.Title >= nearTitle
	titled := l.Title >= sameWords && sharesAgent(now, old)
	within, around := l.NewInOld, l.OldInNew
	if l.Worn { // what a recognition reads wrong is there all the same
		within, around = max(within, met.newPassages.touched), max(around, met.oldPassages.touched)
	}
	shorter := max(within, around)
	alike := between(l.Length, partLength)
	switch {
	case otherLanguage(now, old) && (l.Numbers >= numbersSame || identified):
		return Translation, max(l.Numbers, l.Text)
	case min(within, around) >= copyText && sameDate(now, old) && sameVersion(now, old):
		return OtherCopy, min(within, around)
	case min(within, around) >= copyText:
		return NewEdition, l.Text
	case within >= partText && l.Length <= partLength:
		return PartOf, within
	case around >= partText && l.Length >= 1/partLength:
		return Whole, around
	case shorter >= summaryText && (titled || near || identified) && !between(l.Length, summaryLong):
		return SummaryOf, shorter
	case identified || titled && shorter >= summaryText:
		return NewEdition, l.Text
	case (near || alike) && shorter >= least:
		return NewEdition, l.Text
	case near:
		return Different, l.Text
	}
	return Unrelated, l.Text
}

// otherIdentifiers: both have identifiers of a scheme, and none is the same.
func otherIdentifiers(a, b greyshelf.Report) bool {
	if _, same := sharedIdentifier(a, b); same {
		return false
	}
	for _, x := range a.Identifiers {
		if x.Scheme != greyshelf.ISSN && b.Identifier(x.Scheme) != "" {
			return true
		}
	}
	return false
}

// otherLanguage: both are stated and not the same.
func otherLanguage(a, b greyshelf.Report) bool {
	x, y := language(a), language(b)
	return x != "" && y != "" && x != y
}

// between reports whether two lengths are about the same: neither is shorter
// than least of the other.
func between(length, least float64) bool { return length >= least && length <= 1/least }

// language gives the main language of a report without its region: "en" of
// "en-GB".
func language(r greyshelf.Report) string {
	if len(r.Languages) == 0 {
		return ""
	}
	main, _, _ := strings.Cut(strings.ToLower(r.Languages[0]), "-")
	return main
}

// sameDate: equal, or not stated on one side.
func sameDate(a, b greyshelf.Report) bool {
	return a.Date.EDTF == "" || b.Date.EDTF == "" || a.Date.EDTF == b.Date.EDTF
}

func sameVersion(a, b greyshelf.Report) bool {
	return a.Version == "" || b.Version == "" || a.Version == b.Version
}
