package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/mail/mailtest"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/digests"
	"github.com/greyshelf/greyshelf/internal/web/locale"
)

// withMail gives the library a mail server.
func withMail(t *testing.T, l *library) *mailtest.Server {
	t.Helper()
	server := mailtest.Start(t, mailtest.Options{})
	set, err := locale.Load()
	must(t, err)
	l.web.Post = &sending.Post{
		Records: l.catalog, Digest: l.web.Digest, Contacts: l.web.Contacts, Server: mail.Server{Host: server.Host, Port: server.Port, Security: mail.Plain, Timeout: 5 * time.Second},
		From: mail.Address{Email: "desk@example.org"}, Site: "https://" + publicHost, Now: time.Now, Words: func(tag string) digest.Words { return digests.Words(set.For(tag)) },
	}
	l.handler = New(l.web, l.options)
	return server
}

// begin composes an issue of the reports by the form and gives its address.
func (l *library) begin(t *testing.T, ids ...string) string {
	t.Helper()
	w := l.ask(local, "/digests", url.Values{"title": {"New <b>things</b>"}, "id": ids, "do": {"new"}})
	if w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body.String())
	}
	return w.Header().Get("Location")
}

func revision(t *testing.T, body string) string {
	t.Helper()
	m := regexp.MustCompile(`name="revision" value="(\d+)"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatal("no revision", body)
	}
	return m[1]
}

// TestDigest goes the whole way of an issue: composed without script, looked
// at, sent, read by everybody.
func TestDigest(t *testing.T) {
	l := newLibrary(t)
	server := withMail(t, l)
	subscribe(t, l, server, "ada@example.org")
	at := l.begin(t, "open", "draft", "extract")
	page := func() string { return l.ask(local, at, nil).Body.String() }
	if body := page(); !strings.Contains(body, "Not public") || strings.Contains(body, "<b>things") || strings.Contains(body, "⟦") {
		t.Error(body)
	}
	form := url.Values{"revision": {revision(t, page())}, "title": {"New things"}, "do": {"up:extract"}, "order": {"#0", "open", "draft", "extract"}, "heading.0": {"Harbours"}, "blurb.open": {"Only in this issue."}, "style": {"short"}, "language": {"en"}}
	if w := l.ask(local, at, form); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body.String())
	}
	if w := l.ask(local, at, form); w.Code != http.StatusConflict {
		t.Error("an old form is taken:", w.Code)
	}
	for format, want := range map[string]string{"html": "Only in this issue.", "text": "Harbours\n========", "markdown": "## Harbours", "seed": "Only in this issue."} {
		w := l.ask(local, at+"/"+format, nil)
		if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, want) || strings.Contains(body, "/r/draft") {
			t.Errorf("%s: %d %s", format, w.Code, body)
		}
	}
	if w := l.ask(local, at+"/html", nil); !strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") {
		t.Error(w.Header())
	}
	if w := l.ask(visitor, "/d/1", nil); w.Code != http.StatusNotFound {
		t.Error("a draft is public:", w.Code)
	}
	if w := l.ask(local, at, url.Values{"revision": {revision(t, page())}, "do": {"send"}}); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body.String())
	}
	must(t, l.web.Post.Run(t.Context()))
	if got := server.Messages("ada@example.org"); len(got) != 2 || !strings.Contains(got[1], "List-Unsubscribe-Post") {
		t.Fatal(got)
	}
	for path, want := range map[string]string{"/d/1": "Only in this issue.", "/d": "/d/1", "/d/feed/atom": "/d/1", "/d/1/markdown": "# New things, No. 1", "/d/1/text": "No. 1", "/d/1/pdf": "%PDF-1.7", "/d/1/docx": "PK"} {
		if w := l.ask(visitor, path, nil); w.Code != 200 || !strings.Contains(w.Body.String(), want) || strings.Contains(w.Body.String(), "/r/draft") || strings.Contains(w.Body.String(), "⟦") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body.String())
		}
	}
	if body := page(); !strings.Contains(body, "sent <b>1</b>") || strings.Contains(body, "data-arrange") {
		t.Error(body)
	}
}

// subscribe goes the way of a reader, to the end.
func subscribe(t *testing.T, l *library, server *mailtest.Server, email string) (token string) {
	t.Helper()
	if w := l.ask(visitor, "/subscribe", nil); w.Code != 200 {
		t.Fatal(w.Code)
	}
	for range 2 { // the answer is the same for an address that is known
		if w := l.ask(visitor, "/subscribe", url.Values{"email": {email}, "issues": {"yes"}}); w.Code != 200 || !strings.Contains(w.Body.String(), "Look into your mailbox") {
			t.Fatal(w.Code, w.Body.String())
		}
	}
	mails := server.Messages(email)
	if len(mails) != 1 {
		t.Fatalf("%d mails ask %s", len(mails), email)
	}
	text := strings.ReplaceAll(strings.ReplaceAll(mails[0], "=\r\n", ""), "=3D", "=")
	m := regexp.MustCompile(`/confirm/([A-Z0-9]+)`).FindStringSubmatch(text)
	if m == nil {
		t.Fatal(text)
	}
	if w := l.ask(visitor, "/confirm/"+m[1], nil); w.Code != 200 || !strings.Contains(w.Body.String(), "<form method=\"post\"") {
		t.Fatal(w.Code)
	}
	if c, err := l.web.Contacts.ByEmail(t.Context(), email); err != nil || c.In(nil) {
		t.Error("opening the link is enough to subscribe", err)
	}
	if w := l.ask(visitor, "/confirm/"+m[1], url.Values{}); w.Code != 200 {
		t.Fatal(w.Code)
	}
	return m[1]
}

// TestOneClickUnsubscribe is what a mail program sends (RFC 8058 §3.2): a POST
// without cookie, origin or redirect.
func TestOneClickUnsubscribe(t *testing.T) {
	l := newLibrary(t)
	server := withMail(t, l)
	token := subscribe(t, l, server, "ada@example.org")
	if w := l.ask(visitor, "/unsubscribe/"+token, nil); w.Code != 200 {
		t.Error(w.Code)
	}
	if c, err := l.web.Contacts.ByEmail(t.Context(), "ada@example.org"); err != nil || !c.In(nil) {
		t.Error("looking at the page is enough to leave", err)
	}
	for range 2 {
		if w := l.ask(visitor, "/unsubscribe/"+token, url.Values{"List-Unsubscribe": {"One-Click"}}); w.Code != 200 {
			t.Error(w.Code)
		}
	}
	if c, err := l.web.Contacts.ByEmail(t.Context(), "ada@example.org"); err != nil || c.In(nil) {
		t.Error("still subscribed", err)
	}
	for _, path := range []string{"/unsubscribe/x", "/confirm/x"} {
		for _, form := range []url.Values{nil, {}} {
			if w := l.ask(visitor, path, form); w.Code != http.StatusNotFound {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
	}
}

func TestContacts(t *testing.T) {
	l := newLibrary(t)
	withMail(t, l)
	add := url.Values{"do": {"add"}, "email": {"bea@example.org"}, "name": {"<i>Bea</i>"}, "groups": {"press, desk"}}
	if w := l.ask(local, "/contacts", add); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body.String())
	}
	if w := l.ask(local, "/contacts", add); w.Code != http.StatusConflict {
		t.Error(w.Code)
	}
	if w := l.ask(visitor, "/contacts", nil); strings.Contains(w.Body.String(), "bea@") || w.Code != http.StatusForbidden {
		t.Error(w.Code)
	}
	c, err := l.web.Contacts.ByEmail(t.Context(), "bea@example.org")
	must(t, err)
	if body := l.ask(local, "/contacts?q=press", nil).Body.String(); !strings.Contains(body, "bea@example.org") || strings.Contains(body, "<i>Bea") || strings.Contains(body, c.Token) {
		t.Error(body)
	}
	if body := l.ask(local, "/contacts/"+c.ID+"/data", nil).Body.String(); !strings.Contains(body, `"email": "bea@example.org"`) {
		t.Error(body)
	}
	for _, do := range []string{"end", "erase"} {
		if w := l.ask(local, "/contacts", url.Values{"do": {do}, "id": {c.ID}}); w.Code != http.StatusSeeOther {
			t.Error(do, w.Code)
		}
	}
	if w := l.ask(local, "/contacts/"+c.ID, nil); w.Code != http.StatusNotFound {
		t.Error(w.Code)
	}
}

// TestSecondPairOnTheSite: with accounts, the one who composed cannot approve.
func TestSecondPairOnTheSite(t *testing.T) {
	l := newLibrary(t)
	l.web.Digest.TwoPairs = true
	as := withPeople(t, l)
	post := func(role rights.Role, at string, form url.Values) int {
		form.Set("revision", revision(t, l.ask(visitor, at, nil, as[role]).Body.String()))
		return l.ask(visitor, at, form, as[role]).Code
	}
	w := l.ask(visitor, "/digests", url.Values{"title": {"New"}, "id": {"open"}, "do": {"new"}}, as[rights.Librarian])
	at := w.Header().Get("Location")
	for n, step := range []struct {
		role rights.Role
		do   string
		want int
	}{
		{rights.Librarian, "send", 403}, {rights.Librarian, "hold", 303}, {rights.Librarian, "approve", 403}, {rights.Librarian, "send", 403},
		{rights.Administrator, "approve", 303}, {rights.Librarian, "send", 303},
	} {
		if got := post(step.role, at, url.Values{"do": {step.do}}); got != step.want {
			t.Errorf("step %d, %s: %d, want %d", n, step.do, got, step.want)
		}
	}
}

func TestStylePage(t *testing.T) {
	l := newLibrary(t)
	if w := l.ask(local, "/digests/styles", url.Values{"name": {"Own"}, "form": {"{nothing}"}}); w.Code != 400 || !strings.Contains(w.Body.String(), "is not a field") {
		t.Error(w.Code)
	}
	w := l.ask(local, "/digests/styles", url.Values{"name": {"Own"}, "form": {"# {title}\r\n\r\n{abstract}"}, "revision": {"0"}})
	if to := w.Header().Get("Location"); w.Code != 303 || !strings.Contains(l.ask(local, to, nil).Body.String(), "# {title}") {
		t.Error(w.Code, to)
	}
	if w := l.ask(local, "/digests/styles", url.Values{"id": {"chosen"}, "name": {"Own"}, "form": {"# {title}"}}); w.Code != 400 {
		t.Error("an identifier of the form's own:", w.Code)
	}
	at := l.begin(t)
	if w := l.ask(local, at, url.Values{"revision": {"1"}, "do": {"send"}}); w.Code != 400 || !strings.Contains(w.Body.String(), "empty") {
		t.Error("an empty issue goes out:", w.Code)
	}
}

// TestSubscribeToSearch: the search page leads to the form with the search in
// it; who is subscribed already gets a second search by saying yes again.
func TestSubscribeToSearch(t *testing.T) {
	l := newLibrary(t)
	server := withMail(t, l)
	if body := l.ask(visitor, "/search?q=harbour", nil).Body.String(); !strings.Contains(body, `href="/subscribe?q=harbour"`) {
		t.Error("the search page has no way to get it by mail")
	}
	if body := l.ask(visitor, "/subscribe?q=%22%3E%3Cb%3E", nil).Body.String(); !strings.Contains(body, `value="&#34;&gt;&lt;b&gt;"`) {
		t.Error(body)
	}
	confirm := func() contact.Contact {
		mails := server.Messages("ada@example.org")
		text := strings.ReplaceAll(strings.ReplaceAll(mails[len(mails)-1], "=\r\n", ""), "=3D", "=")
		m := regexp.MustCompile(`/confirm/([A-Z0-9]+)`).FindStringSubmatch(text)
		l.ask(visitor, "/confirm/"+m[1], url.Values{})
		c, err := l.web.Contacts.ByEmail(t.Context(), "ada@example.org")
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	l.ask(visitor, "/subscribe", url.Values{"email": {"ada@example.org"}, "q": {"harbour"}})
	if c := confirm(); c.Frequency != contact.Weekly || !slices.Equal(c.Interests.Searches, []string{"harbour"}) || c.Language != "en" || len(c.Languages) != 0 {
		t.Errorf("%+v", c)
	}
	c, _ := l.web.Contacts.ByEmail(t.Context(), "ada@example.org")
	c.Asked = c.Asked.Add(-2 * time.Hour)
	if _, err := l.web.Contacts.Put(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	l.ask(visitor, "/subscribe", url.Values{"email": {"ada@example.org"}, "q": {"bridge"}, "frequency": {"daily"}})
	if c, _ := l.web.Contacts.ByEmail(t.Context(), "ada@example.org"); len(c.Interests.Searches) != 1 || c.State != contact.Active {
		t.Errorf("it counts before it is confirmed: %+v", c)
	}
	if c := confirm(); c.Frequency != contact.Daily || !slices.Equal(c.Interests.Searches, []string{"harbour", "bridge"}) {
		t.Errorf("%+v", c)
	}
	last := 0
	for n := range 12 {
		last = l.ask(visitor, "/subscribe", url.Values{"email": {fmt.Sprintf("r%d@example.org", n)}, "issues": {"yes"}}).Code
	}
	if last != http.StatusTooManyRequests {
		t.Error("nobody is slowed down:", last)
	}
}

// TestDigestRules: the desk says by rules what every issue is to have; a draft
// is filled by them with what is new and public, as the search finds it.
func TestDigestRules(t *testing.T) {
	l := newLibrary(t)
	if w := l.ask(local, "/digests/rules", nil); w.Code != 200 || !strings.Contains(w.Body.String(), "taken by no rule") || strings.Contains(w.Body.String(), "⟦") {
		t.Fatal(w.Code, w.Body.String())
	}
	form := url.Values{"revision": {"0"}, "do": {"save"}, "query": {`subject:harbours title:extract`, "", `<b>zzz`, "harbour"}, "heading": {"Extracts", "none", "Nothing", "Harbours & more"}}
	if w := l.ask(local, "/digests/rules", form); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body.String())
	}
	if w := l.ask(local, "/digests/rules", form); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Harbours &amp; more") {
		t.Error("an old form is taken, or what was typed is lost:", w.Code)
	}
	body := l.ask(local, "/digests/rules", nil).Body.String()
	if strings.Contains(body, "<b>zzz") || strings.Count(body, "takes 1 new report") != 1 || strings.Count(body, "takes 2 new reports") != 1 || !strings.Contains(body, "Rule 3") || strings.Contains(body, "/r/draft") || strings.Contains(body, "/r/embargo") {
		t.Error(body)
	}
	up := url.Values{"revision": {"1"}, "do": {"remove:2"}, "query": {`subject:harbours title:extract`, `<b>zzz`, "harbour"}, "heading": {"Extracts", "Nothing", "Harbours & more"}}
	if w := l.ask(local, "/digests/rules", up); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body.String())
	}
	w := l.ask(local, "/digests", url.Values{"title": {"By rules"}, "do": {"rules"}})
	if w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body.String())
	}
	at := w.Header().Get("Location")
	text := l.ask(local, at+"/text", nil).Body.String()
	for _, want := range []string{"Extracts\n========", "Harbours & more\n===============", "Report <script>alert(1)</script> link", "https://publisher.example.org/r"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if again := l.ask(local, at, url.Values{"revision": {revision(t, l.ask(local, at, nil).Body.String())}, "do": {"rules"}}); again.Code != http.StatusSeeOther {
		t.Error("there is nothing more to add:", again.Code)
	}
	if strings.Contains(text, "/r/draft") || strings.Contains(text, hidden("extract")) {
		t.Error(text)
	}
	if w := l.ask(visitor, "/digests/rules", nil); w.Code != http.StatusForbidden {
		t.Error("a visitor sees the rules:", w.Code)
	}
}
