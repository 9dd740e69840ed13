package main

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/mail/mailtest"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// killer kills a process when the mail server has come to a certain point.
type killer struct {
	mu      sync.Mutex
	process *os.Process
	left    int  // messages until the kill; 0 = never
	inData  bool // after the message came and before its answer, else when the address is named
}

func (k *killer) aim(p *os.Process, left int, inData bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.process, k.left, k.inData = p, left, inData
}

func (k *killer) at(inData bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.left == 0 || k.inData != inData {
		return
	}
	if k.left--; k.left == 0 {
		_ = k.process.Kill()
	}
}

// TestKillDuringSending kills the real program (SIGKILL) twenty times while it
// sends an issue to two hundred readers: in the end everybody was sent it, but
// those in doubt perhaps, and nobody twice.
func TestKillDuringSending(t *testing.T) {
	const readers, kills = 200, 20
	program, err := exec.LookPath("greyshelf") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "library")
	issue := fillForSending(t, dir, readers)
	server, k := mailtest.Start(t, mailtest.Options{}), &killer{}
	server.Rcpt = func(string) error { k.at(false); return nil }
	server.Data = func(string, []byte) error { k.at(true); return nil }
	send := func() *exec.Cmd {
		c := exec.Command(program, "digest", "send", issue)
		c.Env = append(os.Environ(), "GREYSHELF_LIBRARY="+dir, "GREYSHELF_ADDRESS=https://library.example.org", "GREYSHELF_MAIL_SECURITY=none",
			fmt.Sprintf("GREYSHELF_MAIL_SERVER=%s:%d", server.Host, server.Port), "GREYSHELF_MAIL_FROM=Desk <desk@example.org>", "GREYSHELF_MAIL_RATE=1000000")
		return c
	}
	for n := range kills {
		c := send()
		k.aim(nil, 0, false)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		k.aim(c.Process, 1+n%7, n%2 == 0)
		if err := c.Wait(); err == nil {
			t.Fatalf("kill %d: the program had sent everything already", n)
		}
	}
	k.aim(nil, 0, false)
	if out, err := send().CombinedOutput(); err != nil {
		t.Fatalf("the last run: %v\n%s", err, out)
	}
	checkSent(t, dir, issue, readers, server.Counts())
}

// fillForSending makes a library with a report, contacts and an issue.
func fillForSending(t *testing.T, dir string, readers int) string {
	t.Helper()
	l, err := app.Open(t.Context(), app.Config{Library: dir}, true, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = l.Catalog.Commit(t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: app.NewID(), At: time.Now(), Who: "test", Method: greyshelf.ByAdd},
		Reports:  []greyshelf.Report{{ID: "wells", State: greyshelf.Published, Title: "Wells 𝒳 آبار"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range readers {
		if _, err := l.Contact.Put(t.Context(), contact.Contact{Email: fmt.Sprintf("reader%d@example.org", i), State: contact.Active}); err != nil {
			t.Fatal(err)
		}
	}
	i := digest.Issue{Title: "New on the shelf"}
	i.Add("wells")
	if i, err = l.Digest.New(t.Context(), rights.Reader{Name: "test"}, i); err != nil {
		t.Fatal(err)
	}
	return i.ID
}

// checkSent compares what the library says with what the server took.
func checkSent(t *testing.T, dir, issue string, readers int, arrived map[string]int) {
	t.Helper()
	l, err := app.Open(t.Context(), app.Config{Library: dir}, false, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	counts, err := sending.Count(t.Context(), l.Catalog, issue)
	if err != nil {
		t.Fatal(err)
	}
	missed := 0
	for i := range readers {
		switch n := arrived[fmt.Sprintf("reader%d@example.org", i)]; {
		case n > 1:
			t.Errorf("reader %d has it %d times", i, n)
		case n == 0:
			missed++
		}
	}
	if counts[sending.Sent]+counts[sending.InDoubt] != readers || missed > counts[sending.InDoubt] {
		t.Errorf("%v of %d readers; %d have nothing", counts, readers, missed)
	}
	if counts[sending.InDoubt] == 0 {
		t.Error("no kill was between DATA and its answer")
	}
	t.Logf("%d sent, %d in doubt (of these %d did not arrive)", counts[sending.Sent], counts[sending.InDoubt], missed)
}
