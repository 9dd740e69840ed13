package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// desk serves a library whose drafts the files are, to a tab that reads as the
// desk.
func desk(t *testing.T, files []string) (site string, ctx context.Context) {
	t.Helper()
	library := filepath.Join(t.TempDir(), "library")
	command(t, append([]string{"add", "--draft", "--library", library}, files...)...)
	line := firstLine(t, exec.Command(demo.program, "serve", "--library", library, "--listen", "localhost:0"))
	site = strings.TrimSuffix(line[strings.Index(line, "http"):], "/")
	ctx, cancel := chromedp.NewContext(demo.browser)
	t.Cleanup(cancel)
	ctx, cancelTimeout := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancelTimeout)
	act(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(site+"/"))
	ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click(`form.reader button[value=desk]`)))
	return site, ctx
}

// press presses a key that leads to another page.
func press(t *testing.T, ctx context.Context, keys string, modifiers ...chromedp.Modifier) {
	t.Helper()
	ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...))))
	act(t, ctx, chromedp.WaitReady("main"))
}

// acceptTwice accepts the report that is being looked at, takes that back, and
// accepts it again.
func acceptTwice(t *testing.T, ctx context.Context, id string) {
	t.Helper()
	press(t, ctx, kb.Enter)
	act(t, ctx, chromedp.KeyEvent(kb.Escape))
	press(t, ctx, "u")
	if got := here(t, ctx); got != id {
		t.Fatalf("after the undo at %s, not %s", got, id)
	}
	act(t, ctx, chromedp.KeyEvent(kb.Escape))
	press(t, ctx, kb.Enter)
}

// reported is a report as the API gives it.
type reported struct {
	State greyshelf.State `json:"state"`
	Title string          `json:"title"`
	ID    string          `json:"id"`
}

// states gives the reports of a site by identifier, as its desk sees them.
func states(t *testing.T, ctx context.Context) map[string]reported {
	t.Helper()
	text := ask(t, ctx, chromedp.Evaluate[string](`(async () => { const all = []; for (let at = 0; ; at += 100) { const a = await (await fetch("/api/v1/reports?limit=100&offset=" + at)).json(); all.push(...a.reports); if (at + 100 >= a.total) return JSON.stringify(all); } })()`, chromedp.EvalAwaitPromise))
	var all []reported
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	byID := map[string]reported{}
	for _, r := range all {
		byID[r.ID] = r
	}
	return byID
}

// here gives the identifier of the report that is being looked at.
func here(t *testing.T, ctx context.Context) string {
	t.Helper()
	_, id, _ := strings.Cut(ask(t, ctx, chromedp.Location()), "/queue/")
	id, _, _ = strings.Cut(id, "?")
	return id
}

// TestThirtyByKeyboard reviews thirty drafts of real reports without the mouse:
// most are accepted as they are, some corrected, refused, taken back, held.
func TestThirtyByKeyboard(t *testing.T) {
	folder := filepath.Join(corpustest.Dir(t), "corpus/reports/pdf")
	names, err := filepath.Glob(filepath.Join(folder, "*.pdf"))
	if err != nil || len(names) < 30 {
		t.Fatalf("%d reports in %s, %v", len(names), folder, err)
	}
	slices.Sort(names)
	site, ctx := desk(t, names[:30])
	act(t, ctx, chromedp.Navigate(site+"/queue"), chromedp.WaitReady("main"), chromedp.KeyEvent("j"))
	press(t, ctx, kb.Enter)
	var ids []string
	for n := range 30 {
		id := here(t, ctx)
		if id == "" || slices.Contains(ids, id) {
			t.Fatalf("report %d: at %s again", n, id)
		}
		ids = append(ids, id)
		act(t, ctx, chromedp.KeyEvent(kb.Escape)) // leave the doubtful field that has the focus
		switch {
		case n == 4: // correct the title and save without deciding, then come back and accept
			act(t, ctx, chromedp.Focus("#f-title"), chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent("Corrected by hand"))
			press(t, ctx, "S", chromedp.ModifierCtrl, chromedp.ModifierShift)
			act(t, ctx, chromedp.KeyEvent(kb.Escape))
			press(t, ctx, "k")
			act(t, ctx, chromedp.KeyEvent(kb.Escape))
			press(t, ctx, kb.Enter)
		case n%10 == 7: // refuse
			act(t, ctx, chromedp.KeyEvent("r"), chromedp.Poll[chromedp.Void](`document.activeElement.id === "reason"`), chromedp.KeyEvent("not for us"))
			press(t, ctx, kb.Enter)
		case n == 12: // accept, take it back, accept again
			acceptTwice(t, ctx, id)
		default:
			press(t, ctx, kb.Enter)
		}
	}
	all := states(t, ctx)
	for n, id := range ids {
		want := greyshelf.Published
		if n%10 == 7 {
			want = greyshelf.Refused
		}
		if got := all[id]; got.State != want || n == 4 && got.Title != "Corrected by hand" {
			t.Errorf("report %d (%s) is %s: %s", n, id, got.State, got.Title)
		}
	}
	reasons := ask(t, ctx, chromedp.Evaluate[string](fmt.Sprintf(`(async () => (await (await fetch("/r/%s/history")).text()))()`, ids[7]), chromedp.EvalAwaitPromise))
	if !strings.Contains(reasons, "not for us<") { // the r before may arrive behind the focus: keys made by a test are typed whatever the page prevents
		t.Error("the history does not say why a report was refused")
	}
	act(t, ctx, chromedp.Navigate(site+"/queue"))
	if left := ask(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll(".queuelist li").length`)); left != 0 {
		t.Errorf("%d reports still wait", left)
	}
}

// TestFillFromThePage clicks on a line of the page and sees it in the field,
// and later where the value comes from.
func TestFillFromThePage(t *testing.T) {
	dir := t.TempDir()
	var files []string
	for i, one := range sample.Reports()[:2] {
		data, err := one.Make()
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, fmt.Sprintf("%d.pdf", i))
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	site, ctx := desk(t, files)
	act(t, ctx, chromedp.Navigate(site+"/queue"), chromedp.WaitReady("main"), chromedp.KeyEvent("j"))
	press(t, ctx, kb.Enter)
	id := here(t, ctx)
	act(t, ctx, chromedp.Focus("#f-subtitle"), chromedp.WaitReady("#reviewsheet tspan"), chromedp.Click("#reviewsheet tspan"))
	words := ask(t, ctx, chromedp.Value("#f-subtitle"))
	if words == "" || ask(t, ctx, chromedp.Evaluate[string](`document.activeElement.id`)) != "f-subtitle" {
		t.Fatalf("the field holds %q", words)
	}
	press(t, ctx, kb.Enter)
	if got := states(t, ctx)[id]; got.State != greyshelf.Published {
		t.Errorf("%s is %s", id, got.State)
	}
	act(t, ctx, chromedp.Navigate(site+"/r/"+id+"/findings"))
	if text := ask(t, ctx, chromedp.Text("main")); !strings.Contains(text, words) {
		t.Errorf("the findings do not say where %q stands", words)
	}
}
