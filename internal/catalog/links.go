package catalog

import (
	"context"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Links finds reports by what they point to: from one side of a relation the
// other, the reports of a series, and those that were merged into one.
type Links interface {
	// Linked gives the identifiers of the reports that point to the target,
	// whatever their state, in order; at most limit (0 = all).
	Linked(ctx context.Context, l Link, limit int) ([]string, error)
}

// Link is something that reports point to.
type Link struct {
	Kind   string // [LinkReport], [LinkSeries], [LinkMerged]
	Target string // the identifier of the other report; the name of the series
}

// The kinds of links.
const (
	LinkReport = "report"
	LinkSeries = "series"
	LinkMerged = "merged" // was merged into the other
)

// LinksOf gives what a report points to, each once.
func LinksOf(r greyshelf.Report) []Link {
	var all []Link
	seen := map[Link]bool{}
	add := func(kind, target string) {
		l := Link{kind, target}
		if target != "" && !seen[l] {
			seen[l] = true
			all = append(all, l)
		}
	}
	for _, other := range r.Relations {
		add(LinkReport, other.Report)
	}
	add(LinkMerged, r.MergedInto)
	add(LinkSeries, strings.TrimSpace(r.Series))
	return all
}
