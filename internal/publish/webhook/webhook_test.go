package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/fetch"
	"github.com/greyshelf/greyshelf/internal/publish/webhook"
)

// other is the other side: it keeps what it was sent and answers as told.
type other struct {
	mu     sync.Mutex
	status int
	got    []*http.Request
	bodies []string
}

func (o *other) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	o.got, o.bodies = append(o.got, r), append(o.bodies, string(body))
	w.WriteHeader(o.status)
}

type fixture struct {
	*webhook.Post
	other *other
	url   string
	now   time.Time
	n     int
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	c, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	f := &fixture{other: &other{status: 200}, now: time.Unix(1_800_000_000, 0)}
	server := httptest.NewServer(f.other)
	t.Cleanup(server.Close)
	f.url = server.URL + "/hook"
	f.Post = &webhook.Post{Catalog: c, Site: "https://library.example.org", Now: func() time.Time { return f.now },
		NewID: func() string { f.n++; return fmt.Sprint("id", f.n) },
		Send:  fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Timeout: 5 * time.Second})}
	return f
}

// put commits a report as it shall be.
func (f *fixture) put(t *testing.T, r greyshelf.Report) {
	t.Helper()
	f.n++
	if before, err := f.Catalog.Report(t.Context(), r.ID); err == nil {
		r.Revision, r.Created = before.Revision, before.Created
	}
	if _, err := f.Catalog.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: fmt.Sprint("d", f.n), At: f.now, Who: "ada", Method: greyshelf.ByPerson}, Reports: []greyshelf.Report{r}}); err != nil {
		t.Fatal(err)
	}
}

func (f *fixture) run(t *testing.T) {
	t.Helper()
	if err := f.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// verified checks a signature by itself, as the specification says.
func verified(t *testing.T, secret string, r *http.Request, body string) bool {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp"), body)
	return r.Header.Get("webhook-signature") == "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// TestLife tells of a report that is published, changed and withdrawn, and
// nothing of a draft or of what is the desk's own.
func TestLife(t *testing.T) {
	f := newFixture(t)
	hook, err := f.Put(t.Context(), webhook.Hook{Address: f.url})
	if err != nil {
		t.Fatal(err)
	}
	report := greyshelf.Report{ID: "wells", State: greyshelf.Draft, Title: "Secret draft"}
	f.put(t, report)
	f.run(t)
	if len(f.other.got) != 0 {
		t.Fatal("it tells of a draft")
	}
	report.State, report.Title, report.Note = greyshelf.Published, "Wells", "ask Anna"
	f.put(t, report)
	f.run(t)
	f.run(t)
	report.Title = "Wells of the South"
	f.put(t, report)
	f.run(t)
	report.State = greyshelf.Withdrawn
	f.put(t, report)
	f.run(t)
	if len(f.other.got) != 3 {
		t.Fatalf("%d messages: %v", len(f.other.got), f.other.bodies)
	}
	for i, want := range []webhook.Event{webhook.Published, webhook.Changed, webhook.Withdrawn} {
		var body struct {
			Type webhook.Event  `json:"type"`
			Data map[string]any `json:"data"`
		}
		if err := json.Unmarshal([]byte(f.other.bodies[i]), &body); err != nil || body.Type != want || body.Data["address"] != "https://library.example.org/r/wells" {
			t.Errorf("%d: %s, %v", i, f.other.bodies[i], err)
		}
		if !verified(t, hook.Secret, f.other.got[i], f.other.bodies[i]) {
			t.Errorf("%d: the signature is wrong", i)
		}
		if strings.Contains(f.other.bodies[i], "ask Anna") || want == webhook.Withdrawn && strings.Contains(f.other.bodies[i], "Wells of") {
			t.Errorf("%d tells too much: %s", i, f.other.bodies[i])
		}
	}
}

// TestTriedAgain: 500, then 200; the identifier stays; 410 switches off; what is
// never taken is given up.
func TestTriedAgain(t *testing.T) {
	f := newFixture(t)
	hook, err := f.Put(t.Context(), webhook.Hook{Address: f.url, Events: []webhook.Event{webhook.Published}})
	if err != nil {
		t.Fatal(err)
	}
	f.other.status = 500
	f.put(t, greyshelf.Report{ID: "a", State: greyshelf.Published, Title: "A"})
	f.run(t)
	f.run(t) // too early
	if len(f.other.got) != 1 {
		t.Fatalf("%d messages", len(f.other.got))
	}
	f.now, f.other.status = f.now.Add(2*time.Minute), 200
	f.run(t)
	if len(f.other.got) != 2 || f.other.got[0].Header.Get("webhook-id") != f.other.got[1].Header.Get("webhook-id") {
		t.Fatalf("%d messages", len(f.other.got))
	}
	f.other.status = 503
	f.put(t, greyshelf.Report{ID: "b", State: greyshelf.Published, Title: "B"})
	for range 20 {
		f.run(t)
		f.now = f.now.Add(3 * time.Hour)
	}
	all, err := f.Deliveries(t.Context(), hook.ID)
	if err != nil || len(all) != 2 || all[0].State != webhook.GivenUp || all[0].Tries != 8 || !strings.HasPrefix(all[0].Answer, "503") || all[1].State != webhook.Delivered {
		t.Errorf("%+v, %v", all, err)
	}
	f.other.status = 410
	if err := f.Again(t.Context(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	f.run(t)
	if hook, err = f.Hook(t.Context(), hook.ID); err != nil || !hook.Off {
		t.Errorf("after 410: %+v, %v", hook, err)
	}
	f.other.status = 200
	if err := f.Try(t.Context(), hook.ID); err != nil {
		t.Fatal(err)
	}
	f.run(t)
	if last := f.other.bodies[len(f.other.bodies)-1]; !strings.Contains(last, `"type":"test"`) {
		t.Errorf("the test was not sent to a hook that is off: %s", last)
	}
	f.now = f.now.Add(40 * 24 * time.Hour)
	f.run(t)
	if all, err = f.Deliveries(t.Context(), hook.ID); err != nil || len(all) != 0 {
		t.Errorf("after forty days: %+v, %v", all, err)
	}
}

// TestLateHook: a hook that comes to a library with reports in it is told of
// what changes from then on, by the right name.
func TestLateHook(t *testing.T) {
	f := newFixture(t)
	report := greyshelf.Report{ID: "a", State: greyshelf.Published, Title: "A"}
	f.put(t, report)
	f.run(t)
	if _, err := f.Put(t.Context(), webhook.Hook{Address: f.url}); err != nil {
		t.Fatal(err)
	}
	f.run(t)
	report.Title = "A, changed"
	f.put(t, report)
	f.run(t)
	if len(f.other.bodies) != 1 || !strings.Contains(f.other.bodies[0], `"type":"report.changed"`) {
		t.Errorf("%v", f.other.bodies)
	}
}

// TestBrokenOff: stopped between writing deliveries and moving the mark, the
// next run makes nothing twice.
func TestBrokenOff(t *testing.T) {
	f := newFixture(t)
	if _, err := f.Put(t.Context(), webhook.Hook{Address: f.url}); err != nil {
		t.Fatal(err)
	}
	f.put(t, greyshelf.Report{ID: "a", State: greyshelf.Published, Title: "A"})
	f.run(t)
	if err := f.Catalog.SetMark(t.Context(), "webhook", 0); err != nil {
		t.Fatal(err)
	}
	f.run(t)
	if len(f.other.got) != 1 {
		t.Errorf("%d messages", len(f.other.got))
	}
}

func TestPut(t *testing.T) {
	f := newFixture(t)
	for _, bad := range []webhook.Hook{{}, {Address: "ftp://x.example"}, {Address: "https://u:p@x.example"}, {Address: "https://x.example", Events: []webhook.Event{"moon"}}, {Address: "https://x.example", Secret: "short"}} {
		if _, err := f.Put(t.Context(), bad); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	hook, err := f.Put(t.Context(), webhook.Hook{Address: f.url})
	if err != nil || !strings.HasPrefix(hook.Secret, "whsec_") {
		t.Fatalf("%+v, %v", hook, err)
	}
	if err := f.Try(t.Context(), hook.ID); err != nil {
		t.Fatal(err)
	}
	if err := f.Remove(t.Context(), hook.ID); err != nil {
		t.Fatal(err)
	}
	if all, err := f.Deliveries(t.Context(), hook.ID); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}
