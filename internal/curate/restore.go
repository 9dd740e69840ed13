package curate

import (
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

const opPast = "find the earlier state"

// Past gives a report as it was right after the decision with the sequence
// number, from its present state and the decisions on it, newest first. Before
// the first decision it has its identifier and nothing else. It is a pure
// function. Errors: Conflict when the decisions do not lead to the present
// state.
func Past(r greyshelf.Report, decisions []greyshelf.Decision, seq int64) (greyshelf.Report, error) {
	for _, d := range decisions {
		if d.Seq <= seq {
			break
		}
		if !touches(d, r.ID) {
			continue // kept findings only
		}
		before, err := catalog.Revert(r, d.Changes)
		if err != nil {
			return r, err
		}
		before.Revision--
		r = before
	}
	return r, nil
}

// PastRevision gives a report as it was at one of its revisions, as [Past]
// does. Errors: Invalid when it never had that revision, Conflict.
func PastRevision(r greyshelf.Report, decisions []greyshelf.Decision, revision int) (greyshelf.Report, error) {
	since := Since(r, decisions, revision)
	if revision < 0 || revision > r.Revision || len(since) < r.Revision-revision {
		return r, greyshelf.Errorf(greyshelf.Invalid, opPast, r.ID, "it never had the revision %d", revision)
	}
	if len(since) == 0 {
		return r, nil
	}
	return Past(r, since, 0)
}

// Since gives the decisions that changed a report after one of its revisions,
// of those on it, newest first.
func Since(r greyshelf.Report, decisions []greyshelf.Decision, revision int) []greyshelf.Decision {
	var since []greyshelf.Decision
	for _, d := range decisions {
		if len(since) >= r.Revision-revision {
			break
		}
		if touches(d, r.ID) {
			since = append(since, d)
		}
	}
	return since
}

// touches reports whether a decision changed the report.
func touches(d greyshelf.Decision, report string) bool {
	return slices.ContainsFunc(d.Changes, func(c greyshelf.Change) bool { return c.Report == report })
}
