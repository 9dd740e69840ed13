package api

import (
	"bytes"
	"context"
	"iter"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/publish/list"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
)

// paging is the part of a listing that is wanted.
type paging struct {
	Limit  int `query:"limit" minimum:"1" maximum:"500" default:"20" doc:"most items to give"`
	Offset int `query:"offset" minimum:"0" maximum:"1000000" default:"0" doc:"items to leave out first"`
}

type reportsBody struct {
	Total   int                `json:"total" doc:"published reports in all"`
	Reports []greyshelf.Report `json:"reports"`
}

func (a *api) reports(ctx context.Context, in *paging) (*answer[reportsBody], error) {
	filter := catalog.Filter{Newest: true, Limit: in.Limit, Offset: in.Offset}
	if readerOf(ctx).Role < rights.Librarian {
		filter.States = []greyshelf.State{greyshelf.Published}
	}
	total, err := a.library.Catalog.Count(ctx, filter)
	if err != nil {
		return nil, a.problem(err)
	}
	body := reportsBody{Total: total, Reports: []greyshelf.Report{}}
	for report, err := range a.library.Catalog.Reports(ctx, filter) {
		if err != nil {
			return nil, a.problem(err)
		}
		if rights.May(readerOf(ctx), report, rights.Record) {
			body.Reports = append(body.Reports, shown(ctx, report))
		}
	}
	return reply(body), nil
}

// shown leaves out what is the desk's own.
func shown(ctx context.Context, report greyshelf.Report) greyshelf.Report {
	return rights.Shown(readerOf(ctx), report)
}

type byID struct {
	ID string `path:"id" doc:"identifier of the report"`
}

func (a *api) report(ctx context.Context, in *byID) (*answer[greyshelf.Report], error) {
	report, err := a.visible(ctx, in.ID)
	if err != nil {
		return nil, a.problem(err)
	}
	return reply(shown(ctx, report)), nil
}

type byPage struct {
	ID   string `path:"id" doc:"identifier of the report"`
	File string `path:"file" doc:"SHA-256 of the file, or its first eight digits or more"`
	Page string `path:"page" doc:"index of the page, from 1"`
}

func (a *api) page(ctx context.Context, in *byPage) (*answer[greyshelf.Page], error) {
	page, err := a.readPage(ctx, in)
	if err != nil {
		return nil, a.problem(err)
	}
	return reply(page), nil
}

func (a *api) readPage(ctx context.Context, in *byPage) (greyshelf.Page, error) {
	const op = "read page"
	number, err := pageNumber(in.Page)
	if err != nil {
		return greyshelf.Page{}, err
	}
	report, err := a.visible(ctx, in.ID)
	if err != nil {
		return greyshelf.Page{}, err
	}
	file, ok := report.File(in.File)
	if !ok {
		return greyshelf.Page{}, greyshelf.Errorf(greyshelf.NotFound, op, in.File, "the report has no such file")
	}
	if !rights.May(readerOf(ctx), report, rights.Page) {
		return greyshelf.Page{}, greyshelf.Errorf(greyshelf.Forbidden, op, in.ID, "the rights of this report do not allow its pages to be shown")
	}
	return a.library.Pages.Page(ctx, file.SHA256, file.Text, number)
}

type searchInput struct {
	paging
	Query     string   `query:"q" maxLength:"2000" doc:"query, see docs/query.md"`
	Sort      string   `query:"sort" enum:"relevance,date,title" default:"relevance"`
	Grouped   bool     `query:"grouped" doc:"hits of one report stand together; limit and offset count reports"`
	Year      []string `query:"year,explode" doc:"only these years"`
	Publisher []string `query:"publisher,explode"`
	Language  []string `query:"language,explode"`
	Format    []string `query:"format,explode"`
	Type      []string `query:"type,explode"`
}

func (a *api) search(ctx context.Context, in *searchInput) (*answer[search.Answer], error) {
	facets := map[string][]string{}
	for name, values := range map[string][]string{"year": in.Year, "publisher": in.Publisher, "language": in.Language, "format": in.Format, "type": in.Type} {
		if len(values) > 0 {
			facets[name] = values
		}
	}
	found, err := a.library.Search.Search(ctx, search.Ask{Text: in.Query, Facets: facets, Sort: search.Sort(in.Sort),
		Limit: in.Limit, Offset: in.Offset, Grouped: in.Grouped, Reader: readerOf(ctx)})
	if err != nil {
		return nil, a.problem(err)
	}
	return reply(found), nil
}

type listInput struct {
	paging
	Query  string   `query:"q" maxLength:"2000" doc:"only reports that the query finds; without, all in order of arrival"`
	IDs    []string `query:"id,explode" doc:"only these reports, in this order"`
	Format string   `query:"format" enum:"seed,markdown,html,json" default:"json"`
}

type listOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (a *api) list(ctx context.Context, in *listInput) (*listOutput, error) {
	filter := catalog.Filter{States: []greyshelf.State{greyshelf.Published}, Limit: in.Limit, Offset: in.Offset}
	switch {
	case len(in.IDs) > 0:
		filter.IDs = in.IDs
	case in.Query != "":
		found, err := a.library.Search.Search(ctx, search.Ask{Text: in.Query, Limit: in.Limit, Offset: in.Offset, Grouped: true, PerReport: 1, Reader: readerOf(ctx)})
		if err != nil {
			return nil, a.problem(err)
		}
		filter = catalog.Filter{IDs: []string{}, States: filter.States}
		for _, hit := range found.Hits {
			filter.IDs = append(filter.IDs, hit.Report)
		}
	}
	var b bytes.Buffer
	if err := list.Write(&b, in.Format, a.may(ctx, a.library.Catalog.Reports(ctx, filter)), list.Options{FinalNewline: true}); err != nil {
		return nil, a.problem(err)
	}
	return &listOutput{ContentType: list.MediaType(in.Format), Body: b.Bytes()}, nil
}

// may passes on the reports whose record the reader may see.
func (a *api) may(ctx context.Context, reports iter.Seq2[greyshelf.Report, error]) iter.Seq2[greyshelf.Report, error] {
	return func(yield func(greyshelf.Report, error) bool) {
		for report, err := range reports {
			if err == nil && !rights.May(readerOf(ctx), report, rights.Record) {
				continue
			}
			if !yield(report, err) {
				return
			}
		}
	}
}
