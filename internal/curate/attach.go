package curate

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

const opAttach = "add a file to the report"

// AttachAs says what a file is to the report that it is added to.
type AttachAs string

// The ways to add a file to a report.
const (
	AttachAnnex       AttachAs = "annex" // stands beside the document; [greyshelf.File.Part] names it
	AttachData        AttachAs = "data"  // the same of data, which need not be readable
	AttachCopy        AttachAs = "copy"  // the document itself in other bytes, or the first file of a record
	AttachEdition     AttachAs = "edition"
	AttachTranslation AttachAs = "translation"
)

// AttachWays gives every way.
func AttachWays() []AttachAs {
	return []AttachAs{AttachAnnex, AttachData, AttachCopy, AttachEdition, AttachTranslation}
}

// Beside reports whether the file is a part beside the document itself: then
// what it says of itself is not said of the report.
func (as AttachAs) Beside() bool { return as == AttachAnnex || as == AttachData }

// longestPart bounds the name of a part in characters.
const longestPart = 200

// Attach adds a file, whose bytes and pages are kept already, to a report: as
// an annex or as data of its newest edition under the name part ("Annex 2"), or
// as a copy, edition or translation of the document. The record stays as it
// is, but for what [Desk.Merge] takes over and what a record without a file
// lacked; findings of annexes and data are not kept. The same bytes are known.
// Undo takes the file out again. Errors: NotFound; Invalid for an unknown way
// or a part that is too long; Conflict when another report holds the file, or
// this one is withdrawn.
func (d *Desk) Attach(ctx context.Context, who, id string, in Described, as AttachAs, part string) (Outcome, error) {
	to, err := d.attachable(ctx, id, as, part)
	if err != nil {
		return Outcome{}, err
	}
	switch holder, err := d.Catalog.Holder(ctx, in.File.SHA256); {
	case err == nil && holder == id:
		return Outcome{Status: Known, Report: id}, nil
	case err == nil:
		return Outcome{}, greyshelf.Errorf(greyshelf.Conflict, opAttach, id, "the report %s holds this file already; merge the two", holder)
	case greyshelf.KindOf(err) != greyshelf.NotFound:
		return Outcome{}, err
	}
	in.File.Added = in.File.Added.UTC().Truncate(time.Microsecond)
	if as.Beside() {
		addPart(&to, in.File, cmp.Or(strings.TrimSpace(part), map[AttachAs]string{AttachAnnex: "Annex", AttachData: "Data"}[as]))
	} else {
		addDocument(&to, in, as)
	}
	if reason := badEdition(&to); reason != "" {
		return Outcome{}, greyshelf.Errorf(greyshelf.Invalid, opAttach, id, "%s", reason)
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, ""), Reports: []greyshelf.Report{to}}
	if !as.Beside() && in.Method != "" {
		c.Findings = []greyshelf.FindingSet{{Report: id, File: in.File.SHA256, Method: in.Method, Findings: in.Findings}}
	}
	made, err := d.Catalog.Commit(ctx, c)
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{Status: Added, Report: id, Decision: made.ID}, nil
}

// Attachable gives the error that [Desk.Attach] would give whatever the file:
// to ask before its bytes are kept.
func (d *Desk) Attachable(ctx context.Context, id string, as AttachAs, part string) error {
	_, err := d.attachable(ctx, id, as, part)
	return err
}

// attachable gives the report if a file may be added to it.
func (d *Desk) attachable(ctx context.Context, id string, as AttachAs, part string) (greyshelf.Report, error) {
	to, err := d.Catalog.Report(ctx, id)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return to, greyshelf.Errorf(greyshelf.NotFound, opAttach, id, "there is no report %q in the library", id)
	}
	if err != nil {
		return to, err
	}
	refuse := func(kind greyshelf.Kind, format string, args ...any) (greyshelf.Report, error) {
		return to, greyshelf.Errorf(kind, opAttach, id, format, args...)
	}
	switch {
	case !slices.Contains(AttachWays(), as):
		return refuse(greyshelf.Invalid, "“%s” is no way to add a file; it must be annex, data, copy, edition or translation", as)
	case len([]rune(part)) > longestPart || strings.ContainsFunc(part, func(r rune) bool { return r < ' ' }):
		return refuse(greyshelf.Invalid, "the name of the part must be one line of at most %d characters", longestPart)
	case to.MergedInto != "":
		return refuse(greyshelf.Conflict, "it was merged into %s; add the file to that one", to.MergedInto)
	case to.State == greyshelf.Withdrawn:
		return refuse(greyshelf.Conflict, "it is withdrawn; bring it back first")
	}
	return to, nil
}

// addPart puts the file into the newest edition: the document itself first,
// then its parts by their names.
func addPart(to *greyshelf.Report, file greyshelf.File, part string) {
	file.Part = part
	to.Editions = slices.Clone(to.Editions)
	if len(to.Editions) == 0 {
		to.Editions = []greyshelf.Edition{{ID: "1", Date: to.Date}}
	}
	files := append(slices.Clone(to.Editions[0].Files), file)
	slices.SortStableFunc(files, func(a, b greyshelf.File) int { return comparePart(a.Part, b.Part) })
	to.Editions[0].Files = files
}

// addDocument puts the document itself into the report.
func addDocument(to *greyshelf.Report, in Described, as AttachAs) {
	from := FromFindings(in.File, in.Findings)
	if len(to.Files()) == 0 {
		to.Format, to.Extent, to.Size = cmp.Or(to.Format, from.Format), cmp.Or(to.Extent, from.Extent), cmp.Or(to.Size, from.Size)
	}
	if as == AttachCopy && len(to.Editions) > 0 {
		from.Editions[0].Language, from.Editions[0].Date = to.Editions[0].Language, to.Editions[0].Date
		addCopies(to, from)
		slices.SortStableFunc(to.Editions[0].Files, func(a, b greyshelf.File) int { return comparePart(a.Part, b.Part) })
		return
	}
	addEditions(to, from)
}

// comparePart orders the names of parts: numbers within them by their value,
// so that Annex 2 stands before Annex 10.
func comparePart(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	for a != "" && b != "" {
		x, restA := leading(a)
		y, restB := leading(b)
		if c := cmp.Or(cmp.Compare(numberLength(x), numberLength(y)), cmp.Compare(x, y)); c != 0 {
			return c
		}
		a, b = restA, restB
	}
	return cmp.Compare(a, b)
}

// leading cuts the number at the beginning of a text, without its zeros, or
// its first byte.
func leading(text string) (first, rest string) {
	n := 0
	for n < len(text) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	if n == 0 {
		return text[:1], text[1:]
	}
	return cmp.Or(strings.TrimLeft(text[:n], "0"), "0"), text[n:]
}

// numberLength is by how many digits a number is larger; 0 for what is none.
func numberLength(first string) int {
	if first[0] < '0' || first[0] > '9' {
		return 0
	}
	return len(first)
}
