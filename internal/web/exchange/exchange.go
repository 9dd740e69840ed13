// Package exchange is by what other systems take records out of the library:
// harvesters by OAI-PMH, library systems by SRU, and everybody the record of
// one report in any format.
//
// It stands in the web beside the pages and reads only. The protocols are
// those of packages publish/oaipmh and publish/sru, the formats those of
// publish/export. It stores nothing.
package exchange

import (
	"bytes"
	"context"
	"net/url"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/publish/export"
	"github.com/greyshelf/greyshelf/internal/publish/oaipmh"
	"github.com/greyshelf/greyshelf/internal/publish/sru"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/discovery"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// OAI answers GET /oai and POST /oai.
func OAI(v *site.Visit) error {
	form := v.R.URL.Query()
	if v.R.Method == "POST" {
		var err error
		if form, err = v.Form(); err != nil {
			return err
		}
	}
	who := v.Introduce()
	p := oaipmh.Provider{Shelf: v.Catalog, Name: who.Name, Admins: []string{who.Mail}, Domain: who.Domain, Key: v.TokenKey, Base: v.Absolute(v.Link("/oai")), Link: address(v), Now: v.Now}
	n, err := p.Answer(v.R.Context(), form)
	if err != nil {
		return err
	}
	return send(v, oaipmh.MediaType, n)
}

// SRU answers GET /sru.
func SRU(v *site.Visit) error {
	u, err := url.Parse(v.Absolute(v.Link("/sru")))
	if err != nil {
		return greyshelf.E(greyshelf.Invalid, "search by SRU", v.R.Host, err)
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	s := sru.Server{Title: v.Introduce().Name, Host: u.Hostname(), Port: port, Path: u.Path[1:], Reader: v.Reader, Link: address(v), Find: find(v), Report: v.Catalog.Report}
	n, err := s.Answer(v.R.Context(), v.R.URL.Query())
	if err != nil {
		return err
	}
	return send(v, sru.MediaType, n)
}

// find asks the search for reports.
func find(v *site.Visit) func(ctx context.Context, text string, sort sru.Sort, limit, offset int) ([]string, int, error) {
	return func(ctx context.Context, text string, sort sru.Sort, limit, offset int) ([]string, int, error) {
		answer, err := v.Search.Search(ctx, search.Ask{Text: text, Sort: search.Sort(sort), Limit: limit, Offset: offset, Grouped: true, PerReport: 1, Bare: true, Reader: v.Reader})
		var ids []string
		for _, hit := range answer.Hits {
			ids = append(ids, hit.Report)
		}
		return ids, answer.TotalReports, err
	}
}

// Export answers GET /r/{id}/export/{format}.
func Export(v *site.Visit) error {
	r, err := v.Report(rights.Record)
	if err != nil {
		return err
	}
	f, ok := export.Find(v.R.PathValue("format"))
	if !ok {
		return site.NotFound(v)
	}
	data, err := f.Record(r, export.Options{Base: v.Absolute(v.Link("")), Address: address(v)(r.ID), Agency: v.Introduce().Domain})
	if err != nil {
		return err
	}
	setLinks(v, []signpost{{target: address(v)(r.ID), rel: "describes", mediaType: "text/html"}})
	v.W.Header().Set("Content-Disposition", `attachment; filename="`+name(r.ID)+"."+f.Extension+`"`)
	return discovery.Send(v, f.MediaType, data)
}

// name keeps what may stand in the name of a file.
func name(id string) string {
	clean := []byte(id)
	for i, c := range clean {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_') {
			clean[i] = '_'
		}
	}
	return string(clean)
}

func address(v *site.Visit) func(id string) string {
	return func(id string) string { return v.Absolute(v.ReportLink(url.PathEscape(id))) }
}

// send answers a program; answers change with the library and are not kept.
func send(v *site.Visit, mediaType string, n xmltree.Node) error {
	var b bytes.Buffer
	if err := xmltree.Document(&b, n); err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Cache-Control", "private, no-cache")
	_, _ = v.W.Write(b.Bytes()) // the reader may have gone
	return nil
}
