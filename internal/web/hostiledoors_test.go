package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/api"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/mcp"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// TestCrossSite sends every route that changes anything what a page of another
// site would send with the reader's cookies: it is refused and nothing changes.
func TestCrossSite(t *testing.T) {
	w := newWorld(t)
	paths, forms := map[string]string{}, map[string][]url.Values{}
	for _, c := range w.changes() {
		paths[c.pattern] = w.at(c)
		for _, form := range append(rightForms[c.pattern], url.Values{}) {
			forms[c.pattern] = append(forms[c.pattern], w.filled(form))
		}
	}
	before := w.state()
	for pattern, path := range paths {
		for _, sent := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example.org"}, {"Origin", "null"}} {
			for _, form := range forms[pattern] {
				got := w.post(path, "application/x-www-form-urlencoded", form.Encode(), header(sent[0], sent[1]))
				if got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "another site") {
					t.Errorf("%s with %s: %s: status %d", pattern, sent[0], sent[1], got.Code)
				}
			}
		}
	}
	if after := w.state(); after != before {
		t.Error("the library changed: ", cmp.Diff(before, after))
	}
}

// state tells of all that the catalogue holds.
func (w *world) state() string {
	w.t.Helper()
	ctx := w.t.Context()
	var b strings.Builder
	for r, err := range w.catalog.Reports(ctx, catalog.Filter{}) {
		must(w.t, err)
		fmt.Fprintln(&b, r.ID, r.Revision)
	}
	for sealed, err := range w.catalog.Chain(ctx, 0) {
		must(w.t, err)
		fmt.Fprintf(&b, "%s %s\n", sealed.Decision.ID, sealed.Seal)
	}
	return b.String()
}

// TestUnknownNames puts into every place of every path what is no name there:
// the answer says so.
func TestUnknownNames(t *testing.T) {
	w := newWorld(t)
	wrong := []string{"unknown", "open", w.thing("authority"), w.thing("issue"), w.thing("notice"), strings.Repeat("a", 64), "..%2f..%2fetc%2fpasswd", "%00", "%ff%fe", "%0d%0aSet-Cookie:%20a=b", "%3Cscript%3Ealert(6)", "-1", "99999999999999999999", strings.Repeat("x", 5000)}
	all, err := routes(siteOf(t, w.library))
	must(t, err)
	for _, r := range all {
		method, path, _ := strings.Cut(r.pattern, " ")
		path = strings.ReplaceAll(path, "{$}", "")
		if !strings.Contains(path, "{") {
			continue
		}
		for _, hole := range placeHolder.FindAllString(path, -1) {
			for _, name := range wrong {
				if (name == "open" || name == wrong[2]) && hole == "{id}" || name == wrong[3] && hole == "{issue}" {
					continue
				}
				at := strings.NewReplacer(hole, name).Replace(path)
				at = strings.NewReplacer("{id}", "open", "{file}", w.shas["open"][:16], "{page}", "1").Replace(at)
				at = placeHolder.ReplaceAllString(at, "1")
				what := fmt.Sprintf("%s %.100s", method, at)
				if method == http.MethodGet {
					w.harmless(what, w.ask(visitor, at, nil, w.as[rights.Administrator]))
					continue
				}
				for _, form := range append(rightForms[r.pattern], url.Values{}) {
					got := w.post(at, "application/x-www-form-urlencoded", w.filled(form).Encode())
					if w.harmless(what, got); got.Code < 300 && hole != "{token}" {
						t.Errorf("%s: status %d", what, got.Code)
					}
				}
			}
		}
	}
	w.whole()
}

// TestHostileBodies sends every route that changes anything bodies that are no
// form of its kind, damaged, in part or too large.
func TestHostileBodies(t *testing.T) {
	w := newWorld(t)
	const encoded = "application/x-www-form-urlencoded"
	kind, files := multiparts("files", "a.pdf", "%PDF-1.7 a")
	bodies := []struct{ what, kind, body string }{
		{"no encoding", encoded, "title=%zz&%%%=1"},
		{"too large", encoded, "title=" + strings.Repeat("a", 3<<20)},
		{"too many fields", encoded, strings.Repeat("a=1&", 200_000)},
		{"no kind", "", "title=a"},
		{"a kind that is none", "text/\x00;;;=", "title=a"},
		{"JSON", "application/json", `{"title":"a"}`},
		{"deep JSON", "application/json", strings.Repeat("[", 60_000)},
		{"files", kind, files},
		{"files in part", kind, files[:len(files)/2]},
		{"files without a boundary", "multipart/form-data", files},
		{"files of another boundary", "multipart/form-data; boundary=other", files},
		{"headers without end", kind, strings.SplitN(files, "\r\n", 2)[0] + "\r\n" + strings.Repeat("X: y\r\n", 100_000)},
		{"semicolons", encoded, "title=a;revision=1"},
	}
	for _, c := range w.changes() {
		for _, b := range bodies {
			sent := strings.NewReader(b.body)
			got := w.post(w.at(c), b.kind, "", func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(sent), -1 })
			w.harmless(c.pattern+" with "+b.what, got)
			if read := len(b.body) - sent.Len(); b.what == "too large" && read > 0 && (got.Code < 400 || read > 5<<19) {
				t.Errorf("%s: status %d after %d bytes of a form of 3 MB", c.pattern, got.Code, read)
			}
			if got.Result().Cookies() != nil && w.ask(visitor, "/account", nil, w.as[rights.Administrator]).Code != http.StatusOK {
				w.again()
			}
		}
	}
	w.whole()
	w.calculatesNothing()
}

// calculatesNothing looks into the tables that the site gives out: no cell is a
// formula for a spreadsheet.
func (w *world) calculatesNothing() {
	w.t.Helper()
	for _, path := range []string{"/audit?as=csv", "/statistics?as=csv&table=subject", "/statistics?as=csv&table=publisher", "/statistics?as=csv&table=unfound"} {
		got := w.ask(visitor, path, nil, w.as[rights.Administrator])
		rows, err := csv.NewReader(got.Body).ReadAll()
		if err != nil || got.Code != http.StatusOK {
			w.t.Errorf("%s: status %d, %v", path, got.Code, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
					w.t.Errorf("%s: the cell %.60q", path, cell)
				}
			}
		}
	}
}

// TestHostileCalls sends the address for agents what is no call, and calls with
// a payload in every argument.
func TestHostileCalls(t *testing.T) {
	w := newWorld(t)
	w.options.MCP = func(reader func(*http.Request) rights.Reader, base func(*http.Request) string) http.Handler {
		return mcp.Handler(func(r *http.Request) mcp.Library {
			return mcp.Library{Catalog: w.catalog, Pages: w.web.Pages, Search: w.web.Search.Search, Base: base(r)}
		}, reader, "test")
	}
	w.options.API = func(reader func(*http.Request) rights.Reader) http.Handler {
		return api.New(api.Library{Catalog: w.catalog, Pages: w.web.Pages, Search: w.web.Search}, reader, "", "test")
	}
	w.handler = New(w.web, w.options)
	ask := func(body string) {
		got := w.post("/mcp", "application/json", body, header("Accept", "application/json, text/event-stream"))
		if got.Code >= 500 {
			t.Errorf("%.80q: status %d %.200s", body, got.Code, got.Body)
		}
	}
	for _, body := range []string{"", "null", "{}", "[]", strings.Repeat("[", 100_000), `{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("a", 3<<20) + `"}`, "\xff\xfe\x00", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":7}`} {
		ask(body)
	}
	said, err := json.Marshal(strings.ToValidUTF8(payload, ""))
	must(t, err)
	for _, tool := range []string{"search_pages", "read_page", "get_report", "cite", "no_such_tool"} {
		for _, value := range []string{string(said), "-1", "1e308", "null", "[[]]", `"` + longText + `"`} {
			ask(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"` + tool + `","arguments":{"query":` + value + `,"report":` + value + `,"page":` + value + `,"file":` + value + `,"limit":` + value + `,"style":` + value + `}}}`)
			ask(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"` + tool + `","arguments":{"query":` + value + `,"report":"open","page":1}}}`)
		}
	}
	for _, path := range []string{"/api/v1/search", "/api/v1/reports", "/api/v1/list", "/search", "/list", "/sru", "/oai", "/opds/reports", "/feed/atom", "/suggest/names", "/decisions", "/queue", "/authorities"} {
		for _, name := range []string{"q", "query", "limit", "id", "format", "sort", "after", "page", "verb", "resumptionToken", "metadataPrefix", "name", "day", "before", "state", "from", "until", "startRecord", "maximumRecords"} {
			for _, value := range []string{payload, "-1", "99999999999999999999", strings.Repeat("(", 3000), strings.Repeat("a OR ", 3000), "*", "\""} {
				at := path + "?" + url.Values{name: {value}}.Encode()
				w.harmless(fmt.Sprintf("%.60s", at), w.ask(visitor, at, nil, w.as[rights.Administrator]))
			}
		}
	}
}

// tidy checks that what a report holds controls no terminal, no line of a file
// and no direction, and is text.
func (w *world) tidy(r greyshelf.Report) {
	w.t.Helper()
	lines := []string{r.Title, r.Subtitle, r.Type, r.Series, r.SeriesNumber, r.Version, r.Date.Printed, r.Format, r.Rights.Holder, r.Extent.Printed, r.Size.Printed, r.Desk.RequestedBy}
	for _, a := range r.Agents {
		lines = append(lines, a.Name, a.Family, a.Given, a.Stated)
	}
	for _, h := range r.Headings {
		lines = append(lines, h.Label)
	}
	for _, o := range r.Relations {
		lines = append(lines, o.Title)
	}
	for _, text := range lines {
		if strings.ContainsAny(text, "\r\n\x00\x1b\u202e\u2066") || !utf8.ValidString(text) {
			w.t.Errorf("%s holds %.100q", r.ID, text)
		}
	}
	for _, text := range append(lines, r.Abstract, r.Annotation, r.Note, r.Rights.Statement, r.Desk.Sensitivity, r.Tombstone) {
		if strings.ContainsAny(text, "\r\x00\x1b\u202e\u2066") || !utf8.ValidString(text) {
			w.t.Errorf("%s holds %.100q", r.ID, text)
		}
	}
}
