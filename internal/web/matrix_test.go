package web

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/api"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/curate/collection"
	"github.com/greyshelf/greyshelf/internal/curate/notice"
	"github.com/greyshelf/greyshelf/internal/mcp"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// level is how much of a report somebody may see; each includes those before.
type level int

const (
	seesNothing level = iota
	seesGrave         // that it was taken down, and why
	seesRecord        // its description
	seesExtract       // an extract of its pages at a time
	seesWhole         // its pages and files
	seesOurs          // what the desk keeps for itself
)

// fate is a report of the matrix: what state it is in, and what an anonymous
// reader, a member, a librarian and an administrator see of it.
type fate struct {
	id   string
	as   greyshelf.Report
	sees [4]level
}

// The table is written by hand, not asked of package rights.
var fates = []fate{
	{"kopen", published(greyshelf.AccessOpen), [4]level{seesWhole, seesWhole, seesOurs, seesOurs}},
	{"kextract", published(greyshelf.AccessExtract), [4]level{seesExtract, seesWhole, seesOurs, seesOurs}},
	{"ksilent", published(""), [4]level{seesExtract, seesWhole, seesOurs, seesOurs}},
	{"klink", published(greyshelf.AccessLink), [4]level{seesRecord, seesWhole, seesOurs, seesOurs}},
	{"kheld", published(greyshelf.AccessEmbargo), [4]level{seesNothing, seesWhole, seesOurs, seesOurs}},
	{"kreview", greyshelf.Report{State: greyshelf.Published, Rights: greyshelf.Rights{Access: greyshelf.AccessOpen}, Desk: greyshelf.DeskFile{Review: true}}, [4]level{seesWhole, seesWhole, seesOurs, seesOurs}},
	{"kcandidate", in(greyshelf.Candidate), [4]level{seesNothing, seesNothing, seesOurs, seesOurs}},
	{"kbegun", in(greyshelf.Draft), [4]level{seesNothing, seesNothing, seesOurs, seesOurs}},
	{"kwaiting", in(greyshelf.ToReview), [4]level{seesNothing, seesNothing, seesOurs, seesOurs}},
	{"kembargoed", greyshelf.Report{State: greyshelf.Embargoed, EmbargoUntil: "2999-01-01", Rights: greyshelf.Rights{Access: greyshelf.AccessOpen}}, [4]level{seesNothing, seesNothing, seesOurs, seesOurs}},
	{"krefused", in(greyshelf.Refused), [4]level{seesNothing, seesNothing, seesOurs, seesOurs}},
	{"kwithdrawn", in(greyshelf.Withdrawn), [4]level{seesNothing, seesNothing, seesOurs, seesOurs}},
	{"karchived", in(greyshelf.Archived), [4]level{seesNothing, seesNothing, seesOurs, seesOurs}},
	{"ktaken", greyshelf.Report{State: greyshelf.Withdrawn, Tombstone: "tombktaken asked for it", Rights: greyshelf.Rights{Access: greyshelf.AccessOpen}}, [4]level{seesGrave, seesGrave, seesOurs, seesOurs}},
}

func published(a greyshelf.Access) greyshelf.Report {
	return greyshelf.Report{State: greyshelf.Published, Rights: greyshelf.Rights{Access: a}}
}

func in(s greyshelf.State) greyshelf.Report {
	return greyshelf.Report{State: s, Rights: greyshelf.Rights{Access: greyshelf.AccessOpen}}
}

// marks are the words by which it is known that an answer tells something of a
// report: each stands in one field of one report, behind its identifier's
// letters, and is of the level from which on it may be seen.
var marks = map[string]level{
	"tomb": seesGrave,
	"titl": seesRecord, "subt": seesRecord, "abst": seesRecord, "anno": seesRecord, "publ": seesRecord, "pers": seesRecord, "subj": seesRecord, "numb": seesRecord, "seri": seesRecord, "addr": seesRecord,
	"near": seesExtract, "deep": seesExtract, "outl": seesExtract, "find": seesExtract, // the quotations of a record's evidence are extracts
	"file": seesWhole,
	"note": seesOurs, "sens": seesOurs, "asks": seesOurs, "reas": seesOurs, "path": seesOurs, "told": seesOurs, "whom": seesOurs, "list": seesOurs, "rawt": seesOurs,
}

// matrixLibrary is a library with all its doors.
type matrixLibrary struct {
	*library
	doors []askedDoor
}

// matrix is a library with a report of every fate, an issue of the digest, a
// member's basket and a notice about each.
func matrix(t *testing.T) (*matrixLibrary, map[rights.Role]func(*http.Request)) {
	t.Helper()
	l := newLibrary(t)
	var ids []string
	for _, f := range fates {
		ids = append(ids, f.id)
		l.keep(f.id, f.as)
	}
	l.reindex()
	l.options.API = func(reader func(*http.Request) rights.Reader) http.Handler {
		return api.New(api.Library{Catalog: l.catalog, Pages: l.web.Pages, Search: l.web.Search}, reader, "", "test")
	}
	l.options.MCP = func(reader func(*http.Request) rights.Reader, base func(*http.Request) string) http.Handler {
		return mcp.Handler(func(r *http.Request) mcp.Library {
			return mcp.Library{Catalog: l.catalog, Pages: l.web.Pages, Search: l.web.Search.Search, Base: base(r)}
		}, reader, "test")
	}
	as := withPeople(t, l)
	l.gather(ids)
	return &matrixLibrary{l, l.everyDoor()}, as
}

// keep puts a report of the matrix into the library, a mark in every field.
func (l *library) keep(id string, r greyshelf.Report) {
	l.t.Helper()
	ctx := l.t.Context()
	stored, err := l.web.Files.Put(ctx, strings.NewReader("%PDF-1.4 file"+id))
	must(l.t, err)
	filler := strings.Repeat("Much is said between them here. ", 30)
	var pages []greyshelf.Page
	for n := 1; n <= 2; n++ {
		text := "The shore is near" + id + " today. " + filler + "The water is deep" + id + " there."
		pages = append(pages, greyshelf.Page{Index: n, Label: fmt.Sprint(n), Width: 600, Height: 800, Text: text})
	}
	must(l.t, l.web.Pages.Put(ctx, stored.SHA256, "v1", pages))
	l.shas[id] = stored.SHA256
	mark := func(field string) string { return field + id }
	r.ID, r.Title, r.Subtitle, r.Abstract, r.Annotation = id, "The "+mark("titl")+" report", "A "+mark("subt")+" view", "It tells of "+mark("abst")+".", "See "+mark("anno")+"."
	r.Languages, r.Date, r.Type = []string{"en"}, greyshelf.Date{Printed: "2011", EDTF: "2011"}, "report"
	r.Series, r.URL = mark("seri"), "https://"+mark("addr")+".example.org/"
	r.Identifiers = []greyshelf.Identifier{{Scheme: greyshelf.ReportNumber, Value: mark("numb")}}
	r.Headings = []greyshelf.Heading{{Label: "Shores " + mark("subj")}, {Label: "Shores"}}
	r.Agents = []greyshelf.Contribution{
		{Agent: greyshelf.PersonFromName("Ada " + mark("pers")), Role: greyshelf.Author},
		{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "House " + mark("publ")}, Role: greyshelf.Publisher},
	}
	r.Note, r.Desk.Sensitivity, r.Desk.RequestedBy = mark("note"), mark("sens"), mark("asks")
	r.Editions = []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{
		SHA256: stored.SHA256, MediaType: greyshelf.TypePDF, Name: "a.pdf", Source: "/home/" + mark("path") + "/a.pdf", Bytes: stored.Bytes, Pages: 2, Text: "v1",
		Outline: []greyshelf.Outline{{Title: "Chapter " + mark("outl"), Level: 1, Page: 2}},
	}}}}
	_, err = l.catalog.Commit(ctx, catalog.Commit{
		Decision: greyshelf.Decision{ID: "of" + id, At: time.Unix(1_700_000_000, 0), Who: mark("whom"), Method: greyshelf.ByAdd, Reason: "because " + mark("reas"), Source: &greyshelf.Source{File: mark("list") + ".csv", Line: 1, Raw: mark("rawt")}},
		Reports:  []greyshelf.Report{r},
		Findings: []greyshelf.FindingSet{{Report: id, File: stored.SHA256, Method: "describe@1", Findings: []greyshelf.Finding{
			{Field: greyshelf.FieldTitle, Value: r.Title, Page: 1, Quote: mark("find"), Method: "cover@1", Confidence: 0.9, Chosen: true},
		}}},
	})
	must(l.t, err)
}

// gather puts every report where reports are named: an issue that was sent, a
// member's collection, and what a reader wrote to the desk.
func (l *library) gather(ids []string) {
	l.t.Helper()
	ctx, desk := l.t.Context(), rights.Reader{Role: rights.Librarian, Name: "test"}
	var items []digest.Item
	for _, id := range ids {
		items = append(items, digest.Item{Report: id})
		_, err := l.web.Notices.Leave(ctx, notice.Notice{Report: id, About: notice.Error, Text: "I see told" + id + "."})
		must(l.t, err)
	}
	made, err := l.web.Digest.New(ctx, desk, digest.Issue{Title: "All of them", Language: "en", Sections: []digest.Section{{Items: items}}})
	must(l.t, err)
	_, err = l.web.Digest.Schedule(ctx, desk, made.ID, made.Revision, time.Now())
	must(l.t, err)
	_, err = l.web.Digest.Release(ctx, made.ID)
	must(l.t, err)
	_, err = l.catalog.Commit(ctx, catalog.Commit{Decision: greyshelf.Decision{ID: "ofshores", At: time.Now(), Who: "test"}, Records: []catalog.Record{authority.Record(greyshelf.Authority{ID: "shores", Type: greyshelf.AuthorityConcept, Label: "Shores", Language: "en"}, 0)}})
	must(l.t, err)
	members, err := l.web.People.People(ctx)
	must(l.t, err)
	for _, p := range members {
		_, err := l.web.Collections.Put(ctx, collection.Collection{ID: "of" + p.ID, Name: "Shared", Owner: p.ID, Reports: ids})
		must(l.t, err)
	}
}

// addresses says what is asked of the routes whose place holders are not those
// of a report's pages, and of those that search. {id} is a report, {file} the
// address of its file, {sha} its SHA-256. A route that has place holders and is not here fails the test.
var addresses = map[string][]string{
	"GET /search":                          {"/search", "/search?q=titl{id}", "/search?q=near{id}", "/search?q=deep{id}", "/search?q=deep{id}+OR+near{id}", "/search?q=water", "/search?q=publisher:publ{id}", "/search?q=note:note{id}", "/search?q=shore*&publisher=House+publ{id}", "/search?q=report&sort=date&grouped=1", "/search?q=shores&subject=Shores+subj{id}"},
	"GET /list":                            {"/list", "/list?id={id}", "/list?id={id}&as=json", "/list?id={id}&as=seed", "/list?id={id}&as=markdown", "/list?id={id}&as=html", "/list?q=titl{id}&as=json"},
	"GET /cite":                            {"/cite?id={id}&format=bibtex", "/cite?q=titl{id}&format=ris"},
	"GET /static/{name}":                   {"/static/site.css"},
	"GET /r/{id}/cite/{format}":            {"/r/{id}/cite/csl-json", "/r/{id}/cite/bibtex", "/r/{id}/cite/ris"},
	"GET /r/{id}/f/{file}/p/{page}/{span}": {"{file}/p/1/4-20", "{file}/p/1/4-900", "{file}/p/2/940-1000"},
	"GET /r/{id}/f/{file}/p/{page}/image":  {"{file}/p/1/image?w=240"},
	"GET /r/{id}/f/{file}/p":               {"{file}/p?n=1"},
	"GET /r/{id}/export/{format}":          {"/r/{id}/export/mods", "/r/{id}/export/marcxml", "/r/{id}/export/datacite", "/r/{id}/export/oai_dc", "/r/{id}/export/schemaorg", "/r/{id}/export/csl"},
	"GET /a/{id}":                          {"/a/shores", "/a/shores?q=titl{id}"},
	"GET /a/{id}/export/{format}":          {"/a/shores/export/skos", "/a/shores/export/marcxml"},
	"GET /authorities/export/{format}":     {"/authorities/export/skos", "/authorities/export/marcxml?type=body"},
	"GET /a/{id}/edit":                     {"/a/shores/edit"},
	"GET /a/{id}/merge":                    {"/a/shores/merge"},
	"GET /authorities":                     {"/authorities", "/authorities?name=House+publ{id}"},
	"GET /suggest/{class}":                 {"/suggest/names?q=House+publ{id}", "/suggest/subjects?q=Shores+subj{id}"},
	"GET /publisher":                       {"/publisher?name=House+publ{id}", "/publisher?name=House+publ{id}&as=json"},
	"GET /person":                          {"/person?name=Ada+pers{id}"},
	"GET /heading":                         {"/heading?name=Shores+subj{id}", "/heading?name=Shores"},
	"GET /browse/{kind}":                   {"/browse/publisher", "/browse/person", "/browse/body", "/browse/heading", "/browse/year"},
	"GET /year/{year}":                     {"/year/2011", "/year/2011?page=2"},
	"GET /feed/{format}":                   {"/feed/atom", "/feed/rss", "/feed/json", "/feed/atom?q=titl{id}", "/feed/rss?q=near{id}", "/feed/json?q=deep{id}", "/feed/atom?publisher=House+publ{id}"},
	"GET /sitemap/{n}":                     {"/sitemap/1"},
	"GET /oai": {"/oai?verb=ListRecords&metadataPrefix=oai_dc", "/oai?verb=ListRecords&metadataPrefix=mods", "/oai?verb=ListRecords&metadataPrefix=marcxml", "/oai?verb=ListSets", "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc",
		"/oai?verb=GetRecord&metadataPrefix=mods&identifier=oai:" + publicHost + ":{id}"},
	"GET /sru":                                           {"/sru?operation=searchRetrieve&version=1.2&recordSchema=mods&query=titl{id}", "/sru?operation=searchRetrieve&version=1.2&recordSchema=dc&query=near{id}", "/sru?operation=searchRetrieve&version=1.2&query=cql.allRecords%3D1"},
	"GET /unapi":                                         {"/unapi", "/unapi?id=http://" + publicHost + "/r/{id}&format=mods"},
	"GET /opds/{shelf}":                                  {"/opds/reports", "/opds/subject", "/opds/publisher", "/opds/year", "/opds/reports?q=titl{id}"},
	"GET /opds2/{shelf}":                                 {"/opds2/reports", "/opds2/subject", "/opds2/publisher", "/opds2/year", "/opds2/reports?q=titl{id}"},
	"GET /digests/{issue}":                               {"/digests/{issue}"},
	"GET /digests/{issue}/{format}":                      {"/digests/{issue}/html", "/digests/{issue}/text"},
	"GET /digests/new":                                   {"/digests/new?id={id}"},
	"GET /contacts/{contact}":                            {"/contacts/{id}"},
	"GET /contacts/{contact}/data":                       {"/contacts/{id}/data"},
	"GET /d/{number}":                                    {"/d/1"},
	"GET /d/{number}/{format}":                           {"/d/1/html", "/d/1/text", "/d/1/markdown", "/d/1/seed", "/d/1/docx"},
	"GET /d/feed/{format}":                               {"/d/feed/atom", "/d/feed/rss", "/d/feed/json"},
	"GET /subscription/{token}":                          {"/subscription/{id}"},
	"GET /subscription/{token}/data":                     {"/subscription/{id}/data"},
	"GET /confirm/{token}":                               {"/confirm/{id}"},
	"GET /unsubscribe/{token}":                           {"/unsubscribe/{id}"},
	"GET /collections/{collection}":                      {"/collections/ofperson1", "/collections/ofperson2", "/collections/ofperson3", "/collections/ofperson3?as=json"},
	"GET /decisions/{decision}":                          {"/decisions/of{id}"},
	"GET /import/{upload}":                               {"/import/{id}"},
	"GET /queue":                                         {"/queue", "/queue?state=draft", "/queue?state=refused", "/queue?q=titl{id}"},
	"GET /queue/{id}":                                    {"/queue/{id}"},
	"GET /rules/{rule}":                                  {"/rules/new"},
	"GET /invitation/{secret}":                           {"/invitation/{id}"},
	"GET /api/v1/reports":                                {"/api/v1/reports?limit=500"},
	"GET /api/v1/reports/{id}":                           {"/api/v1/reports/{id}"},
	"GET /api/v1/search":                                 {"/api/v1/search?q=shore*&limit=500", "/api/v1/search?q=titl{id}", "/api/v1/search?q=near{id}", "/api/v1/search?q=deep{id}&grouped=true"},
	"GET /api/v1/list":                                   {"/api/v1/list?limit=500&format=json", "/api/v1/list?id={id}&format=markdown", "/api/v1/list?q=titl{id}&format=seed"},
	"GET /api/v1/reports/{id}/files/{file}/pages/{page}": {"/api/v1/reports/{id}/files/{sha}/pages/1"},
	"search_pages":                                       {`{"query":"shore*","limit":50}`, `{"query":"titl{id}"}`, `{"query":"near{id} OR deep{id}"}`},
	"read_page":                                          {`{"report":"{id}","page":1}`, `{"report":"{id}","file":"{sha}","page":2}`},
	"get_report":                                         {`{"report":"{id}"}`},
	"cite":                                               {`{"report":"{id}"}`, `{"report":"{id}","style":"apa","locator":"1"}`},
}

// closed begin the addresses that open to the holder of a secret, or when
// something is set up that is not here.
var closed = []string{"/sign-in/", "/invitation/", "/import/", "/contacts/", "/subscri", "/confirm/", "/unsubscribe/", "/collections/of"}

// TestMatrix asks every address, operation and tool about every report as every
// role, and looks in the answers for words that the role may not see. Words that
// it may see have to stand in at least one answer: else nothing was asked.
func TestMatrix(t *testing.T) {
	l, as := matrix(t)
	for role, cookie := range as {
		sees := func(f fate) level { return f.sees[role] }
		seen := l.walk(role.String(), cookie, sees)
		for _, f := range fates {
			for field, from := range marks {
				if sees(f) >= from && !seen[field+f.id] && (field != "tomb" || f.as.Tombstone != "") {
					t.Errorf("as %s: %s%s was never shown", role, field, f.id)
				}
			}
		}
	}
	l.options.Private = true
	l.handler = New(l.web, l.options)
	if seen := l.walk("anybody in a private library", as[rights.Anonymous], func(fate) level { return seesNothing }); len(seen) > 0 {
		t.Error(seen)
	}
}

// walk asks at every door as one reader and gives the marks that were shown; one
// that is above what the reader sees of its report is an error.
func (l *matrixLibrary) walk(who string, cookie func(*http.Request), sees func(fate) level) map[string]bool {
	l.t.Helper()
	issues, err := l.web.Digest.Issues(l.t.Context())
	must(l.t, err)
	seen := map[string]bool{}
	for _, door := range l.doors {
		for _, f := range fates {
			address := strings.NewReplacer("{issue}", issues[0].ID, "{sha}", l.shas[f.id], "{file}", l.file(f.id), "{id}", f.id).Replace(door.address)
			w := door.ask(l.library, address, cookie)
			if closed := slices.ContainsFunc(closed, func(path string) bool { return strings.HasPrefix(address, path) }); w.Code >= 500 || w.Code >= 400 && who == rights.Administrator.String() && !closed {
				l.t.Errorf("%s as %s: status %d", address, who, w.Code)
			}
			for _, word := range shown(address, w, seen) {
				if sees(word.of) < marks[word.field] {
					l.t.Errorf("%s as %s: status %d, shows %s%s", address, who, w.Code, word.field, word.of.id)
				}
			}
			if page := wholePage(address, w, sees); page != "" {
				l.t.Errorf("%s as %s: shows a whole page of %s", address, who, page)
			}
			if !strings.Contains(door.address, "{id}") && !strings.Contains(door.address, "{file}") {
				break
			}
		}
	}
	return seen
}

// TestUnseenLeavesNoTrace: asking for words of reports that are not shown gives
// what asking for words that stand nowhere gives: no count, no facet, no
// suggestion, no other status.
func TestUnseenLeavesNoTrace(t *testing.T) {
	l, as := matrix(t)
	stamps := regexp.MustCompile(`\d{4}-\d\d-\d\dT[\d:.]+Z|\w{3}, \d\d \w{3} \d{4} [\d:]+ \w+|[\d.]+ ms`)
	for _, door := range l.doors {
		if !strings.Contains(door.address, "{id}") {
			continue
		}
		for _, role := range []rights.Role{rights.Anonymous, rights.Member} {
			ask := func(id string) (int, string) {
				w := door.ask(l.library, strings.NewReplacer("{sha}", strings.Repeat("0", 64), "{id}", id).Replace(door.address), as[role])
				return w.Code, stamps.ReplaceAllString(strings.ReplaceAll(w.Body.String(), id, "ID"), "")
			}
			none, nowhere := ask("kunknown")
			for _, f := range fates {
				if f.sees[role] != seesNothing || f.as.State == greyshelf.Withdrawn {
					continue
				}
				if status, body := ask(f.id); f.as.State != greyshelf.Withdrawn && (status != none || body != nowhere) {
					t.Errorf("%s of %s as %s: %d differs from %d of a report that does not exist:\n%s", door.address, f.id, role, status, none, firstDifference(body, nowhere))
				}
			}
		}
	}
}

// firstDifference gives a few words from where two answers part.
func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-80)
	return a[from:min(len(a), i+80)] + "\nnot\n" + b[from:min(len(b), i+80)]
}

// askedDoor is an address and how it is asked.
type askedDoor struct {
	address string
	ask     func(l *library, address string, who func(*http.Request)) *httptest.ResponseRecorder
}

// everyDoor gives what is asked of every GET route, every operation of the API
// and every tool for agents.
func (l *library) everyDoor() []askedDoor {
	l.t.Helper()
	get := func(l *library, address string, who func(*http.Request)) *httptest.ResponseRecorder {
		return l.ask(visitor, address, nil, who)
	}
	var all []askedDoor
	add := func(pattern string, ask func(*library, string, func(*http.Request)) *httptest.ResponseRecorder) {
		list, named := addresses[pattern]
		if !named {
			path := strings.NewReplacer("GET ", "", "/r/{id}/f/{file}", "{file}", "{page}", "1", "{$}", "").Replace(pattern)
			if list = []string{path}; strings.Contains(strings.NewReplacer("{id}", "", "{file}", "").Replace(path), "{") || !strings.HasPrefix(pattern, "GET ") {
				l.t.Errorf("%s: name it in addresses", pattern)
			}
		}
		for _, address := range list {
			all = append(all, askedDoor{address, ask})
		}
	}
	pages, err := routes(siteOf(l.t, l))
	must(l.t, err)
	for _, r := range pages {
		if strings.HasPrefix(r.pattern, "GET ") {
			add(r.pattern, get)
		}
	}
	var described struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	must(l.t, json.Unmarshal(l.ask(visitor, "/api/v1/openapi.json", nil).Body.Bytes(), &described))
	for path, methods := range described.Paths {
		for method := range methods {
			add(strings.ToUpper(method)+" "+path, get)
		}
	}
	tools := regexp.MustCompile(`"name":"(\w+)"`).FindAllStringSubmatch(l.call(nil, "tools/list", "{}").Body.String(), -1)
	for _, m := range tools {
		add(m[1], func(l *library, address string, who func(*http.Request)) *httptest.ResponseRecorder {
			return l.call(who, "tools/call", `{"name":"`+m[1]+`","arguments":`+address+`}`)
		})
	}
	if len(described.Paths) < 5 || len(tools) < 4 {
		l.t.Fatalf("%d operations and %d tools", len(described.Paths), len(tools))
	}
	return all
}

// call asks the address for agents.
func (l *library) call(who func(*http.Request), method, params string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/mcp", strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"`+method+`","params":`+params+`}`))
	r.Host, r.RemoteAddr = publicHost, "192.0.2.7:50000"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	if who != nil {
		who(r)
	}
	w := httptest.NewRecorder()
	l.handler.ServeHTTP(w, r)
	return w
}

// word is a mark of a report.
type word struct {
	field string
	of    fate
}

// shown gives the marks that stand in an answer and not in the question, and
// adds them to those seen.
func shown(asked string, w *httptest.ResponseRecorder, seen map[string]bool) []word {
	body := unpacked(w) + fmt.Sprint(w.Header())
	var found []word
	for _, f := range fates {
		if !strings.Contains(body, f.id) {
			continue
		}
		for field := range marks {
			if mark := field + f.id; strings.Contains(body, mark) && !strings.Contains(asked, mark) {
				found = append(found, word{field, f})
				seen[mark] = true
			}
		}
	}
	return found
}

// wholePage gives a report of which the reader may see extracts only, while the
// beginning and the end of a page, far apart, stand in one answer.
func wholePage(asked string, w *httptest.ResponseRecorder, sees func(fate) level) string {
	for _, f := range fates {
		body := strings.ReplaceAll(w.Body.String(), "near"+f.id+" OR deep"+f.id, "") // a query that is said again
		if near, deep := "near"+f.id, "deep"+f.id; sees(f) == seesExtract && strings.Contains(body, near) && strings.Contains(body, deep) && !strings.Contains(asked, deep) {
			return f.id
		}
	}
	return ""
}

// unpacked gives the text of an answer; of a zip, that of all its files.
func unpacked(w *httptest.ResponseRecorder) string {
	body := w.Body.Bytes()
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return string(body)
	}
	var b strings.Builder
	for _, f := range archive.File {
		if r, err := f.Open(); err == nil {
			_, _ = io.Copy(&b, r)
			_ = r.Close()
		}
	}
	return b.String()
}
