package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// person gives who has the role.
func (l *library) person(role rights.Role) people.Person {
	l.t.Helper()
	all, err := l.web.People.People(l.t.Context())
	must(l.t, err)
	for _, p := range all {
		if p.Role == role {
			return p
		}
	}
	l.t.Fatalf("nobody is %s", role)
	return people.Person{}
}

// TestRightsGoWhileEditing: a form that was open when its writer was removed,
// lost the role or was signed out changes nothing, and what was typed comes back.
func TestRightsGoWhileEditing(t *testing.T) {
	for name, beneath := range map[string]func(*library, func(*http.Request)){
		"removed": func(l *library, _ func(*http.Request)) {
			p := l.person(rights.Librarian)
			p.Disabled = true
			_, err := l.web.People.Put(l.t.Context(), "test", p)
			must(l.t, err)
		},
		"became a member": func(l *library, _ func(*http.Request)) {
			p := l.person(rights.Librarian)
			p.Role = rights.Member
			_, err := l.web.People.Put(l.t.Context(), "test", p)
			must(l.t, err)
		},
		"signed out": func(l *library, as func(*http.Request)) {
			if w := l.ask(visitor, "/sign-out", url.Values{}, as); w.Code != http.StatusSeeOther {
				l.t.Fatal(w.Code)
			}
		},
		"sessions ended": func(l *library, _ func(*http.Request)) {
			must(l.t, l.web.People.EndSessions(l.t.Context(), l.person(rights.Librarian).ID))
		},
	} {
		l := newLibrary(t)
		as := withPeople(t, l)[rights.Librarian]
		if w := l.ask(visitor, "/r/open/edit", nil, as); w.Code != http.StatusOK {
			t.Fatal(w.Code)
		}
		beneath(l, as)
		typed := url.Values{"revision": {"1"}, "abstract": {"Written for <b>an hour</b>\r\nand more."}, "password": {"secretword"}}
		for _, path := range []string{"/r/open/edit", "/queue/open", "/digests", "/a/none/edit", "/r/open/takedown"} {
			w := l.ask(visitor, path, typed, as)
			body := w.Body.String()
			if w.Code != http.StatusForbidden || !strings.Contains(body, ">Written for &lt;b&gt;an hour&lt;/b&gt;\nand more.</textarea>") || strings.Contains(body, "secretword") {
				t.Errorf("%s: %s: status %d: %s", name, path, w.Code, body)
			}
		}
		if w := l.ask(visitor, "/r/open/edit", typed, as, header("Sec-Fetch-Site", "cross-site")); strings.Contains(w.Body.String(), "Written for") {
			t.Errorf("%s: what another site sends is shown", name)
		}
		if r := l.report("open"); r.Revision != 1 {
			t.Errorf("%s: the report is at revision %d", name, r.Revision)
		}
	}
}

// TestReportGoesWhileEditing: a report that was withdrawn or taken down while
// somebody wrote is not brought back by the form, and what was typed comes back.
func TestReportGoesWhileEditing(t *testing.T) {
	for name, beneath := range map[string]func(*library) error{
		"withdrawn": func(l *library) error {
			l.change("open", func(r *greyshelf.Report) { r.State = greyshelf.Withdrawn })
			return nil
		},
		"taken down": func(l *library) error {
			_, err := l.web.Desk.TakeDown(l.t.Context(), "Ben", "open", 1, "The publisher asked for it.", "")
			return err
		},
		"refused": func(l *library) error {
			l.change("open", func(r *greyshelf.Report) { r.State = greyshelf.Refused })
			return nil
		},
	} {
		l := newLibrary(t)
		must(t, beneath(l))
		before := l.report("open")
		form := url.Values{"revision": {"1"}, "seen": {"1"}, "abstract": {"Written for an hour."}}
		for _, path := range []string{"/r/open/edit", "/queue/open"} {
			w := l.ask(local, path, form)
			if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Written for an hour.") {
				t.Errorf("%s: %s: status %d: %s", name, path, w.Code, w.Body)
			}
		}
		after := l.report("open")
		if after.Revision != before.Revision || after.State != before.State || after.Tombstone != before.Tombstone {
			t.Errorf("%s: %+v", name, after)
		}
	}
}

// TestClockGoesBack: the clock is set back by a day between two decisions. The
// order of what was decided stays, its chain holds, it can be undone, and what
// was made while the clock was ahead does not outlive everything.
func TestClockGoesBack(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	l := newLibrary(t, func(o *Options) { o.Now = func() time.Time { return now } })
	l.web.Desk.Now = func() time.Time { return now }
	as := withPeople(t, l)
	l.web.People = people.New(l.catalog, func() time.Time { return now }, l.web.Desk.NewID)
	l.handler = New(l.web, l.options)

	first := l.change("open", func(r *greyshelf.Report) { r.Title = "First" })
	now = now.AddDate(0, 0, -1)
	second := l.change("open", func(r *greyshelf.Report) { r.Title = "Second" })
	if second.Seq <= first.Seq || !second.At.Before(first.At) {
		t.Fatalf("%+v after %+v", second, first)
	}
	body := l.ask(visitor, "/r/open/history", nil, as[rights.Librarian]).Body.String()
	if i, j := strings.Index(body, ">Second"), strings.Index(body, ">First"); i < 0 || j < i {
		t.Errorf("the newer change stands below the older: %d, %d", i, j)
	}
	log, err := l.catalog.Decisions(t.Context(), "open", 0)
	must(t, err)
	if len(log) != 3 || log[0].ID != second.ID {
		t.Errorf("%v", log)
	}
	if defects, err := l.catalog.Check(t.Context()); err != nil || len(defects) > 0 {
		t.Error(defects, err)
	}
	if w := l.ask(visitor, "/r/open/undo", url.Values{"decision": {second.ID}}, as[rights.Librarian]); w.Code != http.StatusSeeOther || l.report("open").Title != "First" {
		t.Errorf("undo: status %d, %q", w.Code, l.report("open").Title)
	}
	if w := l.ask(visitor, "/r/open/edit", url.Values{"revision": {"4"}, "abstract": {"Third"}}, as[rights.Librarian]); w.Code != http.StatusSeeOther {
		t.Errorf("editing after the clock went back: status %d", w.Code)
	}

	now = now.AddDate(40, 0, 0) // a clock that is ahead by far
	secret, err := l.web.People.Invite(t.Context(), l.person(rights.Member).ID)
	must(t, err)
	sessions := people.Sessions{Records: l.catalog, Now: func() time.Time { return now }, Person: func([]byte) string { return "" }}
	must(t, sessions.Commit("a token", []byte("data"), now.Add(7*24*time.Hour)))
	if _, found, err := sessions.Find("a token"); err != nil || !found {
		t.Error("a new session is not found: ", err)
	}
	now = now.AddDate(-40, 0, 0)
	if _, found, err := sessions.Find("a token"); err != nil || found {
		t.Error("a session made in 2066 lives: ", err)
	}
	if w := l.ask(visitor, "/invitation/"+secret, nil); w.Code != http.StatusNotFound {
		t.Errorf("an invitation made in 2066 lives: status %d", w.Code)
	}
}

// TestWaitEndsWhenTheClockGoesBack: who guessed wrong waits minutes, not until
// the clock is where it was.
func TestWaitEndsWhenTheClockGoesBack(t *testing.T) {
	l := newLibrary(t)
	withPeople(t, l)
	now := time.Now()
	l.web.People = people.New(l.catalog, func() time.Time { return now }, l.web.Desk.NewID)
	l.handler = New(l.web, l.options)
	try := func(password string) int {
		return l.ask(visitor, "/sign-in", url.Values{"email": {"member@example.org"}, "password": {password}}).Code
	}
	for range 7 {
		try("wrong")
	}
	now = now.AddDate(0, 0, -1)
	if got := try(passphrase); got != http.StatusTooManyRequests {
		t.Errorf("status %d, want a wait", got)
	}
	now = now.Add(20 * time.Minute)
	if got := try(passphrase); got != http.StatusSeeOther {
		t.Errorf("status %d after the wait", got)
	}
}
