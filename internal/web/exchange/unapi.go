package exchange

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/publish/export"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/discovery"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// UnAPI answers GET /unapi, by version 1 of the unAPI specification: without
// an id with the formats of the library, with one (the permanent address of a
// report) with those of the record, with a format too with the record itself.
func UnAPI(v *site.Visit) error {
	form := v.R.URL.Query()
	if form.Get("id") == "" {
		return formats(v, http.StatusOK, "")
	}
	id, ok := named(v, form.Get("id"))
	if !ok {
		return site.NotFound(v)
	}
	v.R.SetPathValue("id", id)
	r, err := v.Report(rights.Record)
	if err != nil {
		return err
	}
	name := form.Get("format")
	if name == "" {
		return formats(v, http.StatusMultipleChoices, form.Get("id"))
	}
	f, ok := export.Find(name)
	if !ok {
		http.Error(v.W, "no such format", http.StatusNotAcceptable)
		return nil
	}
	data, err := f.Record(r, export.Options{Base: v.Absolute(v.Link("")), Address: address(v)(r.ID), Agency: v.Introduce().Domain})
	if err != nil {
		return err
	}
	return discovery.Send(v, f.MediaType, data)
}

// formats answers with the list of formats; the status is 300 where they are
// those of one record.
func formats(v *site.Visit, status int, id string) error {
	list := xmltree.Element("formats").With("id", xmltree.Clean(id))
	for _, f := range export.Formats() {
		mediaType, _, _ := strings.Cut(f.MediaType, ";") // the attribute has no parameters
		list.Nodes = append(list.Nodes, xmltree.Element("format").With("name", f.Name, "type", mediaType, "docs", profile(f.Name)))
	}
	h := v.W.Header()
	h.Set("Content-Type", "application/xml; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	v.W.WriteHeader(status)
	_ = xmltree.Document(v.W, list) // the reader may have gone
	return nil
}

// named gives the report that a permanent address of this library names.
func named(v *site.Visit, address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host != v.R.Host {
		return "", false
	}
	id, ok := strings.CutPrefix(u.Path, v.Link("/r/"))
	return id, ok && id != "" && !strings.Contains(id, "/")
}

// profile gives the address that names a format: of its namespace where it has
// one, else of its description.
func profile(format string) string {
	return map[string]string{
		"mods": "http://www.loc.gov/mods/v3", "marcxml": "http://www.loc.gov/MARC21/slim", "marc": "http://www.loc.gov/marc/",
		"oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/", "dcterms": "http://purl.org/dc/terms/",
		"datacite": "http://datacite.org/schema/kernel-4", "schemaorg": "https://schema.org/",
	}[format]
}
