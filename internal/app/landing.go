package app

import (
	"bytes"
	"context"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/describe/landing"
	"github.com/greyshelf/greyshelf/internal/fetch"
)

// taken is the bytes of one input and what stands beside them.
type taken struct {
	source string // path or address of the file itself
	data   []byte
	page   []byte              // the landing page that led to it; nil without
	beside []greyshelf.Finding // what landing page and server state of the report
}

// base gives the file name.
func (t taken) base() string {
	if (acquire.Input{Name: t.source}).IsURL() {
		u, err := url.Parse(t.source)
		if err != nil {
			return path.Base(t.source)
		}
		if name := path.Base(u.Path); name != "." && name != "/" && strings.IndexFunc(name, unicode.IsControl) < 0 {
			return name
		}
	}
	return filepath.Base(t.source)
}

// take reads an input. An address that answers with a web page leads, by one
// step and no more, to the PDF that the page offers.
func take(ctx context.Context, in acquire.Input, client *fetch.Client) (taken, error) {
	if in.Err != nil || !in.IsURL() {
		data, err := acquire.Read(ctx, in, client)
		return taken{source: in.Name, data: data}, err
	}
	body, err := client.Get(ctx, in.Name)
	if err != nil {
		return taken{}, err
	}
	at, err := url.Parse(body.URL)
	if err != nil {
		return taken{}, greyshelf.E(greyshelf.Invalid, "fetch", in.Name, err)
	}
	if !acquire.IsPage(body) {
		stated := landing.WithHeader(landing.Page{}, body.Links, at)
		return taken{source: in.Name, data: body.Data, beside: landing.Findings(stated)}, nil
	}
	page, err := landing.Read(body.Data, body.MediaType, at)
	if err != nil {
		return taken{}, err
	}
	page = landing.WithHeader(page, body.Links, at)
	var links []string
	for _, link := range page.PDFs {
		links = append(links, link.URL)
	}
	link, data, err := acquire.FollowPDF(ctx, in.Name, links, client)
	if err != nil {
		return taken{}, err
	}
	return taken{source: link, data: data, page: body.Data, beside: landing.Findings(page)}, nil
}

// takePage reads an input whose web page is the report itself: the page that
// the address answers with is taken, and no link of it is followed.
func takePage(ctx context.Context, in acquire.Input, client *fetch.Client) (taken, error) {
	data, err := acquire.Read(ctx, in, client)
	return taken{source: in.Name, data: data}, err
}

// keepPage keeps the landing page as it came, so that a better reader can be
// run again, and gives its findings as a set of their own.
func (l *Library) keepPage(ctx context.Context, t taken) ([]greyshelf.FindingSet, error) {
	if t.page == nil {
		return nil, nil
	}
	stored, err := l.Files.Put(ctx, bytes.NewReader(t.page))
	if err != nil {
		return nil, err
	}
	return []greyshelf.FindingSet{{File: stored.SHA256, Method: landing.Version, Findings: t.beside}}, nil
}
