package e2e_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/net/html"
)

// TestStatic writes the demo as files, follows every link of every page, and
// searches it as from a stick and as from a plain web server.
func TestStatic(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	command(t, "export", "site", dir, "--library", demo.library)
	pages := checkLinks(t, dir)
	if pages < 100 {
		t.Errorf("only %d pages", pages)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	for name, start := range map[string]string{"stick": "file://" + dir + "/index.html", "server": server.URL + "/"} {
		t.Run(name, func(t *testing.T) { searchStatic(t, start) })
	}
}

// searchStatic searches from the first page and goes to the page that is found.
func searchStatic(t *testing.T, start string) {
	ctx := tab(t, 1280)
	act(t, ctx, chromedp.Navigate(start), chromedp.WaitReady("main"), chromedp.Focus("main input[name=q], .topsearch input[name=q]"), chromedp.KeyEvent("valeur provenance catalogue"))
	ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.KeyEvent(kb.Enter)))
	act(t, ctx, chromedp.WaitVisible("#static-hits li .hitpages a"), chromedp.WaitVisible("#static-hits li .snippet mark"))
	ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click("#static-hits li .hitpages a")))
	at, text := ask(t, ctx, chromedp.Location()), ask(t, ctx, chromedp.TextContent("main"))
	if !strings.Contains(at, "/p/") || !strings.Contains(strings.ToLower(text), "valeur") {
		t.Errorf("the search leads to %s", at)
	}
	if shown := ask(t, ctx, chromedp.Evaluate[bool](`(async () => { const i = document.querySelector("svg image"); if (!i) return true; const p = new Image(); p.src = i.href.baseVal; await p.decode(); return p.naturalWidth > 0; })()`, chromedp.EvalAwaitPromise)); !shown {
		t.Error("the picture of the page is not there")
	}
}

// checkLinks looks whether every address in every page is a file of the folder
// or leads elsewhere.
func checkLinks(t *testing.T, dir string) int {
	t.Helper()
	pages := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".html" {
			return err
		}
		pages++
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		z := html.NewTokenizer(file)
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			for _, a := range z.Token().Attr {
				if a.Key != "href" && a.Key != "src" && a.Key != "action" || a.Val == "" || strings.HasPrefix(a.Val, "#") {
					continue
				}
				u, err := url.Parse(a.Val)
				if err != nil || u.Scheme != "" {
					if err != nil || strings.Contains(u.Host, "invalid") {
						t.Errorf("%s leads to %s", path, a.Val)
					}
					continue
				}
				from := filepath.Dir(path)
				if path == filepath.Join(dir, "404.html") { // a server shows it under any address
					from = dir
				}
				if _, err := os.Stat(filepath.Join(from, filepath.FromSlash(u.Path))); err != nil || strings.HasPrefix(u.Path, "/") != (path == filepath.Join(dir, "404.html")) {
					t.Errorf("%s: %s leads nowhere", path, a.Val)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}
