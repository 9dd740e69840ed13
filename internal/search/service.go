package search

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/rights"
)

const (
	defaultLimit = 20
	mostHits     = 1000 // in one answer; more are fetched with Offset
)

// Service answers readers: it asks the index and adds titles, snippets and
// what the reader may do. Its fields must be set.
type Service struct {
	Index   Index
	Catalog catalog.Reader
	Pages   pages.Store
}

// Search answers a query. A reader gets only reports that the reader may know
// of; the index is asked for no others, so that counts tell nothing either.
// Errors: Invalid (the query is too long), Unavailable.
func (s *Service) Search(ctx context.Context, ask Ask) (Answer, error) {
	q, err := query.Parse(ask.Text)
	if err != nil {
		return Answer{}, err
	}
	request := Request{
		Query: q, Facets: ask.Facets, Counted: ask.Counted, States: states(ask.Reader), Only: ask.Only, Sort: ask.Sort,
		Limit: ask.Limit, Offset: max(ask.Offset, 0), Grouped: ask.Grouped, PerReport: max(ask.PerReport, 0),
	}
	if request.Limit <= 0 {
		request.Limit = defaultLimit
	}
	request.Limit = min(request.Limit, mostHits)
	result, err := s.Index.Search(ctx, request)
	if err != nil {
		return Answer{}, err
	}
	answer := Answer{TotalReports: result.Reports, TotalPages: result.Pages, Facets: result.Facets, Hits: []Hit{}}
	shown := shower{Service: s, ask: ask, query: q, reports: map[string]*greyshelf.Report{}}
	for _, found := range result.Hits {
		hit, ok, err := shown.hit(ctx, found)
		if err != nil {
			return Answer{}, err
		}
		if ok {
			answer.Hits = append(answer.Hits, hit)
		}
	}
	answer.Suggestion, err = s.suggestion(ctx, request, result)
	return answer, err
}

// MarksOnPage gives where the words of a query stand on a page, in all their
// forms: [start, end) in code points of the page's text. language is that of
// the page, see [PageLanguage]. Errors: Invalid.
func (s *Service) MarksOnPage(_ context.Context, text string, page greyshelf.Page, language string) ([][2]int, error) {
	q, err := query.Parse(text)
	if err != nil || q == nil {
		return nil, err
	}
	return s.Index.Marks(q, language, page.Text), nil
}

// states gives the states of the reports that a reader may know of.
func states(reader rights.Reader) []greyshelf.State {
	if reader.Role >= rights.Librarian {
		return nil
	}
	return []greyshelf.State{greyshelf.Published}
}

// shower makes hits out of what the index found.
type shower struct {
	*Service
	ask     Ask
	query   query.Query
	reports map[string]*greyshelf.Report // read already; nil: not there
}

// hit completes one hit; false where the report is gone or may not be seen.
func (s *shower) hit(ctx context.Context, found Found) (Hit, bool, error) {
	report, err := s.report(ctx, found.Report)
	if err != nil || report == nil || !rights.May(s.ask.Reader, *report, rights.Record) {
		return Hit{}, false, err
	}
	hit := Hit{
		Report: report.ID, Title: report.Title, File: found.File, Page: found.Page,
		Score: found.Score, Found: found.Pages, Open: rights.May(s.ask.Reader, *report, rights.Page),
	}
	if s.ask.Bare {
		return hit, true, nil
	}
	mayRead := rights.May(s.ask.Reader, *report, rights.Snippet)
	if found.Page == 0 {
		if mayRead {
			hit.Snippet, hit.Marks = s.fromRecord(report)
		}
		return hit, true, nil
	}
	file, _ := report.File(found.File)
	page, err := s.Pages.Page(ctx, found.File, file.Text, found.Page)
	switch {
	case greyshelf.KindOf(err) == greyshelf.NotFound:
		return hit, true, nil // a newer text is being made
	case err != nil:
		return Hit{}, false, err
	}
	hit.Label = page.Label
	if mayRead {
		marks := s.Index.Marks(s.query, PageLanguage(*report, found.File), page.Text)
		hit.Snippet, hit.Marks = snippet(page.Text, marks, rights.SnippetLength)
	}
	return hit, true, nil
}

func (s *shower) report(ctx context.Context, id string) (*greyshelf.Report, error) {
	if report, ok := s.reports[id]; ok {
		return report, nil
	}
	report, err := s.Catalog.Report(ctx, id)
	switch {
	case greyshelf.KindOf(err) == greyshelf.NotFound:
		s.reports[id] = nil
		return nil, nil
	case err != nil:
		return nil, err
	}
	s.reports[id] = &report
	return &report, nil
}

// fromRecord gives a snippet of the part of the record in which the words
// stand; without any the beginning of the abstract.
func (s *shower) fromRecord(r *greyshelf.Report) (string, [][2]int) {
	language := mainLanguage(r)
	texts := []string{r.Annotation, r.Abstract, r.Title, r.Subtitle}
	for _, agent := range r.Agents {
		texts = append(texts, agent.Name)
	}
	for _, heading := range r.Headings {
		texts = append(texts, heading.Label)
	}
	for _, text := range texts {
		if marks := s.Index.Marks(s.query, language, text); len(marks) > 0 {
			return snippet(text, marks, rights.SnippetLength)
		}
	}
	return snippet(r.ListAbstract(), nil, rights.SnippetLength)
}

// PageLanguage gives the language (BCP 47) in which the pages of a file of the
// report are indexed: that of its edition, else the report's main one.
func PageLanguage(r greyshelf.Report, sha256 string) string {
	for _, edition := range r.Editions {
		for _, file := range edition.Files {
			if file.SHA256 == sha256 && edition.Language != "" {
				return edition.Language
			}
		}
	}
	return mainLanguage(&r)
}

func mainLanguage(r *greyshelf.Report) string {
	if len(r.Languages) == 0 {
		return ""
	}
	return r.Languages[0]
}
