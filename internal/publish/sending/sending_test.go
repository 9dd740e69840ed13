package sending_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/mail/mailtest"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/rights"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// office is a desk with contacts and a mail server.
type office struct {
	t testing.TB
	*sending.Post
	store *catalogsqlite.Store
	mails *mailtest.Server
	now   time.Time
	n     int
}

func newOffice(t testing.TB, contacts int) *office {
	t.Helper()
	store, err := catalogsqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), catalogsqlite.Options{})
	must(t, err)
	t.Cleanup(func() { store.Close() })
	o := &office{t: t, store: store, mails: mailtest.Start(t, mailtest.Options{}), now: time.Date(2026, 4, 22, 8, 0, 0, 0, time.UTC)}
	now, newID := func() time.Time { return o.now }, func() string { o.n++; return fmt.Sprintf("made%06d", o.n) }
	o.Post = &sending.Post{
		Records: store, Digest: &digest.Desk{Catalog: store, Now: now, NewID: newID}, Contacts: &contact.Register{Records: store, Now: now, NewID: newID},
		Server: mail.Server{Host: o.mails.Host, Port: o.mails.Port, Security: mail.Plain, Timeout: 5 * time.Second}, From: mail.Address{Name: "Desk", Email: "desk@example.org"},
		Site: "https://library.example.org", Now: now, Words: func(string) digest.Words { return digest.Words{Number: "No. {0}", Unsubscribe: "Unsubscribe"} },
	}
	for i := range contacts {
		o.contact(fmt.Sprintf("reader%d@example.org", i))
	}
	_, err = store.Commit(t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: newID(), At: o.now, Who: "test", Method: greyshelf.ByAdd},
		Reports:  []greyshelf.Report{{ID: "a", State: greyshelf.Published, Title: "Wells <b> 𝒳 آبار"}},
	})
	must(t, err)
	return o
}

func (o *office) contact(email string) contact.Contact {
	o.t.Helper()
	c, _, err := o.Contacts.Subscribe(o.t.Context(), contact.Contact{Email: email})
	must(o.t, err)
	c, err = o.Contacts.Confirm(o.t.Context(), c.Token)
	must(o.t, err)
	return c
}

// schedule makes an issue that is due.
func (o *office) schedule() digest.Issue {
	o.t.Helper()
	who := rights.Reader{Name: "Ada"}
	i := digest.Issue{Title: "New"}
	i.Add("a")
	i, err := o.Digest.New(o.t.Context(), who, i)
	must(o.t, err)
	i, err = o.Digest.Schedule(o.t.Context(), who, i.ID, i.Revision, time.Time{})
	must(o.t, err)
	return i
}

func (o *office) counts(issue string) map[sending.State]int {
	o.t.Helper()
	counts, err := sending.Count(o.t.Context(), o.store, issue)
	must(o.t, err)
	return counts
}

func TestEverybodyOnce(t *testing.T) {
	o := newOffice(t, 5)
	_, _, err := o.Contacts.Subscribe(t.Context(), contact.Contact{Email: "silent@example.org"}) // never says yes
	must(t, err)
	gone := o.contact("gone@example.org")
	_, err = o.Contacts.Leave(t.Context(), gone.Token)
	must(t, err)
	i := o.schedule()
	for range 3 {
		must(t, o.Run(t.Context()))
	}
	if diff := cmp.Diff(map[string]int{"reader0@example.org": 1, "reader1@example.org": 1, "reader2@example.org": 1, "reader3@example.org": 1, "reader4@example.org": 1}, o.mails.Counts()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[sending.State]int{sending.Sent: 5}, o.counts(i.ID)); diff != "" {
		t.Error(diff)
	}
	message := o.mails.Messages("reader0@example.org")[0]
	for _, want := range []string{"Message-ID: <" + i.ID + ".", "Subject: New, No. 1\r\n", "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", "List-Unsubscribe: <https://library.example.org/unsubscribe/", "\r\n <https://library.example.org/unsubscribe/"} {
		if !strings.Contains(message, want) && !strings.Contains(strings.ReplaceAll(message, "\r\n ", " "), want) && !strings.HasPrefix(want, "\r\n ") {
			t.Errorf("no %q in\n%s", want, message)
		}
	}
}

// TestGroups: an issue for a group reaches that group only; who comes later
// gets the next one.
func TestGroups(t *testing.T) {
	o := newOffice(t, 2)
	press := o.contact("press@example.org")
	press.Groups = []string{"press"}
	_, err := o.Contacts.Put(t.Context(), press)
	must(t, err)
	i := o.schedule()
	i, err = o.Digest.Recall(t.Context(), rights.Reader{Name: "Ada"}, i.ID, i.Revision)
	must(t, err)
	i, err = o.Digest.Change(t.Context(), rights.Reader{Name: "Ada"}, i.ID, i.Revision, func(i *digest.Issue) error { i.Groups = []string{"press"}; return nil })
	must(t, err)
	_, err = o.Digest.Schedule(t.Context(), rights.Reader{Name: "Ada"}, i.ID, i.Revision, o.now.Add(time.Hour))
	must(t, err)
	must(t, o.Run(t.Context()))
	if n := len(o.mails.Counts()); n != 0 {
		t.Errorf("%d were sent before the time", n)
	}
	o.now = o.now.Add(2 * time.Hour)
	must(t, o.Run(t.Context()))
	o.contact("later@example.org")
	must(t, o.Run(t.Context()))
	if diff := cmp.Diff(map[string]int{"press@example.org": 1}, o.mails.Counts()); diff != "" {
		t.Error(diff)
	}
}

// TestServerTroubles: half of the addresses are refused, some only for now, one
// answer never comes; the desk sees each, and nobody is sent anything twice.
func TestServerTroubles(t *testing.T) {
	o := newOffice(t, 6)
	grey := true
	o.mails.Rcpt = func(to string) error {
		switch {
		case to == "reader0@example.org" || to == "reader1@example.org" || to == "reader2@example.org":
			return mailtest.Refuse(550, "no such user")
		case to == "reader3@example.org" && grey:
			return mailtest.Refuse(451, "later")
		}
		return nil
	}
	o.mails.Data = func(to string, _ []byte) error {
		if to == "reader4@example.org" {
			return mailtest.ErrHangUp
		}
		return nil
	}
	i := o.schedule()
	must(t, o.Run(t.Context()))
	if diff := cmp.Diff(map[sending.State]int{sending.Refused: 3, sending.Pending: 1, sending.InDoubt: 1, sending.Sent: 1}, o.counts(i.ID)); diff != "" {
		t.Error(diff)
	}
	must(t, o.Run(t.Context())) // not yet its time
	grey = false
	o.now = o.now.Add(time.Hour)
	must(t, o.Run(t.Context()))
	if diff := cmp.Diff(map[string]int{"reader3@example.org": 1, "reader4@example.org": 1, "reader5@example.org": 1}, o.mails.Counts()); diff != "" {
		t.Error(diff)
	}
	trouble, err := o.Troubled(t.Context(), i.ID)
	must(t, err)
	if len(trouble) != 4 || trouble[0].State != sending.InDoubt || !strings.Contains(trouble[1].Reason, "no such user") {
		t.Fatalf("%+v", trouble)
	}
	c, err := o.Contacts.ByEmail(t.Context(), "reader0@example.org")
	must(t, err)
	if len(c.Bounces) != 1 {
		t.Error("the refusal is not noted")
	}
	must(t, o.Resolve(t.Context(), trouble[0].ID, true))
	o.mails.Data = nil
	must(t, o.Run(t.Context()))
	both := o.mails.Messages("reader4@example.org")
	if len(both) != 2 || both[0] != both[1] {
		t.Error("sent again by hand, it is not the same message")
	}
	if err := o.Resolve(t.Context(), trouble[0].ID, true); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Error(err)
	}
}

func TestServerDown(t *testing.T) {
	o := newOffice(t, 3)
	up := o.Server
	o.Server.Port = 1
	i := o.schedule()
	for range 3 {
		if err := o.Run(t.Context()); greyshelf.KindOf(err) != greyshelf.Unavailable {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(map[sending.State]int{sending.Pending: 3}, o.counts(i.ID)); diff != "" {
		t.Error(diff)
	}
	o.Server = up
	must(t, o.Run(t.Context()))
	if diff := cmp.Diff(map[sending.State]int{sending.Sent: 3}, o.counts(i.ID)); diff != "" {
		t.Error(diff)
	}
}

// failing is a catalogue that fails at a write, as a process that is killed
// there would leave it.
type failing struct {
	*catalogsqlite.Store
	left int
}

var errKilled = errors.New("killed")

func (f *failing) PutRecords(ctx context.Context, records ...catalog.Record) error {
	if f.left == 0 {
		return errKilled
	}
	f.left--
	return f.Store.PutRecords(ctx, records...)
}

// TestEndedAtEveryWrite ends the work before every single write of the
// catalogue and goes on from there: nobody is missed and nobody is sent twice.
func TestEndedAtEveryWrite(t *testing.T) {
	doubts := 0
	for writes := range 9 {
		o := newOffice(t, 3)
		i := o.schedule()
		o.Records = &failing{o.store, writes}
		_ = o.Run(t.Context())
		o.Records = o.store
		must(t, o.Run(t.Context()))
		counts := o.counts(i.ID)
		total := 0
		for to, n := range o.mails.Counts() {
			if total += n; n != 1 {
				t.Errorf("after %d writes %s has %d", writes, to, n)
			}
		}
		doubts += counts[sending.InDoubt]
		if counts[sending.Sent]+counts[sending.InDoubt] != 3 || total < counts[sending.Sent] {
			t.Errorf("after %d writes: %v, %d arrived", writes, counts, total)
		}
	}
	if doubts == 0 {
		t.Error("no end was between DATA and its answer")
	}
}

func TestStopped(t *testing.T) {
	o := newOffice(t, 5)
	o.PerMinute = 60
	ctx, cancel := context.WithCancel(t.Context())
	waits := 0
	o.Wait = func(_ context.Context, d time.Duration) {
		if waits++; waits == 2 {
			cancel()
		}
		if d != time.Second {
			t.Error(d)
		}
	}
	i := o.schedule()
	if err := o.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if diff := cmp.Diff(map[sending.State]int{sending.Sent: 2, sending.Pending: 3}, o.counts(i.ID)); diff != "" {
		t.Error(diff)
	}
}

// TestWithdrawnSince: an issue whose reports are gone waits and holds up no
// other.
func TestWithdrawnSince(t *testing.T) {
	o := newOffice(t, 1)
	up := o.Server
	o.Server.Port = 1
	i := o.schedule()
	_ = o.Run(t.Context())
	o.Server = up
	r, err := o.store.Report(t.Context(), "a")
	must(t, err)
	r.State = greyshelf.Withdrawn
	_, err = o.store.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "w", At: o.now, Who: "x", Method: greyshelf.ByPerson}, Reports: []greyshelf.Report{r}})
	must(t, err)
	if err := o.Run(t.Context()); greyshelf.KindOf(err) == "" || o.counts(i.ID)[sending.Pending] != 1 {
		t.Error(err, o.counts(i.ID))
	}
	r.State, r.Revision = greyshelf.Published, 2
	_, err = o.store.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "back", At: o.now, Who: "x", Method: greyshelf.ByPerson}, Reports: []greyshelf.Report{r}})
	must(t, err)
	empty := o.schedule()
	r.State, r.Revision = greyshelf.Withdrawn, 3
	_, err = o.store.Commit(t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: "again", At: o.now, Who: "x", Method: greyshelf.ByPerson}, Reports: []greyshelf.Report{r, {ID: "b", State: greyshelf.Published, Title: "B"}},
	})
	must(t, err)
	whole := digest.Issue{Title: "Whole"}
	whole.Add("b")
	who := rights.Reader{Name: "Ada"}
	whole, err = o.Digest.New(t.Context(), who, whole)
	must(t, err)
	_, err = o.Digest.Schedule(t.Context(), who, whole.ID, whole.Revision, time.Time{})
	must(t, err)
	if err := o.Run(t.Context()); err == nil || o.counts(whole.ID)[sending.Sent] != 1 || len(o.counts(empty.ID)) != 0 {
		t.Error(err, o.counts(whole.ID), o.counts(empty.ID))
	}
}

// BenchmarkSend sends an issue of fifty entries to a thousand readers through a
// real server on this computer.
func BenchmarkSend(b *testing.B) {
	const readers = 1000
	for b.Loop() {
		b.StopTimer()
		o := newOffice(b, readers)
		i := digest.Issue{Title: "New"}
		for n := range 50 {
			id := fmt.Sprintf("r%d", n)
			_, err := o.store.Commit(b.Context(), catalog.Commit{
				Decision: greyshelf.Decision{ID: id, At: o.now, Who: "test", Method: greyshelf.ByAdd},
				Reports:  []greyshelf.Report{{ID: id, State: greyshelf.Published, Title: "Wells and rivers", Abstract: strings.Repeat("Water is scarce. ", 60)}},
			})
			must(b, err)
			i.Add(id)
		}
		i, err := o.Digest.New(b.Context(), rights.Reader{Name: "Ada"}, i)
		must(b, err)
		_, err = o.Digest.Schedule(b.Context(), rights.Reader{Name: "Ada"}, i.ID, i.Revision, time.Time{})
		must(b, err)
		b.StartTimer()
		must(b, o.Run(b.Context()))
		if n := len(o.mails.Counts()); n != readers {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(readers)*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

// TestSentBack: a notice is noted on the contact of the message, once, and one
// that is forged, temporary or of another's message on nobody.
func TestSentBack(t *testing.T) {
	o := newOffice(t, 1)
	i := o.schedule()
	must(t, o.Run(t.Context()))
	c, err := o.Contacts.ByEmail(t.Context(), "reader0@example.org")
	must(t, err)
	message := i.ID + "." + c.ID + "@example.org"
	for _, test := range []struct {
		bounce mail.Bounce
		want   bool
	}{
		{mail.Bounce{Message: message, Action: "failed", Status: "5.1.1", Reason: "no such user"}, true},
		{mail.Bounce{Message: message, Action: "failed", Status: "5.1.1"}, true},
		{mail.Bounce{Message: message, Action: "delayed", Status: "4.4.7"}, false},
		{mail.Bounce{Message: message, Action: "failed", Status: "4.4.7"}, false},
		{mail.Bounce{Message: "x" + message, Action: "failed", Status: "5.1.1"}, false},
		{mail.Bounce{Message: i.ID + "." + c.ID + "@evil.example.net", Action: "failed", Status: "5.1.1"}, false},
		{mail.Bounce{Recipient: "reader0@example.org", Action: "failed", Status: "5.1.1"}, false},
	} {
		if got, err := o.SentBack(t.Context(), test.bounce); got != test.want || err != nil {
			t.Errorf("%+v: %v %v", test.bounce, got, err)
		}
	}
	c, err = o.Contacts.ByEmail(t.Context(), "reader0@example.org")
	must(t, err)
	if len(c.Bounces) != 1 || c.Bounces[0].Reason != "5.1.1 no such user" {
		t.Errorf("%+v", c.Bounces)
	}
}
