package e2e_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// mostShapes bounds the walk over a site.
const mostShapes = 150

// TestAxe looks for barriers on every page that can be reached by links: as
// anybody, and as an administrator; wide and light, narrow and dark. The judge
// is axe-core (npm registry), with every rule that it has switched on.
func TestAxe(t *testing.T) {
	axe := axeScript(t)
	library := filepath.Join(t.TempDir(), "library")
	server := exec.Command(demo.program, "demo", "--library", library, "--listen", "localhost:0")
	line := firstLine(t, server)
	site := strings.TrimSuffix(line[strings.Index(line, "http"):], "/")
	ctx, cancel := chromedp.NewContext(demo.browser)
	t.Cleanup(cancel)
	ctx, cancelTimeout := context.WithTimeout(ctx, 20*time.Minute)
	t.Cleanup(cancelTimeout)
	reached := walk(t, ctx, axe, site, "anybody", []string{"/", "/search?q=harbour", "/no-such-page", "/sign-in", "/subscribe"})
	becomeAdministrator(t, ctx, library, site)
	more := walk(t, ctx, axe, site, "an administrator", []string{"/", "/add", "/people", "/account"})
	if reached < 35 || more < 35 { // at this computer anybody is the desk, until there are people
		t.Errorf("only %d and %d kinds of pages were reached", reached, more)
	}
	t.Logf("%d kinds of pages for anybody, %d for an administrator", reached, more)
}

func axeScript(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/axe")); err != nil {
		t.Fatal(err)
	}
	npm(t, dir)
	script, err := os.ReadFile(filepath.Join(dir, "node_modules/axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

func becomeAdministrator(t *testing.T, ctx context.Context, library, site string) {
	t.Helper()
	out, err := exec.Command(demo.program, "people", "add", "Ada Writer", "ada@example.org", "--role", "administrator", "--library", library).CombinedOutput()
	at := strings.Index(string(out), "/invitation/")
	if err != nil || at < 0 {
		t.Fatalf("people add: %v\n%s", err, out)
	}
	invitation, _, _ := strings.Cut(strings.Fields(string(out[at:]))[0], "\n")
	act(t, ctx, chromedp.Navigate(site+invitation), chromedp.SendKeys(`input[name=password]`, "a harbour in the evening"),
		chromedp.SendKeys(`input[name=again]`, "a harbour in the evening"), chromedp.Click(`main form button`), chromedp.WaitVisible(`nav a[href="/account"]`))
}

// walk follows links, a page of each kind, and judges it.
func walk(t *testing.T, ctx context.Context, axe, site, as string, queue []string) int {
	t.Helper()
	seen := map[string]bool{}
	act(t, ctx, chromedp.Navigate(site))
	for len(queue) > 0 && len(seen) < mostShapes {
		path := queue[0]
		queue = queue[1:]
		if kind := shape(path); seen[kind] {
			continue
		} else {
			seen[kind] = true
		}
		if !isPage(t, ctx, path) {
			continue
		}
		scheme(t, ctx, "light")
		act(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(site+path))
		judge(t, ctx, axe, as+" at "+path+", wide and light")
		for _, link := range ask(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("a[href]:not([download])")].map(a => a.href)`)) {
			if u, err := url.Parse(link); err == nil && strings.HasPrefix(link, site+"/") {
				queue = append(queue, u.RequestURI())
			}
		}
		scheme(t, ctx, "dark")
		act(t, ctx, chromedp.EmulateViewport(390, 844))
		judge(t, ctx, axe, as+" at "+path+", narrow and dark")
	}
	return len(seen)
}

// isPage asks the site whether an address leads to a page and not to a file,
// which the browser would only load down.
func isPage(t *testing.T, ctx context.Context, path string) bool {
	t.Helper()
	kind := ask(t, ctx, chromedp.Evaluate[string](fmt.Sprintf(`fetch(%q, {method: "HEAD"}).then(r => r.headers.get("Content-Type") || "")`, path), chromedp.EvalAwaitPromise))
	return strings.HasPrefix(kind, "text/html")
}

// scheme makes the browser prefer light or dark colours.
func scheme(t *testing.T, ctx context.Context, value string) {
	t.Helper()
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}}); err != nil {
		t.Fatal(err)
	}
}

// changing is what differs between addresses of one kind of page.
var changing = regexp.MustCompile(`^(\d+(-\d+)?|[0-9a-f]{8,64}|[0-9a-z]{10})$`)

// shape gives the kind of page that an address leads to: without identifiers
// and without what is asked.
func shape(path string) string {
	path, query, _ := strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if changing.MatchString(part) {
			parts[i] = "*"
		}
	}
	keys, _ := url.ParseQuery(query)
	for _, telling := range []string{"as", "act", "step", "tab"} {
		if keys.Has(telling) {
			parts = append(parts, telling+"="+keys.Get(telling))
		}
	}
	return strings.Join(parts, "/")
}

// judge lets axe look at the page that is open.
func judge(t *testing.T, ctx context.Context, axe, where string) {
	t.Helper()
	ask(t, ctx, chromedp.Evaluate[bool](axe+"; true"))
	found := ask(t, ctx, chromedp.Evaluate[[]struct {
		ID    string `json:"id"`
		Help  string `json:"help"`
		Nodes []struct {
			HTML string `json:"html"`
			Why  string `json:"failureSummary"`
		} `json:"nodes"`
	}](`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations)`, chromedp.EvalAwaitPromise))
	for _, violation := range found {
		text := fmt.Sprintf("%s: %s (%s)", where, violation.Help, violation.ID)
		for i, node := range violation.Nodes {
			if i == 3 {
				text += fmt.Sprintf("\n  and %d more", len(violation.Nodes)-i)
				break
			}
			text += "\n  " + node.HTML + "\n    " + strings.ReplaceAll(node.Why, "\n", "\n    ")
		}
		t.Error(text)
	}
}
