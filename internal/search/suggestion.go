package search

import (
	"context"

	"github.com/greyshelf/greyshelf/internal/query"
)

// fewReports is the number of reports below which a query is respelled.
const fewReports = 3

// suggestion gives the whole query respelled, where it found little and the
// respelled one finds more; else "".
func (s *Service) suggestion(ctx context.Context, r Request, found Result) (string, error) {
	if r.Query == nil || found.Reports >= fewReports || r.Offset > 0 {
		return "", nil
	}
	var failed error
	changed := false
	respelled := query.Map(r.Query, func(leaf query.Query) query.Query {
		word, ok := leaf.(query.Word)
		if !ok || failed != nil {
			return leaf
		}
		better, err := s.Index.Suggest(ctx, word.Text)
		if err != nil {
			failed = err
		}
		if better == "" {
			return leaf
		}
		changed = true
		return query.Word{Text: better}
	})
	if failed != nil || !changed {
		return "", failed
	}
	r.Query, r.Limit, r.Grouped = respelled, 1, false
	more, err := s.Index.Search(ctx, r)
	if err != nil || more.Reports <= found.Reports {
		return "", err
	}
	return respelled.String(), nil
}
