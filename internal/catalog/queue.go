package catalog

import (
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
)

// Queue reads what waits for the desk: candidates, drafts, what waits for a
// second pair of eyes, and what is published and still to be looked at. Each
// step goes by an index, however long the queue is.
type Queue interface {
	// Waiting gives the identifiers of the waiting reports that the filter lets
	// through, in order of arrival; with Before backwards from there.
	Waiting(ctx context.Context, f QueueFilter) ([]string, error)
	// CountWaiting counts them by state, whatever the filter says of places,
	// states and Limit.
	CountWaiting(ctx context.Context, f QueueFilter) (map[greyshelf.State]int, error)
}

// QueueFilter narrows [Queue.Waiting]. The zero value lets everything through.
type QueueFilter struct {
	State     greyshelf.State // empty = any; Published = published and still to be looked at
	Language  string          // main language
	Publisher string          // first publisher, as named in the report
	After     string          // only what arrived after the report with this identifier …
	Before    string          // … or before it, the nearest first
	Limit     int             // 0 = no limit
}

// QueueStates gives the states in which a report waits for the desk.
func QueueStates() []greyshelf.State {
	return []greyshelf.State{greyshelf.Candidate, greyshelf.Draft, greyshelf.ToReview, greyshelf.Published}
}

// Waits reports whether a report waits for the desk.
func Waits(r greyshelf.Report) bool {
	if r.State == greyshelf.Published {
		return r.Desk.Review
	}
	return slices.Contains(QueueStates(), r.State)
}

// QueueKeys gives by what a waiting report can be found: its main language and
// its first publisher, "" for none.
func QueueKeys(r greyshelf.Report) (language, publisher string) {
	if len(r.Languages) > 0 {
		language = r.Languages[0]
	}
	if publishers := r.AgentsWith(greyshelf.Publisher); len(publishers) > 0 {
		publisher = publishers[0].Name
	}
	return language, publisher
}
