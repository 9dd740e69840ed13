package static

import (
	"net/url"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// wanted reports whether an address belongs to the static library: what readers
// read, without what is asked, sent or kept.
func (w *walk) wanted(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	query := u.Query()
	only := func(names ...string) bool {
		for name := range query {
			found := false
			for _, n := range names {
				found = found || n == name
			}
			if !found {
				return false
			}
		}
		return true
	}
	switch parts[0] {
	case "d":
		return only("page") && (w.Address != "" || len(parts) < 2 || parts[1] != "feed")
	case "", "help", "static", "year", "browse", "subjects":
		return only("page")
	case "list":
		return only("as")
	case "publisher", "person", "heading":
		return only("name", "page")
	case "a":
		return len(parts) == 2 && only("page")
	case "feed":
		return w.Address != "" && only("page") // addresses in it are whole
	case "r":
		return report(parts[1:], only, query.Get("w"))
	}
	return false
}

// report is wanted for what lies below a report.
func report(parts []string, only func(...string) bool, wide string) bool {
	switch {
	case len(parts) == 1, len(parts) == 2 && parts[1] == "thumb":
		return only()
	case len(parts) == 2 && parts[1] == "cite":
		return only("style")
	case len(parts) == 3 && (parts[1] == "cite" || parts[1] == "export"):
		return only()
	case len(parts) == 3 && parts[1] == "f", len(parts) == 5 && parts[1] == "f" && parts[3] == "p":
		return only()
	case len(parts) == 6 && parts[1] == "f" && parts[5] == "image":
		return only("w") && wide != "1600" // one picture of a page is enough
	}
	return false
}

// ending gives the ending of files of a kind. A web page that is a file of a
// report comes from a stranger: under this name no server sends it as a page,
// in which its script would run.
func ending(kind string, attached bool) string {
	switch kind {
	case "text/html":
		if attached {
			return ".html.txt"
		}
		return ".html"
	case greyshelf.TypeEPUB:
		return ".epub"
	case greyshelf.TypeDOCX:
		return ".docx"
	case "application/pdf":
		return ".pdf"
	case "image/png":
		return ".png"
	case "image/svg+xml":
		return ".svg"
	case "application/marc":
		return ".mrc"
	case "application/x-bibtex":
		return ".bib"
	case "application/x-research-info-systems":
		return ".ris"
	case "text/plain", "text/markdown":
		return ".txt"
	case "application/json", "application/ld+json", "application/vnd.citationstyles.csl+json", "application/vnd.datacite.datacite+json":
		return ".json"
	case "application/atom+xml", "application/rss+xml", "application/xml", "text/xml", "application/mods+xml", "application/marcxml+xml", "application/vnd.datacite.datacite+xml":
		return ".xml"
	}
	return ".bin"
}

// instead gives the address of what shows the same, or most of it, where the
// static library has not what the address names: the page of a passage, the
// smaller picture of a page, the citation alone in another style, the list of a
// search by one facet. "" for nothing.
func instead(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	parts, query := strings.Split(strings.Trim(u.Path, "/"), "/"), u.Query()
	switch {
	case len(parts) == 7 && parts[0] == "r" && parts[4] == "p" && len(query) == 0:
		if parts[6] == "image" {
			return ""
		}
		return "/" + strings.Join(parts[:6], "/")
	case len(parts) == 7 && parts[0] == "r" && parts[6] == "image":
		return u.Path + "?w=1000"
	case len(parts) == 2 && parts[0] == "r" && len(query) == 1 && query.Get("style") != "":
		return u.Path + "/cite?" + query.Encode()
	case u.Path == "/search" && len(query) == 1:
		return ofFacet(query)
	}
	return ""
}

// ofFacet gives the page of what a search by one facet finds.
func ofFacet(query url.Values) string {
	for facet, page := range map[string]string{"publisher": "/publisher", "subject": "/heading"} {
		if name := query.Get(facet); name != "" {
			return page + "?" + url.Values{"name": {name}}.Encode()
		}
	}
	if year := query.Get("year"); year != "" {
		return "/year/" + url.PathEscape(year)
	}
	if query.Get("sort") != "" {
		return "/list"
	}
	return ""
}
