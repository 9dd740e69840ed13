package main

import (
	"context"
	"fmt"
	"iter"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/search/bleve"
)

// greyshelfEngine is the program's own search: the index, and for snippets the
// whole service. Facets are counted at every query.
type greyshelfEngine struct {
	dir     string
	index   *bleve.Index
	service *search.Service
}

func (e *greyshelfEngine) name() string { return "Greyshelf" }

func (e *greyshelfEngine) build(ctx context.Context, c *corpus) error {
	var err error
	if e.index, err = bleve.Open(e.dir); err != nil {
		return err
	}
	shelf := newShelf(c)
	e.service = &search.Service{Index: e.index, Catalog: shelf, Pages: shelf}
	indexer := search.Indexer{Index: e.index, Catalog: shelf, Pages: shelf}
	return indexer.Run(ctx, nil)
}

func (e *greyshelfEngine) ask(ctx context.Context, class, text string) (int, error) {
	answer, err := e.service.Search(ctx, search.Ask{Text: text, Limit: 20, Bare: class != "three terms OR, snippets"})
	if err == nil && len(answer.Hits) == 0 {
		return 0, fmt.Errorf("%s found nothing", text)
	}
	return answer.TotalPages, err
}

func (e *greyshelfEngine) close() error { return e.index.Close() }

// shelf gives the corpus as catalogue and page store, from memory.
type shelf struct {
	catalog.Reader
	pages.Store
	starts []int // first page of each report
	corpus *corpus
}

func newShelf(c *corpus) *shelf {
	s := &shelf{corpus: c}
	for i, p := range c.pages {
		if i == 0 || c.pages[i-1].Report != p.Report {
			s.starts = append(s.starts, i)
		}
	}
	return s
}

func (s *shelf) number(id string) (n int) {
	_, _ = fmt.Sscanf(id, "r%d", &n)
	return n
}

func (s *shelf) Report(_ context.Context, id string) (greyshelf.Report, error) {
	p := s.corpus.pages[s.starts[s.number(id)]]
	return greyshelf.Report{
		ID: id, State: greyshelf.Published, Title: p.Title, Languages: []string{"en"}, Format: "PDF", Type: "report",
		Date:     greyshelf.Date{EDTF: fmt.Sprint(p.Year)},
		Agents:   []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: p.Publisher}, Role: greyshelf.Publisher}},
		Editions: []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{SHA256: fmt.Sprintf("%064d", s.number(id)), Text: "1"}}}},
	}, nil
}

func (s *shelf) Count(context.Context, catalog.Filter) (int, error) { return len(s.starts), nil }

func (s *shelf) Changed(_ context.Context, after int64, limit int) ([]catalog.Changed, error) {
	var list []catalog.Changed
	for n := int(after); n < len(s.starts) && len(list) < limit; n++ {
		list = append(list, catalog.Changed{Report: fmt.Sprintf("r%d", n), Mark: int64(n + 1)})
	}
	return list, nil
}

func (s *shelf) file(sha string) (n int) {
	_, _ = fmt.Sscanf(sha, "%d", &n)
	return n
}

func (s *shelf) Page(_ context.Context, sha, _ string, index int) (greyshelf.Page, error) {
	return greyshelf.Page{Index: index, Text: s.corpus.pages[s.starts[s.file(sha)]+index-1].Text}, nil
}

func (s *shelf) Pages(_ context.Context, sha, _ string) iter.Seq2[greyshelf.Page, error] {
	return func(yield func(greyshelf.Page, error) bool) {
		start := s.starts[s.file(sha)]
		for i := start; i < len(s.corpus.pages) && s.corpus.pages[i].Report == s.corpus.pages[start].Report; i++ {
			if !yield(greyshelf.Page{Index: i - start + 1, Text: s.corpus.pages[i].Text}, nil) {
				return
			}
		}
	}
}
