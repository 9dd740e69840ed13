package e2e_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPasskey lives the first hour of an administrator with a browser's own
// authenticator: the set-up link, a passkey, signing out and in again with it.
func TestPasskey(t *testing.T) {
	site, invitation := ownSite(t)
	ctx := tab(t, 1280)
	act(t, ctx, chromedp.Navigate(invitation),
		chromedp.SendKeys(`input[name=name]`, "Ada Writer"), chromedp.SendKeys(`input[name=email]`, "ada@example.org"),
		chromedp.SendKeys(`input[name=password]`, "a harbour in the evening"), chromedp.SendKeys(`input[name=again]`, "a harbour in the evening"),
		chromedp.Click(`main form button`), chromedp.WaitVisible(`nav a[href="/account"]`))
	addAuthenticator(t, ctx)
	act(t, ctx, chromedp.Navigate(site+"/account"), chromedp.SendKeys(`[data-passkey] input`, "office computer"), chromedp.Click(`[data-passkey] button`),
		chromedp.WaitVisible(`button[value=forget]`), chromedp.Click(`form[action="/sign-out"] button`), chromedp.WaitVisible(`nav a[href^="/sign-in"]`),
		chromedp.Navigate(site+"/sign-in?to=%2Fpeople"), chromedp.Click(`[data-passkey] button`), chromedp.WaitVisible(`form[action="/people"]`))
	if at := ask(t, ctx, chromedp.Location()); at != site+"/people" {
		t.Errorf("after signing in the browser is at %s", at)
	}
}

// ownSite serves an empty library and gives its address and its set-up link.
// Web Authentication needs a name, so it is localhost.
func ownSite(t *testing.T) (site, invitation string) {
	t.Helper()
	dir := t.TempDir()
	server := exec.Command(demo.program, "serve", "--library", filepath.Join(dir, "library"), "--listen", "localhost:0")
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Signal(os.Interrupt); _ = server.Wait() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		if at := strings.Index(line, "http"); at >= 0 && site == "" {
			site = strings.TrimSuffix(strings.TrimSpace(line[at:]), "/")
			site = "http://localhost:" + site[strings.LastIndex(site, ":")+1:]
		} else if at := strings.Index(line, "/invitation/"); at >= 0 {
			link, _, _ := strings.Cut(line[at:], " ")
			return site, site + link
		}
	}
	t.Fatal("the server did not say its set-up link")
	return "", ""
}
