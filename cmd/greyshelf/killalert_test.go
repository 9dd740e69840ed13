package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/mail/mailtest"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
)

// TestKillDuringAlerts kills the real program (SIGKILL) twenty times while it
// makes and sends alerts to two hundred readers, with a new report before each
// run: in the end every report was told to everybody, but those in doubt
// perhaps, and to nobody twice.
func TestKillDuringAlerts(t *testing.T) {
	const readers, kills = 200, 20
	program, err := exec.LookPath("greyshelf") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "library")
	fillForAlerts(t, dir, readers)
	server, k := mailtest.Start(t, mailtest.Options{}), &killer{}
	server.Rcpt = func(string) error { k.at(false); return nil }
	server.Data = func(string, []byte) error { k.at(true); return nil }
	run := func() *exec.Cmd {
		c := exec.Command(program, "alert", "run")
		c.Env = append(os.Environ(), "GREYSHELF_LIBRARY="+dir, "GREYSHELF_ADDRESS=https://library.example.org", "GREYSHELF_MAIL_SECURITY=none",
			fmt.Sprintf("GREYSHELF_MAIL_SERVER=%s:%d", server.Host, server.Port), "GREYSHELF_MAIL_FROM=Desk <desk@example.org>", "GREYSHELF_MAIL_RATE=1000000")
		return c
	}
	whole := func() {
		t.Helper()
		c, said := run(), &bytes.Buffer{}
		c.Stdout, c.Stderr = said, said
		if err := c.Run(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
	}
	whole() // the first run: they join
	for n := range kills {
		addForAlerts(t, dir, n)
		c := run()
		k.aim(nil, 0, false)
		if n%4 == 3 { // while the alerts are made, at some moment
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			waitForAlert(t, dir, n, c)
			continue
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		k.aim(c.Process, 1+n%7, n%2 == 0)
		if err := c.Wait(); err == nil {
			t.Fatalf("kill %d: the program had sent everything already", n)
		}
	}
	k.aim(nil, 0, false)
	whole()
	checkAlerts(t, dir, server, readers, kills)
}

// waitForAlert kills the program as soon as it has told the catalogue of the
// newest report, while it makes alerts or begins to send them.
func waitForAlert(t *testing.T, dir string, n int, c *exec.Cmd) {
	t.Helper()
	l, err := app.Open(t.Context(), app.Config{Library: dir}, false, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		for range l.Catalog.Records(t.Context(), catalog.RecordFilter{Kind: "alert-news", Key: fmt.Sprintf("report:well%d", n)}) {
			_ = c.Process.Kill()
			_ = c.Wait()
			return
		}
	}
	t.Fatal("no news was written")
}

func fillForAlerts(t *testing.T, dir string, readers int) {
	t.Helper()
	l, err := app.Open(t.Context(), app.Config{Library: dir}, true, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for i := range readers {
		c := contact.Contact{Email: fmt.Sprintf("reader%d@example.org", i), State: contact.Active, Frequency: contact.AtOnce}
		if i%2 == 0 {
			c.Interests.Searches = []string{"well AND title:news"}
		}
		if _, err := l.Contact.Put(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
}

func addForAlerts(t *testing.T, dir string, n int) {
	t.Helper()
	l, err := app.Open(t.Context(), app.Config{Library: dir}, false, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = l.Catalog.Commit(t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: app.NewID(), At: time.Now(), Who: "test", Method: greyshelf.ByAdd},
		Reports:  []greyshelf.Report{{ID: fmt.Sprintf("well%d", n), State: greyshelf.Published, Title: fmt.Sprintf("News of well number %d", n)}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkAlerts counts how often each reader was told of each report.
func checkAlerts(t *testing.T, dir string, server *mailtest.Server, readers, reports int) {
	t.Helper()
	l, err := app.Open(t.Context(), app.Config{Library: dir}, false, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	counts, err := sending.CountAlerts(t.Context(), l.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	missed, messages := 0, 0
	for i := range readers {
		got := server.Messages(fmt.Sprintf("reader%d@example.org", i))
		messages += len(got)
		all := strings.ReplaceAll(strings.Join(got, ""), "=\r\n", "")
		for n := range reports {
			switch times := strings.Count(all, fmt.Sprintf("\r\nhttps://library.example.org/r/well%d\r\n", n)); {
			case times > 1:
				t.Errorf("reader %d was told %d times of report %d", i, times, n)
			case times == 0:
				missed++
			}
		}
	}
	t.Logf("%d messages arrived; %v; %d reports did not arrive at a reader", messages, counts, missed)
	if counts[sending.Pending]+counts[sending.Begun]+counts[sending.Refused]+counts[sending.Skipped] > 0 || counts[sending.InDoubt] == 0 {
		t.Error(counts)
	}
	if lost := counts[sending.Sent] + counts[sending.InDoubt] - messages; lost < 0 || missed > 0 && lost == 0 {
		t.Errorf("%d reports are missing, but only %d messages in doubt", missed, lost)
	}
}
