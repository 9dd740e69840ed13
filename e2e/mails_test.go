package e2e_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestMails opens an issue as it is mailed, in every house style, as wide as a
// telephone, light and dark: nothing is cut off, nothing too small or too pale,
// and nothing is asked of another host.
func TestMails(t *testing.T) {
	axe := axeScript(t)
	ctx, cancel := chromedp.NewContext(demo.browser)
	t.Cleanup(cancel)
	ctx, cancelTimeout := context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancelTimeout)
	act(t, ctx, chromedp.Navigate(demo.url+"/"), chromedp.WaitReady("main"))
	ids := ask(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll(".pick input[name=id]")].slice(0, 6).map(i => i.value)`))
	act(t, ctx, chromedp.Navigate(demo.url+"/digests/new?id="+strings.Join(ids, "&id=")), chromedp.SendKeys("input[name=title]", "A mail for a telephone"))
	ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click("button[value=new]")))
	issue := ask(t, ctx, chromedp.Location())
	styles := ask(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("select[name=style] option")].map(o => o.value)`))
	if len(ids) < 3 || len(styles) < 2 {
		t.Fatalf("%d reports, styles %v at %s", len(ids), styles, issue)
	}
	for _, style := range styles {
		act(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(issue), chromedp.SetValue("select[name=style]", style))
		ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Evaluate[chromedp.Void](`document.querySelector("select[name=style]").form.querySelector("button").click()`)))
		mail := ask(t, ctx, chromedp.Evaluate[string](fmt.Sprintf(`fetch(%q).then(r => r.text())`, issue+"/html"), chromedp.EvalAwaitPromise))
		if strings.Contains(mail, "<script") || !strings.Contains(mail, "A mail for a telephone") {
			t.Fatalf("style %s: %s", style, mail)
		}
		for _, colours := range []string{"light", "dark"} {
			scheme(t, ctx, colours)
			// The preview runs no script, so the mail is written into an empty
			// page; its ground is named because axe takes an unnamed one for white.
			act(t, ctx, chromedp.EmulateViewport(320, 700), chromedp.Navigate("about:blank"), chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.open(); document.write(%q); document.close(); document.documentElement.style.background = "Canvas"`, mail)))
			where := fmt.Sprintf("style %s, %s", style, colours)
			if width := ask(t, ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth`)); width > 320 {
				t.Errorf("%s: %d pixels wide", where, width)
			}
			if small := ask(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("p, li, td, a")].filter(e => e.textContent.trim().length > 40 && parseFloat(getComputedStyle(e).fontSize) < 13).map(e => e.textContent.slice(0, 60))`)); len(small) > 0 {
				t.Errorf("%s: too small: %v", where, small)
			}
			ask(t, ctx, chromedp.Evaluate[bool](axe+"; true"))
			pale := ask(t, ctx, chromedp.Evaluate[[]string](`axe.run(document, {runOnly: ["color-contrast", "image-alt", "link-name"]}).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + " " + n.html.slice(0, 120))))`, chromedp.EvalAwaitPromise))
			if len(pale) > 0 {
				t.Errorf("%s: %s", where, strings.Join(pale, "\n  "))
			}
		}
	}
}
