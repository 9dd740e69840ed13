package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/rights"
)

func host(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// everyPage gives an address of every page.
func everyPage(l *library) []string {
	return []string{"/", "/search", "/search?q=harbour", "/search?q=nothingatall", "/search?q=harbour&report=open", "/list", "/help", "/add", "/authorities", "/authorities/new", "/subjects", "/r/open", "/r/extract",
		"/r/open/cite?style=apa&locator=1", "/r/open/edit", "/r/open/history", "/r/open/history?from=0&to=1&since=0", "/decisions", "/decisions?who=nobody", "/decisions/open", "/r/open/findings", "/r/open/findings?n=2", "/r/open/matches", l.file("open") + "/p/1?q=harbour", l.file("open") + "/p/2", l.file("open") + "/p/1/4-11", l.file("extract") + "/p/1/0-400", l.file("extract") + "/p/1", "/nothing",
		"/digests", "/digests/new?id=open", "/digests/rules", "/statistics", "/digests/styles", "/digests/styles?id=seed", "/contacts", "/d"}
}

// TestPagesAreSafe checks on every page: the policy, nothing inline, nothing
// from another host, titles escaped, every string present.
func TestPagesAreSafe(t *testing.T) {
	l := newLibrary(t)
	inline := regexp.MustCompile(`(?i)<[^>]+\s(style|on[a-z]+)=|<style|<script>|javascript:`)
	outside := regexp.MustCompile(`(?i)(src|href|action)="(https?:)?//[^"]*"`)
	for _, path := range everyPage(l) {
		for _, language := range []string{"en", "fr"} {
			w := l.ask(local, path, nil, header("Accept-Language", language))
			body := w.Body.String()
			if got := w.Header().Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") || strings.Contains(got, "unsafe") {
				t.Errorf("%s: policy %q", path, got)
			}
			if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Referrer-Policy") == "" {
				t.Errorf("%s: headers %v", path, w.Header())
			}
			if found := inline.FindString(body); found != "" {
				t.Errorf("%s: inline %q", path, found)
			}
			for _, found := range outside.FindAllString(body, -1) {
				if !strings.Contains(found, `href="http://127.0.0.1:8080/`) { // canonical addresses
					t.Errorf("%s: leads outside: %q", path, found)
				}
			}
			if strings.Contains(body, "⟦") || strings.Contains(body, "ZgotmplZ") || strings.Contains(body, "<no value>") {
				t.Errorf("%s in %s: a string is missing: %.200s", path, language, body[max(0, strings.Index(body, "⟦")):])
			}
			if !strings.Contains(body, `<html lang="`+language+`" dir="ltr"`) {
				t.Errorf("%s: not in %s", path, language)
			}
		}
	}
}

func TestSearchPage(t *testing.T) {
	l := newLibrary(t)
	body := l.ask(visitor, "/search?q=harbour", nil).Body.String()
	for _, want := range []string{
		"3 reports", "6 pages", "<mark>harbour</mark>", l.file("open") + "/p/1?q=harbour", "Page i", "(1 in the file)", "/p/1/image?w=240",
		`rel="nofollow" href="/search?q=harbour&amp;subject=Harbours"`, `<span class="n">3</span>`, "extract only",
		"/list?as=seed&amp;q=harbour", "/search?q=scope%3Areport&#43;harbour",
	} {
		if !strings.Contains(body, want) && !strings.Contains(body, strings.ReplaceAll(want, "&#43;", "+")) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(body, l.file("extract")+"/p/1/image") {
		t.Error("a thumbnail of a closed page")
	}
	chosen := l.ask(visitor, "/search?q=harbour&year=2009&subject=Harbours&sort=title", nil).Body.String()
	for _, want := range []string{`href="/search?q=harbour&amp;sort=title&amp;subject=Harbours"`, `aria-current="true">Title`, `name="year" value="2009"`} {
		if !strings.Contains(chosen, want) {
			t.Errorf("with facets: no %s", want)
		}
	}
	if body := l.ask(visitor, "/search?q=harbuor", nil).Body.String(); !strings.Contains(body, "Did you mean") {
		t.Error("no better spelling")
	}
	if body := l.ask(visitor, "/search?q=harbour&page=9", nil).Body.String(); !strings.Contains(body, "Nothing was found") {
		t.Error("a page behind the last")
	}
}

func TestPageOfAPage(t *testing.T) {
	l := newLibrary(t)
	at := l.file("open") + "/p/"
	body := l.ask(visitor, at+"1?q=harbour", nil).Body.String()
	for _, want := range []string{
		`<svg viewBox="0 0 600 800"`, `href="` + at + `1/image?w=1000"`, `data-s="4">harbour</tspan>`, `lengthAdjust="spacingAndGlyphs"`, `href="` + at + `2?q=harbour"`,
		"Page i", "1 of 2 in the file", "1 place is marked", "p. i (page 1 of the file).", "http://" + publicHost + at + "1",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if n := strings.Count(body, "<rect "); n != 1 {
		t.Errorf("%d rectangles, want one for the word", n)
	}
	passage := l.ask(visitor, at+"1/4-11", nil).Body.String()
	if !strings.Contains(passage, `<g class="passages"><rect`) || !strings.Contains(passage, "“harbour” Report") || !strings.Contains(passage, at+"1/4-11") {
		t.Error("the passage is not shown")
	}
	for path, want := range map[string]string{
		l.file("open") + "/p?n=i": at + "1", l.file("open") + "/p?n=2": at + "2", l.file("open") + "/p?n=1&q=x": at + "2?q=x", // printed goes first
		at + "1?quote=the+HARBOUR+is":              at + "1/0-14",
		"/r/open/f/" + l.shas["open"] + "/p/1?q=x": at + "1?q=x",
	} {
		if w := l.ask(visitor, path, nil); w.Header().Get("Location") != want {
			t.Errorf("%s: %d leads to %q, want %q", path, w.Code, w.Header().Get("Location"), want)
		}
	}
	for path, status := range map[string]int{
		at + "3": 404, at + "0": 404, at + "01": 404, at + "x": 404, at + "1/9-4": 404, at + "1/999999-1000000": 404, at + "1/4-999999": 200,
		at + "1?quote=not+there": 404, at + "1/image?w=17": 400, at + "9/image?w=240": 404, l.file("open") + "/p?n=77": 404, "/r/open/f/abc/p/1": 404,
	} {
		if w := l.ask(visitor, path, nil); w.Code != status {
			t.Errorf("%s: %d, want %d", path, w.Code, status)
		}
	}
	closed := l.ask(visitor, l.file("extract")+"/p/1/0-400", nil).Body.String()
	if !strings.Contains(closed, firstWords) || strings.Contains(closed, "/image") || strings.Contains(closed, "<svg v") || !strings.Contains(closed, "The passage is longer") {
		t.Error("the extract of a closed page is not as it should be")
	}
}

func TestBytes(t *testing.T) {
	l := newLibrary(t)
	w := l.ask(visitor, l.file("open"), nil, header("Range", "bytes=6-7"))
	if w.Code != 206 || w.Body.String() != "of" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") || w.Header().Get("Content-Type") != "application/pdf" {
		t.Errorf("a part of a file: %d %q %v", w.Code, w.Body, w.Header())
	}
	if d := w.Header().Get("Content-Disposition"); !strings.Contains(d, "filename*=utf-8''a%20report%20%E2%80%9Copen%E2%80%9D.pdf") {
		t.Errorf("name: %s", d)
	}
	image := l.ask(visitor, l.file("open")+"/p/1/image?w=240", nil)
	again := l.ask(visitor, l.file("open")+"/p/1/image?w=240", nil, header("If-None-Match", image.Header().Get("ETag")))
	if image.Header().Get("Content-Type") != "image/png" || !strings.Contains(image.Header().Get("Cache-Control"), "immutable") || again.Code != 304 {
		t.Errorf("image: %v, again %d", image.Header(), again.Code)
	}
	home := l.ask(visitor, "/", nil).Body.String()
	style := regexp.MustCompile(`/static/greyshelf-[0-9a-f]+\.css`).FindString(home)
	css := l.ask(visitor, style, nil, header("Accept-Encoding", "gzip"))
	z, err := gzip.NewReader(css.Body)
	must(t, err)
	text, err := io.ReadAll(z)
	must(t, err)
	if !bytes.Contains(text, []byte(":focus-visible")) || !strings.Contains(css.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("style: %v", css.Header())
	}
	if old := l.ask(visitor, "/static/greyshelf-000000000000.css", nil); old.Code != 200 || old.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("a style of an older program: %d %v", old.Code, old.Header())
	}
}

func TestEditAndUndo(t *testing.T) {
	l := newLibrary(t)
	form := url.Values{"revision": {"1"}, "title": {"A new title"}, "date": {"13 June 2012"}, "edtf": {"2009-05"}, "identifiers": {"doi: https://doi.org/10.1000/182"}, "reason": {"it was wrong"}}
	if w := l.ask(local, "/r/open/edit", form); w.Code != 303 || w.Header().Get("Location") != "/r/open" {
		t.Fatalf("save: %d %s", w.Code, w.Body)
	}
	r, err := l.catalog.Report(t.Context(), "open")
	must(t, err)
	if r.Title != "A new title" || r.Date.EDTF != "2012-06-13" || r.Identifier(greyshelf.DOI) != "10.1000/182" || len(r.Agents) != 2 {
		t.Errorf("saved: %+v", r)
	}
	form.Set("title", "Another title")
	late := l.ask(local, "/r/open/edit", form)
	if body := late.Body.String(); late.Code != 409 || !strings.Contains(body, "A new title") || !strings.Contains(body, "Another title</textarea>") || !strings.Contains(body, `name="revision" value="1"`) || !strings.Contains(body, `name="seen" value="2"`) {
		t.Errorf("a late change: %d", late.Code)
	}
	wrong := l.ask(local, "/r/open/edit", url.Values{"revision": {"2"}, "identifiers": {"doi: 11.1"}})
	if wrong.Code != 400 || !strings.Contains(wrong.Body.String(), "doi: 11.1</textarea>") {
		t.Errorf("a wrong identifier: %d", wrong.Code)
	}
	for _, title := range []string{"Report <script>alert(1)</script> open", "A new title"} { // undo, undo of the undo
		history := l.ask(local, "/r/open/history", nil).Body.String()
		decision := regexp.MustCompile(`name="decision" value="([^"]+)"`).FindStringSubmatch(history)[1]
		if w := l.ask(local, "/r/open/undo", url.Values{"decision": {decision}}); w.Code != 303 {
			t.Fatalf("undo: %d %s", w.Code, w.Body)
		}
		if r, err = l.catalog.Report(t.Context(), "open"); err != nil || r.Title != title {
			t.Errorf("after the undo: %q, want %q", r.Title, title)
		}
	}
	publish := url.Values{"revision": {"1"}, "state": {"published"}}
	if w := l.ask(local, "/r/draft/state", publish); w.Code != 303 || l.ask(visitor, "/r/draft", nil).Code != 200 {
		t.Errorf("publish: %d", w.Code)
	}
}

func TestDesk(t *testing.T) {
	l := newLibrary(t)
	w := l.ask(local, "/reader", url.Values{"as": {"desk"}, "back": {"/r/draft"}})
	cookie := w.Header().Get("Set-Cookie")
	if w.Code != 303 || w.Header().Get("Location") != "/r/draft" || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for _, back := range []string{"//evil.example.org", "https://evil.example.org", "/\\evil.example.org", ""} {
		if to := l.ask(local, "/reader", url.Values{"as": {"anonymous"}, "back": {back}}).Header().Get("Location"); to != "/" {
			t.Errorf("back to %q leads to %q", back, to)
		}
	}
}

func TestUpload(t *testing.T) {
	l := newLibrary(t)
	var session func(*http.Request)
	send := func(accept string) *httptest.ResponseRecorder {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for name, text := range map[string]string{"../good.pdf": "%PDF-1.7", "bad <i>.pdf": "no"} {
			part, err := form.CreateFormFile("files", name)
			must(t, err)
			_, err = part.Write([]byte(text))
			must(t, err)
		}
		must(t, form.Close())
		return l.ask(local, "/add", url.Values{}, func(r *http.Request) {
			r.Body, r.ContentLength = io.NopCloser(&body), int64(body.Len())
			r.Header.Set("Content-Type", form.FormDataContentType())
			r.Header.Set("Accept", accept)
			if session != nil {
				session(r)
			}
		})
	}
	page := send("text/html").Body.String()
	for _, want := range []string{"good.pdf", "bad &lt;i&gt;.pdf", "this is no PDF", "&lt;b&gt;Draft&lt;/b&gt;", `href="/r/draft"`, `<a href="/r/draft/matches">Probably another edition</a>`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	decoder := json.NewDecoder(send("application/json").Body)
	for decoder.More() {
		var result AddResult
		must(t, decoder.Decode(&result))
		if (result.Name == "good.pdf") != (result.Status == "added") {
			t.Errorf("%+v", result)
		}
	}
	if w := l.ask(local, "/add", url.Values{"files": {"x"}}); w.Code != 400 {
		t.Errorf("no files: %d", w.Code)
	}
	if l.addedBy != "local" {
		t.Errorf("added by %q", l.addedBy)
	}
	session = withPeople(t, l)[rights.Librarian]
	if send("text/html"); l.addedBy != rights.Librarian.String() {
		t.Errorf("a librarian's upload is written down as that of %q", l.addedBy)
	}
}

func TestLists(t *testing.T) {
	l := newLibrary(t)
	for format, want := range map[string]string{"seed": "House & Sons. Ada B. Writer. May 2009.", "markdown": "http://" + publicHost + "/r/open", "html": "<!DOCTYPE html>", "json": `"publisher":"House`} {
		w := l.ask(visitor, "/list?q=hiddenopen&as="+format, nil)
		if w.Code != 200 || !strings.Contains(w.Body.String(), want) || strings.Contains(w.Body.String(), "</script> extract") {
			t.Errorf("%s: %d %s", format, w.Code, w.Body)
		}
	}
	if w := l.ask(visitor, "/list?as=pdf", nil); w.Code != 400 {
		t.Errorf("an unknown form: %d", w.Code)
	}
	page := l.ask(visitor, "/list?id=extract&id=open&id=open", nil).Body.String()
	if strings.Count(page, `class="entryitem"`) != 2 || strings.Index(page, "/r/extract") > strings.Index(page, `href="/r/open"`) {
		t.Error("a list picked by hand")
	}
	if w := l.ask(visitor, "/list?"+strings.Repeat("id=x&", 1001), nil); w.Code != 413 {
		t.Errorf("too many: %d", w.Code)
	}
}

func TestBasePath(t *testing.T) {
	l := newLibrary(t, func(o *Options) { o.BasePath = "/reports" })
	if w := l.ask(visitor, "/reports", nil); w.Header().Get("Location") != "/reports/" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	links := regexp.MustCompile(`(?:href|src|action)="(/[^"]*)"`)
	for _, path := range everyPage(l) {
		w := l.ask(local, "/reports"+path, nil)
		for _, link := range links.FindAllStringSubmatch(w.Body.String(), -1) {
			if !strings.HasPrefix(link[1], "/reports/") {
				t.Errorf("%s: the link %s leaves the base path", path, link[1])
			}
		}
	}
	if to := l.ask(visitor, "/reports/r/open/f/"+l.shas["open"]+"/p/1", nil).Header().Get("Location"); to != "/reports"+l.file("open")+"/p/1" {
		t.Errorf("canonical: %s", to)
	}
}

func TestEmptyLibraryAndErrors(t *testing.T) {
	l := newLibrary(t)
	for _, r := range shelf {
		now, err := l.catalog.Report(t.Context(), r.ID)
		must(t, err)
		if now.State == greyshelf.Withdrawn {
			continue
		}
		w := l.ask(local, "/r/"+r.ID+"/state", url.Values{"revision": {strconv.Itoa(now.Revision)}, "state": {"withdrawn"}})
		if w.Code != 303 {
			t.Fatalf("withdraw: %d %s", w.Code, w.Body)
		}
	}
	if body := l.ask(local, "/", nil).Body.String(); !strings.Contains(body, "greyshelf add") || !strings.Contains(body, `href="/add"`) {
		t.Error("the empty library does not say what to do")
	}
	if body := l.ask(visitor, "/", nil).Body.String(); strings.Contains(body, `href="/add"`) {
		t.Error("a visitor is sent to a closed page")
	}
	if w := l.ask(visitor, "/search?q="+strings.Repeat("a", 100_000), nil); w.Code != 400 && w.Code != 413 {
		t.Errorf("an endless query: %d", w.Code)
	}
	if w := l.ask(local, "/r/open/edit", url.Values{"title": {strings.Repeat("a", 3<<20)}}); w.Code != 413 {
		t.Errorf("an endless form: %d", w.Code)
	}
}
