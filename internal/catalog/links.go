package catalog

import (
	"context"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Links finds reports by what they point to: from one side of a relation the
// other, the reports of a series, those that were merged into one, and those
// that point to an authority or name somebody without pointing to one.
type Links interface {
	// Linked gives the identifiers of the reports that point to the target,
	// whatever their state, in order; at most limit (0 = all).
	Linked(ctx context.Context, l Link, limit int) ([]string, error)
}

// Link is something that reports point to.
type Link struct {
	Kind   string // [LinkReport], [LinkSeries], [LinkMerged], [LinkAuthority], [LinkName]
	Target string // the identifier of the other report or authority; the name of the series; a name as [Fold] gives it
}

// The kinds of links.
const (
	LinkReport    = "report"
	LinkSeries    = "series"
	LinkMerged    = "merged"    // was merged into the other
	LinkAuthority = "authority" // an agent or heading points to it
	LinkName      = "name"      // an agent or heading that points to no authority has it
)

// LinksForm is the number of the present form of [LinksOf]. A backend that was
// filled by an earlier one fills its links again when it is opened.
const LinksForm = 2

// longestName is in bytes, folded; what is longer is the name of nobody.
const longestName = 1000

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
	named := func(authority, name string) {
		if authority != "" {
			add(LinkAuthority, authority)
		} else if len(name) <= 2*longestName {
			if name = Fold(name); len(name) <= longestName {
				add(LinkName, name)
			}
		}
	}
	for _, c := range r.Agents {
		named(c.Authority, c.Name)
	}
	for _, h := range r.Headings {
		named(h.Authority, h.Label)
	}
	return all
}
