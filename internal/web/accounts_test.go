package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/rights"
)

const passphrase = "a harbour in the evening"

// withPeople gives the library a register, and a person of each role with a
// session.
func withPeople(t *testing.T, l *library) map[rights.Role]func(*http.Request) {
	t.Helper()
	n := 0
	l.web.People = people.New(l.catalog, time.Now, func() string { n++; return fmt.Sprintf("person%d", n) })
	l.handler = New(l.web, l.options)
	as := map[rights.Role]func(*http.Request){rights.Anonymous: func(*http.Request) {}}
	for _, role := range []rights.Role{rights.Administrator, rights.Librarian, rights.Member} {
		p, err := l.web.People.Put(t.Context(), "test", people.Person{Name: role.String(), Email: role.String() + "@example.org", Role: role})
		must(t, err)
		must(t, l.web.People.SetPassword(t.Context(), p.ID, passphrase))
		as[role] = l.signIn(t, p.Email)
	}
	return as
}

// signIn signs in by the form, from elsewhere, and gives what puts the session
// into a request.
func (l *library) signIn(t *testing.T, email string) func(*http.Request) {
	t.Helper()
	w := l.ask(visitor, "/sign-in", url.Values{"email": {email}, "password": {passphrase}})
	cookies := w.Result().Cookies()
	if w.Code != http.StatusSeeOther || len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode {
		t.Fatalf("signing in as %s: %d %v", email, w.Code, cookies)
	}
	return func(r *http.Request) { r.AddCookie(cookies[0]) }
}

// TestAccess walks every address of the site for every role: whom it lets in.
func TestAccess(t *testing.T) {
	l := newLibrary(t)
	as := withPeople(t, l)
	all, err := routes(siteOf(t, l))
	must(t, err)
	need := map[int]rights.Role{0: rights.Anonymous, 1: rights.Anonymous, 2: rights.Member, 3: rights.Librarian, 4: rights.Administrator}
	for _, r := range all {
		method, path, _ := strings.Cut(r.pattern, " ")
		switch r.pattern {
		case "/", "POST /sign-out": // for all, and ends the session
			continue
		case "POST /reader", "GET /r/{id}/history", "GET /r/{id}/findings": // the handler judges; TestDoors walks them
			continue
		}
		path = strings.NewReplacer("{id}", "open", "{file}", l.shas["open"][:16], "{page}", "1", "{span}", "4-11", "{$}", "", "{name}", "none", "{secret}", "none").Replace(path)
		for role, cookie := range as {
			var form url.Values
			if method == "POST" {
				form = url.Values{}
			}
			w := l.ask(visitor, path, form, cookie)
			turnedAway := w.Code == http.StatusForbidden && strings.Contains(w.Body.String(), "rights") || strings.HasPrefix(w.Header().Get("Location"), "/sign-in")
			if role == rights.Anonymous && method == "POST" && w.Code == http.StatusForbidden {
				turnedAway = strings.Contains(w.Body.String(), "Sign in first")
			}
			if want := role < need[int(r.access)]; turnedAway != want {
				t.Errorf("%s as %s: status %d, turned away %v, want %v", r.pattern, role, w.Code, turnedAway, want)
			}
		}
	}
}

// TestAccountsEndLocalPower: once there are people, the computer that the site
// runs on has no more rights than any other.
func TestAccountsEndLocalPower(t *testing.T) {
	l := newLibrary(t)
	withPeople(t, l)
	for _, who := range []reader{local, librarian} {
		if w := l.ask(who, "/r/open/edit", nil); w.Code != http.StatusSeeOther {
			t.Errorf("as %d: status %d", who, w.Code)
		}
		if w := l.ask(who, "/r/draft", nil); w.Code != http.StatusNotFound {
			t.Errorf("as %d: status %d", who, w.Code)
		}
	}
}

func TestSetup(t *testing.T) {
	l := newLibrary(t)
	n := 0
	l.web.People = people.New(l.catalog, time.Now, func() string { n++; return fmt.Sprintf("person%d", n) })
	l.handler = New(l.web, l.options)
	secret, err := l.web.People.Setup(t.Context())
	must(t, err)
	path := "/invitation/" + secret
	if w := l.ask(visitor, path, nil); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "first administrator") {
		t.Fatal(w.Code)
	}
	form := url.Values{"name": {"Ada"}, "email": {"ada@example.org"}, "password": {passphrase}, "again": {"another"}}
	if w := l.ask(visitor, path, form); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "not the same") {
		t.Error(w.Code)
	}
	form.Set("again", passphrase)
	w := l.ask(visitor, path, form)
	if w.Code != http.StatusSeeOther || len(w.Result().Cookies()) != 1 {
		t.Fatal(w.Code, w.Body.String())
	}
	session := func(r *http.Request) { r.AddCookie(w.Result().Cookies()[0]) }
	if w := l.ask(visitor, "/people", nil, session); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "ada@example.org") {
		t.Error(w.Code)
	}
	if w := l.ask(visitor, path, form); w.Code != http.StatusNotFound {
		t.Error("the set-up link works twice:", w.Code)
	}
	w = l.ask(visitor, "/people", url.Values{"do": {"add"}, "name": {"<b>Bea</b>"}, "email": {"bea@example.org"}, "role": {"librarian"}}, session)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), publicHost+"/invitation/") || strings.Contains(w.Body.String(), "<b>Bea") {
		t.Error(w.Code)
	}
	if w := l.ask(visitor, "/sign-out", url.Values{}, session); w.Code != http.StatusSeeOther {
		t.Error(w.Code)
	}
	if w := l.ask(visitor, "/people", nil, session); w.Code != http.StatusSeeOther {
		t.Error("the session lives on after signing out:", w.Code)
	}
}

func TestSignInPage(t *testing.T) {
	l := newLibrary(t)
	withPeople(t, l)
	w := l.ask(visitor, "/sign-in", url.Values{"email": {"member@example.org"}, "password": {"a wrong password"}, "to": {"/add"}})
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "not right") || !strings.Contains(w.Body.String(), `value="/add"`) {
		t.Error(w.Code)
	}
	for _, to := range []string{"https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/\nx"} {
		w := l.ask(visitor, "/sign-in", url.Values{"email": {"member@example.org"}, "password": {passphrase}, "to": {to}})
		if got := w.Header().Get("Location"); got != "/" {
			t.Errorf("%q leads to %q", to, got)
		}
	}
	w = l.ask(visitor, "/add", nil)
	if got := w.Header().Get("Location"); got != "/sign-in?to=%2Fadd" {
		t.Errorf("%d %q", w.Code, got)
	}
}

func TestTokens(t *testing.T) {
	l := newLibrary(t)
	as := withPeople(t, l)
	w := l.ask(visitor, "/account", url.Values{"do": {"token"}, "name": {"export"}, "scope": {"read"}}, as[rights.Librarian])
	_, rest, found := strings.Cut(w.Body.String(), "<pre")
	_, rest, _ = strings.Cut(rest, ">")
	secret, _, _ := strings.Cut(rest, "</pre>")
	if !found || !strings.HasPrefix(secret, "gst_") {
		t.Fatal(w.Code, w.Body.String())
	}
	bearer := func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+secret) }
	if w := l.ask(visitor, "/r/open/edit", nil, bearer); w.Code == http.StatusOK {
		t.Error("a token for reading changes reports")
	}
	if w := l.ask(visitor, "/r/extract/f/"+l.shas["extract"][:16]+"/p/1", nil, bearer); w.Code != http.StatusOK {
		t.Error("a token of a librarian does not read as a member:", w.Code)
	}
}

func TestPrivate(t *testing.T) {
	l := newLibrary(t, func(o *Options) { o.Private = true })
	as := withPeople(t, l)
	for path, want := range map[string]int{"/": 303, "/search?q=harbour": 303, "/r/open": 303, "/r/open/thumb": 303, "/list": 303, "/sign-in": 200, "/help": 200} {
		if w := l.ask(visitor, path, nil); w.Code != want || strings.Contains(w.Body.String(), "Report") && path != "/help" {
			t.Errorf("%s: status %d, want %d", path, w.Code, want)
		}
		if w := l.ask(visitor, path, nil, as[rights.Member]); w.Code != http.StatusOK {
			t.Errorf("%s as member: status %d", path, w.Code)
		}
	}
}
