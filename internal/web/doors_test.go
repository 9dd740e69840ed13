package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/web/site"
)

// want is the status of an address for a visitor from elsewhere, a visitor at
// this computer and the desk.
type want [3]int

// doors says for every route what each reader gets of each report. In paths R
// is the report, F the address of its file.
var doors = map[string]struct {
	path string
	form url.Values
	want map[string]want
}{
	"GET /r/{id}":                          {"/r/R", nil, record(200)},
	"GET /r/{id}/cite":                     {"/r/R/cite?style=apa&locator=iv", nil, record(200)},
	"GET /r/{id}/cite/{format}":            {"/r/R/cite/csl-json", nil, record(200)},
	"GET /r/{id}/thumb":                    {"/r/R/thumb", nil, whole(200)},
	"GET /r/{id}/f/{file}":                 {"F", nil, whole(200)},
	"GET /r/{id}/f/{file}/described":       {"F/described", nil, undescribed()},
	"GET /r/{id}/f/{file}/p":               {"F/p?n=1", nil, whole(303)},
	"GET /r/{id}/f/{file}/p/{page}":        {"F/p/1", nil, whole(200)},
	"GET /r/{id}/f/{file}/p/{page}/image":  {"F/p/1/image?w=240", nil, whole(200)},
	"GET /r/{id}/f/{file}/p/{page}/{span}": {"F/p/1/4-11", nil, extract(200)},
	"GET /r/{id}/export/{format}":          {"/r/R/export/mods", nil, record(200)},
	"GET /r/{id}/linkset":                  {"/r/R/linkset", nil, record(200)},
	"GET /r/{id}/linkset.json":             {"/r/R/linkset.json", nil, record(200)},
	"GET /r/{id}/notice":                   {"/r/R/notice?about=copy", nil, record(200)},
	"POST /r/{id}/notice":                  {"/r/R/notice", url.Values{"about": {"nothing"}}, record(400)},
	"GET /r/{id}/edit":                     {"/r/R/edit", nil, change(200)},
	"GET /r/{id}/history":                  {"/r/R/history", nil, past(200)},
	"GET /r/{id}/findings":                 {"/r/R/findings", nil, past(200)},
	"GET /r/{id}/matches":                  {"/r/R/matches", nil, change(200)},
	"POST /r/{id}/matches":                 {"/r/R/matches", url.Values{"act": {"no act"}, "other": {"open"}}, change(400)},
	"GET /r/{id}/headings":                 {"/r/R/headings", nil, change(200)},
	"POST /r/{id}/edit":                    {"/r/R/edit", url.Values{"revision": {"1"}}, change(400)}, // nothing would change
	"POST /r/{id}/state":                   {"/r/R/state", url.Values{"revision": {"1"}, "state": {"no state"}}, change(400)},
	"POST /r/{id}/files":                   {"/r/R/files", url.Values{"as": {"annex"}}, change(400)},      // without a file
	"POST /r/{id}/takedown":                {"/r/R/takedown", url.Values{"revision": {"1"}}, change(400)}, // without a reason
	"POST /r/{id}/restore":                 {"/r/R/restore", url.Values{"revision": {"1"}, "seq": {"0"}, "field": {"editions"}}, change(400)},
	"POST /r/{id}/undo":                    {"/r/R/undo", url.Values{"decision": {"none"}}, change(404)},
}

func record(ok int) map[string]want {
	return map[string]want{"open": {ok, ok, ok}, "extract": {ok, ok, ok}, "link": {ok, ok, ok}, "embargo": {404, 404, ok}, "draft": {404, 404, ok}, "withdrawn": {410, 410, ok}, "nothing": {404, 404, 404}}
}

func whole(ok int) map[string]want {
	m := record(ok)
	m["extract"], m["link"] = want{403, 403, ok}, want{403, 403, ok}
	return m
}

// undescribed is whole(200), but that the writer of the tests refuses one file.
func undescribed() map[string]want {
	m := whole(200)
	m["draft"] = want{404, 404, 404}
	return m
}

func extract(ok int) map[string]want {
	m := record(ok)
	m["link"] = want{403, 403, ok}
	return m
}

func change(ok int) map[string]want {
	m := map[string]want{"nothing": {403, 404, 404}}
	for _, r := range shelf {
		m[r.ID] = want{403, ok, ok}
	}
	return m
}

func past(ok int) map[string]want {
	return map[string]want{"open": {403, ok, ok}, "extract": {403, ok, ok}, "link": {403, ok, ok}, "embargo": {404, ok, ok}, "draft": {404, ok, ok}, "withdrawn": {404, ok, ok}, "nothing": {404, 404, 404}}
}

// TestDoors walks every route of a report, for every degree of rights and every
// reader: what status, and that nothing hidden is in the answer.
func TestDoors(t *testing.T) {
	l := newLibrary(t)
	l.shas["nothing"] = strings.Repeat("a", 64)
	for pattern, door := range doors {
		for id, statuses := range door.want {
			path := strings.NewReplacer("R", id, "F", l.file(id)).Replace(door.path)
			for as, status := range statuses {
				w := l.ask(reader(as), path, door.form)
				if w.Code != status {
					t.Errorf("%s of %s as %d: status %d, want %d", pattern, id, as, w.Code, status)
				}
				mayRead := id == "open" || reader(as) == librarian || strings.HasSuffix(path, "/edit") || strings.HasSuffix(path, "/history") || strings.HasSuffix(path, "/findings")
				if body := w.Body.String(); !mayRead && (strings.Contains(body, hidden(id)) || strings.Contains(body, "bytes of")) {
					t.Errorf("%s of %s as %d: shows what is hidden", pattern, id, as)
				}
				if reader(as) == visitor && strings.Contains(w.Body.String(), deskNote) {
					t.Errorf("%s of %s: shows the desk's note", pattern, id)
				}
			}
			if w := l.ask(thief, path, door.form); w.Code != statuses[visitor] {
				t.Errorf("%s of %s with a stolen cookie: status %d, want %d", pattern, id, w.Code, statuses[visitor])
			}
		}
	}
}

// TestEveryRouteHasADoor fails when a route is added whose rights nobody has
// thought of.
func TestEveryRouteHasADoor(t *testing.T) {
	l := newLibrary(t)
	all, err := routes(siteOf(t, l))
	must(t, err)
	harmless := []string{"POST /reader", "POST /sign-in", "POST /sign-out", "POST /invitation/{secret}", "POST /account", "POST /subscribe", "POST /r/{id}/notice", "POST /basket", "POST /collections", "POST /collections/{collection}", "POST /confirm/{token}", "POST /unsubscribe/{token}", "POST /subscription/{token}", "POST /oai", "POST /account/passkey/begin", "POST /account/passkey", "POST /sign-in/passkey/begin", "POST /sign-in/passkey"} // change nothing but who the reader is
	for _, r := range all {
		_, walked := doors[r.pattern]
		switch {
		case strings.Contains(r.pattern, "/r/") != walked:
			t.Errorf("%s: name it in doors", r.pattern)
		case strings.HasPrefix(r.pattern, "POST") && !r.access.Changes() && !slices.Contains(harmless, r.pattern):
			t.Errorf("%s: a POST changes the library", r.pattern)
		}
	}
}

func siteOf(t testing.TB, l *library) *site.Site {
	t.Helper()
	s, err := site.New(l.web, l.options, folders())
	must(t, err)
	return s
}

// TestListingsHideReports checks the pages that show many reports.
func TestListingsHideReports(t *testing.T) {
	l := newLibrary(t)
	for _, path := range []string{"/", "/search", "/search?q=harbour", "/search?q=hiddendraft", "/search?q=hiddenextract", "/list", "/list?as=json", "/list?as=seed&q=harbour", "/list?id=draft&id=open&id=embargo&id=withdrawn"} {
		for _, as := range []reader{visitor, local} {
			body := l.ask(as, path, nil).Body.String()
			for _, id := range []string{"draft", "embargo", "withdrawn"} {
				if strings.Contains(body, "/r/"+id) || strings.Contains(body, "</script> "+id) {
					t.Errorf("%s as %d shows the report %s", path, as, id)
				}
			}
			if strings.Contains(body, deskNote) {
				t.Errorf("%s as %d shows the desk's note", path, as)
			}
		}
	}
	if body := l.ask(librarian, "/search?q=hiddendraft", nil).Body.String(); !strings.Contains(body, "/r/draft") {
		t.Error("the desk does not find its draft")
	}
	if body := l.ask(visitor, "/search?q=hiddenlink", nil).Body.String(); strings.Contains(body, "<mark>") {
		t.Error("a snippet of a report of which only the record is here")
	}
}

// TestChangesFromElsewhere checks every way to change the library from outside.
func TestChangesFromElsewhere(t *testing.T) {
	l := newLibrary(t)
	edit := url.Values{"revision": {"1"}, "title": {"Changed"}}
	for name, w := range map[string]int{
		"another address": l.ask(visitor, "/r/open/edit", edit).Code,
		"with the cookie": l.ask(thief, "/r/open/edit", edit).Code,
		"upload":          l.ask(visitor, "/add", url.Values{}).Code,
		"as desk":         l.ask(visitor, "/reader", url.Values{"as": {"desk"}}).Code,
		"foreign host":    l.ask(local, "/r/open/edit", edit, host(publicHost)).Code,
		"through a proxy": l.ask(local, "/r/open/edit", edit, header("X-Forwarded-For", "192.0.2.7")).Code,
		"another site":    l.ask(local, "/r/open/edit", edit, header("Sec-Fetch-Site", "cross-site")).Code,
		"another origin":  l.ask(local, "/r/open/edit", edit, header("Origin", "https://evil.example.org")).Code,
	} {
		if w != 403 {
			t.Errorf("%s: status %d, want 403", name, w)
		}
	}
	if w := l.ask(local, "/", nil, host("evil.example.org")); w.Code != 421 {
		t.Errorf("an unknown host: status %d, want 421", w.Code)
	}
	readOnly := newLibrary(t, func(o *Options) { o.ReadOnly, o.Hosts = true, nil })
	if w := readOnly.ask(local, "/r/open/edit", edit); w.Code != 403 || !strings.Contains(w.Body.String(), "read-only") {
		t.Errorf("read-only: status %d", w.Code)
	}
	if w := readOnly.ask(visitor, "/", nil); w.Code != 200 {
		t.Errorf("read-only under any name: status %d", w.Code)
	}
	if r, err := l.catalog.Report(t.Context(), "open"); err != nil || r.Revision != 1 {
		t.Errorf("the report was changed: %v %v", r.Revision, err)
	}
}
