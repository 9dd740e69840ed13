package static

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"strings"
)

// mostInSitemap is how many addresses one sitemap may hold (sitemaps.org
// protocol, "Sitemap file location": 50,000).
const mostInSitemap = 50_000

// writeSitemap lists the pages for crawlers, where it is known at which address
// they will be; without the forms of a page that a query asks for.
func (w *walk) writeSitemap(_ context.Context, out *folder) error {
	if w.Address == "" {
		return nil
	}
	base := strings.TrimSuffix(w.Address, "/")
	var pages []string
	for _, address := range w.pages {
		if !strings.Contains(address, "?") {
			pages = append(pages, base+address)
		}
	}
	if len(pages) <= mostInSitemap {
		return out.put("sitemap.xml", sitemap("urlset", "url", pages))
	}
	var parts []string
	for n := 1; len(pages) > 0; n++ {
		name := fmt.Sprintf("sitemap-%d.xml", n)
		end := min(len(pages), mostInSitemap)
		if err := out.put(name, sitemap("urlset", "url", pages[:end])); err != nil {
			return err
		}
		parts, pages = append(parts, base+"/"+name), pages[end:]
	}
	return out.put("sitemap.xml", sitemap("sitemapindex", "sitemap", parts))
}

// sitemap writes addresses as a sitemap or as the list of sitemaps.
func sitemap(root, item string, addresses []string) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<" + root + ` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, address := range addresses {
		b.WriteString("<" + item + "><loc>")
		_ = xml.EscapeText(&b, []byte(address)) // a buffer takes everything
		b.WriteString("</loc></" + item + ">\n")
	}
	b.WriteString("</" + root + ">\n")
	return b.Bytes()
}
