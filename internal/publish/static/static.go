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
	"cmp"
	"context"
	"errors"
	"iter"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"

	"github.com/greyshelf/greyshelf"
)

// Export says what to write.
type Export struct {
	Site    http.Handler // answers as it answers anybody from elsewhere, below the path of Address or Home
	Start   []string     // addresses of the site to begin at: "/r/ID"
	Address string       // of the site as it will be served: "https://example.org/library"; "" = nowhere in particular: no feeds, no sitemap
	Home    string       // address that records and citations name where Address is ""; "" = one that leads nowhere
	Words   Words
	Search  iter.Seq2[Document, error] // what the search finds
	// Together is how many addresses the site is asked for at a time; 0 = one.
	Together int
	// Progress is told how many addresses were asked for and are known; may be nil.
	Progress func(done, known int)
}

// Words are the visible words of the pages that the site itself has not.
type Words struct {
	Language, Title, Label, Button, None, Found, Page, NoScript string // Found with {0} reports, Page with {0}
	NotHere, NotHereText, NotHereRights, NotHereServer, Home    string // of the page for what the static library has not
	NeedsServer                                                 string // behind a link to that page
}

// Summary says what was written.
type Summary struct {
	Files   int   `json:"files"`   // in the folder
	Written int   `json:"written"` // that were not there, or otherwise
	Removed int   `json:"removed"` // of an earlier run, that belong to it no longer
	Failed  int   `json:"failed"`  // addresses to which the site had no answer, for a defect or a file that cannot be read
	Bytes   int64 `json:"bytes"`
}

const op = "export the site"

// mostAddresses bounds a walk.
const mostAddresses = 2_000_000

// walk is one run.
type walk struct {
	Export
	host  string            // of Address or Home
	base  string            // its path, without a slash at its end
	tls   bool              // it begins with https:
	names map[string]string // address → file
	owner map[string]string // file → address, so that none is written twice
	moved map[string]string // address → address that it leads to
	pages []string          // addresses of pages, in the order in which they were found
	feeds []string          // the same of feeds
	spool *spool            // pages and feeds as the site gave them
}

// Run writes the site into a folder: one that is not there, empty, or written
// by an earlier run. Broken off anywhere, it is finished by the next run.
// Errors: Exists for a folder with other things in it, Unavailable.
func (e Export) Run(ctx context.Context, dir string) (Summary, error) {
	w := &walk{Export: e, host: nowhere, names: map[string]string{}, owner: map[string]string{}, moved: map[string]string{}}
	if named := cmp.Or(e.Address, e.Home); named != "" {
		u, err := url.Parse(named)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" {
			return Summary{}, greyshelf.Errorf(greyshelf.Invalid, op, named, "this is no address of a site; one looks like https://example.org/library")
		}
		w.host, w.base, w.tls = u.Host, BasePath(named), u.Scheme == "https"
	}
	out, err := open(dir)
	if err != nil {
		return Summary{}, err
	}
	if w.spool, err = newSpool(dir); err != nil {
		return Summary{}, err
	}
	defer w.spool.close()
	for _, step := range []func(context.Context, *folder) error{w.find, w.write, w.writeSearch, w.writeNotHere, w.writeSitemap} {
		if err := step(ctx, out); err != nil {
			return Summary{}, err
		}
	}
	return out.finish()
}

// nowhere is the host of a site that is nowhere in particular (RFC 6761 §6.4).
const nowhere = "library.invalid"

// BasePath gives the path of an address without a slash at its end: the path
// below which the site is to answer.
func BasePath(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimRight(u.EscapedPath(), "/")
}

// find walks the site, asking for every address once. What is no page is
// written at once; pages wait in the spool until it is known what their links
// lead to.
func (w *walk) find(ctx context.Context, out *folder) error {
	queue := append([]string{"/", "/list", "/browse", "/subjects", "/d", "/help"}, w.Start...)
	if w.Address != "" {
		queue = append(queue, "/feed/atom", "/feed/rss", "/feed/json")
	}
	known := map[string]bool{}
	for _, address := range queue {
		known[address] = true
	}
	for done := 0; done < len(queue); {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		batch := queue[done:min(done+max(batchOf*w.Together, 1), len(queue))]
		for i, answer := range w.askAll(ctx, batch) {
			more, err := w.take(out, batch[i], answer)
			if err != nil {
				return err
			}
			for _, next := range more {
				if !known[next] && len(known) < mostAddresses {
					known[next] = true
					queue = append(queue, next)
				}
			}
		}
		done += len(batch)
		if w.Progress != nil {
			w.Progress(done, len(queue))
		}
	}
	return nil
}

// batchOf is how many addresses for each that is asked for at a time are taken
// at once: so many answers are in memory.
const batchOf = 4

// askAll asks for all addresses, some at a time, and gives the answers in their
// order.
func (w *walk) askAll(ctx context.Context, addresses []string) []*httptest.ResponseRecorder {
	answers := make([]*httptest.ResponseRecorder, len(addresses))
	free := make(chan struct{}, max(w.Together, 1))
	var all sync.WaitGroup
	for i, address := range addresses {
		free <- struct{}{}
		all.Go(func() {
			answers[i] = w.ask(ctx, address)
			<-free
		})
	}
	all.Wait()
	return answers
}

// take takes the answer to an address: writes or keeps it, and gives the
// addresses that it leads to.
func (w *walk) take(out *folder, address string, answer *httptest.ResponseRecorder) ([]string, error) {
	switch {
	case answer.Code >= 300 && answer.Code < 400:
		to, ok := w.inside(address, answer.Header().Get("Location"))
		if !ok || !w.wanted(to) {
			return nil, nil
		}
		w.moved[address] = to
		return []string{to}, nil
	case answer.Code >= 500:
		out.summary.Failed++
		return nil, nil
	case answer.Code != http.StatusOK:
		return nil, nil
	}
	kind, _, _ := mime.ParseMediaType(answer.Header().Get("Content-Type"))
	u, err := url.Parse(address)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Internal, op, address, err)
	}
	attached := strings.HasPrefix(answer.Header().Get("Content-Disposition"), "attachment")
	name := FileName(u, ending(kind, attached))
	if other, taken := w.owner[name]; taken {
		return nil, greyshelf.Errorf(greyshelf.Internal, op, address, "it would lie in the same file as %s", other)
	}
	w.names[address], w.owner[name] = name, address
	data := answer.Body.Bytes()
	switch {
	case kind == "text/html" && !attached:
		w.pages = append(w.pages, address)
		return w.links(address, data), w.spool.put(address, data)
	case strings.HasPrefix(address, "/feed/") || strings.HasPrefix(address, "/d/feed/"):
		w.feeds = append(w.feeds, address)
		return nil, w.spool.put(address, data)
	case kind == "text/css":
		data = append(data, style...)
	}
	return nil, out.put(name, data)
}

// style is put behind the site's own: what needs the site's program or script
// is not shown.
const style = "\n.pick, .selection, .reader { display: none; }\na.notinstatic { text-decoration-style: dotted; }\n.error ul { list-style: disc; padding-inline-start: 1.25rem; margin-block: .75rem; }\n"

// ask asks the site as a reader from elsewhere does (RFC 5737 §3: an address
// of documentation).
func (w *walk) ask(ctx context.Context, address string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, w.base+address, nil)
	r.RemoteAddr, r.Host = "192.0.2.1:1", w.host
	r.Header.Set("Accept-Language", w.Words.Language)
	if w.tls {
		r.Header.Set("X-Forwarded-Proto", "https")
	}
	answer := httptest.NewRecorder()
	w.Site.ServeHTTP(answer, r)
	return answer
}

// inside gives the address within the site that a link on a page means; false
// for one that leads out of it. The part behind "#" is left out.
func (w *walk) inside(page, link string) (string, bool) {
	base, err := url.Parse("http://" + w.host + w.base + page)
	if err != nil {
		return "", false
	}
	to, err := base.Parse(strings.TrimSpace(link))
	if err != nil || to.Host != w.host || to.Scheme != "http" && to.Scheme != "https" {
		return "", false
	}
	to.RawQuery = to.Query().Encode() // one address for "+" and "%20"
	address, within := strings.CutPrefix(to.RequestURI(), w.base+"/")
	return "/" + address, within
}

// write writes the pages, links made relative, and the feeds.
func (w *walk) write(ctx context.Context, out *folder) error {
	for _, address := range w.pages {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		data, err := w.spool.get(address)
		if err != nil {
			return err
		}
		name := w.names[address]
		if err := out.put(name, w.atFiles(w.page(address, name, data))); err != nil {
			return err
		}
	}
	for _, address := range w.feeds {
		data, err := w.spool.get(address)
		if err == nil {
			err = out.put(w.names[address], w.atFiles(data))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// relative gives the link from one file to what an address leads to, or to what
// shows the same; false where neither is in the static library.
func (w *walk) relative(from, address string) (string, bool) {
	name, ok := w.file(address)
	if !ok {
		name, ok = w.file(instead(address))
		ok = ok && name != from
	}
	if !ok {
		return "", false
	}
	return linkBetween(from, name), true
}

// file gives the file of what an address leads to.
func (w *walk) file(address string) (string, bool) {
	for range 5 {
		to, ok := w.moved[address]
		if !ok {
			break
		}
		address = to
	}
	name, ok := w.names[address]
	return name, ok
}

// linkBetween gives the relative address from one file to another.
func linkBetween(from, to string) string {
	up := strings.Repeat("../", strings.Count(from, "/"))
	return up + (&url.URL{Path: to}).EscapedPath()
}

// missing reports whether an error says that something is not there.
func missing(err error) bool { return errors.Is(err, os.ErrNotExist) }
