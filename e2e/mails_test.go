package e2e_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/greyshelf/greyshelf/internal/mail/mailtest"
	"github.com/greyshelf/greyshelf/internal/sample"
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
		lookAtMail(t, ctx, axe, "style "+style, mail)
	}
}

// lookAtMail opens a mail in HTML as wide as a telephone, light and dark.
func lookAtMail(t *testing.T, ctx context.Context, axe, name, mail string) {
	t.Helper()
	for _, colours := range []string{"light", "dark"} {
		scheme(t, ctx, colours)
		// The preview runs no script, so the mail is written into an empty page; its
		// ground is named because axe takes an unnamed one for white.
		act(t, ctx, chromedp.EmulateViewport(320, 700), chromedp.Navigate("about:blank"), chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.open(); document.write(%q); document.close(); document.documentElement.style.background = "Canvas"`, mail)))
		where := name + ", " + colours
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

// TestAlertMail goes the way of a reader who subscribes, and opens what the
// mail server was given: the question whether it was they, and what is new.
func TestAlertMail(t *testing.T) {
	axe := axeScript(t)
	server := mailtest.Start(t, mailtest.Options{})
	dir := t.TempDir()
	library := filepath.Join(dir, "library")
	command(t, "init", "--library", library)
	settings := fmt.Sprintf("address = \"http://localhost\"\nmail-server = \"%s:%d\"\nmail-from = \"Desk <desk@example.org>\"\nmail-security = \"none\"\n", server.Host, server.Port)
	if err := os.WriteFile(filepath.Join(library, "greyshelf.toml"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	program := exec.Command(demo.program, "serve", "--library", library, "--listen", "localhost:0")
	line := firstLine(t, program)
	site := strings.TrimSuffix(line[strings.Index(line, "http"):], "/")
	ctx, cancel := chromedp.NewContext(demo.browser)
	t.Cleanup(cancel)
	ctx, cancelTimeout := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancelTimeout)
	act(t, ctx, chromedp.Navigate(site+"/subscribe"), chromedp.SendKeys("input[name=email]", "ada@example.org"), chromedp.Click("input[name=all]"), chromedp.SendKeys("main input[name=q]", "page"), chromedp.SetValue("select[name=frequency]", "at-once"))
	ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click("main form button")))
	question := lastMail(t, server, "ada@example.org", 1)
	confirm := regexp.MustCompile(`/confirm/\w+`).FindString(question)
	act(t, ctx, chromedp.Navigate(site+confirm))
	ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click("main form button")))
	if err := program.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = program.Wait()

	command(t, "alert", "run", "--library", library) // it hears of what comes after now
	var files []string
	for _, s := range sample.Reports()[:5] {
		data, err := s.Make()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, filepath.Join(dir, s.Name))
		if err := os.WriteFile(files[len(files)-1], data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command(t, append([]string{"add", "--library", library}, files...)...)
	command(t, "alert", "run", "--library", library)
	news := lastMail(t, server, "ada@example.org", 2)
	if strings.Count(news, "<h2") != len(files) || !strings.Contains(news, "<blockquote") || strings.Contains(news, "src=") {
		t.Error(news)
	}
	lookAtMail(t, ctx, axe, "alert", news)
}

// lastMail gives the body in HTML, or else the text, of the last of n mails to
// an address.
func lastMail(t *testing.T, server *mailtest.Server, to string, n int) string {
	t.Helper()
	mails := server.Messages(to)
	if len(mails) != n {
		t.Fatalf("%d mails to %s, not %d", len(mails), to, n)
	}
	m, err := mail.ReadMessage(strings.NewReader(mails[n-1]))
	if err != nil {
		t.Fatal(err)
	}
	kind, parameters, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	body := decoded(t, m.Header.Get("Content-Transfer-Encoding"), m.Body)
	if !strings.HasPrefix(kind, "multipart/") {
		return body
	}
	for parts := multipart.NewReader(strings.NewReader(body), parameters["boundary"]); ; {
		part, err := parts.NextPart()
		if err == io.EOF {
			return body
		}
		if err != nil {
			t.Fatal(err)
		}
		body = decoded(t, part.Header.Get("Content-Transfer-Encoding"), part)
	}
}

func decoded(t *testing.T, encoding string, r io.Reader) string {
	t.Helper()
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
