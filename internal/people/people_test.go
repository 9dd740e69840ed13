package people_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/rights"
)

const password = "correct horse battery staple"

// desk is a register over a real catalogue, with a clock that the test moves.
type desk struct {
	*people.Register
	catalog catalog.Catalog
	now     time.Time
	n       int
}

func open(t *testing.T) *desk {
	t.Helper()
	c, err := catalogsqlite.Open(t.Context(), filepath.Join(t.TempDir(), "c.sqlite"), catalogsqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	d := &desk{catalog: c, now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	d.Register = people.New(c, func() time.Time { return d.now }, func() string { d.n++; return fmt.Sprintf("id%d", d.n) })
	return d
}

// setUp makes the first administrator.
func (d *desk) setUp(t *testing.T) people.Person {
	t.Helper()
	secret, err := d.Setup(t.Context())
	if err != nil || secret == "" {
		t.Fatal(secret, err)
	}
	i, err := d.Invitation(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Accept(t.Context(), i, "Ada", " Ada@Example.org ")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.SetPassword(t.Context(), p.ID, password); err != nil {
		t.Fatal(err)
	}
	return p
}

func kind(t *testing.T, err error, want greyshelf.Kind) {
	t.Helper()
	if got := greyshelf.KindOf(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

func TestSetup(t *testing.T) {
	d := open(t)
	first, err := d.Setup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second, err := d.Setup(t.Context())
	if err != nil || first == second {
		t.Fatal(err)
	}
	_, err = d.Invitation(t.Context(), first)
	kind(t, err, greyshelf.NotFound) // replaced
	one, err := d.Invitation(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := d.Accept(t.Context(), one, "Ada", "ada@example.org"); err != nil || p.Role != rights.Administrator {
		t.Fatal(p, err)
	}
	_, err = d.Accept(t.Context(), one, "Eve", "eve@example.org")
	kind(t, err, greyshelf.NotFound) // used
	if again, err := d.Setup(t.Context()); again != "" || err != nil {
		t.Error("a library with people is set up again", err)
	}
}

func TestSignIn(t *testing.T) {
	d := open(t)
	ada := d.setUp(t)
	p, err := d.SignIn(t.Context(), "ADA@example.org", password, "192.0.2.1")
	if err != nil || p.ID != ada.ID {
		t.Fatal(p, err)
	}
	_, wrong := d.SignIn(t.Context(), "ada@example.org", "another password", "192.0.2.1")
	kind(t, wrong, greyshelf.Forbidden)
	_, unknown := d.SignIn(t.Context(), "bob@example.org", "another password", "192.0.2.2")
	if unknown == nil || wrong.Error() != unknown.Error() {
		t.Errorf("the answer tells who is known: %v, %v", wrong, unknown)
	}
	ada, _ = d.Person(t.Context(), ada.ID)
	other, err := d.Put(t.Context(), "Ada", people.Person{Name: "Bea", Email: "bea@example.org", Role: rights.Administrator})
	if err != nil {
		t.Fatal(err)
	}
	ada.Disabled = true
	if _, err := d.Put(t.Context(), "Bea", ada); err != nil {
		t.Fatal(err)
	}
	_, err = d.SignIn(t.Context(), "ada@example.org", password, "192.0.2.3")
	kind(t, err, greyshelf.Forbidden)
	other.Role = rights.Member
	_, err = d.Put(t.Context(), "Bea", other)
	kind(t, err, greyshelf.Invalid) // nobody would be left to change people
}

// TestGuessing slows whoever guesses, on one address or from one place.
func TestGuessing(t *testing.T) {
	d := open(t)
	d.setUp(t)
	for i := range 5 {
		_, err := d.SignIn(t.Context(), fmt.Sprintf("nobody%d@example.org", i), "guessed password", "192.0.2.9")
		kind(t, err, greyshelf.Forbidden)
	}
	_, err := d.SignIn(t.Context(), "ada@example.org", password, "192.0.2.9")
	kind(t, err, greyshelf.Unavailable)
	if _, err = d.SignIn(t.Context(), "ada@example.org", password, "192.0.2.10"); err != nil {
		t.Error("another place must wait too:", err)
	}
	d.now = d.now.Add(time.Minute)
	if _, err = d.SignIn(t.Context(), "ada@example.org", password, "192.0.2.9"); err != nil {
		t.Error(err)
	}
}

func TestPasswords(t *testing.T) {
	d := open(t)
	ada := d.setUp(t)
	kind(t, d.SetPassword(t.Context(), ada.ID, "short"), greyshelf.Invalid)
	kind(t, d.SetPassword(t.Context(), ada.ID, strings.Repeat("x", 1000)), greyshelf.Invalid)
	kind(t, d.SetPassword(t.Context(), "nobody", password), greyshelf.NotFound)
	c, err := d.Credentials(t.Context(), ada.ID)
	if err != nil || !strings.HasPrefix(c.Password, "$argon2id$v=19$m=65536,t=3,p=4$") {
		t.Error(c, err)
	}
	decisions, err := d.catalog.RecordDecisions(t.Context(), people.KindPerson, ada.ID)
	if err != nil || len(decisions) != 1 || strings.Contains(string(decisions[0].Records[0].After), "argon2") {
		t.Errorf("%+v, %v", decisions, err)
	}
}

func TestInvitation(t *testing.T) {
	d := open(t)
	ada := d.setUp(t)
	bea, err := d.Put(t.Context(), ada.Name, people.Person{Name: "Bea", Email: "bea@example.org", Role: rights.Librarian})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Put(t.Context(), ada.Name, people.Person{Name: "Bea too", Email: "BEA@example.org"})
	kind(t, err, greyshelf.Exists)
	secret, err := d.Invite(t.Context(), bea.ID)
	if err != nil {
		t.Fatal(err)
	}
	i, err := d.Invitation(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.Accept(t.Context(), i, "", "")
	if err != nil || got.ID != bea.ID {
		t.Error(got, err)
	}
	old, err := d.Invite(t.Context(), bea.ID)
	if err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(8 * 24 * time.Hour)
	_, err = d.Invitation(t.Context(), old)
	kind(t, err, greyshelf.NotFound)
	if err := d.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	for range d.catalog.Records(t.Context(), catalog.RecordFilter{Kind: people.KindInvitation}) {
		t.Error("an invitation that is too old was kept")
	}
}

func TestCredentials(t *testing.T) {
	d := open(t)
	ada := d.setUp(t)
	bea, err := d.Put(t.Context(), "Ada", people.Person{Name: "Bea", Email: "bea@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	add := func(c *people.Credentials) {
		c.Passkeys = append(c.Passkeys, people.Passkey{ID: "key", Data: []byte(`{}`)})
		c.Subjects = append(c.Subjects, people.Subject("https://id.example", "42"))
	}
	if err := d.ChangeCredentials(t.Context(), ada.ID, add); err != nil {
		t.Fatal(err)
	}
	kind(t, d.ChangeCredentials(t.Context(), bea.ID, add), greyshelf.Exists)
	if p, err := d.ByPasskey(t.Context(), "key"); err != nil || p.ID != ada.ID {
		t.Error(p, err)
	}
	if p, err := d.BySubject(t.Context(), "https://id.example", "42"); err != nil || p.ID != ada.ID {
		t.Error(p, err)
	}
	_, err = d.BySubject(t.Context(), "https://other.example", "42")
	kind(t, err, greyshelf.NotFound)
}

func TestTokens(t *testing.T) {
	d := open(t)
	ada := d.setUp(t)
	secret, err := d.NewToken(t.Context(), people.Token{Person: ada.ID, Name: "harvest", Scopes: []people.Scope{people.ScopeWrite}, Expires: d.now.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	token, p, err := d.ByToken(t.Context(), secret)
	if err != nil || p.ID != ada.ID || token.Reader(p).Role != rights.Librarian || !token.Allows(people.ScopeAdd) || token.Allows(people.ScopeAdmin) {
		t.Error(token, p, err)
	}
	_, _, err = d.ByToken(t.Context(), secret+"x")
	kind(t, err, greyshelf.Forbidden)
	_, err = d.NewToken(t.Context(), people.Token{Person: ada.ID, Name: "bad", Scopes: []people.Scope{"everything"}})
	kind(t, err, greyshelf.Invalid)
	d.now = d.now.Add(2 * time.Hour)
	_, _, err = d.ByToken(t.Context(), secret)
	kind(t, err, greyshelf.Forbidden)
	if err := d.DropToken(t.Context(), "another", token.ID); err != nil {
		t.Error(err)
	}
	if all, err := d.Tokens(t.Context(), ada.ID); err != nil || len(all) != 1 {
		t.Error("a stranger dropped the token", all, err)
	}
	if err := d.DropToken(t.Context(), ada.ID, token.ID); err != nil {
		t.Error(err)
	}
}

func TestSessions(t *testing.T) {
	d := open(t)
	ada := d.setUp(t)
	s := people.Sessions{Records: d.catalog, Now: func() time.Time { return d.now }, Person: func(data []byte) string { return string(data) }}
	for _, token := range []string{"one", "two"} {
		if err := s.CommitCtx(t.Context(), token, []byte(ada.ID), d.now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.CommitCtx(t.Context(), "one", []byte(ada.ID), d.now.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if data, found, err := s.FindCtx(t.Context(), "one"); !found || string(data) != ada.ID || err != nil {
		t.Error(data, found, err)
	}
	d.now = d.now.Add(90 * time.Minute)
	if _, found, _ := s.FindCtx(t.Context(), "two"); found {
		t.Error("a session lives on after its end")
	}
	if err := d.SetPassword(t.Context(), ada.ID, password+"!"); err != nil {
		t.Fatal(err)
	}
	if _, found, _ := s.FindCtx(t.Context(), "one"); found {
		t.Error("a new password did not end the session")
	}
	if err := s.DeleteCtx(t.Context(), "one"); err != nil {
		t.Error(err)
	}
}
