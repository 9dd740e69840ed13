package app

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Waiting gives the reports that wait for the desk, in order of arrival: only
// those in the state, the language and of the publisher where these are given,
// at most limit (0 = all). Errors: Invalid for a state in which nothing waits.
func (l *Library) Waiting(ctx context.Context, state greyshelf.State, language, publisher string, limit int) ([]greyshelf.Report, error) {
	if state != "" && !catalog.Waits(greyshelf.Report{State: state, Desk: greyshelf.DeskFile{Review: true}}) {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "list the queue", string(state), "nothing waits in this state; there are %v", catalog.QueueStates())
	}
	ids, err := l.Catalog.Waiting(ctx, catalog.QueueFilter{State: state, Language: language, Publisher: publisher, Limit: limit})
	if err != nil {
		return nil, err
	}
	waiting := []greyshelf.Report{}
	for r, err := range l.Catalog.Reports(ctx, catalog.Filter{IDs: append([]string{}, ids...)}) {
		if err != nil {
			return nil, err
		}
		waiting = append(waiting, r)
	}
	return waiting, nil
}
