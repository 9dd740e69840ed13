package e2e_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// TestSearchByKeyboard goes from the home page to a page of a report without
// the mouse.
func TestSearchByKeyboard(t *testing.T) {
	ctx := tab(t, 1280)
	act(t, ctx, chromedp.Navigate(demo.url+"/"), chromedp.WaitReady("main"))
	focused := ask(t, ctx, chromedp.Evaluate[string](`document.activeElement.name`))
	act(t, ctx, chromedp.KeyEvent("report"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible("ol.results"))
	marks := ask(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll(".snippet mark").length`))
	act(t, ctx, chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"), chromedp.KeyEvent(kb.Enter), chromedp.WaitReady("article"))
	address := ask(t, ctx, chromedp.Location())
	if focused != "q" || marks == 0 || !strings.Contains(address, "/r/") {
		t.Errorf("the focus was on %q, %d words were marked, the keyboard led to %s", focused, marks, address)
	}
	act(t, ctx, chromedp.KeyEvent("?"))
	if !ask(t, ctx, chromedp.Evaluate[bool](`document.getElementById("keys").open`)) {
		t.Error("? does not show the keys")
	}
}

// TestSelectAPassage selects words on the page's picture and follows the
// address of the passage.
func TestSelectAPassage(t *testing.T) {
	h := openReport(t)
	ctx := tab(t, 1280)
	act(t, ctx, chromedp.Navigate(fmt.Sprintf("%s/r/%s/f/%s/p/%d", demo.url, h.Report, h.File[:16], h.Page)), chromedp.WaitReady("svg tspan"))
	quoted := ask(t, ctx, chromedp.Evaluate[string](`(() => { const w = document.querySelectorAll("svg tspan"); const r = document.createRange();
			r.setStart(w[0].firstChild, 0); r.setEnd(w[2].firstChild, w[2].firstChild.length);
			getSelection().removeAllRanges(); getSelection().addRange(r); return getSelection().toString(); })()`))
	act(t, ctx, chromedp.WaitVisible("#selected"), chromedp.Click("[data-act=link]"), chromedp.WaitVisible("blockquote.passage"))
	passage, address := ask(t, ctx, chromedp.Text("blockquote.passage")), ask(t, ctx, chromedp.Location())
	if strings.Join(strings.Fields(passage), " ") != strings.Join(strings.Fields(quoted), " ") || passage == "" {
		t.Errorf("selected %q, the passage at %s says %q", quoted, address, passage)
	}
}

// TestEditAndUndo changes a title, sees it, takes it back and takes that back.
func TestEditAndUndo(t *testing.T) {
	h := openReport(t)
	ctx := tab(t, 1280)
	report := demo.url + "/r/" + h.Report
	title := func() string {
		t.Helper()
		act(t, ctx, chromedp.Navigate(report))
		return ask(t, ctx, chromedp.Text("h1"))
	}
	before := title()
	act(t, ctx, chromedp.Navigate(report+"/edit"), chromedp.SetValue("[name=title]", `A <b>"changed"</b> title`), chromedp.Click(".actions button"), chromedp.WaitVisible("article.report"))
	if got := title(); got != `A <b>"changed"</b> title` {
		t.Errorf("after the change: %q", got)
	}
	undo := func() {
		t.Helper()
		act(t, ctx, chromedp.Navigate(report+"/history"))
		ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click("ol.decisions li form.undo button")))
	}
	undo()
	if got := title(); got != before {
		t.Errorf("after the undo: %q, want %q", got, before)
	}
	undo()
	if got := title(); got != `A <b>"changed"</b> title` {
		t.Errorf("after the undo of the undo: %q", got)
	}
	undo()
	if got := title(); got != before {
		t.Errorf("at the end: %q, want %q", got, before)
	}
}

// TestUpload adds a good file, one that is known and one that is none.
func TestUpload(t *testing.T) {
	dir := t.TempDir()
	samples := sample.Reports()
	data, err := samples[0].Make()
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for name, content := range map[string][]byte{"known.pdf": data, "new.pdf": append(data, "\n% other bytes\n"...), "none.pdf": []byte("hello")} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	ctx := tab(t, 390)
	act(t, ctx, chromedp.Navigate(demo.url+"/add"), chromedp.WaitReady("#files"), chromedp.SetUploadFiles("#files", paths))
	if ask(t, ctx, chromedp.Evaluate[bool](`document.getElementById("progress").hidden`)) {
		act(t, ctx, chromedp.Click("[data-send]"))
	}
	act(t, ctx, chromedp.Poll[chromedp.Void](`document.querySelectorAll("#progress .files li:has(a), #progress .files li.refused").length >= 3`))
	text := ask(t, ctx, chromedp.Text("#progress"))
	if !strings.Contains(text, "not a PDF") {
		t.Errorf("the upload says:\n%s", text)
	}
}

// TestDoors checks that a reserved report shows its record and nothing more
// to an anonymous reader, until the reader at this computer reads as the desk.
func TestDoors(t *testing.T) {
	h := pageOf(t, func(code greyshelf.RightsCode) bool { return code == greyshelf.AllRightsReserved })
	file := fmt.Sprintf("/r/%s/f/%s", h.Report, h.File[:16])
	for path, want := range map[string]int{"/r/" + h.Report: 200, file: 403, file + "/p/1": 403, file + "/p/1/image?w=800": 403, "/r/" + h.Report + "/thumb": 403,
		"/api/v1/reports/" + h.Report + "/files/" + h.File + "/pages/1": 403} {
		if status, _ := get(t, path); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
	ctx := tab(t, 1280)
	act(t, ctx, chromedp.Navigate(demo.url+"/"), chromedp.Click(`form[action$="/reader"] button`), chromedp.WaitVisible(".deskbar"),
		chromedp.Navigate(demo.url+file+"/p/1"), chromedp.WaitReady("svg tspan"),
		chromedp.Click(`form[action$="/reader"] button`), chromedp.WaitNotPresent(".deskbar"))
}

// TestChangesFromElsewhereAreRefused sends changes under a foreign host name,
// from another site's page and through a proxy.
func TestChangesFromElsewhereAreRefused(t *testing.T) {
	h := openReport(t)
	for name, change := range map[string]func(*http.Request){
		"foreign host": func(r *http.Request) { r.Host = "evil.example" },
		"other site":   func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"other origin": func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"proxy":        func(r *http.Request) { r.Header.Set("X-Forwarded-For", "203.0.113.9") },
	} {
		request, err := http.NewRequest(http.MethodPost, demo.url+"/r/"+h.Report+"/edit", strings.NewReader("title=stolen&revision=1"))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		change(request)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusForbidden && response.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("%s: %s", name, response.Status)
		}
	}
	if _, body := get(t, "/r/"+h.Report); strings.Contains(body, "stolen") {
		t.Error("a change from elsewhere was taken")
	}
}
