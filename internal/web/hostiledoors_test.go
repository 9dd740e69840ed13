package web

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf/internal/catalog"
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
}
