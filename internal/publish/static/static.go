// Package static writes the public library as files that a browser opens from
// a plain web server or from a stick: every page that an anonymous reader may
// see, with its links made relative, and a search that needs no server.
//
// It stands at the end of the way of the data. It asks the site as an anonymous
// reader does, so it writes nothing that such a reader does not get; it decides
// nothing about rights itself. It stores files in the folder it is given, and a
// list of them by which a later run knows its own.
package static

import (
	"context"
	"errors"
	"iter"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Export says what to write.
type Export struct {
	Site    http.Handler // answers as it answers anybody from elsewhere
	Start   []string     // addresses of the site to begin at: "/r/ID"
	Address string       // of the site as it will be served; "" = nowhere in particular: no feeds, no sitemap
	Words   Words
	Search  iter.Seq2[Document, error] // what the search finds
	// Progress is told how many addresses are written and known; may be nil.
	Progress func(done, known int)
}

// Words are the visible words of the search page.
type Words struct {
	Language, Title, Label, Button, None, Found, Page, NoScript string // Found with {0} reports, Page with {0}
}

// Summary says what was written.
type Summary struct {
	Files   int   `json:"files"`   // in the folder
	Written int   `json:"written"` // that were not there, or otherwise
	Removed int   `json:"removed"` // of an earlier run, that belong to it no longer
	Bytes   int64 `json:"bytes"`
}

const op = "export the site"

// mostAddresses bounds a walk.
const mostAddresses = 2_000_000

// walk is one run.
type walk struct {
	Export
	host  string
	names map[string]string // address → file
	owner map[string]string // file → address, so that none is written twice
	moved map[string]string // address → address that it leads to
	gone  map[string]bool   // addresses that have no answer for anybody
	order []string
}

// Run writes the site into a folder: one that is not there, empty, or written
// by an earlier run. Broken off anywhere, it is finished by the next run.
// Errors: Exists for a folder with other things in it, Unavailable.
func (e Export) Run(ctx context.Context, dir string) (Summary, error) {
	out, err := open(dir)
	if err != nil {
		return Summary{}, err
	}
	w := &walk{Export: e, host: "library.invalid", names: map[string]string{}, owner: map[string]string{}, moved: map[string]string{}, gone: map[string]bool{}}
	if u, err := url.Parse(e.Address); err == nil && u.Host != "" {
		w.host = u.Host
	}
	if err := w.find(ctx); err != nil {
		return Summary{}, err
	}
	if err := w.write(ctx, out); err != nil {
		return Summary{}, err
	}
	if err := w.writeSearch(ctx, out); err != nil {
		return Summary{}, err
	}
	if err := w.writeSitemap(out); err != nil {
		return Summary{}, err
	}
	return out.finish()
}

// find walks the site and learns which addresses there are.
func (w *walk) find(ctx context.Context) error {
	queue := append([]string{"/", "/list", "/browse", "/subjects", "/d", "/help"}, w.Start...)
	if w.Address != "" {
		queue = append(queue, "/feed/atom", "/feed/rss", "/feed/json")
	}
	known := map[string]bool{}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		if known[address] || len(known) > mostAddresses {
			continue
		}
		known[address] = true
		if ctx.Err() != nil {
			return ctx.Err()
		}
		more, err := w.look(ctx, address)
		if err != nil {
			return err
		}
		for _, next := range more {
			if !known[next] {
				queue = append(queue, next)
			}
		}
		w.tell(0, len(w.order))
	}
	return nil
}

func (w *walk) tell(done, of int) {
	if w.Progress != nil {
		w.Progress(done, of)
	}
}

// look asks for an address and gives those that it leads to.
func (w *walk) look(ctx context.Context, address string) ([]string, error) {
	answer := w.ask(ctx, address)
	switch {
	case answer.Code >= 300 && answer.Code < 400:
		to, ok := w.inside(address, answer.Header().Get("Location"))
		if !ok || !wanted(to) {
			w.gone[address] = true
			return nil, nil
		}
		w.moved[address] = to
		return []string{to}, nil
	case answer.Code != http.StatusOK:
		w.gone[address] = true
		return nil, nil
	}
	kind, _, _ := mime.ParseMediaType(answer.Header().Get("Content-Type"))
	u, err := url.Parse(address)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Internal, op, address, err)
	}
	name := FileName(u, ending(kind))
	if other, taken := w.owner[name]; taken {
		return nil, greyshelf.Errorf(greyshelf.Internal, op, address, "it would lie in the same file as %s", other)
	}
	w.names[address], w.owner[name] = name, address
	w.order = append(w.order, address)
	switch kind {
	case "text/html":
		return w.links(address, answer.Body.Bytes()), nil
	}
	return nil, nil
}

// ask asks the site as a reader from elsewhere does (RFC 5737 §3: an address
// of documentation).
func (w *walk) ask(ctx context.Context, address string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	r.RemoteAddr, r.Host = "192.0.2.1:1", w.host
	r.Header.Set("Accept-Language", w.Words.Language)
	if strings.HasPrefix(w.Address, "https://") {
		r.Header.Set("X-Forwarded-Proto", "https")
	}
	answer := httptest.NewRecorder()
	w.Site.ServeHTTP(answer, r)
	return answer
}

// inside gives the address within the site that a link on a page means; false
// for one that leads out of it. The part behind "#" is left out.
func (w *walk) inside(page, link string) (string, bool) {
	base, err := url.Parse("http://" + w.host + page)
	if err != nil {
		return "", false
	}
	to, err := base.Parse(strings.TrimSpace(link))
	if err != nil || to.Host != w.host || to.Scheme != "http" && to.Scheme != "https" {
		return "", false
	}
	to.RawQuery = to.Query().Encode() // one address for "+" and "%20"
	return to.RequestURI(), true
}

// wanted reports whether an address belongs to the static library: what readers
// read, without what is asked, sent or kept.
func wanted(address string) bool {
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
	case "", "help", "static", "year", "browse", "subjects", "d":
		return only("page")
	case "list":
		return only("as")
	case "publisher", "person", "heading":
		return only("name", "page")
	case "a":
		return len(parts) == 2 && only("page")
	case "feed":
		return only("page")
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

// ending gives the ending of files of a kind.
func ending(kind string) string {
	switch kind {
	case "text/html":
		return ".html"
	case "application/pdf":
		return ".pdf"
	case "image/png":
		return ".png"
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

// write asks for every address again and writes the answers, links made
// relative.
func (w *walk) write(ctx context.Context, out *folder) error {
	for i, address := range w.order {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		answer := w.ask(ctx, address)
		if answer.Code != http.StatusOK {
			continue // it was withdrawn meanwhile; the next run leaves it out
		}
		name := w.names[address]
		data := answer.Body.Bytes()
		switch path.Ext(name) {
		case ".html":
			data = w.page(address, name, data)
		case ".css":
			data = append(data, "\n.pick, .selection, .reader { display: none; }\n"...)
		case ".js":
			continue // the site's own; pages do without
		}
		if err := out.put(name, data); err != nil {
			return err
		}
		w.tell(i+1, len(w.order))
	}
	return nil
}

// relative gives the link from one file to what an address leads to; false
// where that is not in the static library.
func (w *walk) relative(from, address string) (string, bool) {
	for range 5 {
		to, ok := w.moved[address]
		if !ok {
			break
		}
		address = to
	}
	name, ok := w.names[address]
	if !ok {
		return "", false
	}
	return linkBetween(from, name), true
}

// linkBetween gives the relative address from one file to another.
func linkBetween(from, to string) string {
	up := strings.Repeat("../", strings.Count(from, "/"))
	return up + (&url.URL{Path: to}).EscapedPath()
}

// missing reports whether an error says that something is not there.
func missing(err error) bool { return errors.Is(err, os.ErrNotExist) }
