package app

import (
	"context"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
)

const (
	mostPagesForHeadings = 1000 // of a report, that are looked through
	mostAlikeTerms       = 30   // words by which reports like it are searched
	mostAlikeFound       = 30   // reports that the search may find
	mostAlikeKept        = 10   // of them, with headings
	leastLikeness        = 0.3  // of the score of the most like one
)

// SuggestHeadings gives the headings that a report may deserve, the best first:
// concepts whose terms stand in it, with the words, and headings of reports that
// are like it, with the reports. Those that it has already are left out. find
// searches the library. Errors: NotFound.
func (l *Library) SuggestHeadings(ctx context.Context, find func(context.Context, search.Ask) (search.Answer, error), id string, limit int) ([]authority.Suggestion, error) {
	r, err := l.Catalog.Report(ctx, id)
	if err != nil {
		return nil, err
	}
	matcher, err := l.vocabulary.now(ctx, l)
	if err != nil {
		return nil, err
	}
	passages, err := l.passages(ctx, r)
	if err != nil {
		return nil, err
	}
	alike, err := l.alike(ctx, find, r, passages)
	if err != nil {
		return nil, err
	}
	_, own, err := authority.NewNamer(l.Catalog).Report(ctx, greyshelf.Report{Headings: r.Headings})
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	for i, h := range r.Headings {
		has[authority.Fold(h.Label)], has[own[i].ID] = true, true
	}
	delete(has, "")
	all := authority.Together(matcher.Suggest(passages, r.Languages, limit+len(r.Headings)), authority.FromAlike(alike), 2*limit+len(r.Headings))
	fresh := slices.DeleteFunc(all, func(s authority.Suggestion) bool {
		return has[s.Authority.ID] || has[authority.Fold(s.Authority.Label)]
	})
	fresh = fresh[:min(limit, len(fresh))]
	return fresh, l.complete(ctx, fresh)
}

// passages gives the parts of a report that are looked through.
func (l *Library) passages(ctx context.Context, r greyshelf.Report) ([]authority.Passage, error) {
	passages := []authority.Passage{{Place: "title", Text: r.Title}, {Place: "title", Text: r.Subtitle}, {Place: "abstract", Text: r.Abstract}}
	files := r.Files()
	if len(files) == 0 {
		return passages, nil
	}
	for p, err := range l.Pages.Pages(ctx, files[0].SHA256, files[0].Text) {
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			break
		}
		if err != nil {
			return nil, err
		}
		passages = append(passages, authority.Passage{Place: "page", Page: p.Index, Text: p.Text})
		if len(passages) > mostPagesForHeadings {
			break
		}
	}
	return passages, nil
}

// alike gives the accepted reports with headings that are most like a report:
// those that a search with its words finds first.
func (l *Library) alike(ctx context.Context, find func(context.Context, search.Ask) (search.Answer, error), r greyshelf.Report, passages []authority.Passage) ([]authority.Alike, error) {
	terms := authority.Terms(passages, mostAlikeTerms)
	if find == nil || len(terms) == 0 {
		return nil, nil
	}
	answer, err := find(ctx, search.Ask{Text: strings.Join(terms, " OR "), Reader: rights.Reader{Role: rights.Administrator}, Grouped: true, PerReport: 1, Bare: true, Limit: mostAlikeFound})
	if err != nil {
		return nil, err
	}
	score, ids, top := map[string]float64{}, []string{}, 0.0
	for _, hit := range answer.Hits {
		if hit.Report != r.ID {
			score[hit.Report], ids, top = hit.Score, append(ids, hit.Report), max(top, hit.Score)
		}
	}
	namer := authority.NewNamer(l.Catalog)
	var all []authority.Alike
	for other, err := range l.Catalog.Reports(ctx, catalog.Filter{IDs: ids, States: []greyshelf.State{greyshelf.Published, greyshelf.Embargoed, greyshelf.Archived}}) {
		if err != nil {
			return nil, err
		}
		if len(other.Headings) == 0 || len(all) == mostAlikeKept || top <= 0 || score[other.ID] < leastLikeness*top {
			continue
		}
		_, headings, err := namer.Report(ctx, greyshelf.Report{Headings: other.Headings})
		if err != nil {
			return nil, err
		}
		for i, h := range other.Headings {
			if headings[i].ID == "" {
				headings[i].Label = h.Label
			}
		}
		all = append(all, authority.Alike{Report: other.ID, Title: other.Title, Likeness: score[other.ID] / top, Headings: headings})
	}
	return all, nil
}

// complete reads the concepts of suggestions that came from other reports.
func (l *Library) complete(ctx context.Context, all []authority.Suggestion) error {
	for i, s := range all {
		if s.Authority.ID == "" || len(s.Words) > 0 {
			continue
		}
		a, _, err := authority.Get(ctx, l.Catalog, s.Authority.ID)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		all[i].Authority = a
	}
	return nil
}
