package web

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/curate/collection"
	"github.com/greyshelf/greyshelf/internal/curate/notice"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/webhook"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// payload holds what has broken other programs, in one value.
const payload = "=HYPERLINK(\"https://evil.example.org\")<script>alert(6)</script>\"><img src=x>\r\nBcc: all@evil.example.org\r\n\r\n{{.}} %s %00 ../../etc/passwd \u202eright\u2066 \x00\x1b[31m \xff\xfe"

// raw are the parts of the payload that may stand in no answer in HTML.
var raw = []string{"<script>alert(6)", "\"><img src=x>", "\x00", "\x1b"}

// longText has more characters than any field wants, and fits into a form.
var longText = strings.Repeat("long ", 200_000)

// A world is a library with one thing of every kind that an address can name.
type world struct {
	*library
	as   map[rights.Role]func(*http.Request)
	made []string // reports
	n    int      // requests and identifiers
}

func newWorld(t *testing.T) *world {
	t.Helper()
	l := newLibrary(t)
	withMail(t, l)
	w := &world{library: l, as: withPeople(t, l)}
	l.web.Changed = nil // the index is not what is tried
	l.handler = New(l.web, l.options)
	return w
}

// thing makes a new thing of a kind that the place holder of an address names.
func (w *world) thing(name string) string {
	w.t.Helper()
	w.n++
	ctx, who := w.t.Context(), rights.Reader{Role: rights.Administrator, Name: "administrator", Person: "person1"}
	unique := func(text string) string { return fmt.Sprint(text, w.n) }
	switch name {
	case "report":
		return w.fresh()
	case "authority", "decision":
		a := greyshelf.Authority{ID: unique("shores"), Label: unique("Shores"), Variants: []string{"Seaside"}, Type: greyshelf.AuthorityConcept, Language: "en"}
		made, err := w.catalog.Commit(ctx, catalog.Commit{Decision: greyshelf.Decision{ID: "of" + a.ID, At: time.Now(), Who: "test"}, Records: []catalog.Record{authority.Record(a, 0)}})
		must(w.t, err)
		return map[string]string{"authority": a.ID, "decision": made.ID}[name]
	case "issue":
		made, err := w.web.Digest.New(ctx, who, digest.Issue{Title: "An issue", Language: "en", Sections: []digest.Section{{Items: []digest.Item{{Report: "open"}}}}})
		must(w.t, err)
		return made.ID
	case "contact", "token":
		c, err := w.web.Contacts.Put(ctx, contact.Contact{Email: unique("ada") + "@example.org", State: contact.Active})
		must(w.t, err)
		return map[string]string{"contact": c.ID, "token": c.Token}[name]
	case "collection":
		_, err := w.web.Collections.Put(ctx, collection.Collection{ID: unique("kept"), Name: "Kept", Owner: "person1", Reports: []string{"open"}})
		must(w.t, err)
		return unique("kept")
	case "email":
		return unique("bea") + "@example.org"
	case "notice":
		said, err := w.web.Notices.Leave(ctx, notice.Notice{Report: "open", About: notice.Error, Text: "wrong"})
		must(w.t, err)
		return said.ID
	case "secret":
		secret, err := w.web.People.Invite(ctx, "person3")
		must(w.t, err)
		return secret
	}
	return w.other(name)
}

// other makes things of which there may be few: what made the one before is
// dropped.
func (w *world) other(name string) string {
	w.t.Helper()
	ctx := w.t.Context()
	switch name {
	case "rule":
		if all, err := w.web.Desk.Rules(ctx); err == nil && len(all) > 0 {
			return all[0].ID
		}
		rule, _, err := w.web.Desk.PutRule(ctx, "test", curate.Rule{Name: "A rule", When: curate.When{Publisher: "House & Sons"}, Then: curate.Then{Headings: []string{"Shores"}}}, "")
		must(w.t, err)
		return rule.ID
	case "hook":
		if all, err := w.web.Webhooks.Hooks(ctx); err == nil && len(all) > 0 {
			return all[0].ID
		}
		hook, err := w.web.Webhooks.Put(ctx, webhook.Hook{Address: "https://hook.example.org/"})
		must(w.t, err)
		return hook.ID
	case "kind":
		return "person"
	case "upload", "import":
		must(w.t, os.RemoveAll(w.web.Imports.Dir)) // that none is too many
		at := w.sendLists("a.csv", "title;author\nOne;Ada\n").Header().Get("Location")
		if name == "upload" {
			return strings.TrimPrefix(at, "/import/")
		}
		w.post(at, "application/x-www-form-urlencoded", "")
		all, err := w.web.Desk.Imports(ctx, 1)
		must(w.t, err)
		return all[0].ID
	}
	return ""
}

// post sends a body as the administrator, from elsewhere.
func (w *world) post(path, kind, body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	w.t.Helper()
	w.n++
	return w.ask(visitor, path, url.Values{}, append([]func(*http.Request){w.as[rights.Administrator], func(r *http.Request) {
		r.RemoteAddr = fmt.Sprintf("198.18.%d.%d:50000", w.n/250%250, w.n%250) // from many places, so that no pace stands in the way
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		r.Header.Set("Content-Type", kind)
	}}, change...)...)
}

// again signs the administrator in, from a place of which nothing is known.
func (w *world) again() {
	w.t.Helper()
	got := w.ask(visitor, "/sign-in", url.Values{"email": {"administrator@example.org"}, "password": {passphrase}}, func(r *http.Request) { r.RemoteAddr = fmt.Sprintf("198.51.100.%d:50000", w.n%250) })
	if got.Code != http.StatusSeeOther {
		w.t.Fatal("signing in again: ", got.Code)
	}
	cookie := got.Result().Cookies()[0]
	w.as[rights.Administrator] = func(r *http.Request) { r.AddCookie(cookie) }
}

// sendLists sends files in a form, as pairs of a name and its text.
func (w *world) sendLists(pairs ...string) *httptest.ResponseRecorder {
	kind, body := multiparts("lists", pairs...)
	return w.post("/import", kind, body)
}

// multiparts makes a form of files (RFC 7578).
func multiparts(field string, pairs ...string) (kind, body string) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		part, _ := m.CreateFormFile(field, pairs[i])
		_, _ = io.WriteString(part, pairs[i+1])
	}
	_ = m.Close()
	return m.FormDataContentType(), b.String()
}

// A changing route is one that is not only read.
type changing struct {
	pattern, path string // path with its place holders
	folder        string // of the handler's sources
}

// changes gives every route that is not a GET.
func (w *world) changes() []changing {
	w.t.Helper()
	all, err := routes(siteOf(w.t, w.library))
	must(w.t, err)
	var list []changing
	for _, r := range all {
		method, path, _ := strings.Cut(r.pattern, " ")
		if method == http.MethodGet || path == "" {
			continue
		}
		if method != http.MethodPost {
			w.t.Errorf("%s: this test sends POST alone", r.pattern)
		}
		name := runtime.FuncForPC(reflect.ValueOf(r.handler).Pointer()).Name()
		_, folder, _ := strings.Cut(name, "/internal/web/")
		folder, _, _ = strings.Cut(folder, ".")
		list = append(list, changing{r.pattern, path, folder})
	}
	if len(list) < 40 {
		w.t.Fatalf("only %d routes change anything", len(list))
	}
	return list
}

var placeHolder = regexp.MustCompile(`\{(\w+)\}`)

// at fills in the place holders of a path; a report is a new one each time.
func (w *world) at(c changing) string {
	w.t.Helper()
	return placeHolder.ReplaceAllStringFunc(c.path, func(hole string) string {
		name := strings.Trim(hole, "{}")
		switch {
		case name == "id" && strings.HasPrefix(c.path, "/a/"):
			name = "authority"
		case name == "id":
			name = "report"
		}
		id := w.thing(name)
		if id == "" {
			w.t.Errorf("%s: the world has no %s", c.pattern, name)
		}
		return id
	})
}

// fresh makes a report that nobody has touched.
func (w *world) fresh() string {
	w.t.Helper()
	w.n++
	id := fmt.Sprintf("fresh%d", w.n)
	w.made = append(w.made, id)
	r := described(greyshelf.Report{ID: id, State: greyshelf.Draft}, w.shas["open"])
	r.Title, r.Editions = "A report", nil
	_, err := w.catalog.Commit(w.t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "of" + id, At: time.Now(), Who: "test", Method: greyshelf.ByAdd}, Reports: []greyshelf.Report{r}})
	must(w.t, err)
	return id
}

var (
	inputName = regexp.MustCompile(`name="([^"]+)"`)
	asked     = regexp.MustCompile(`(?:Get|Has)\("([A-Za-z0-9_.-]+)"\)|(?:[fF]orm|sent)\["([a-z0-9_.-]+)"\]`)
	cases     = regexp.MustCompile(`(?:case |== )"([a-z-]+)"`)
	button    = regexp.MustCompile(`name="(?:do|act|move)" value="([^"{]+)"`)
	action    = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// fieldsOf reads the names of the fields of a page's forms, and what its
// buttons may say, out of its sources, so that no new one is forgotten.
func fieldsOf(t testing.TB, folder string) (fields, buttons []string) {
	t.Helper()
	folders := []string{folder}
	if folder == "queue" {
		folders = append(folders, "edit") // whose fields it takes
	}
	for _, folder := range folders {
		sources, err := filepath.Glob(filepath.Join(folder, "*.*"))
		must(t, err)
		for _, name := range sources {
			text, err := os.ReadFile(name)
			must(t, err)
			switch {
			case strings.HasSuffix(name, ".html"):
				for _, m := range inputName.FindAllStringSubmatch(string(text), -1) {
					fields = append(fields, action.ReplaceAllString(m[1], "0"))
				}
				for _, m := range button.FindAllStringSubmatch(string(text), -1) {
					buttons = append(buttons, m[1])
				}
			case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
				for _, m := range asked.FindAllStringSubmatch(string(text), -1) {
					fields = append(fields, m[1]+m[2])
				}
				for _, m := range cases.FindAllStringSubmatch(string(text), -1) {
					buttons = append(buttons, m[1])
				}
			}
		}
	}
	slices.Sort(fields)
	slices.Sort(buttons)
	return slices.Compact(fields), slices.Compact(buttons)
}

// rightForms are forms that their address takes, so that each field of them can
// be tried where all others are right. REPORT, AUTHORITY and so on stand
// for a new one.
var rightForms = map[string][]url.Values{
	"POST /r/{id}/edit":              {{"revision": {"1"}, "reading": {""}}},
	"POST /r/{id}/state":             {{"revision": {"1"}, "state": {"published"}}},
	"POST /r/{id}/takedown":          {{"revision": {"1"}, "tombstone": {"asked for"}}},
	"POST /r/{id}/restore":           {{"revision": {"1"}, "seq": {"0"}, "field": {"title"}}},
	"POST /r/{id}/matches":           {{"revision": {"1"}, "act": {"apart"}, "other": {"open"}}, {"revision": {"1"}, "act": {"edition"}, "other": {"open"}}},
	"POST /r/{id}/notice":            {{"about": {"error"}, "text": {"It is wrong."}}, {"about": {"copy"}, "email": {"ada@example.org"}}},
	"POST /a/{id}/edit":              {{"revision": {"1"}, "label": {"Shores"}, "type": {"concept"}, "language": {"en"}}},
	"POST /authorities":              {{"label": {"Beaches"}, "type": {"concept"}, "language": {"en"}}},
	"POST /a/{id}/merge":             {{"into": {"AUTHORITY"}}, {"variant": {"Seaside"}}},
	"POST /queue":                    {{"id": {"REPORT"}, "move": {"publish"}}, {"do": {"move"}, "id": {"REPORT"}, "move": {"review"}}},
	"POST /queue/{id}":               {{"revision": {"1"}, "stay": {"yes"}}, {"revision": {"1"}, "move": {"refuse"}, "reason": {"no"}}},
	"POST /rules/{rule}":             {{"do": {"save"}, "name": {"A rule"}, "title": {"harbour"}, "headings": {"Shores"}}, {"do": {"try"}, "name": {"A rule"}, "title": {"harbour"}, "headings": {"Shores"}}},
	"POST /digests":                  {{"do": {"new"}, "title": {"New"}, "id": {"open"}, "language": {"en"}}},
	"POST /digests/{issue}":          {{"revision": {"1"}, "do": {"save"}, "title": {"New"}, "order": {"#0", "open"}, "heading.0": {"H"}, "blurb.open": {"B"}, "language": {"en"}}},
	"POST /digests/styles":           {{"name": {"House"}, "form": {"# {title}\n\n{url}"}}},
	"POST /contacts":                 {{"do": {"add"}, "email": {"EMAIL"}, "name": {"Bea"}}},
	"POST /contacts/{contact}":       {{"do": {"save"}, "revision": {"1"}, "name": {"Ada"}, "issues": {"yes"}, "state": {"left"}}},
	"POST /subscribe":                {{"email": {"EMAIL"}, "issues": {"yes"}, "language": {"en"}}, {"email": {"EMAIL"}, "heading": {"Wells"}, "frequency": {"daily"}}},
	"POST /collections":              {{"name": {"Mine"}, "id": {"open"}}},
	"POST /collections/{collection}": {{"do": {"save"}, "name": {"Mine"}}, {"do": {"name"}, "name": {"Mine"}}},
	"POST /add/link":                 {{"title": {"Linked"}, "url": {"https://example.org/r"}, "publisher": {"House"}, "date": {"2016"}}},
	"POST /basket":                   {{"id": {"open"}}},
	"POST /notices":                  {{"do": {"close"}, "id": {"NOTICE"}}},
	"POST /people":                   {{"do": {"add"}, "name": {"Bea"}, "email": {"EMAIL"}, "role": {"member"}}},
	"POST /webhooks":                 {{"do": {"add"}, "address": {"https://hook.example.org/2"}}},
	"POST /account":                  {{"do": {"token"}, "name": {"mine"}, "scope": {"read"}}},
	"POST /import/{upload}":          {{"take.1": {"skip"}}},
}

// forms gives what is sent to a route: each field a payload where the others are
// right; nothing; and every field a payload, for each button, of which some do
// away with what is asked for.
func (w *world) forms(c changing) []url.Values {
	fields, buttons := fieldsOf(w.t, c.folder)
	var all []url.Values
	for i, right := range append(rightForms[c.pattern], url.Values{}) {
		all = append(all, right)
		for _, f := range fields {
			form := maps.Clone(right)
			form[f] = []string{payload}
			all = append(all, form)
			if written := []string{"title", "abstract", "text", "reason", "note", "name", "q", "intro", "form", "agent-0-name", "headings"}; right.Has(f) || i == 0 && slices.Contains(written, f) {
				form = maps.Clone(right)
				form[f] = []string{longText}
				all = append(all, form)
			}
		}
	}
	for _, button := range append(buttons, "") {
		form := url.Values{}
		for _, f := range fields {
			form.Set(f, payload)
		}
		for _, name := range []string{"do", "act", "move", "state"} {
			form.Set(name, button)
		}
		form.Set("revision", "1")
		all = append(all, form)
	}
	return all
}

// slow are the routes at which a password is weighed, which takes its time.
var slow = []string{"POST /sign-in", "POST /sign-out", "POST /invitation/{secret}"}

// TestHostileForms sends every route that changes anything forms that nobody
// would send: no answer is a fault of the program or runs what was sent, and
// the library is whole afterwards.
func TestHostileForms(t *testing.T) {
	w := newWorld(t)
	taken := map[string]bool{}
	for _, c := range w.changes() {
		for i, form := range w.forms(c) {
			if slices.Contains(slow, c.pattern) && i > 12 || c.pattern == "POST /people" && form.Get("id") != "" {
				continue
			}
			at := w.at(c)
			got := w.post(at, "application/x-www-form-urlencoded", w.filled(form).Encode())
			taken[c.pattern] = taken[c.pattern] || got.Code < 400
			w.harmless(fmt.Sprintf("%s with %s", c.pattern, sketch(form)), got)
			if got.Result().Cookies() != nil && w.ask(visitor, "/account", nil, w.as[rights.Administrator]).Code != http.StatusOK {
				w.again()
			}
		}
		if rightForms[c.pattern] != nil && !taken[c.pattern] {
			t.Errorf("%s took no form: nothing was tried behind the first check", c.pattern)
		}
	}
	w.whole()
	w.calculatesNothing()
}

// filled gives a form with a new thing in place of each KIND.
func (w *world) filled(form url.Values) url.Values {
	out := url.Values{}
	for name, values := range form {
		for _, value := range values {
			if kind := strings.ToLower(value); slices.Contains([]string{"REPORT", "AUTHORITY", "NOTICE", "HOOK", "CONTACT", "EMAIL"}, value) {
				value = w.thing(kind)
			}
			out.Add(name, value)
		}
	}
	return out
}

// sketch says shortly what a form held.
func sketch(form url.Values) string {
	var short []string
	for name, values := range form {
		if len(values) > 0 {
			short = append(short, fmt.Sprintf("%.40s=%.12q", name, values[0]))
		}
	}
	slices.Sort(short)
	return strings.Join(short[:min(len(short), 9)], " ")
}

// technical are words of the program that tell nobody what to do.
var technical = regexp.MustCompile(`strconv\.|invalid syntax|sql:|SQLITE|json: |unexpected EOF|%!|runtime error|goroutine|invalid URL escape|mime: |multipart: |no such file`)

// harmless checks an answer to something hostile.
func (w *world) harmless(what string, got *httptest.ResponseRecorder) {
	w.t.Helper()
	body := strings.ReplaceAll(got.Body.String(), strings.TrimSpace(longText), "")
	if got.Code == http.StatusInternalServerError || got.Code == 0 {
		w.t.Errorf("%s: status %d", what, got.Code)
	}
	for name, values := range got.Header() {
		if strings.ContainsAny(strings.Join(values, ""), "\r\n\x00") {
			w.t.Errorf("%s: the header %s is %q", what, name, values)
		}
	}
	if to := got.Header().Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//")) {
		w.t.Errorf("%s: sends to %.100q", what, to)
	}
	if got.Code >= 400 {
		if text := strings.TrimSpace(body); text == "" || technical.MatchString(text) {
			w.t.Errorf("%s: status %d in words that help nobody: %s", what, got.Code, technical.FindString(text))
		}
	}
	if !strings.HasPrefix(got.Header().Get("Content-Type"), "text/html") {
		return
	}
	for _, bad := range raw {
		if i := strings.Index(body, bad); i >= 0 {
			w.t.Errorf("%s: %q stands in the answer: %q", what, bad, body[max(0, i-80):i])
		}
	}
	if !utf8.ValidString(body) {
		w.t.Errorf("%s: the answer is no UTF-8", what)
	}
}

// whole checks the library: the catalogue and its chain, every value that was
// kept, and every page.
func (w *world) whole() {
	w.t.Helper()
	defects, err := w.catalog.Check(w.t.Context())
	must(w.t, err)
	for _, d := range defects {
		w.t.Error("damaged: ", d)
	}
	for r, err := range w.catalog.Reports(w.t.Context(), catalog.Filter{}) {
		must(w.t, err)
		w.tidy(r)
	}
	all, err := routes(siteOf(w.t, w.library))
	must(w.t, err)
	for _, r := range all {
		path, get := strings.CutPrefix(r.pattern, "GET ")
		if !get || strings.Contains(path, "{file}") || strings.Contains(path, "openid") {
			continue
		}
		c := changing{r.pattern, path, ""}
		for _, hole := range []string{"kind", "format", "shelf", "n", "number", "class", "year", "$", "name"} {
			c.path = strings.ReplaceAll(c.path, "{"+hole+"}", map[string]string{"kind": "publisher", "format": "html", "shelf": "reports", "n": "1", "number": "1", "class": "names", "year": "2009", "name": "site.css"}[hole])
		}
		w.harmless(r.pattern+" afterwards", w.ask(visitor, w.at(c), nil, w.as[rights.Administrator]))
	}
	for _, id := range w.made {
		for _, path := range []string{"/r/" + id, "/r/" + id + "/history", "/r/" + id + "/edit", "/queue/" + id} {
			w.harmless(path, w.ask(visitor, path, nil, w.as[rights.Administrator]))
		}
	}
}
