package e2e_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/corpustest"
)

// reportsLookedAt is how many real reports are opened.
const reportsLookedAt = 20

// TestFindingsAreMarked opens the findings of real reports in the browser and
// checks of every value that was taken from a page: its quotation is marked on
// the picture, and under the marks stand the words of the quotation and no
// others, by the boxes of the page's words.
func TestFindingsAreMarked(t *testing.T) {
	site, reports := realReports(t)
	for _, id := range reports {
		t.Run(id, func(t *testing.T) { checkFindings(t, site, id) })
	}
}

// realReports serves a library of real reports.
func realReports(t *testing.T) (site string, reports []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpustest.Dir(t), "corpus", "reports", "pdf", "*.pdf"))
	if err != nil || len(files) < reportsLookedAt {
		t.Fatalf("%d reports: %v", len(files), err)
	}
	library := filepath.Join(t.TempDir(), "library")
	run := func(arguments ...string) *exec.Cmd {
		c := exec.Command(demo.program, append(arguments, "--library", library)...)
		c.Env = append(os.Environ(), "GREYSHELF_ENGINE_CACHE="+filepath.Join(demo.library, "cache", "pdfium"))
		c.Stderr = os.Stderr
		return c
	}
	add := []string{"add", "--json"}
	for i := range reportsLookedAt { // spread over all of them
		add = append(add, files[i*len(files)/reportsLookedAt])
	}
	out, err := run(add...).Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		var added struct{ Report string }
		if err := json.Unmarshal([]byte(line), &added); err == nil && added.Report != "" {
			reports = append(reports, added.Report)
		}
	}
	if len(reports) != reportsLookedAt {
		t.Fatalf("%d reports were added", len(reports))
	}
	server := run("serve", "--listen", "localhost:0")
	pipe, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Signal(os.Interrupt); _ = server.Wait() })
	line, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return "http://localhost:" + strings.Trim(line[strings.LastIndex(line, ":")+1:], "/\n"), reports
}

// seen is what stands beside the list when a finding is chosen.
type seen struct {
	Image string          // address of the picture; "" without one
	Shown bool            // the picture is there
	Marks []greyshelf.Box // parts of the picture
	Quote string
	Far   bool // a mark is outside of what the window shows
}

const lookAtSheet = `(async () => {
  const image = document.querySelector("#sheet image"), quote = document.querySelector("#sheet blockquote");
  const out = { Image: "", Shown: false, Marks: [], Far: false, Quote: quote ? quote.textContent : "" };
  if (!image) return out;
  out.Image = new URL(image.getAttribute("href"), location.href).href;
  const probe = new Image();
  probe.src = out.Image;
  await probe.decode();
  const at = image.getBoundingClientRect();
  out.Shown = probe.naturalWidth > 500 && at.width > 200 && at.height > 200;
  for (const mark of document.querySelectorAll("#sheet .quoted rect")) {
    const r = mark.getBoundingClientRect();
    out.Marks.push([(r.left - at.left) / at.width, (r.top - at.top) / at.height, (r.right - at.left) / at.width, (r.bottom - at.top) / at.height]);
    out.Far ||= !mark.checkVisibility() || r.bottom < 0 || r.top > innerHeight || r.left < 0 || r.right > innerWidth;
  }
  return out;
})()`

func checkFindings(t *testing.T, site, id string) {
	b := tab(t, 1280)
	act(t, b, chromedp.Navigate(site+"/r/"+id+"/findings"), chromedp.WaitReady("#sheet"))
	links := eval[[]string](t, b, `Array.from(document.querySelectorAll(".found > .foundfield .won")).filter(li => /Page \d/.test(li.textContent)).map(li => li.querySelector("a").href)`)
	if len(links) < 4 {
		t.Errorf("only %d values stand on a page", len(links))
	}
	for _, link := range links {
		ask(t, b, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Steps(chromedp.Navigate("about:blank"), chromedp.Navigate(link))))
		s := ask(t, b, chromedp.Evaluate[seen](lookAtSheet, chromedp.EvalAwaitPromise))
		if s.Image == "" || !s.Shown || len(s.Marks) == 0 || s.Far {
			t.Errorf("%s: the quotation %.60q is not marked in sight: %+v", link, s.Quote, s)
			continue
		}
		checkMarks(t, link, s)
	}
}

// checkMarks compares the marks with the boxes of the page's words.
func checkMarks(t *testing.T, link string, s seen) {
	t.Helper()
	address, _, _ := strings.Cut(strings.Replace(s.Image, "/r/", "/api/v1/reports/", 1), "/image")
	address = strings.Replace(strings.Replace(address, "/f/", "/files/", 1), "/p/", "/pages/", 1)
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var p greyshelf.Page
	if err := json.NewDecoder(response.Body).Decode(&p); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	text := []rune(p.Text)
	under, last := "", ""
	for _, w := range p.Words {
		x, y := (w.Box[0]+w.Box[2])/2, (w.Box[1]+w.Box[3])/2
		for _, m := range s.Marks {
			if x > m[0] && x < m[2] && y > m[1] && y < m[3] {
				last = letters(string(text[w.Start:w.End]))
				under += last
				break
			}
		}
	}
	quote := letters(s.Quote)
	if !strings.Contains(under, quote) {
		t.Errorf("%s: under the marks stands %.80q, not the quotation %.80q", link, under, quote)
	}
	// A quotation may begin and end within a word.
	if most := len(quote) + len(last) + 40; len(under) > most {
		t.Errorf("%s: %d letters are marked for a quotation of %d", link, len(under), len(quote))
	}
}

// letters gives the letters and digits of a text in lower case.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// TestMoveThroughFindings goes through the findings by keyboard; the page with
// the evidence follows, and so does the address.
func TestMoveThroughFindings(t *testing.T) {
	h := openReport(t)
	b := tab(t, 1280)
	act(t, b, chromedp.Navigate(fmt.Sprintf("%s/r/%s/findings", demo.url, h.Report)), chromedp.WaitReady("#sheet"))
	current := func() string {
		return eval[string](t, b, `document.querySelector(".found [aria-current]").getAttribute("href").split("#f-")[1] + " of " + new URL(location.href).searchParams.get("n")`)
	}
	act(t, b, chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	if got := current(); got != "2 of 2" {
		t.Errorf("at %s", got)
	}
	value := `document.querySelector(".found [aria-current]").firstChild.textContent`
	act(t, b, chromedp.Poll[chromedp.Void](`document.querySelector("#sheet .which bdi").textContent === `+value))
	act(t, b, chromedp.Navigate(fmt.Sprintf("%s/r/%s/findings?n=3", demo.url, h.Report)), chromedp.WaitReady("#sheet"))
	if got := current(); got != "3 of 3" {
		t.Errorf("by its address: %s", got)
	}
}
