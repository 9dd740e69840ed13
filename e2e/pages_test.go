package e2e_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// get fetches an address without a browser, as a reader without script does.
func get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := http.Get(demo.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// hit is what the API says of a page that answers a query.
type hit struct {
	Report string `json:"report"`
	File   string `json:"file"`
	Page   int    `json:"page"`
}

// find gives the first page that answers a query.
func find(t *testing.T, query string) hit {
	t.Helper()
	_, body := get(t, "/api/v1/search?q="+url.QueryEscape(query))
	var answer struct {
		Hits []hit `json:"hits"`
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatal(err)
	}
	for _, h := range answer.Hits {
		if h.Page > 0 {
			return h
		}
	}
	t.Fatalf("no page answers %s", query)
	return hit{}
}

// openReport gives a page of a sample that anybody may open.
func openReport(t *testing.T) hit {
	t.Helper()
	return pageOf(t, func(code greyshelf.RightsCode) bool { return strings.HasPrefix(string(code), "cc-by") })
}

// pageOf gives a page with the words "the report" of an English sample whose
// rights are as wanted.
func pageOf(t *testing.T, wanted func(greyshelf.RightsCode) bool) hit {
	t.Helper()
	for _, s := range sample.Reports() {
		if wanted(s.Truth.Rights.Code) && s.Truth.Language == "en" && !s.Truth.Scan {
			return find(t, fmt.Sprintf("title:%q report", s.Truth.Title))
		}
	}
	t.Fatal("no sample has these rights")
	return hit{}
}

// TestPagesWithoutScript checks that every page stands without script.
func TestPagesWithoutScript(t *testing.T) {
	h := openReport(t)
	page := fmt.Sprintf("/r/%s/f/%s/p/%d", h.Report, h.File[:16], h.Page)
	for path, want := range map[string]string{
		"/": "data-search", "/search?q=report": "<mark>", "/search": "facetlist", "/r/" + h.Report: `class="entry"`, page: "<tspan",
		page + "?q=report": `<g class="marks"><rect`, page + "/0-20": `<g class="passages"><rect`, "/r/" + h.Report + "/history": "decisions",
		"/r/" + h.Report + "/edit": `name="title"`, "/add": `type="file"`, "/help": "year:2016..2018", "/list": "entryitem", "/list?as=seed": "Mazarr at al.",
	} {
		status, body := get(t, path)
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: status %d, without %q", path, status, want)
		}
		for _, bad := range []string{" style=", "<style", "onclick=", "javascript:", "{{", "%!"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
	}
}

// TestEveryPage opens every page in the browser, wide and narrow, light and
// dark: no error of a script, nothing wider than the window. With
// E2E_SCREENSHOTS=DIR it leaves pictures there.
func TestEveryPage(t *testing.T) {
	h := openReport(t)
	page := fmt.Sprintf("/r/%s/f/%s/p/%d", h.Report, h.File[:16], h.Page)
	for name, path := range map[string]string{
		"home": "/", "search": "/search?q=page", "nothing": "/search?q=xyzzyplugh", "report": "/r/" + h.Report, "page": page + "?q=report", "passage": page + "/10-120",
		"history": "/r/" + h.Report + "/history", "findings": "/r/" + h.Report + "/findings?n=2", "edit": "/r/" + h.Report + "/edit", "add": "/add", "help": "/help", "list": "/list?q=page",
	} {
		t.Run(name, func(t *testing.T) {
			for _, width := range []int64{1280, 390} {
				for _, scheme := range []string{"light", "dark"} {
					look(t, name, path, width, scheme)
				}
			}
		})
	}
}

func look(t *testing.T, name, path string, width int64, scheme string) {
	t.Helper()
	ctx := tab(t, width)
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
		t.Fatal(err)
	}
	act(t, ctx, chromedp.Navigate(demo.url+path), chromedp.WaitReady("main"))
	overflow := ask(t, ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	if overflow > 0 {
		t.Errorf("%s at %d: %d pixels wider than the window", name, width, overflow)
	}
	if dir := os.Getenv("E2E_SCREENSHOTS"); dir != "" {
		picture := ask(t, ctx, chromedp.FullScreenshot(90))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.jpg", name, width, scheme)), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
