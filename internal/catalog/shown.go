package catalog

import (
	"context"
	"iter"
	"time"

	"github.com/greyshelf/greyshelf"
)

// Shown reads what is or once was open to the public, in the order in which it
// was last changed: what harvesters page through. A report that was withdrawn
// comes too, in its present state, so that they learn of it.
type Shown interface {
	// Shown gives the reports that the filter lets through, ordered by Updated,
	// then by identifier; each page by one pass over an index.
	Shown(ctx context.Context, f ShownFilter) iter.Seq2[greyshelf.Report, error]
	// Groups gives the groups that some shown report belongs to, by kind and
	// label, only those after the given one; limit 0 = all.
	Groups(ctx context.Context, after Group, limit int) ([]Group, error)
}

// ShownFilter narrows [Shown.Shown]. The zero value lets everything through.
type ShownFilter struct {
	ID          string    // only this report; empty = all
	Group       Group     // only reports of it; the zero Group = all
	From, Until time.Time // bounds of Updated: From included, Until not; zero = none
	After       Place     // only what stands after this place
	Limit       int       // 0 = no limit
}

// Place is a place in the order of shown reports.
type Place struct {
	Updated time.Time
	ID      string
}

// Group is a heading or a publisher that reports have in common. An empty
// label stands for any of the kind.
type Group struct {
	Kind  string // [GroupHeading], [GroupPublisher]
	Label string
}

// The kinds of groups.
const (
	GroupHeading   = "heading"
	GroupPublisher = "publisher"
)

// GroupsOf gives the groups that a report belongs to, each once.
func GroupsOf(r greyshelf.Report) []Group {
	var all []Group
	seen := map[Group]bool{}
	add := func(kind, label string) {
		for _, g := range []Group{{kind, ""}, {kind, label}} {
			if label != "" && !seen[g] {
				seen[g] = true
				all = append(all, g)
			}
		}
	}
	for _, h := range r.Headings {
		add(GroupHeading, h.Label)
	}
	for _, a := range r.AgentsWith(greyshelf.Publisher) {
		add(GroupPublisher, a.Name)
	}
	return all
}

// Public reports whether a report is open to the public at all. A report that
// ever was stays among the shown ones.
func Public(r greyshelf.Report) bool {
	return r.State == greyshelf.Published && r.Rights.EffectiveAccess() != greyshelf.AccessEmbargo
}
