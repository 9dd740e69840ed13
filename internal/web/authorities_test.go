package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/search"
)

func (l *library) authority(a greyshelf.Authority) greyshelf.Authority {
	l.t.Helper()
	kept, _, err := l.web.Desk.PutAuthority(l.t.Context(), "test", a, 0, "")
	must(l.t, err)
	l.reindex()
	return kept
}

// TestAuthorityPages: a page shows the reports that the reader may know of;
// what is merged leads on; subjects have their numbers.
func TestAuthorityPages(t *testing.T) {
	l := newLibrary(t)
	house := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityBody, Label: "House & Sons", Variants: []string{"<b>H&S</b>"}, Links: []greyshelf.Identifier{{Scheme: greyshelf.Wikidata, Value: "Q1065"}}})
	writer := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityPerson, Label: "Writer, Ada", Variants: []string{"Ada B. Writer"}})
	seas := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: "Seas", Language: "en", Labels: map[string]string{"fr": "Mers"}})
	ports := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: "Ports", Language: "en", Variants: []string{"Harbours"}, Broader: []string{seas.ID}})
	for _, a := range []greyshelf.Authority{house, writer, ports} {
		body := l.ask(visitor, "/a/"+a.ID, nil).Body.String()
		for _, id := range []string{"open", "extract", "link"} {
			if !strings.Contains(body, `href="/r/`+id+`"`) {
				t.Errorf("%s: no report %s", a.Label, id)
			}
		}
		for _, id := range []string{"draft", "embargo", "withdrawn"} {
			if strings.Contains(body, `href="/r/`+id+`"`) {
				t.Errorf("%s shows the report %s", a.Label, id)
			}
		}
		if strings.Contains(body, "<b>H&") || strings.Contains(body, "<button class=\"plain small") || strings.Contains(body, deskNote) || !strings.Contains(body, "/feed/atom?") {
			t.Errorf("%s: markup, history for a visitor, or no feed", a.Label)
		}
	}
	if body := l.ask(visitor, "/a/"+seas.ID, nil, header("Accept-Language", "fr")).Body.String(); !strings.Contains(body, "<h1 dir=\"auto\">Mers</h1>") || !strings.Contains(body, "Ports") {
		t.Error("the subject in French, with what is narrower")
	}
	if body := l.ask(visitor, "/subjects", nil).Body.String(); !strings.Contains(body, `/a/`+ports.ID) || !strings.Contains(body, `<span class="n">3</span>`) || strings.Contains(body, "Other subjects") {
		t.Error("the tree of subjects")
	}
	if body := l.ask(visitor, "/authorities?name=H%C3%B6use", nil).Body.String(); !strings.Contains(body, "House &amp; Sons") || strings.Contains(body, "Ports") {
		t.Error("the list")
	}
	if w := l.ask(visitor, "/a/none", nil); w.Code != 404 {
		t.Error(w.Code)
	}
}

// TestTreeCounts: a report counts once, whatever forms of a subject and of what
// is below it it has.
func TestTreeCounts(t *testing.T) {
	l := newLibrary(t)
	seas := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: "Seas"})
	coasts := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: "Coasts"})
	ports := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: "Ports", Variants: []string{"Harbours"}, Broader: []string{seas.ID, coasts.ID}})
	more := described(greyshelf.Report{ID: "more", State: greyshelf.Published, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}}, strings.Repeat("d", 64))
	more.Headings = []greyshelf.Heading{{Label: "Harbours"}, {Label: "Ports"}, {Label: "PORTS", Authority: ports.ID}, {Label: "Seas"}}
	l.put(more)
	l.reindex()
	body := l.ask(visitor, "/subjects", nil).Body.String()
	for _, want := range []string{
		`/a/` + seas.ID + `" dir="auto" data-hit>Seas</a> <span class="n">1</span> · <span class="n">4 with`,
		`/a/` + coasts.ID + `" dir="auto" data-hit>Coasts</a> <span class="n">4 with`,
		`/a/` + ports.ID + `" dir="auto" data-hit>Ports</a> <span class="n">4</span></span>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
}

// TestAuthorityFiles: the records as files, whole and one by one.
func TestAuthorityFiles(t *testing.T) {
	l := newLibrary(t)
	house := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityBody, Label: "House <b>& Sons"})
	l.authority(greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: "Peace", Language: "en", Labels: map[string]string{"fr": "Paix"}})
	for path, want := range map[string][2]string{
		"/authorities/export/skos":                 {"text/turtle; charset=utf-8", `"Paix"@fr`},
		"/authorities/export/marcxml":              {"application/marcxml+xml", "House &lt;b&gt;&amp; Sons"},
		"/authorities/export/marcxml?type=concept": {"application/marcxml+xml", "Peace"},
		"/a/" + house.ID + "/export/skos":          {"text/turtle; charset=utf-8", "House <b>& Sons"},
		"/authorities/export/marc":                 {"application/marc", "House <b>& Sons"},
		"/a/" + house.ID + "/export/marcxml":       {"application/marcxml+xml", house.ID},
	} {
		w := l.ask(visitor, path, nil)
		if w.Code != 200 || w.Header().Get("Content-Type") != want[0] || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") || !strings.Contains(w.Body.String(), want[1]) {
			t.Errorf("%s: %d %v\n%s", path, w.Code, w.Header(), w.Body)
		}
		if strings.Contains(path, "concept") && strings.Contains(w.Body.String(), "House") {
			t.Errorf("%s: other types", path)
		}
	}
	for _, path := range []string{"/authorities/export/xls", "/authorities/export/skos?type=thing", "/a/none/export/skos", "/a/" + house.ID + "/export/x"} {
		if w := l.ask(visitor, path, nil); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for path, want := range map[string]string{"/authorities?type=body": `href="/authorities/export/marcxml?type=body"`, "/a/" + house.ID: `href="/a/` + house.ID + `/export/skos"`} {
		if body := l.ask(visitor, path, nil).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s: no %s", path, want)
		}
	}
}

// TestHostileNames: a name of markup, turned text and line breaks is shown as
// text on every page; one that is empty or of 1 MB is refused with the form
// filled in.
func TestHostileNames(t *testing.T) {
	l := newLibrary(t)
	hostile := "\"><script>alert(1)</script>\u202e\r\nSet-Cookie: a=b\u200f {{.}}"
	house := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityBody, Label: hostile, Variants: []string{"House & Sons"}, Note: hostile, Place: hostile})
	subject := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityConcept, Label: hostile, Variants: []string{"Harbours"}})
	for _, path := range []string{"/browse", "/browse/publisher", "/browse/heading", "/subjects", "/authorities", "/authorities?name=" + url.QueryEscape(hostile), "/a/" + house.ID, "/a/" + subject.ID, "/search",
		"/publisher?name=" + url.QueryEscape(hostile), "/a/" + house.ID + "/export/marcxml", "/suggest/names?q=script", "/a/" + house.ID + "/edit", "/a/" + house.ID + "/merge", "/feed/atom?publisher=" + url.QueryEscape(hostile)} {
		w := l.ask(librarian, path, nil)
		if w.Code != 200 && w.Code != 303 {
			t.Errorf("%s: %d", path, w.Code)
		}
		if body := w.Body.String(); strings.Contains(body, "<script>alert") || strings.ContainsAny(body, "\u202e\u200f") && !strings.Contains(path, "%E2%80%AE") {
			t.Errorf("%s: markup, or a mark that turns text", path)
		}
		if w.Header().Get("Set-Cookie") == "a=b" {
			t.Errorf("%s: a header", path)
		}
	}
	for name, label := range map[string]string{"empty": "", "marks": "\u202e\u200f", "1 MB": strings.Repeat("x", 1<<20)} {
		w := l.ask(librarian, "/a/"+house.ID+"/edit", url.Values{"revision": {"1"}, "type": {"body"}, "label": {label}, "place": {"Kept place"}})
		if w.Code != 400 && w.Code != 413 || w.Code == 400 && !strings.Contains(w.Body.String(), "Kept place") {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := l.ask(librarian, "/a/"+house.ID+"/merge", url.Values{"into": {house.ID}}); w.Code != 400 {
		t.Errorf("a merge with itself: %d", w.Code)
	}
	if w := l.ask(librarian, "/a/"+house.ID+"/merge?into="+house.ID, nil); w.Code >= 500 {
		t.Errorf("the form of a merge with itself: %d", w.Code)
	}
}

// TestAuthorityForms: the desk adds, changes, merges, divides and takes back.
func TestAuthorityForms(t *testing.T) {
	l := newLibrary(t)
	add := url.Values{"label": {"House and Sons"}, "type": {"body"}, "variants": {"House & Sons\r\nMaison @fr"}, "labels": {"fr: Maison et fils"}, "links": {"wikidata: Q1065"}}
	for _, who := range []reader{visitor, thief} {
		if w := l.ask(who, "/authorities", add); w.Code != 403 {
			t.Errorf("as %d: %d", who, w.Code)
		}
	}
	w := l.ask(local, "/authorities", add)
	one := w.Header().Get("Location")
	if w.Code != 303 || !strings.HasPrefix(one, "/a/") {
		t.Fatal(w.Code, w.Body.String())
	}
	if w := l.ask(local, "/authorities", url.Values{"label": {"X"}, "type": {"body"}, "parent": {"Nobody"}}); w.Code != 400 || !strings.Contains(w.Body.String(), "names 0 authorities") || !strings.Contains(w.Body.String(), `value="X"`) {
		t.Error(w.Code)
	}
	if body := l.ask(local, one+"/edit", nil).Body.String(); !strings.Contains(body, "Maison @fr") || !strings.Contains(body, "wikidata: Q1065") {
		t.Error("the form does not hold what was sent")
	}
	twin := l.authority(greyshelf.Authority{Type: greyshelf.AuthorityBody, Label: "Sons of House"})
	if body := l.ask(local, one+"/merge?name=sons", nil).Body.String(); !strings.Contains(body, "into="+twin.ID) {
		t.Error("the twin is not offered")
	}
	if body := l.ask(local, one+"/merge?into="+twin.ID, nil).Body.String(); strings.Count(body, `name="report"`) != len(shelf) {
		t.Error("the reports touched are not offered")
	}
	w = l.ask(local, one+"/merge", url.Values{"into": {twin.ID}, "report": {"open"}})
	if w.Code != 303 || w.Header().Get("Location") != "/a/"+twin.ID {
		t.Fatal(w.Code, w.Body.String())
	}
	if r, _ := l.catalog.Report(t.Context(), "open"); r.Agents[1].Authority != twin.ID {
		t.Errorf("%+v", r.Agents)
	}
	if w := l.ask(visitor, one, nil); w.Code != 301 || w.Header().Get("Location") != "/a/"+twin.ID {
		t.Error(w.Code, w.Header())
	}
	if w := l.ask(local, "/a/"+twin.ID+"/merge", url.Values{"into": {twin.ID}}); w.Code != 400 {
		t.Error("with itself:", w.Code)
	}
	if body := l.ask(local, "/a/"+twin.ID+"/merge?variant=House+%26+Sons", nil).Body.String(); !strings.Contains(body, `name="variant"`) {
		t.Error("a variant cannot be divided off")
	}
	decisions, err := l.catalog.RecordDecisions(t.Context(), authority.Kind, twin.ID)
	must(t, err)
	if w := l.ask(local, "/a/"+twin.ID+"/undo", url.Values{"decision": {decisions[0].ID}}); w.Code != 303 {
		t.Error(w.Code, w.Body.String())
	}
	if w := l.ask(visitor, one, nil); w.Code != 200 {
		t.Error("after the undo:", w.Code)
	}
	if w := l.ask(local, "/suggest/names?q=s%C3%B3ns", nil); !strings.Contains(w.Body.String(), `"label":"Sons of House"`) {
		t.Error(w.Body.String())
	}
	if w := l.ask(local, "/suggest/subjects?q=sons", nil); strings.TrimSpace(w.Body.String()) != "[]" {
		t.Error(w.Body.String())
	}
}

// TestStarter: a library without a vocabulary is offered one, and takes it once.
func TestStarter(t *testing.T) {
	l := newLibrary(t)
	if body := l.ask(visitor, "/subjects", nil).Body.String(); strings.Contains(body, "<form method=\"post\" action=\"/subjects\"") {
		t.Error("a visitor is offered a vocabulary")
	}
	if body := l.ask(librarian, "/subjects", nil).Body.String(); !strings.Contains(body, "<form method=\"post\" action=\"/subjects\"") {
		t.Error(body)
	}
	for range 2 {
		if w := l.ask(librarian, "/subjects", url.Values{}); w.Code != http.StatusSeeOther {
			t.Fatal(w.Code, w.Body)
		}
	}
	if body := l.ask(visitor, "/subjects", nil).Body.String(); !strings.Contains(body, ">Cybersecurity<") {
		t.Error(body)
	}
}

// namesOf gives the names of reports as their authorities have them, as the
// library does.
func namesOf(c catalog.Records) func(context.Context, greyshelf.Report) (search.Names, error) {
	return func(ctx context.Context, r greyshelf.Report) (names search.Names, err error) {
		agents, headings, err := authority.NewNamer(c).Report(ctx, r)
		for _, n := range agents {
			names.Agents = append(names.Agents, search.Named{Authority: n.ID, Name: n.Label, Above: n.Above})
		}
		for _, n := range headings {
			names.Headings = append(names.Headings, search.Named{Authority: n.ID, Name: n.Label, Above: n.Above})
		}
		return names, err
	}
}
