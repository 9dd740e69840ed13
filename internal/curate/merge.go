package curate

import (
	"context"
	"slices"
	"strconv"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

const opMerge = "merge reports"

// MergeAs says what the files of a merged report are to the report that takes
// them in.
type MergeAs string

// The ways to merge.
const (
	AsEdition     MergeAs = "edition"     // another version of the report
	AsCopy        MergeAs = "copy"        // the same edition in other bytes
	AsTranslation MergeAs = "translation" // the same report in another language
)

// Merge makes one report of two: the files of the report id become editions or
// files of the report into, which keeps its own description and takes over the
// identifiers that it lacks; the other is withdrawn, and its address leads on.
// Undo brings both back. Errors: NotFound; Invalid for a report with itself, an
// unknown way, or a report without files; Conflict when one of them was merged
// already or was changed meanwhile.
func (d *Desk) Merge(ctx context.Context, who, id, into string, as MergeAs, reason string) (greyshelf.Decision, error) {
	from, to, err := d.mergeable(ctx, id, into, as)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	switch as {
	case AsCopy:
		addCopies(&to, from)
	default:
		addEditions(&to, from)
	}
	for _, has := range from.Identifiers {
		if !slices.Contains(to.Identifiers, has) {
			to.Identifiers = append(to.Identifiers, has)
		}
	}
	from.Editions, from.State, from.MergedInto = nil, greyshelf.Withdrawn, to.ID
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, reason), Reports: []greyshelf.Report{to, from}}
	if c.Findings, err = d.findingsFor(ctx, id, to); err != nil {
		return greyshelf.Decision{}, err
	}
	return d.Catalog.Commit(ctx, c)
}

// mergeable gives the two reports if they may be merged.
func (d *Desk) mergeable(ctx context.Context, id, into string, as MergeAs) (from, to greyshelf.Report, err error) {
	refuse := func(kind greyshelf.Kind, format string, args ...any) (greyshelf.Report, greyshelf.Report, error) {
		return from, to, greyshelf.Errorf(kind, opMerge, id, format, args...)
	}
	if from, err = d.Catalog.Report(ctx, id); err != nil {
		return from, to, err
	}
	if to, err = d.Catalog.Report(ctx, into); err != nil {
		return from, to, err
	}
	switch {
	case as != AsEdition && as != AsCopy && as != AsTranslation:
		return refuse(greyshelf.Invalid, "“%s” is no way to merge; it must be edition, copy or translation", as)
	case id == into:
		return refuse(greyshelf.Invalid, "a report cannot be merged with itself")
	case from.MergedInto != "":
		return refuse(greyshelf.Conflict, "it was merged into %s already; undo that first", from.MergedInto)
	case to.MergedInto != "":
		return refuse(greyshelf.Conflict, "%s was merged into %s; merge into that one", to.ID, to.MergedInto)
	case len(from.Files()) == 0 && as != AsCopy:
		return refuse(greyshelf.Invalid, "it has no file that could become an edition of %s; merge it as a copy: its address then leads there", to.ID)
	}
	return from, to, nil
}

// addCopies puts the files into the edition of the same language and date,
// else into the first.
func addCopies(to *greyshelf.Report, from greyshelf.Report) {
	if len(from.Editions) == 0 {
		return // a record: its address leads to the report
	}
	if len(to.Editions) == 0 {
		addEditions(to, from)
		return
	}
	to.Editions = slices.Clone(to.Editions)
	for _, e := range from.Editions {
		at := slices.IndexFunc(to.Editions, func(is greyshelf.Edition) bool {
			return is.Language == e.Language && is.Date.EDTF == e.Date.EDTF
		})
		at = max(at, 0)
		to.Editions[at].Files = slices.Concat(to.Editions[at].Files, e.Files)
	}
}

// addEditions puts the editions into the report, the newest first. Date,
// version, extent and size of a report are those of its newest edition.
func addEditions(to *greyshelf.Report, from greyshelf.Report) {
	newer := from.Date.EDTF > to.Date.EDTF && to.Date.EDTF != "" && sameLanguage(from, *to)
	editions := slices.Clone(from.Editions)
	for i := range editions {
		editions[i].ID = freeID(slices.Concat(to.Editions, editions[:i]))
		if editions[i].Label == "" && from.Version != "" {
			editions[i].Label = "Version " + from.Version
		}
		if language := editions[i].Language; language != "" && !slices.Contains(to.Languages, language) {
			to.Languages = append(slices.Clone(to.Languages), language)
		}
	}
	if !newer {
		to.Editions = slices.Concat(to.Editions, editions)
		return
	}
	to.Editions = slices.Concat(editions, to.Editions)
	to.Date, to.Version, to.Extent, to.Size = from.Date, from.Version, from.Extent, from.Size
}

func sameLanguage(a, b greyshelf.Report) bool {
	return len(a.Languages) == 0 || len(b.Languages) == 0 || a.Languages[0] == b.Languages[0]
}

// freeID gives a number that no edition has.
func freeID(editions []greyshelf.Edition) string {
	for n := len(editions) + 1; ; n++ {
		id := strconv.Itoa(n)
		if !slices.ContainsFunc(editions, func(e greyshelf.Edition) bool { return e.ID == id }) {
			return id
		}
	}
}

// findingsFor gives the findings of a report as those of the one that holds
// their files from now on.
func (d *Desk) findingsFor(ctx context.Context, id string, to greyshelf.Report) ([]greyshelf.FindingSet, error) {
	sets, err := d.Catalog.Findings(ctx, id)
	var mine []greyshelf.FindingSet
	for _, set := range sets {
		if _, ok := to.File(set.File); ok {
			set.Report = to.ID
			mine = append(mine, set)
		}
	}
	return mine, err
}
