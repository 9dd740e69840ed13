package e2e_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// bringable is a table with new records, one that is like another, a broken
// one and one that would run.
const bringable = `Titel;Verfasser;Jahr;Haus;Schlagwörter
Wells of the Southern Desert in Winter;Rosa Vega;2016;Harbour Institute;Water, Law
Wells of the Southern Desert in Winter;Rosa Vega;2017;Harbour Institute;Water
<script>alert(1)</script> and the River;=1+1;2018;Harbour Institute;
عنوان التقرير;كاتب;2019;;
"never closed;X;2020
`

// TestAxeImports brings a real list in the browser and looks for barriers at
// every step: begun, previewed, mapped anew, done, the look-alikes to decide,
// undone; wide and light, narrow and dark. Nothing of the list may run.
func TestAxeImports(t *testing.T) {
	axe := axeScript(t)
	server := exec.Command(demo.program, "demo", "--library", filepath.Join(t.TempDir(), "library"), "--listen", "localhost:0")
	line := firstLine(t, server)
	site := strings.TrimSuffix(line[strings.Index(line, "http"):], "/")
	list := filepath.Join(t.TempDir(), "bericht \u202eliste.csv")
	if err := os.WriteFile(list, []byte(bringable), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancelTimeout := context.WithTimeout(tab(t, 1280), 5*time.Minute)
	t.Cleanup(cancelTimeout)
	look := func(where string) {
		t.Helper()
		for _, shape := range []struct {
			scheme string
			width  int64
		}{{"light", 1280}, {"dark", 390}} {
			scheme(t, ctx, shape.scheme)
			act(t, ctx, chromedp.EmulateViewport(shape.width, 900))
			judge(t, ctx, axe, where+", "+shape.scheme)
			if wide := ask(t, ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - window.innerWidth`)); wide > 0 {
				t.Errorf("%s, %s: the page is %d pixels wider than the window", where, shape.scheme, wide)
			}
		}
		act(t, ctx, chromedp.EmulateViewport(1280, 900))
	}
	text := func() string {
		return ask(t, ctx, chromedp.Evaluate[string](`document.querySelector("main").innerText`))
	}

	act(t, ctx, chromedp.Navigate(site+"/import"), chromedp.WaitReady("#lists"))
	look("an import not begun")
	act(t, ctx, chromedp.SetUploadFiles("#lists", []string{list}), chromedp.Click("form.drop button"), chromedp.WaitReady("form.mapping"))
	look("an import previewed")
	for _, want := range []string{"Wells of the Southern Desert in Winter", "<script>alert(1)</script> and the River", "عنوان التقرير", "a quotation mark is not closed"} {
		if !strings.Contains(text(), want) {
			t.Errorf("the preview has no %q: %s", want, text())
		}
	}
	act(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("form.mapping select[name=c4]").value = "publisher"; undefined`), chromedp.Click("form.mapping button"), chromedp.WaitReady(`input[type=hidden][name=c4][value=publisher]`))
	look("an import mapped anew")
	act(t, ctx, chromedp.Click(`form[method=post] p.actions button:not([name])`), chromedp.WaitReady(`form[action$="/undo"]`))
	look("an import done")
	if !strings.Contains(text(), "were made") || strings.Contains(text(), "⟦") {
		t.Error(text())
	}
	undo := ask(t, ctx, chromedp.Evaluate[string](`document.querySelector("form[action$='/undo']").getAttribute("action")`))
	alike := ask(t, ctx, chromedp.Evaluate[string](`[...document.querySelectorAll(".resulttable a")][1].getAttribute("href")`))
	act(t, ctx, chromedp.Navigate(site+alike+"/matches"), chromedp.WaitReady(".candidates li"))
	look("the look-alikes of an imported report")
	act(t, ctx, chromedp.Navigate(site+"/import"), chromedp.Click(`form[action="`+undo+`"] button`), chromedp.WaitReady(`.notice[role=status]`))
	look("an import undone")
	if !strings.Contains(text(), "withdrawn") {
		t.Error(text())
	}
}
