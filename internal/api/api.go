// Package api is the JSON API under /api/v1, with an OpenAPI 3.1 description
// made from the code: reports, pages, search and lists, for programs.
//
// It stands beside the web at the end of the way of the data and reads only.
// Every operation asks package rights what the reader may see; who the reader
// is, it is told by whoever mounts it. It stores nothing.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
)

// Prefix is where the API lives below the site's base path.
const Prefix = "/api/v1"

// Library is what the API reads.
type Library struct {
	Catalog catalog.Reader
	Pages   pages.Store
	Search  Searcher
	Log     *slog.Logger
}

// Searcher answers queries.
type Searcher interface {
	Search(context.Context, search.Ask) (search.Answer, error)
}

// ReaderOf says who sends a request.
type ReaderOf func(*http.Request) rights.Reader

// New makes the handler of the whole API. base is the site's base path, which
// the OpenAPI description names; the handler itself expects it stripped.
func New(l Library, reader ReaderOf, base, version string) http.Handler {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("Greyshelf", version)
	config.Info.Description = "Reports, pages, search and annotated lists of a Greyshelf library. What a reader may see follows from each report's rights."
	config.DocsPath = "" // the documentation page loads scripts from another host
	config.OpenAPIPath = Prefix + "/openapi"
	config.SchemasPath = Prefix + "/schemas"
	config.Servers = []*huma.Server{{URL: base + "/"}}
	config.CreateHooks = nil // no $schema links in answers: what is absent stays absent
	a := &api{library: l}
	h := humago.New(mux, config)
	a.register(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), readerKey{}, reader(r))))
	})
}

type api struct{ library Library }

type readerKey struct{}

func readerOf(ctx context.Context) rights.Reader {
	reader, _ := ctx.Value(readerKey{}).(rights.Reader)
	return reader
}

// register lists every operation.
func (a *api) register(h huma.API) {
	huma.Register(h, operation("list-reports", "/reports", "The reports, newest first", "reports"), a.reports)
	huma.Register(h, operation("get-report", "/reports/{id}", "One report", "reports"), a.report)
	huma.Register(h, operation("get-page", "/reports/{id}/files/{file}/pages/{page}", "One page: text and word boxes", "pages"), a.page)
	huma.Register(h, operation("search", "/search", "Find pages and records", "search"), a.search)
	huma.Register(h, operation("list", "/list", "An annotated list", "list"), a.list)
}

func operation(id, path, summary, tag string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: Prefix + path, Summary: summary, Tags: []string{tag},
		Errors: []int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusServiceUnavailable}}
}

// answer is the body of an operation.
type answer[T any] struct{ Body T }

func reply[T any](body T) *answer[T] { return &answer[T]{Body: body} }

// problem turns an error into an answer (RFC 9457 problem details). Reasons of
// internal errors are logged, not shown.
func (a *api) problem(err error) error {
	var known huma.StatusError
	if errors.As(err, &known) {
		return known
	}
	kind := greyshelf.KindOf(err)
	if kind == greyshelf.Internal {
		if a.library.Log != nil {
			a.library.Log.Error("the API failed", "err", err)
		}
		err = errors.New("the library could not answer; the reason is in its log")
	}
	return huma.NewError(kind.HTTPStatus(), greyshelf.ReasonOf(err))
}

// mostMerges is how often in a row a report may have been merged into the next.
const mostMerges = 20

// visible gives the report if the reader may see its record; a report that may
// not be seen is not found, so that nobody learns that it exists. Of one that
// was taken down the error says why. One that was merged into another is that
// other one.
func (a *api) visible(ctx context.Context, id string) (greyshelf.Report, error) {
	report, err := a.library.Catalog.Report(ctx, id)
	for range mostMerges {
		if err != nil || report.MergedInto == "" {
			break
		}
		report, err = a.library.Catalog.Report(ctx, report.MergedInto)
	}
	if err == nil && report.Tombstone != "" && report.State == greyshelf.Withdrawn && !rights.May(readerOf(ctx), report, rights.Record) {
		return report, huma.Error410Gone("it was taken down: " + report.Tombstone)
	}
	if greyshelf.KindOf(err) == greyshelf.NotFound || err == nil && !rights.May(readerOf(ctx), report, rights.Record) {
		err = greyshelf.Errorf(greyshelf.NotFound, "read report", id, "there is no such report")
	}
	return report, err
}

// pageNumber reads a page index from 1.
func pageNumber(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, greyshelf.Errorf(greyshelf.Invalid, "read page", text, "a page is a number from 1")
	}
	return n, nil
}
