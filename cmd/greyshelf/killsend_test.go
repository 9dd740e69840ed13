package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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

	messages int
	memory   string // the most that the process has used, as Linux tells it
}

func (k *killer) aim(p *os.Process, left int, inData bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.process, k.left, k.inData = p, left, inData
}

func (k *killer) at(inData bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.messages++; k.messages%100 == 0 && k.process != nil {
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", k.process.Pid))
		if _, after, found := strings.Cut(string(status), "VmHWM:"); found {
			k.memory, _, _ = strings.Cut(strings.TrimSpace(after), "\n")
		}
	}
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
func TestKillDuringSending(t *testing.T) { sendThroughKills(t, 200, 1, 20) }

// BenchmarkSending is the same for 50 entries and 10,000 readers, and tells how
// long it took with and without the kills and how much memory.
func BenchmarkSending(b *testing.B) {
	for range b.N {
		sendThroughKills(b, 10_000, 50, 0)
		sendThroughKills(b, 10_000, 50, 20)
	}
}

// sendThroughKills sends an issue, kills the program on the way, runs it once
// more to the end, and looks at who has it.
func sendThroughKills(t testing.TB, readers, entries, kills int) {
	program, err := exec.LookPath("greyshelf") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "library")
	issue := fillForSending(t, dir, readers, entries)
	server, k := mailtest.Start(t, mailtest.Options{}), &killer{}
	server.Rcpt = func(string) error { k.at(false); return nil }
	server.Data = func(string, []byte) error { k.at(true); return nil }
	send := func() *exec.Cmd {
		c := exec.Command(program, "digest", "send", issue)
		c.Env = append(os.Environ(), "GREYSHELF_LIBRARY="+dir, "GREYSHELF_ADDRESS=https://library.example.org", "GREYSHELF_MAIL_SECURITY=none",
			fmt.Sprintf("GREYSHELF_MAIL_SERVER=%s:%d", server.Host, server.Port), "GREYSHELF_MAIL_FROM=Desk <desk@example.org>", "GREYSHELF_MAIL_RATE=1000000")
		return c
	}
	start := time.Now()
	for n := range kills {
		c := send()
		k.aim(nil, 0, false)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		k.aim(c.Process, 1+(n%7)*readers/200, n%2 == 0)
		if err := c.Wait(); err == nil {
			t.Fatalf("kill %d: the program had sent everything already", n)
		}
	}
	k.aim(nil, 0, false)
	last, said := send(), &bytes.Buffer{}
	last.Stdout, last.Stderr = said, said
	if err := last.Start(); err != nil {
		t.Fatal(err)
	}
	k.aim(last.Process, 0, false)
	if err := last.Wait(); err != nil {
		t.Fatalf("the last run: %v\n%s", err, said)
	}
	t.Logf("%d entries to %d readers with %d kills: %.1f s, at most %s in the last run", entries, readers, kills, time.Since(start).Seconds(), k.memory)
	checkSent(t, dir, issue, readers, kills, server.Counts())
}

// fillForSending makes a library with reports, contacts and an issue of all of
// them.
func fillForSending(t testing.TB, dir string, readers, entries int) string {
	t.Helper()
	l, err := app.Open(t.Context(), app.Config{Library: dir}, true, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	i := digest.Issue{Title: "New on the shelf"}
	added := catalog.Commit{Decision: greyshelf.Decision{ID: app.NewID(), At: time.Now(), Who: "test", Method: greyshelf.ByAdd}}
	for n := range entries {
		id := fmt.Sprintf("wells%d", n)
		added.Reports = append(added.Reports, greyshelf.Report{ID: id, State: greyshelf.Published, Title: "Wells 𝒳 آبار", Abstract: strings.Repeat("What the wells say of the rivers. ", 20)})
		i.Add(id)
	}
	if _, err = l.Catalog.Commit(t.Context(), added); err != nil {
		t.Fatal(err)
	}
	for i := range readers {
		if _, err := l.Contact.Put(t.Context(), contact.Contact{Email: fmt.Sprintf("reader%d@example.org", i), State: contact.Active}); err != nil {
			t.Fatal(err)
		}
	}
	if i, err = l.Digest.New(t.Context(), rights.Reader{Name: "test"}, i); err != nil {
		t.Fatal(err)
	}
	return i.ID
}

// checkSent compares what the library says with what the server took.
func checkSent(t testing.TB, dir, issue string, readers, kills int, arrived map[string]int) {
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
	if kills > 0 && counts[sending.InDoubt] == 0 {
		t.Error("no kill was between DATA and its answer")
	}
	t.Logf("%d sent, %d in doubt (of these %d did not arrive)", counts[sending.Sent], counts[sending.InDoubt], missed)
}
