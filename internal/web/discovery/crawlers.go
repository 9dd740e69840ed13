package discovery

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// perSitemap is how many addresses a sitemap has; the protocol allows 50,000.
const perSitemap = 10_000

// Robots answers GET /robots.txt (RFC 9309). Crawlers are led to the sitemap
// and kept out of what has endless combinations or is for the desk.
func Robots(v *site.Visit) error {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	if v.Private {
		b.WriteString("Disallow: /\n")
		return Send(v, "text/plain; charset=utf-8", []byte(b.String()))
	}
	for _, path := range []string{"/search", "/list", "/feed/", "/opds/", "/opds2/", "/unapi", "/add", "/sign-in", "/account", "/people", "/invitation/", "/api/"} {
		fmt.Fprintf(&b, "Disallow: %s\n", v.Link(path))
	}
	for _, path := range []string{"/r/*/edit", "/r/*/history", "/r/*/image"} {
		fmt.Fprintf(&b, "Disallow: %s\n", v.Link(path))
	}
	fmt.Fprintf(&b, "\nSitemap: %s\n", v.Absolute(v.Link("/sitemap.xml")))
	return Send(v, "text/plain; charset=utf-8", []byte(b.String()))
}

// sitemapIndex is a document of the Sitemaps protocol 0.9 that names sitemaps.
type sitemapIndex struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []sitemapRef `xml:"sitemap"`
}

type sitemapRef struct {
	Address string `xml:"loc"`
}

type sitemap struct {
	XMLName   xml.Name      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Addresses []sitemapPage `xml:"url"`
}

type sitemapPage struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

func published() catalog.Filter {
	return catalog.Filter{States: []greyshelf.State{greyshelf.Published}}
}

// SitemapIndex answers GET /sitemap.xml.
func SitemapIndex(v *site.Visit) error {
	n, err := v.Catalog.Count(v.R.Context(), published())
	if err != nil {
		return err
	}
	var index sitemapIndex
	for i := 0; i == 0 || i*perSitemap < n; i++ {
		index.Maps = append(index.Maps, sitemapRef{v.Absolute(v.Link("/sitemap/", i+1))})
	}
	return sendXML(v, "application/xml; charset=utf-8", index)
}

// Sitemap answers GET /sitemap/{n}: the pages of up to 10,000 reports, in
// order of arrival, so that what stands in a sitemap stays in it.
func Sitemap(v *site.Visit) error {
	n, err := v.Number("n")
	if err != nil {
		return err
	}
	filter := published()
	filter.Limit, filter.Offset = perSitemap, (n-1)*perSitemap
	var m sitemap
	any := n == 1
	for r, err := range v.Catalog.Reports(v.R.Context(), filter) {
		if err != nil {
			return err
		}
		any = true
		if rights.May(rights.Reader{}, r, rights.Record) {
			m.Addresses = append(m.Addresses, sitemapPage{v.Absolute(v.ReportLink(r.ID)), r.Updated.UTC().Format(time.RFC3339)})
		}
	}
	if !any {
		return site.NotFound(v)
	}
	return sendXML(v, "application/xml; charset=utf-8", m)
}

// openSearch is a description document of OpenSearch 1.1, draft 6.
type openSearch struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          `xml:"ShortName"`
	Description string          `xml:"Description"`
	Encoding    string          `xml:"InputEncoding"`
	Image       openSearchImage `xml:"Image"`
	URLs        []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	Type   string `xml:"type,attr"`
	URL    string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

// OpenSearch answers GET /opensearch.xml: browsers and reference managers
// learn how to search the library.
func OpenSearch(v *site.Visit) error {
	address := func(path string) string { return v.Absolute(v.Link(path)) }
	return sendXML(v, "application/opensearchdescription+xml; charset=utf-8", openSearch{
		ShortName: v.Text.Get("site.name"), Description: v.Text.Get("search.label"), Encoding: "UTF-8",
		Image: openSearchImage{16, 16, "image/svg+xml", v.Absolute(v.StaticLink("svg"))},
		URLs: []openSearchURL{
			{"text/html", "results", address("/search?q=") + "{searchTerms}"},
			{"application/atom+xml", "results", address("/feed/atom?q=") + "{searchTerms}"},
			{"application/atom+xml;profile=opds-catalog;kind=acquisition", "results", address("/opds/reports?q=") + "{searchTerms}"},
			{"application/rss+xml", "results", address("/feed/rss?q=") + "{searchTerms}"},
			{"application/opensearchdescription+xml", "self", address("/opensearch.xml")},
		},
	})
}

func sendXML(v *site.Visit, mediaType string, document any) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(document); err != nil {
		return greyshelf.E(greyshelf.Internal, "write "+strconv.Quote(v.R.URL.Path), "", err)
	}
	return Send(v, mediaType, b.Bytes())
}
