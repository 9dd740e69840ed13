package e2e_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestOpenID signs in at a real OpenID Connect provider (oidc-provider, from
// the npm registry): who is among the people of the library comes in by the
// confirmed address; nobody else does.
func TestOpenID(t *testing.T) {
	provider, ours := freePort(t), freePort(t)
	site := fmt.Sprintf("http://localhost:%d", ours)
	issuer := startProvider(t, provider, site+"/sign-in/openid/back")
	library := filepath.Join(t.TempDir(), "library")
	command(t, "init", library)
	for _, name := range []string{"ada", "doubtful"} {
		command(t, "people", "add", name, name+"@example.org", "--library", library)
	}
	server := exec.Command(demo.program, "serve", "--library", library, "--listen", fmt.Sprintf("localhost:%d", ours))
	server.Env = append(os.Environ(), "GREYSHELF_OPENID_ISSUER="+issuer, "GREYSHELF_OPENID_CLIENT=greyshelf", "GREYSHELF_OPENID_SECRET=a secret between the two", "GREYSHELF_OPENID_NAME=the House")
	firstLine(t, server)

	ctx, cancel := chromedp.NewContext(demo.browser) // no tab: the provider's own pages ask other hosts for fonts
	t.Cleanup(cancel)
	ctx, cancelTimeout := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancelTimeout)
	atProvider(t, ctx, site, "ada")
	act(t, ctx, chromedp.WaitVisible(`nav a[href="/account"]`))
	if at := ask(t, ctx, chromedp.Location()); at != site+"/people" {
		t.Errorf("after signing in the browser is at %s", at)
	}
	for name, reason := range map[string]string{"doubtful": "not among the people", "stranger": "not among the people"} {
		if _, err := chromedp.Call(ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
			t.Fatal(err)
		}
		atProvider(t, ctx, site, name)
		act(t, ctx, chromedp.WaitVisible(`.problem`))
		if text := ask(t, ctx, chromedp.Text(`.problem`)); !strings.Contains(text, reason) {
			t.Errorf("%s is told %q", name, text)
		}
	}
}

// atProvider signs in at the provider and agrees to what it asks.
func atProvider(t *testing.T, ctx context.Context, site, name string) {
	t.Helper()
	act(t, ctx, chromedp.Navigate(site+"/sign-in?to=%2Fpeople"), chromedp.Click(`a[href^="/sign-in/openid"]`),
		chromedp.WaitVisible(`input[name=login]`), chromedp.SendKeys(`input[name=login]`, name), chromedp.SendKeys(`input[name=password]`, "anything"),
		chromedp.Click(`button[type=submit]`), chromedp.WaitVisible(`form button[autofocus]`), chromedp.Click(`form button[autofocus]`))
}

// startProvider installs the provider's packages as its lock file names them
// and starts it.
func startProvider(t *testing.T, port int, back string) (issuer string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/openid")); err != nil {
		t.Fatal(err)
	}
	npm(t, dir)
	node := exec.Command("node", "provider.mjs", fmt.Sprint(port), back)
	node.Dir = dir
	return firstLine(t, node)
}

// npm installs the packages that the lock file of a folder names.
func npm(t *testing.T, dir string) {
	t.Helper()
	if _, err := exec.LookPath("npm"); err != nil {
		t.Fatal("no npm; `make deps` installs it (Debian packages nodejs and npm)")
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
}

// firstLine starts a program that says on its first line where it is, and ends
// it with the test.
func firstLine(t *testing.T, c *exec.Cmd) string {
	t.Helper()
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Signal(os.Interrupt); _ = c.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("%s said nothing: %v", c.Path, err)
	}
	return strings.TrimSpace(line)
}

// command runs a command of the program.
func command(t *testing.T, arguments ...string) {
	t.Helper()
	if out, err := exec.Command(demo.program, arguments...).CombinedOutput(); err != nil {
		t.Fatalf("greyshelf %s: %v\n%s", strings.Join(arguments, " "), err, out)
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
