package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
)

// TestSubscribeToParts: what was asked for stands on the page, in the mail that
// asks and on the page of the button; no address of a stranger stands in it.
func TestSubscribeToParts(t *testing.T) {
	l := newLibrary(t)
	server := withMail(t, l)
	if body := l.ask(visitor, "/subscribe?heading=Wells&publisher=Oasis", nil).Body.String(); !strings.Contains(body, `value="Wells"`) || !strings.Contains(body, `value="Oasis"`) || strings.Contains(body, `name="issues" value="yes" checked`) {
		t.Error(body)
	}
	if body := l.ask(visitor, "/subscribe", nil).Body.String(); !strings.Contains(body, `name="issues" value="yes" checked`) {
		t.Error("the digest is not offered")
	}
	for name, form := range map[string]url.Values{
		"nothing":        {},
		"a bad search":   {"q": {"("}},
		"no frequency":   {"all": {"yes"}, "frequency": {"hourly"}},
		"no mail at all": {"issues": {"yes"}, "email": {"a"}},
	} {
		if !form.Has("email") {
			form.Set("email", "ada@example.org")
		}
		if w := l.ask(visitor, "/subscribe", form); w.Code != 400 || !strings.Contains(w.Body.String(), `role="alert"`) {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	w := l.ask(visitor, "/subscribe", url.Values{"email": {"ada@example.org"}, "heading": {"Wells", "", "see spam.example now"}, "languages": {"fr", "<b>"}, "language": {"en"}, "frequency": {"daily"}})
	if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, "new reports on “Wells”") || strings.Contains(body, "issues of the digest") {
		t.Error(w.Code, body)
	}
	mails := server.Messages("ada@example.org")
	if len(mails) != 1 || strings.Contains(mails[0], "spam.example") || !strings.Contains(mails[0], "Wells") || strings.Contains(mails[0], "issues of the digest") {
		t.Fatal(mails)
	}
	c, err := l.web.Contacts.ByEmail(t.Context(), "ada@example.org")
	must(t, err)
	if body := l.ask(visitor, "/confirm/"+c.Token, nil).Body.String(); !strings.Contains(body, "new reports on “Wells”") || !strings.Contains(body, "French") {
		t.Error(body)
	}
	l.ask(visitor, "/confirm/"+c.Token, url.Values{})
	c, _ = l.web.Contacts.ByEmail(t.Context(), "ada@example.org")
	if c.In(nil) || !c.WantsAlerts() || !slices.Equal(c.Languages, []string{"fr"}) || c.Frequency != contact.Daily {
		t.Errorf("%+v", c)
	}
}

// TestSubscriptionPage: the reader changes what it gets, sees what is known and
// erases it.
func TestSubscriptionPage(t *testing.T) {
	l := newLibrary(t)
	server := withMail(t, l)
	at := "/subscription/" + subscribe(t, l, server, "ada@example.org")
	w := l.ask(visitor, at, nil)
	if h := w.Header(); w.Code != 200 || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") != "private, no-store" || !strings.Contains(w.Body.String(), "noindex") {
		t.Error(w.Code, h)
	}
	if w := l.ask(visitor, at, url.Values{"do": {"save"}}); w.Code != 400 {
		t.Error("nothing is taken:", w.Code)
	}
	if w := l.ask(visitor, at, url.Values{"do": {"save"}, "publisher": {"Oasis"}, "frequency": {"monthly"}, "language": {"fr"}}); w.Code != 200 || !strings.Contains(w.Body.String(), "published by “Oasis”") {
		t.Error(w.Code, w.Body.String())
	}
	c, err := l.web.Contacts.ByEmail(t.Context(), "ada@example.org")
	if err != nil || c.In(nil) || c.Frequency != contact.Monthly || c.Language != "fr" {
		t.Errorf("%v %+v", err, c)
	}
	if w := l.ask(visitor, at+"/data", nil); !strings.Contains(w.Body.String(), `"Oasis"`) || w.Header().Get("Cache-Control") != "private, no-store" {
		t.Error(w.Body.String())
	}
	if w := l.ask(visitor, at, url.Values{"do": {"erase"}}); w.Code != 200 || !strings.Contains(w.Body.String(), "erased") {
		t.Error(w.Code)
	}
	for _, path := range []string{at, at + "/data", "/subscription/x"} {
		if w := l.ask(visitor, path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// TestContactPage: the desk changes a contact, sees what was sent and settles
// an alert in doubt.
func TestContactPage(t *testing.T) {
	l := newLibrary(t)
	withMail(t, l)
	c, err := l.web.Contacts.Put(t.Context(), contact.Contact{Email: "bea@example.org", State: contact.Active})
	must(t, err)
	doubt := sending.ForAlert("al1", c.ID, time.Now())
	doubt.Data = []byte(strings.Replace(string(doubt.Data), `"pending"`, `"doubt"`, 1))
	doubt.Keys = []string{"state:doubt", "alerts:doubt", "contact:" + c.ID}
	must(t, l.catalog.PutRecords(t.Context(), doubt))
	at := "/contacts/" + c.ID
	for _, path := range []string{at, "/contacts"} {
		if body := l.ask(local, path, nil).Body.String(); !strings.Contains(body, `value="arrived:al1.`) || strings.Contains(body, c.Token) || strings.Contains(body, "⟦") {
			t.Errorf("%s: %s", path, body)
		}
	}
	if w := l.ask(local, "/contacts", url.Values{"do": {"arrived:al1." + c.ID}}); w.Code != http.StatusSeeOther {
		t.Error(w.Code, w.Body.String())
	}
	if w := l.ask(local, at, url.Values{"do": {"again:al1." + c.ID}}); w.Code != http.StatusConflict {
		t.Error("settled twice:", w.Code)
	}
	form := url.Values{"do": {"save"}, "revision": {revision(t, l.ask(local, at, nil).Body.String())}, "name": {"Bea"}, "groups": {"press, desk"}, "state": {"left"}, "issues": {"yes"}, "heading": {"Wells"}}
	if w := l.ask(visitor, at, form); w.Code != http.StatusForbidden {
		t.Error(w.Code)
	}
	if w := l.ask(local, at, form); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body.String())
	}
	if w := l.ask(local, at, form); w.Code != http.StatusConflict {
		t.Error("an old form is taken:", w.Code)
	}
	c, err = l.web.Contacts.Contact(t.Context(), c.ID)
	if err != nil || c.Name != "Bea" || len(c.Groups) != 2 || c.State != contact.Left || c.Ended.IsZero() || c.Interests.Headings[0] != "Wells" {
		t.Errorf("%v %+v", err, c)
	}
	if w := l.ask(local, at, url.Values{"do": {"erase"}}); w.Code != http.StatusSeeOther || l.ask(local, at, nil).Code != http.StatusNotFound {
		t.Error(w.Code)
	}
}

// TestBringContacts pastes a list of people; what cannot be read comes back.
func TestBringContacts(t *testing.T) {
	l := newLibrary(t)
	paste := func(list string) string {
		return l.ask(local, "/contacts", url.Values{"do": {"list"}, "groups": {"press, <b>"}, "list": {list}}).Body.String()
	}
	if got := paste("email\tname\nada@example.org\tAda <script>\nnobody\t\n"); !strings.Contains(got, "1 added, 0 known already") || !strings.Contains(got, "line 3: nobody:") || strings.Contains(got, "<script>") {
		t.Error(got)
	}
	if got := paste("name\tphone\nAda\t5"); !strings.Contains(got, "role=\"alert\"") || !strings.Contains(got, ">name\tphone\nAda\t5</textarea>") {
		t.Error(got)
	}
	c, err := l.web.Contacts.ByEmail(t.Context(), "ada@example.org")
	if err != nil || c.State != contact.Active || !slices.Equal(c.Groups, []string{"press", "<b>"}) {
		t.Errorf("%+v %v", c, err)
	}
}
