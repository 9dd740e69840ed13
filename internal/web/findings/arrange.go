package findings

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// set is what one describer found in one file.
type set struct {
	Method string
	Beside bool // it was found beside the file, on the landing page, or pointed at by a person
	Groups []group
}

// group is the findings of one field, chosen ones first.
type group struct {
	Field    greyshelf.Field
	Findings []finding
}

// finding is one line of the page.
type finding struct {
	greyshelf.Finding
	N       int    // from 1, in the order of the page
	Link    string // to the page with this one's evidence
	Percent int
	Doubt   bool // chosen, and less sure than [sure]
	Current bool

	file string // SHA-256
}

// sure is the confidence from which a chosen value needs no second look.
const sure = 0.9

// order is the order of the fields in a record.
func order() []greyshelf.Field {
	return []greyshelf.Field{
		greyshelf.FieldTitle, greyshelf.FieldSubtitle, greyshelf.FieldParallelTitle, greyshelf.FieldCreator, greyshelf.FieldAffiliation,
		greyshelf.FieldPublisher, greyshelf.FieldCommissioning, greyshelf.FieldHosting, greyshelf.FieldDate, greyshelf.FieldReportNumber,
		greyshelf.FieldIdentifier, greyshelf.FieldSeries, greyshelf.FieldVersion, greyshelf.FieldType, greyshelf.FieldAbstract,
		greyshelf.FieldRights, greyshelf.FieldLanguage, greyshelf.FieldPages, greyshelf.FieldSize, greyshelf.FieldCitation, greyshelf.FieldURL,
	}
}

// arranged puts the sets in the order of the page: the newest of the file, what
// stands beside it, older ones of the file, and those of the report's other
// files, which have a page of their own, not at all. here is the address of the
// page.
func arranged(r greyshelf.Report, file greyshelf.File, sets []greyshelf.FindingSet, here string) []set {
	var own, beside []greyshelf.FindingSet
	for _, s := range slices.Backward(sets) {
		_, ofReport := r.File(s.File)
		switch {
		case s.File == file.SHA256 && s.Method != "person":
			own = append(own, s)
		case s.File == file.SHA256 || !ofReport:
			beside = append(beside, s)
		}
	}
	ordered := slices.Concat(own[:min(1, len(own))], beside, own[min(1, len(own)):])
	mark := "?"
	if strings.Contains(here, "?") {
		mark = "&"
	}
	n := 0
	var all []set
	for _, s := range ordered {
		out := set{Method: s.Method, Beside: s.File != file.SHA256 || s.Method == "person", Groups: grouped(s)}
		for _, g := range out.Groups {
			for i := range g.Findings {
				n++
				g.Findings[i].N, g.Findings[i].Link = n, here+mark+"n="+strconv.Itoa(n)+"#f-"+strconv.Itoa(n)
			}
		}
		all = append(all, out)
	}
	return all
}

func grouped(s greyshelf.FindingSet) []group {
	var groups []group
	for _, f := range s.Findings {
		at := slices.IndexFunc(groups, func(g group) bool { return g.Field == f.Field })
		if at < 0 {
			at = len(groups)
			groups = append(groups, group{Field: f.Field})
		}
		percent := int(math.Round(min(max(f.Confidence, 0), 1) * 100))
		groups[at].Findings = append(groups[at].Findings, finding{Finding: f, Percent: percent, Doubt: f.Chosen && f.Confidence < sure, file: s.File})
	}
	rank := func(field greyshelf.Field) int {
		if i := slices.Index(order(), field); i >= 0 {
			return i
		}
		return len(order())
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(rank(a.Field), rank(b.Field)) })
	for _, g := range groups {
		slices.SortStableFunc(g.Findings, func(a, b finding) int { return cmp.Compare(chosenFirst(a), chosenFirst(b)) })
	}
	return groups
}

func chosenFirst(f finding) int {
	if f.Chosen {
		return 0
	}
	return 1
}

// doubts counts the chosen values that are not sure.
func (s set) doubts() int {
	n := 0
	for _, g := range s.Groups {
		for _, f := range g.Findings {
			if f.Doubt {
				n++
			}
		}
	}
	return n
}
