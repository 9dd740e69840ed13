package alert_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/mail/mailtest"
	"github.com/greyshelf/greyshelf/internal/publish/alert"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// library is a catalogue, readers and a mail server. Its searches find a word
// in the abstract.
type library struct {
	t testing.TB
	*alert.Office
	post  *sending.Post
	store *catalogsqlite.Store
	mails *mailtest.Server
	now   time.Time
	n     int
}

func newLibrary(t testing.TB) *library {
	t.Helper()
	store, err := catalogsqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), catalogsqlite.Options{})
	must(t, err)
	t.Cleanup(func() { store.Close() })
	l := &library{t: t, store: store, mails: mailtest.Start(t, mailtest.Options{}), now: time.Date(2026, 4, 22, 8, 0, 0, 0, time.UTC)} // a Wednesday
	now, newID := func() time.Time { return l.now }, func() string { l.n++; return fmt.Sprintf("made%06d", l.n) }
	contacts := &contact.Register{Records: store, Now: now, NewID: newID}
	l.Office = &alert.Office{
		Catalog: store, Contacts: contacts, Site: "https://library.example.org", Now: now, NewID: newID, Search: l.search,
		FileName: func(sha string) string { return sha[:4] },
		Indexed:  func(context.Context) (int64, error) { return 1 << 40, nil },
		Words: func(string) alert.Words {
			return alert.Words{One: "New: {0}", Many: "{0} new reports", Page: "p. {0}", Why: "You asked.", Unsubscribe: "Unsubscribe"}
		},
		Authority: func(_ context.Context, id string) (greyshelf.Authority, error) {
			switch id {
			case "wells":
				return greyshelf.Authority{ID: id, Label: "Wells", Broader: []string{"water", "wells"}}, nil // a circle harms nobody
			case "water":
				return greyshelf.Authority{ID: id, Label: "Water", Broader: []string{"wells"}}, nil
			}
			return greyshelf.Authority{}, greyshelf.Errorf(greyshelf.NotFound, "read", id, "unknown")
		},
	}
	l.post = &sending.Post{
		Records: store, Digest: &digest.Desk{Catalog: store, Now: now, NewID: newID}, Contacts: contacts, Alerts: l.Office,
		Server: mail.Server{Host: l.mails.Host, Port: l.mails.Port, Security: mail.Plain, Timeout: 5 * time.Second}, From: mail.Address{Name: "Desk", Email: "desk@example.org"},
		Site: l.Site, Now: now, Words: func(string) digest.Words { return digest.Words{} },
	}
	l.run()
	return l
}

func (l *library) search(ctx context.Context, query, id string) (bool, []alert.Passage, error) {
	if query == "(" {
		return false, nil, greyshelf.Errorf(greyshelf.Invalid, "search", query, "this is no query")
	}
	r, err := l.store.Report(ctx, id)
	at := strings.Index(r.Abstract, query)
	if err != nil || at < 0 {
		return false, nil, err
	}
	return true, []alert.Passage{{File: strings.Repeat("ab", 32), Page: 7, Label: "vii", Text: r.Abstract, Marks: [][2]int{{at, at + len(query)}}, Open: true}}, nil
}

func (l *library) add(r greyshelf.Report) {
	l.t.Helper()
	if r.State == "" {
		r.State = greyshelf.Published
	}
	l.n++
	_, err := l.store.Commit(l.t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: fmt.Sprintf("decided%d", l.n), At: l.now, Who: "test", Method: greyshelf.ByAdd}, Reports: []greyshelf.Report{r},
	})
	must(l.t, err)
}

// change writes a report again.
func (l *library) change(id string, how func(*greyshelf.Report)) {
	l.t.Helper()
	r, err := l.store.Report(l.t.Context(), id)
	must(l.t, err)
	how(&r)
	l.add(r)
}

func (l *library) reader(email string, f contact.Frequency, i contact.Interests, languages ...string) contact.Contact {
	l.t.Helper()
	c, err := l.Contacts.Put(l.t.Context(), contact.Contact{Email: email, State: contact.Active, Frequency: f, Interests: i, Languages: languages})
	must(l.t, err)
	return c
}

// run makes alerts and sends them.
func (l *library) run() int {
	l.t.Helper()
	n, err := l.Run(l.t.Context())
	must(l.t, err)
	must(l.t, l.post.Run(l.t.Context()))
	return n
}

func TestOnceEach(t *testing.T) {
	l := newLibrary(t)
	l.reader("all@example.org", contact.AtOnce, contact.Interests{})
	l.reader("digest@example.org", "", contact.Interests{}) // issues of the digest only
	gone := l.reader("gone@example.org", contact.AtOnce, contact.Interests{})
	l.run()
	_, err := l.Contacts.Leave(t.Context(), gone.Token)
	must(t, err)
	l.add(greyshelf.Report{ID: "a", Title: "Wells"})
	l.add(greyshelf.Report{ID: "b", Title: "Draft", State: greyshelf.Draft})
	if n := l.run(); n != 1 {
		t.Error(n)
	}
	l.change("a", func(r *greyshelf.Report) { r.Abstract = "Now with an abstract." })
	for range 3 {
		if n := l.run(); n != 0 {
			t.Error("told again, or of nothing")
		}
	}
	l.change("b", func(r *greyshelf.Report) { r.State = greyshelf.Published })
	l.run()
	if diff := cmp.Diff(map[string]int{"all@example.org": 2}, l.mails.Counts()); diff != "" {
		t.Error(diff)
	}
	message := l.mails.Messages("all@example.org")[0]
	for _, want := range []string{"Subject: New: Wells\r\n", "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", "Message-ID: <made", "https://library.example.org/r/a"} {
		if !strings.Contains(message, want) {
			t.Errorf("no %q in\n%s", want, message)
		}
	}
	counts, err := sending.CountAlerts(t.Context(), l.store)
	must(t, err)
	if counts[sending.Sent] != 2 {
		t.Error(counts)
	}
}

// TestOldLibrary: what was there before the first run is told to nobody, also
// when it changes.
func TestOldLibrary(t *testing.T) {
	l := newLibrary(t)
	l.add(greyshelf.Report{ID: "old", Title: "Old"})
	l.run()
	l.reader("new@example.org", contact.AtOnce, contact.Interests{})
	l.run()
	l.change("old", func(r *greyshelf.Report) { r.Abstract = "x" })
	l.run()
	if n := len(l.mails.Counts()); n != 0 {
		t.Error(l.mails.Counts())
	}
}

// TestIndexBehind: what the index does not hold yet waits, and is not lost.
func TestIndexBehind(t *testing.T) {
	l := newLibrary(t)
	l.reader("a@example.org", contact.AtOnce, contact.Interests{Searches: []string{"well"}})
	l.run()
	indexed := int64(0)
	l.Indexed = func(context.Context) (int64, error) { return indexed, nil }
	l.add(greyshelf.Report{ID: "a", Title: "A", Abstract: "a well"})
	if n := l.run(); n != 0 {
		t.Error(n)
	}
	indexed = 1 << 40
	if n := l.run(); n != 1 {
		t.Error(n)
	}
}

func TestMatching(t *testing.T) {
	report := greyshelf.Report{ID: "r", Title: "R", Abstract: "the well is dry", Languages: []string{"en-GB"},
		Headings: []greyshelf.Heading{{Label: "Wells", Authority: "wells"}}, Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Name: "Oasis  Institute"}, Role: greyshelf.Publisher}, {Agent: greyshelf.Agent{Name: "Ada"}, Role: greyshelf.Author}}}
	for name, test := range map[string]struct {
		interests contact.Interests
		languages []string
		want      bool
		passages  int
	}{
		"nothing named":        {contact.Interests{}, nil, true, 0},
		"its heading":          {contact.Interests{Headings: []string{"wells"}}, nil, true, 0},
		"a broader heading":    {contact.Interests{Headings: []string{"WATER"}}, nil, true, 0},
		"a concept":            {contact.Interests{Headings: []string{"water"}}, nil, true, 0},
		"another heading":      {contact.Interests{Headings: []string{"Energy"}}, nil, false, 0},
		"everything beside it": {contact.Interests{All: true, Headings: []string{"Energy"}}, nil, true, 0},
		"its publisher":        {contact.Interests{Publishers: []string{"oasis institute"}}, nil, true, 0},
		"an author":            {contact.Interests{Publishers: []string{"Ada"}}, nil, false, 0},
		"a search":             {contact.Interests{Searches: []string{"well"}}, nil, true, 1},
		"two, one passage":     {contact.Interests{Searches: []string{"well", "dry"}}, nil, true, 1},
		"a search in vain":     {contact.Interests{Searches: []string{"river"}}, nil, false, 0},
		"no query":             {contact.Interests{Searches: []string{"("}}, nil, false, 0},
		"no query and another": {contact.Interests{Searches: []string{"(", "well"}}, nil, true, 1},
		"heading or search":    {contact.Interests{Headings: []string{"Energy"}, Searches: []string{"well"}}, nil, true, 1},
		"its language":         {contact.Interests{}, []string{"en"}, true, 0},
		"another language":     {contact.Interests{}, []string{"fr", "de"}, false, 0},
		"one of them":          {contact.Interests{Searches: []string{"well"}}, []string{"fr", "EN"}, true, 1},
		"search and language":  {contact.Interests{Searches: []string{"well"}}, []string{"fr"}, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLibrary(t)
			c := l.reader("a@example.org", contact.Weekly, test.interests, test.languages...)
			l.run()
			l.add(report)
			l.now = l.now.AddDate(0, 0, 7)
			shown, err := l.Office.Preview(t.Context(), c.ID)
			must(t, err)
			if got := len(shown.Entries) == 1; got != test.want {
				t.Error("the preview matched:", got)
			}
			if got := l.run() == 1; got != test.want {
				t.Fatal("matched:", got)
			}
			if messages := l.mails.Messages("a@example.org"); test.want && strings.Count(messages[0], "<blockquote") != test.passages {
				t.Error(messages[0])
			}
		})
	}
}

func TestPeriods(t *testing.T) {
	at := func(text string) time.Time {
		v, err := time.Parse("2006-01-02 15:04", text)
		must(t, err)
		return v
	}
	for _, test := range []struct {
		f         contact.Frequency
		now, want string
	}{
		{contact.AtOnce, "2026-04-22 08:15", "2026-04-22 08:15"},
		{contact.Daily, "2026-04-22 08:15", "2026-04-22 00:00"},
		{contact.Weekly, "2026-04-22 08:15", "2026-04-20 00:00"},
		{contact.Weekly, "2026-04-20 00:00", "2026-04-20 00:00"},
		{contact.Weekly, "2026-04-26 23:59", "2026-04-20 00:00"}, // Sunday
		{contact.Weekly, "2026-03-01 12:00", "2026-02-23 00:00"}, // over the end of a month
		{"", "2026-04-22 08:15", "2026-04-20 00:00"},
		{contact.Monthly, "2026-04-22 08:15", "2026-04-01 00:00"},
		{contact.Monthly, "2026-01-01 00:00", "2026-01-01 00:00"},
	} {
		if got := alert.Begin(test.f, at(test.now)); !got.Equal(at(test.want)) {
			t.Errorf("%s at %s: %s", test.f, test.now, got)
		}
	}
	paris := time.FixedZone("", 7200)
	if got := alert.Begin(contact.Daily, time.Date(2026, 4, 22, 0, 30, 0, 0, paris)); got.UTC().Hour() != 22 {
		t.Error("a day does not begin in the library's time zone:", got)
	}
}

// TestFrequency: a report comes when the period is over, once, and together
// with the others of the period.
func TestFrequency(t *testing.T) {
	l := newLibrary(t)
	for _, f := range contact.Frequencies() {
		l.reader(string(f)+"@example.org", f, contact.Interests{})
	}
	l.run()
	for day := range 40 { // from Wednesday, 22 April to the end of May
		l.add(greyshelf.Report{ID: fmt.Sprintf("r%d", day), Title: "R"})
		for range 2 {
			l.run()
		}
		l.now = l.now.AddDate(0, 0, 1)
	}
	if diff := cmp.Diff(map[string]int{"at-once@example.org": 40, "daily@example.org": 39, "weekly@example.org": 5, "monthly@example.org": 1}, l.mails.Counts()); diff != "" {
		t.Error(diff)
	}
}

// TestMany: more than an alert holds comes in several, each report once.
func TestMany(t *testing.T) {
	l := newLibrary(t)
	l.reader("a@example.org", contact.Daily, contact.Interests{})
	l.run()
	for n := range 230 {
		l.add(greyshelf.Report{ID: fmt.Sprintf("r%dx", n), Title: "R"})
	}
	l.now = l.now.AddDate(0, 0, 1)
	for range 5 {
		l.run()
	}
	all := strings.ReplaceAll(strings.Join(l.mails.Messages("a@example.org"), ""), "=\r\n", "")
	for n := range 230 {
		if got := strings.Count(all, fmt.Sprintf("\nhttps://library.example.org/r/r%dx\r\n", n)); got != 1 {
			t.Fatalf("report %d came %d times", n, got)
		}
	}
	if n := len(l.mails.Messages("a@example.org")); n != 3 {
		t.Error(n)
	}
}

// TestComeBack: who left and came back hears of what came since then only, and
// who was erased leaves nothing behind.
func TestComeBack(t *testing.T) {
	l := newLibrary(t)
	c := l.reader("a@example.org", contact.AtOnce, contact.Interests{Searches: []string{"secret"}})
	l.run()
	l.add(greyshelf.Report{ID: "a", Title: "A", Abstract: "a secret"})
	l.run()
	_, err := l.Contacts.Leave(t.Context(), c.Token)
	must(t, err)
	l.run()
	l.add(greyshelf.Report{ID: "b", Title: "B", Abstract: "a secret"})
	l.run()
	l.now = l.now.Add(time.Hour)
	_, err = l.Contacts.Confirm(t.Context(), c.Token)
	must(t, err)
	l.run()
	if n := len(l.mails.Messages("a@example.org")); n != 1 {
		t.Error(n)
	}
	must(t, l.Contacts.Erase(t.Context(), c.ID))
	l.run()
	for _, kind := range []string{alert.Kind, "alert-mark"} {
		for r := range l.store.Records(t.Context(), catalog.RecordFilter{Kind: kind}) {
			t.Error("left behind:", string(r.Data))
		}
	}
}

// TestRights: of a report without extracts no passage goes out, and what is
// withdrawn before the mail goes is not in it; then no mail goes.
func TestRights(t *testing.T) {
	l := newLibrary(t)
	l.reader("a@example.org", contact.AtOnce, contact.Interests{Searches: []string{"well"}})
	l.run()
	l.add(greyshelf.Report{ID: "link", Title: "L", Abstract: "a well", Rights: greyshelf.Rights{Access: greyshelf.AccessLink}})
	l.run()
	l.add(greyshelf.Report{ID: "extract", Title: "E", Abstract: strings.Repeat("long ", 100) + "a well", Rights: greyshelf.Rights{Access: greyshelf.AccessExtract}})
	l.run()
	l.add(greyshelf.Report{ID: "later", Title: "W", Abstract: "a well"})
	if n, err := l.Run(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	l.change("later", func(r *greyshelf.Report) { r.State = greyshelf.Withdrawn })
	must(t, l.post.Run(t.Context()))
	messages := l.mails.Messages("a@example.org")
	if len(messages) != 2 || strings.Contains(messages[0], "<blockquote") || !strings.Contains(messages[1], "<blockquote") || strings.Contains(messages[1], "/p/7") {
		t.Error(messages)
	}
	counts, err := sending.CountAlerts(t.Context(), l.store)
	must(t, err)
	if diff := cmp.Diff(map[sending.State]int{sending.Sent: 2, sending.Skipped: 1}, counts); diff != "" {
		t.Error(diff)
	}
}

// TestHostileTitles: whatever a title holds, it adds no header and no markup,
// and the mail goes.
func TestHostileTitles(t *testing.T) {
	l := newLibrary(t)
	l.reader("a@example.org", contact.AtOnce, contact.Interests{Searches: []string{"x"}})
	l.run()
	titles := []string{"A\r\nBcc: evil@example.org", "<script>alert(1)</script>", "{{.Leave}}", "=?utf-8?q?x?=\u2028y", "آبار \u202e𝒳", strings.Repeat("long ", 1000), "", "\x00\x1b[31m", "bad \xff utf-8"}
	for n, title := range titles {
		l.add(greyshelf.Report{ID: fmt.Sprint("t", n), Title: strings.ToValidUTF8(title, "?"), Abstract: "x <img src=http://evil.example.org/>\r\n.\r\n" + title,
			Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Name: "P\r\nX: y <b>"}, Role: greyshelf.Publisher}}})
		l.run()
	}
	messages := l.mails.Messages("a@example.org")
	if len(messages) != len(titles) {
		t.Fatalf("%d of %d", len(messages), len(titles))
	}
	for _, message := range messages {
		head, body, _ := strings.Cut(message, "\r\n\r\n")
		names := []string{}
		for _, line := range strings.Split(head, "\r\n") {
			if name, _, found := strings.Cut(line, ":"); found && !strings.HasPrefix(line, " ") {
				names = append(names, name)
			}
		}
		if want := []string{"Message-ID", "Date", "From", "To", "Subject", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence", "Auto-Submitted", "MIME-Version", "Content-Type"}; !slices.Equal(names, want) {
			t.Error(names)
		}
		_, html, _ := strings.Cut(strings.ReplaceAll(body, "=\r\n", ""), "<!DOCTYPE")
		if strings.Contains(html, "<script") || strings.Contains(html, "<img") {
			t.Error(html)
		}
	}
}

// TestInDoubt: an alert whose answer never came is in doubt, is never sent
// again by itself, and by hand it is the same message; a server that is down
// loses none.
func TestInDoubt(t *testing.T) {
	l := newLibrary(t)
	l.reader("a@example.org", contact.AtOnce, contact.Interests{})
	l.run()
	up := l.post.Server
	l.post.Server.Port = 1
	l.add(greyshelf.Report{ID: "a", Title: "A"})
	if n, err := l.Run(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if err := l.post.Run(t.Context()); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Fatal(err)
	}
	l.post.Server = up
	l.mails.Data = func(string, []byte) error { return mailtest.ErrHangUp }
	for range 3 {
		l.run()
	}
	l.mails.Data = nil
	l.run()
	troubled, err := l.post.TroubledAlerts(t.Context())
	must(t, err)
	if len(troubled) != 1 || troubled[0].State != sending.InDoubt {
		t.Fatalf("%+v", troubled)
	}
	must(t, l.post.Resolve(t.Context(), troubled[0].ID, true))
	l.now = l.now.Add(time.Hour)
	l.run()
	if both := l.mails.Messages("a@example.org"); len(both) != 2 || both[0] != both[1] {
		t.Error("not the same message twice:", both)
	}
}
