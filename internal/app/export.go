package app

import (
	"cmp"
	"context"
	"iter"
	"net/http"
	"strconv"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/publish/static"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web"
	"github.com/greyshelf/greyshelf/internal/web/locale"
)

// ExportSite writes the public library as files into a folder; see package
// publish/static. address is where it will be served, "" for nowhere in
// particular: then citations and records name the library's own address. Errors: Forbidden for a library that is not public, and those of
// the package.
func (l *Library) ExportSite(ctx context.Context, dir, address, language string, progress func(done, known int)) (static.Summary, error) {
	if l.Config.Private {
		return static.Summary{}, greyshelf.Errorf(greyshelf.Forbidden, "export the site", l.Config.Library, "this library is shown to its people only; there is nothing that everybody may see")
	}
	locales, err := locale.Load()
	if err != nil {
		return static.Summary{}, err
	}
	find, done, err := l.searcher(ctx)
	if err != nil {
		return static.Summary{}, err
	}
	defer done()
	named := cmp.Or(address, l.Config.Address)
	e := static.Export{Site: l.publicSite(find, static.BasePath(named), named == ""), Address: address, Home: l.Config.Address, Words: web.StaticWords(locales.For(language)), Search: l.publicDocuments(ctx), Together: l.Config.workers(), Progress: progress}
	for r, err := range l.Catalog.Reports(ctx, catalog.Filter{States: []greyshelf.State{greyshelf.Published}}) {
		if err != nil {
			return static.Summary{}, err
		}
		if rights.May(rights.Reader{}, r, rights.Record) {
			e.Start = append(e.Start, "/r/"+r.ID)
		}
	}
	return e.Run(ctx, dir)
}

// publicSite is the site as it answers anybody from elsewhere, and changes
// nothing, below the path base; nowhere: where it will be is not known. It draws as many pages at a time as there are engines.
func (l *Library) publicSite(find finder, base string, nowhere bool) http.Handler {
	options := l.webOptions(find)
	options.ReadOnly, options.Hosts, options.Address, options.BasePath, options.API, options.MCP = true, nil, "", base, nil, nil
	options.Nowhere = nowhere
	public := l.site(find, func() {})
	public.Image = l.drawing(l.Config.workers())
	return web.New(public, options)
}

// searcher gives what answers queries: the index of this process, or the
// process that serves the library. done lets it go.
func (l *Library) searcher(ctx context.Context) (find finder, done func(), err error) {
	if _, ok := served(l.Config.Library); ok {
		return askingServer{l}, func() {}, nil
	}
	x, err := l.newIndex(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := x.update(ctx, nil); err != nil {
		x.Close()
		return nil, nil, err
	}
	return x, x.Close, nil
}

// askingServer puts queries to the process that serves the library, as anybody.
type askingServer struct{ library *Library }

func (a askingServer) Search(ctx context.Context, ask search.Ask) (search.Answer, error) {
	return a.library.searchAnonymous(ctx, ask)
}

// MarksOnPage marks nothing: pages are exported without a query.
func (askingServer) MarksOnPage(context.Context, string, greyshelf.Page, string) ([][2]int, error) {
	return nil, nil
}

// publicDocuments gives what anybody may find: the record of every report that
// is public, and the words of the pages that anybody may read. Of a report that
// is open for extracts the site shows a few words at a time; the words of all
// its pages in a file would be more than that.
func (l *Library) publicDocuments(ctx context.Context) iter.Seq2[static.Document, error] {
	return func(yield func(static.Document, error) bool) {
		for r, err := range l.Catalog.Reports(ctx, catalog.Filter{States: []greyshelf.State{greyshelf.Published}}) {
			if err != nil {
				yield(static.Document{}, err)
				return
			}
			if !rights.May(rights.Reader{}, r, rights.Record) {
				continue
			}
			d, err := l.publicDocument(ctx, r)
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

func (l *Library) publicDocument(ctx context.Context, r greyshelf.Report) (static.Document, error) {
	r = rights.Shown(rights.Reader{}, r)
	e := entry.FromReport(r)
	d := static.Document{Address: "/r/" + r.ID, Title: e.Title, Byline: entry.Behind(e), Record: r.Abstract + " " + r.Annotation}
	if d.Title == "" {
		d.Title = r.ID
	}
	for _, h := range r.Headings {
		d.Record += " " + h.Label
	}
	if !rights.May(rights.Reader{}, r, rights.Page) {
		return d, nil
	}
	for _, f := range r.Files() {
		for p, err := range l.Pages.Pages(ctx, f.SHA256, f.Text) {
			if err != nil {
				return d, err
			}
			label := p.Label
			if label == "" {
				label = strconv.Itoa(p.Index)
			}
			d.Pages = append(d.Pages, static.Page{Address: web.StaticPage(r.ID, f.SHA256, p.Index), Label: label, Text: p.Text})
		}
	}
	return d, nil
}
