// Package invented makes reports that nobody has published, as many as wanted
// and no two alike: PDFs of sixteen layouts in six languages by thirty invented
// publishers, each lacking some of what reports state. With each comes its
// [Truth]. They measure how well reports are described that were never looked
// at while rules were written.
//
// It stands before the way of the data, beside package sample, and is used by
// tests and measurements only. Layout, language, publisher and what is absent
// are drawn independently of each other. The same seed gives the same bytes. It
// stores nothing and reads nothing but its own words.
package invented

import (
	"fmt"
	"math/rand/v2"
)

// Truth is what a report states. Empty means that it does not state it.
type Truth struct {
	Title, Subtitle string
	Parallel        []string // titles in other languages
	Creators        []string // "Family, Given", or a body
	Corporate       []string // the bodies among them
	Publisher       string
	Commissioning   string
	Date            string            // EDTF, of this edition
	Dates           map[string]string // by kind: published, updated
	ReportNumber    string
	Series          string
	Language        string // BCP 47
	Abstract        string
	Labelled        bool              // the abstract is headed as one
	Rights          string            // code
	Identifiers     map[string]string // by scheme
}

// Report is one invented report.
type Report struct {
	Name     string // file name
	Layout   string
	Language string // BCP 47
	House    string // the invented publisher, also where the report does not name it
	Truth    Truth
	Make     func() ([]byte, error) // writes the PDF
}

// Reports gives the first n reports of a seed. Report i does not depend on n.
// No two of the first thousand or so have the same title; then the words run
// out.
func Reports(seed uint64, n int) []Report {
	var all []Report
	titles := map[string]bool{}
	for i := range n {
		d := newDraft(rand.New(rand.NewPCG(seed, uint64(i))), titles)
		layout := layouts()[d.pick(len(layouts()))]
		d.fit(layout)
		d.drawn = [2]uint64{^seed, uint64(i)}
		all = append(all, Report{
			Name:   fmt.Sprintf("%s-%s-%03d.pdf", layout.name, d.w.tag, i),
			Layout: layout.name, Language: d.w.tag, House: d.house.name, Truth: d.truth(), Make: func() ([]byte, error) { return d.make(layout) },
		})
	}
	return all
}

// layout is a way in which reports look.
type layout struct {
	name string
	has  string // which facts it has room for: letters of the constants below
	draw func(*canvas, *draft)
}

// The facts that a layout may have room for.
const (
	hasSubtitle = "s"
	hasAuthors  = "a"
	hasDate     = "d"
	hasUpdated  = "u"
	hasNumber   = "n"
	hasSeries   = "r"
	hasHouse    = "h"
	hasAbstract = "b"
	hasRights   = "c"
	hasISBN     = "i"
	hasDOI      = "o"
	hasClient   = "m" // the commissioning body
	hasParallel = "p"
	hasCorpus   = "k" // a corporate author instead of persons
)

func layouts() []layout {
	return []layout{
		{"cover", "sadhrc", drawCover}, {"brief", "adnrhc", drawBrief}, {"memo", "adnh", drawMemo}, {"threat", "sdhc", drawThreat},
		{"assembly", "dnbk", drawAssembly}, {"submission", "dk", drawSubmission}, {"committee", "dnrh", drawCommittee},
		{"working paper", "adnrhbo", drawWorkingPaper}, {"audit", "sdnhb", drawAudit}, {"book", "sadhcim", drawBook},
		{"newsletter", "adrhn", drawNewsletter}, {"appeal", "saduhc", drawAppeal}, {"side column", "saduhrb", drawSideColumn},
		{"typescript", "adnhm", drawTypescript}, {"two languages", "pdhnc", drawTwoLanguages}, {"conference", "adb", drawConference},
	}
}
