// Package discovery is by what programs find the library and what is new in
// it: feeds, the OpenSearch description, sitemaps, robots.txt.
//
// It stands in the web beside the pages and reads only. The forms of a feed are
// those of package publish/feed. It stores nothing.
package discovery

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/publish/feed"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

const (
	perFeed    = 50
	mostPages  = 40   // of a feed; older reports are found in the library
	mostFound  = 2000 // reports of a search that are looked through for the newest
	longestAbs = 1200 // characters of an abstract in a feed
	mostEach   = 3    // passages of a report in the feed of a search
)

// Feed answers GET /feed/{format}: what is new, or new among what a search
// finds (q and the facets, as on the search page).
func Feed(v *site.Visit) error {
	format := v.R.PathValue("format")
	if feed.MediaType(format) == "" {
		return site.NotFound(v)
	}
	form := v.R.URL.Query()
	number := 1
	if text := form.Get("page"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > mostPages {
			return site.NotFound(v)
		}
		number = n
	}
	form.Del("page")
	reports, more, err := newest(v, form, (number-1)*perFeed)
	if err != nil {
		return err
	}
	f := feedOf(v, format, form, number, more && number < mostPages)
	for _, r := range reports {
		i := item(v, r)
		if i.Passages, err = passages(v, form.Get("q"), r); err != nil {
			return err
		}
		f.Items = append(f.Items, i)
		if r.Updated.After(f.Updated) {
			f.Updated = r.Updated
		}
	}
	var b bytes.Buffer
	if err := feed.Write(&b, format, f); err != nil {
		return err
	}
	return Send(v, feed.MediaType(format), b.Bytes())
}

// Send answers with a document that programs ask for again and again: with an
// entity tag, by which they learn that nothing has changed (RFC 9110 §13.1.2).
func Send(v *site.Visit, mediaType string, body []byte) error {
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h := v.W.Header()
	h.Set("ETag", tag)
	h.Add("Vary", "Cookie, Authorization")
	h.Set("Cache-Control", "public, max-age=300")
	if v.Reader.Role > rights.Anonymous || v.Private {
		h.Set("Cache-Control", "private, no-cache")
	}
	if slices.Contains(strings.FieldsFunc(v.R.Header.Get("If-None-Match"), func(r rune) bool { return r == ',' || r == ' ' }), tag) {
		v.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", mediaType)
	_, _ = v.W.Write(body) // the reader may have gone
	return nil
}

// newest gives a page of the reports that the reader may know of, the latest
// arrivals first, and whether there are older ones.
func newest(v *site.Visit, form url.Values, offset int) (page []greyshelf.Report, more bool, err error) {
	filter := catalog.Filter{States: []greyshelf.State{greyshelf.Published}, Newest: true, Limit: perFeed + 1, Offset: offset}
	if asks(form) {
		found, err := found(v, form)
		if err != nil {
			return nil, false, err
		}
		found = found[min(offset, len(found)):]
		return found[:min(perFeed, len(found))], len(found) > perFeed, nil
	}
	for r, err := range v.Catalog.Reports(v.R.Context(), filter) {
		switch {
		case err != nil:
			return nil, false, err
		case len(page) == perFeed:
			more = true
		case v.May(r, rights.Record):
			page = append(page, r)
		}
	}
	return page, more, nil
}

func asks(form url.Values) bool {
	return form.Get("q") != "" || slices.ContainsFunc(search.Facets(), func(name string) bool { return len(form[name]) > 0 })
}

// found gives what a search finds, the latest arrivals first.
func found(v *site.Visit, form url.Values) ([]greyshelf.Report, error) {
	form.Set("sort", string(search.ByDate))
	reports, err := v.Selection(form)
	form.Del("sort")
	if err != nil {
		return nil, err
	}
	var all []greyshelf.Report
	for r, err := range reports {
		if err != nil {
			return nil, err
		}
		if all = append(all, r); len(all) == mostFound {
			break
		}
	}
	slices.SortStableFunc(all, func(a, b greyshelf.Report) int { return b.Created.Compare(a.Created) })
	return all, nil
}

// feedOf gives a page of the feed without its items.
func feedOf(v *site.Visit, format string, form url.Values, number int, more bool) feed.Feed {
	address := func(page int) string {
		with := url.Values{}
		for key, values := range form {
			with[key] = values
		}
		if page > 1 {
			with.Set("page", strconv.Itoa(page))
		}
		return v.Absolute(v.Link(strings.TrimSuffix("/feed/"+format+"?"+with.Encode(), "?")))
	}
	f := feed.Feed{ID: address(1), Title: v.Text.Get("site.name"), About: v.Text.Get("feed.all"), Language: v.Text.Tag, Home: v.Absolute(v.Link("/")), Self: address(number)}
	if asks(form) {
		f.Title = v.Text.Get("feed.title", about(form))
		f.About = v.Text.Get("feed.some", about(form))
		f.Home = v.Absolute(v.Link("/search?" + form.Encode()))
	}
	if number > 1 || more {
		f.First = f.ID
	}
	if number > 1 {
		f.Previous = address(number - 1)
	}
	if more {
		f.Next = address(number + 1)
	}
	return f
}

// about names what a feed is about: the query and the chosen facets.
func about(form url.Values) string {
	var parts []string
	if q := form.Get("q"); q != "" {
		parts = append(parts, q)
	}
	for _, name := range search.Facets() {
		parts = append(parts, form[name]...)
	}
	return strings.Join(parts, ", ")
}

// item gives a report as an item; its file only where the reader may open it.
func item(v *site.Visit, r greyshelf.Report) feed.Item {
	address := v.Absolute(v.ReportLink(r.ID))
	i := feed.Item{ID: address, URL: address, Title: v.TitleOf(r), Summary: short(r.ListAbstract()), Published: r.Created, Updated: r.Updated}
	for _, a := range r.AgentsWith(greyshelf.Author) {
		i.Authors = append(i.Authors, a.Name)
	}
	for _, h := range r.Headings {
		i.Tags = append(i.Tags, h.Label)
	}
	if len(r.Languages) > 0 {
		i.Language = r.Languages[0]
	}
	if files := r.Files(); len(files) > 0 && v.May(r, rights.File) {
		i.File, i.MediaType, i.Bytes = v.Absolute(v.FileLink(r.ID, files[0])), files[0].MediaType, files[0].Bytes
	}
	return i
}

// passages gives where a report answers the query, as far as the reader may
// see it; none without a query.
func passages(v *site.Visit, query string, r greyshelf.Report) ([]feed.Passage, error) {
	if query == "" || !v.May(r, rights.Snippet) {
		return nil, nil
	}
	answer, err := v.Search.Search(v.R.Context(), search.Ask{Text: query, Only: r.ID, Limit: mostEach, Reader: v.Reader})
	if err != nil {
		return nil, err
	}
	var all []feed.Passage
	for _, h := range answer.Hits {
		p := feed.Passage{Text: h.Snippet, URL: v.Absolute(v.ReportLink(r.ID))}
		if h.Page > 0 {
			label := h.Label
			if label == "" {
				label = strconv.Itoa(h.Page)
			}
			p.Where = v.Text.Get("alert.page", label)
		}
		if h.Page > 0 && h.Open && v.May(r, rights.Page) {
			p.URL = v.Absolute(v.PageLink(r.ID, h.File, h.Page))
		}
		if p.Text != "" {
			all = append(all, p)
		}
	}
	return all, nil
}

// short cuts an abstract at a space.
func short(text string) string {
	runes := []rune(text)
	if len(runes) <= longestAbs {
		return text
	}
	cut := string(runes[:longestAbs])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return cut + " …"
}
