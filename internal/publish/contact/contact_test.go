package contact_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type clock struct{ now time.Time }

func newRegister(t *testing.T) (*contact.Register, *clock) {
	t.Helper()
	store, err := catalogsqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), catalogsqlite.Options{})
	must(t, err)
	t.Cleanup(func() { store.Close() })
	c, n := &clock{time.Date(2026, 4, 22, 8, 0, 0, 0, time.UTC)}, 0
	return &contact.Register{Records: store, Now: func() time.Time { return c.now }, NewID: func() string { n++; return fmt.Sprintf("made%06d", n) }}, c
}

func TestDoubleOptIn(t *testing.T) {
	r, clock := newRegister(t)
	c, ask, err := r.Subscribe(t.Context(), contact.Contact{Email: "Ada@Example.org", Name: "Ada\r\nBcc: x", Groups: []string{"press"}})
	must(t, err)
	if !ask || c.In(nil) || c.Name != "Ada Bcc: x" || len(c.Groups) != 0 {
		t.Errorf("%+v", c)
	}
	for range 3 { // a form sent again and again fills nobody's mailbox
		if _, ask, err := r.Subscribe(t.Context(), contact.Contact{Email: "ada@example.org"}); err != nil || ask {
			t.Error(ask, err)
		}
	}
	clock.now = clock.now.Add(2 * time.Hour)
	again, ask, err := r.Subscribe(t.Context(), contact.Contact{Email: "ADA@example.org"})
	if err != nil || !ask || again.ID != c.ID {
		t.Error(ask, err, again)
	}
	if _, err := r.Confirm(t.Context(), c.Token+"x"); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Error(err)
	}
	c, err = r.Confirm(t.Context(), c.Token)
	must(t, err)
	if !c.In(nil) || c.In([]string{"press"}) {
		t.Errorf("%+v", c)
	}
	if _, ask, err := r.Subscribe(t.Context(), contact.Contact{Email: "ada@example.org"}); err != nil || ask {
		t.Error(ask, err)
	}
	for range 2 {
		c, err = r.Leave(t.Context(), c.Token)
		must(t, err)
	}
	if c.In(nil) || c.State != contact.Left {
		t.Errorf("%+v", c)
	}
}

func TestRoundTripAndErase(t *testing.T) {
	r, _ := newRegister(t)
	c, err := r.Put(t.Context(), contact.Contact{Email: "a@b.org", Name: "Åda 𝒳", Groups: []string{" press ", "press", ""}, Languages: []string{"en"}, Frequency: contact.Daily,
		Interests: contact.Interests{Headings: []string{"Wells"}, Publishers: []string{"Oasis"}, Searches: []string{"well AND year:2016"}}})
	must(t, err)
	read, err := r.Contact(t.Context(), c.ID)
	must(t, err)
	if diff := cmp.Diff(c, read, cmpopts.EquateEmpty()); diff != "" || !cmp.Equal(read.Groups, []string{"press"}) {
		t.Error(diff, read.Groups)
	}
	if _, err := r.Put(t.Context(), contact.Contact{Email: "A@B.org"}); greyshelf.KindOf(err) != greyshelf.Exists {
		t.Error(err)
	}
	for _, bad := range []contact.Contact{{Email: "a"}, {Email: "a@c.org\r\nx"}, {Email: "a@c.org", Frequency: "never"}} {
		if _, err := r.Put(t.Context(), bad); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	must(t, r.Erase(t.Context(), c.ID))
	for _, err := range []error{r.Erase(t.Context(), c.ID), second(r.ByEmail(t.Context(), "a@b.org")), second(r.ByToken(t.Context(), c.Token))} {
		if greyshelf.KindOf(err) != greyshelf.NotFound {
			t.Error(err)
		}
	}
}

func second(_ contact.Contact, err error) error { return err }

func TestBounces(t *testing.T) {
	r, _ := newRegister(t)
	c, err := r.Put(t.Context(), contact.Contact{Email: "a@b.org", State: contact.Active})
	must(t, err)
	must(t, r.Bounce(t.Context(), c.ID, "no such\r\nuser"))
	must(t, r.Arrived(t.Context(), c.ID))
	for range 3 {
		c, err = r.Contact(t.Context(), c.ID)
		must(t, err)
		if c.State != contact.Active {
			t.Error("ended too early")
		}
		must(t, r.Bounce(t.Context(), c.ID, "no such\r\nuser"))
	}
	c, err = r.Contact(t.Context(), c.ID)
	must(t, err)
	if c.State != contact.Bounced || c.Bounces[0].Reason != "no such user" {
		t.Errorf("%+v", c)
	}
	must(t, r.Bounce(t.Context(), "nobody", "x"))
}

// TestSentBack: messages that come back after they were taken count although
// the server goes on taking them, each once, until the contact is paused.
func TestSentBack(t *testing.T) {
	r, clock := newRegister(t)
	c, err := r.Put(t.Context(), contact.Contact{Email: "a@b.org", State: contact.Active})
	must(t, err)
	for n, message := range []string{"1@x", "1@x", "2@x", "3@x"} {
		must(t, r.Bounce(t.Context(), c.ID, "full"))
		must(t, r.Arrived(t.Context(), c.ID))
		must(t, r.SentBack(t.Context(), c.ID, message, "no such user"))
		c, err = r.Contact(t.Context(), c.ID)
		must(t, err)
		if (c.State == contact.Bounced) != (n == 3) {
			t.Errorf("after %d: %+v", n+1, c)
		}
	}
	clock.now = clock.now.AddDate(1, 0, 0)
	must(t, r.Arrived(t.Context(), c.ID))
	if c, err = r.Contact(t.Context(), c.ID); err != nil || len(c.Bounces) != 0 {
		t.Error(c, err)
	}
	if err := r.SentBack(t.Context(), "nobody", "4@x", ""); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Error(err)
	}
}

// TestAlertsOnly: who asks for a search only gets no issues; who was kept
// before that could be said keeps them.
func TestAlertsOnly(t *testing.T) {
	r, clock := newRegister(t)
	search := contact.Contact{Email: "a@b.org", AlertsOnly: true, Interests: contact.Interests{Searches: []string{"well"}}}
	c, _, err := r.Subscribe(t.Context(), search)
	must(t, err)
	c, err = r.Confirm(t.Context(), c.Token)
	must(t, err)
	if c.In(nil) || !c.WantsAlerts() {
		t.Errorf("%+v", c)
	}
	clock.now = clock.now.Add(2 * time.Hour)
	if _, ask, err := r.Subscribe(t.Context(), search); err != nil || ask {
		t.Error("asked to say yes to what it has:", ask, err)
	}
	c, ask, err := r.Subscribe(t.Context(), contact.Contact{Email: "a@b.org"}) // now the digest too
	must(t, err)
	if !ask || c.In(nil) || c.Granted().AlertsOnly {
		t.Errorf("%v %+v", ask, c)
	}
	c, err = r.Confirm(t.Context(), c.Token)
	must(t, err)
	if !c.In(nil) || !cmp.Equal(c.Interests.Searches, []string{"well"}) {
		t.Errorf("%+v", c)
	}
	_, err = r.Leave(t.Context(), c.Token)
	must(t, err)
	clock.now = clock.now.Add(2 * time.Hour)
	search.Interests.Searches = []string{"river"}
	_, _, err = r.Subscribe(t.Context(), search)
	must(t, err)
	if c, err = r.Confirm(t.Context(), c.Token); err != nil || c.In(nil) || !cmp.Equal(c.Interests.Searches, []string{"river"}) {
		t.Errorf("who comes back gets what it left: %v %+v", err, c)
	}
	must(t, r.Records.PutRecords(t.Context(), catalog.Record{Kind: contact.Kind, ID: "old", Data: []byte(`{"id":"old","email":"o@b.org","state":"active","interests":{"searches":["x"]},"token":"t"}`)}))
	if old, err := r.Contact(t.Context(), "old"); err != nil || !old.In(nil) {
		t.Errorf("an older contact lost the digest: %v %+v", err, old)
	}
}

// TestEverythingStays: a search beside everything new narrows nothing.
func TestEverythingStays(t *testing.T) {
	r, clock := newRegister(t)
	c, err := r.Put(t.Context(), contact.Contact{Email: "a@b.org", State: contact.Active, Frequency: contact.Daily})
	must(t, err)
	clock.now = clock.now.Add(2 * time.Hour)
	_, ask, err := r.Subscribe(t.Context(), contact.Contact{Email: "a@b.org", AlertsOnly: true, Languages: []string{"fr"}, Interests: contact.Interests{Searches: []string{"well"}}})
	must(t, err)
	c, err = r.Confirm(t.Context(), c.Token)
	if err != nil || !ask || !c.Interests.All || c.AlertsOnly || len(c.Languages) != 0 || c.Frequency != contact.Daily {
		t.Errorf("%v %v %+v", err, ask, c)
	}
}
