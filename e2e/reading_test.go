package e2e_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// address gives the address of a page without the site's.
func (h hit) address() string { return fmt.Sprintf("/r/%s/f/%s/p/%d", h.Report, h.File[:16], h.Page) }

// eval gives the value of an expression in the page.
func eval[T any](t *testing.T, b context.Context, expression string) T {
	t.Helper()
	return ask(t, b, chromedp.Evaluate[T](expression))
}

func words(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestDragOverALine selects a line with the mouse as a reader does: what is
// selected is what stands there, and its passage is the same words on one line.
func TestDragOverALine(t *testing.T) {
	h := openReport(t)
	b := tab(t, 1280)
	act(t, b, chromedp.Navigate(demo.url+h.address()), chromedp.WaitReady("svg tspan"))
	const line = `Array.from(document.querySelectorAll(".words text")).filter(l => l.children.length > 5)[0]`
	act(t, b, chromedp.Evaluate[chromedp.Void](line+`.scrollIntoView({block: "center"})`))
	left := eval[float64](t, b, line+`.firstElementChild.getBoundingClientRect().left + 1`)
	right := eval[float64](t, b, line+`.lastElementChild.getBoundingClientRect().right - 1`)
	middle := eval[float64](t, b, `(() => { const r = `+line+`.firstElementChild.getBoundingClientRect(); return (r.top + r.bottom) / 2; })()`)
	wanted := words(eval[string](t, b, line+`.textContent`))
	act(t, b, chromedp.DragAndDropXY(left, middle, right, middle), chromedp.WaitVisible("#selected"))
	if got := words(eval[string](t, b, `document.getSelection().toString()`)); got != wanted {
		t.Errorf("selected %q, want %q", got, wanted)
	}
	act(t, b, chromedp.Click("#selected a"), chromedp.WaitVisible("blockquote.passage"))
	if got := words(ask(t, b, chromedp.Text("blockquote.passage"))); got != wanted {
		t.Errorf("the passage is %q, want %q", got, wanted)
	}
	if n := eval[int](t, b, `document.querySelectorAll(".passages rect").length`); n != 1 {
		t.Errorf("%d rectangles for a passage on one line", n)
	}
	cite := eval[string](t, b, `document.getElementById("quote").value`)
	if !strings.Contains(cite, wanted) || !strings.Contains(cite, ask(t, b, chromedp.Location())) {
		t.Errorf("the citation is %s", cite)
	}
}

// TestTurnPages turns with the arrow keys and jumps by number.
func TestTurnPages(t *testing.T) {
	h := openReport(t)
	h.Page = 1
	first := h.address()
	h.Page = 2
	b := tab(t, 390)
	act(t, b, chromedp.Navigate(demo.url+first+"?q=report"), chromedp.WaitReady("svg tspan"))
	for _, step := range []struct {
		do   chromedp.Action[chromedp.Void]
		want string
	}{
		{chromedp.KeyEvent(kb.ArrowRight), h.address() + "?q=report"}, {chromedp.KeyEvent(kb.ArrowLeft), first + "?q=report"},
		{chromedp.Steps(chromedp.SendKeys("#n", "2"), chromedp.Click(".jump button")), h.address() + "?q=report"},
	} {
		ask(t, b, chromedp.WaitEvent(page.LoadEventFired, nil, step.do))
		if at := ask(t, b, chromedp.Location()); at != demo.url+step.want {
			t.Errorf("turned to %s, want %s", at, step.want)
		}
	}
}

// TestWithoutScript finds, opens and lists in a browser whose scripts are off.
func TestWithoutScript(t *testing.T) {
	b := tab(t, 390)
	if _, err := chromedp.Call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	act(t, b, chromedp.Navigate(demo.url+"/"), chromedp.SendKeys("#q", "title:report OR report"), chromedp.Click(".bigsearch button"), chromedp.WaitVisible(".results mark"),
		chromedp.Click(".result .pick input"), chromedp.Click("#selection button"), chromedp.WaitVisible(".entryitem"),
		chromedp.Navigate(demo.url+openReport(t).address()+"?q=report"), chromedp.WaitVisible(".marks rect"), chromedp.WaitVisible("textarea#quote"),
		chromedp.Navigate(demo.url+"/add"), chromedp.WaitVisible("[data-send]"))
}

// nameless gives the first link, button or field without an accessible name
// (WCAG 2.2, 4.1.2); "" when all have one.
const nameless = `(() => {
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, select")) {
    if (e.closest("[aria-hidden=true]") || e.closest("[hidden]")) continue;
    const name = e.getAttribute("aria-label") || e.title || e.textContent.trim() ||
      Array.from(e.labels || []).map(l => l.textContent.trim()).join("") || Array.from(e.querySelectorAll("img")).map(i => i.alt).join("");
    if (!name) return e.outerHTML.slice(0, 200);
  }
  return "";
})()`

// TestEveryPageForEveryReader checks that each page has one main part and one
// first heading, that everything to be used has a name, and that nothing is
// asked of another host.
func TestEveryPageForEveryReader(t *testing.T) {
	h := openReport(t)
	b := tab(t, 1600)
	site, err := url.Parse(demo.url)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	requests := 0
	err = chromedp.Listen(b, func(event any) {
		sent, ok := event.(*network.EventRequestWillBeSent)
		if !ok {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		requests++
		if u, err := url.Parse(sent.Request.URL); err != nil || u.Scheme != "data" && u.Host != site.Host { // the browser's own icons are data
			t.Errorf("a request to another host: %s", sent.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	report := "/r/" + h.Report
	paths := []string{"/", "/search", "/search?q=report&sort=title", "/search?q=zzzzqqqq", "/list", "/help", "/add", "/queue", "/queue/" + h.Report, "/rules", "/rules/new", "/notices", report + "/notice", "/basket", "/collections", "/import", "/decisions", "/browse", "/digests", "/digests/rules", "/statistics", report, report + "/edit", report + "/history", report + "/findings", h.address() + "?q=report", h.address() + "/0-20"}
	for _, path := range paths {
		act(t, b, chromedp.Navigate(demo.url+path), chromedp.WaitReady("main"))
		if n := eval[int](t, b, `document.querySelectorAll("main").length * document.querySelectorAll("h1").length`); n != 1 {
			t.Errorf("%s: not exactly one main part and one first heading", path)
		}
		if unnamed := eval[string](t, b, nameless); unnamed != "" {
			t.Errorf("%s: nameless: %s", path, unnamed)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if requests < len(paths) {
		t.Errorf("only %d requests were noted", requests)
	}
}
