package e2e_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/greyshelf/greyshelf/internal/sample"
)

// TestMorning lives a librarian's morning from the set-up link to the published
// pages: an account with a passkey, twenty files of which two are known already
// and one is a new edition, the queue worked off by keyboard with a correction,
// a refusal, an undo and headings, and what readers see in the end.
func TestMorning(t *testing.T) {
	site, invitation := ownSite(t)
	ctx, cancel := chromedp.NewContext(demo.browser)
	t.Cleanup(cancel)
	ctx, cancelTimeout := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancelTimeout)
	act(t, ctx, chromedp.EmulateViewport(1280, 900))
	arrive(t, ctx, site, invitation)
	upload(t, ctx, site, morningFiles(t))
	joined := joinTheEdition(t, ctx, site)
	refused := workOff(t, ctx, site)

	if _, err := chromedp.Call(ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	act(t, ctx, chromedp.Navigate(site+"/"))
	all := states(t, ctx)
	if _, shown := all[refused]; shown || len(all) < 15 {
		t.Errorf("readers are shown %d reports, also the refused one: %v", len(all), shown)
	}
	if _, shown := all[joined]; shown {
		t.Error("the report that became an edition of another is still shown by itself")
	}
	act(t, ctx, chromedp.Navigate(site+"/r/"+joined), chromedp.WaitReady("article.report"))
	if at := ask(t, ctx, chromedp.Location()); strings.HasSuffix(at, "/r/"+joined) || ask(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll(".edition").length`)) < 2 {
		t.Errorf("the address of the new edition leads to %s, without both editions", at)
	}
	act(t, ctx, chromedp.Navigate(site+"/search?q=subject%3A%22Morning+reading%22"), chromedp.WaitReady("main"))
	if !strings.Contains(ask(t, ctx, chromedp.Text("main")), "Corrected in the morning") {
		t.Error("the corrected report is not found by its heading")
	}
}

// arrive makes the account by the set-up link, gives it a passkey and signs in
// by it.
func arrive(t *testing.T, ctx context.Context, site, invitation string) {
	t.Helper()
	act(t, ctx, chromedp.Navigate(invitation),
		chromedp.SendKeys(`input[name=name]`, "Ada Writer"), chromedp.SendKeys(`input[name=email]`, "ada@example.org"),
		chromedp.SendKeys(`input[name=password]`, "a harbour in the evening"), chromedp.SendKeys(`input[name=again]`, "a harbour in the evening"+kb.Enter),
		chromedp.WaitVisible(`nav a[href="/account"]`))
	addAuthenticator(t, ctx)
	act(t, ctx, chromedp.Navigate(site+"/account"), chromedp.SendKeys(`[data-passkey] input`, "office computer"), chromedp.Click(`[data-passkey] button`),
		chromedp.WaitVisible(`button[value=forget]`), chromedp.Click(`form[action="/sign-out"] button`), chromedp.WaitVisible(`nav a[href^="/sign-in"]`),
		chromedp.Navigate(site+"/sign-in?to=%2Fadd"), chromedp.Click(`[data-passkey] button`), chromedp.WaitVisible(`#files`))
}

// addAuthenticator gives the browser an authenticator of its own.
func addAuthenticator(t *testing.T, ctx context.Context) {
	t.Helper()
	if _, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}}); err != nil {
		t.Fatal(err)
	}
}

// morningFiles gives the files that have come in: eighteen reports, among them
// two editions of one, and two files again under other names.
func morningFiles(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	write := func(name string, data []byte) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	var again [][]byte
	for i, one := range sample.Reports() {
		if i == 18 {
			break
		}
		data, err := one.Make()
		if err != nil {
			t.Fatal(err)
		}
		write(fmt.Sprintf("%02d.pdf", i), data)
		if i < 2 {
			again = append(again, data)
		}
	}
	for i, data := range again {
		write(fmt.Sprintf("%02d-sent-again.pdf", 90+i), data)
	}
	return files
}

// upload sends the files and waits until each has its line; two are known.
func upload(t *testing.T, ctx context.Context, site string, files []string) {
	t.Helper()
	act(t, ctx, chromedp.Navigate(site+"/add"), chromedp.WaitReady("#files"), chromedp.SetUploadFiles("#files", files))
	if ask(t, ctx, chromedp.Evaluate[bool](`document.getElementById("progress").hidden`)) {
		act(t, ctx, chromedp.Focus("[data-send]"), chromedp.KeyEvent(kb.Enter))
	}
	act(t, ctx, chromedp.Poll[chromedp.Void](fmt.Sprintf(`document.querySelectorAll("#progress .files li a, #progress .files li.refused").length >= %d`, len(files)), chromedp.WithPollingTimeout(2*time.Minute)))
}

// joinTheEdition finds the report that may be a new edition of another and
// makes it one; it gives the identifier that it had.
func joinTheEdition(t *testing.T, ctx context.Context, site string) string {
	t.Helper()
	act(t, ctx, chromedp.Navigate(site+"/queue"), chromedp.WaitReady("main"), chromedp.KeyEvent("j"))
	press(t, ctx, kb.Enter)
	for range 20 {
		id := here(t, ctx)
		act(t, ctx, chromedp.Navigate(site+"/r/"+id+"/matches"), chromedp.WaitReady("main"))
		if ask(t, ctx, chromedp.Evaluate[bool](`!!document.querySelector('button[value=edition]:not(.plain)')`)) {
			act(t, ctx, chromedp.Focus(`button[value=edition]:not(.plain)`))
			ask(t, ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.KeyEvent(kb.Enter)))
			return id
		}
		act(t, ctx, chromedp.Navigate(site+"/queue/"+id), chromedp.WaitReady("main"), chromedp.KeyEvent(kb.Escape))
		press(t, ctx, "j")
	}
	t.Fatal("nothing in the queue looks like a new edition")
	return ""
}

// workOff goes through the queue by keyboard: the first is corrected and given a
// heading, the second refused, the third accepted, taken back and accepted
// again, the others accepted. It gives the identifier of the refused one.
func workOff(t *testing.T, ctx context.Context, site string) (refused string) {
	t.Helper()
	act(t, ctx, chromedp.Navigate(site+"/queue"), chromedp.WaitReady("main"), chromedp.KeyEvent("j"))
	press(t, ctx, kb.Enter)
	for n := 0; here(t, ctx) != ""; n++ {
		id := here(t, ctx)
		act(t, ctx, chromedp.KeyEvent(kb.Escape))
		switch n {
		case 0:
			act(t, ctx, chromedp.Focus("#f-title"), chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent("Corrected in the morning"),
				chromedp.Focus("#f-headings"), chromedp.KeyEvent("Morning reading"))
			press(t, ctx, kb.Enter, chromedp.ModifierCtrl)
		case 1:
			refused = id
			act(t, ctx, chromedp.KeyEvent("r"), chromedp.Poll[chromedp.Void](`document.activeElement.id === "reason"`), chromedp.KeyEvent("not for us"))
			press(t, ctx, kb.Enter)
		case 2:
			acceptTwice(t, ctx, id)
		default:
			press(t, ctx, kb.Enter)
		}
		if n > 30 {
			t.Fatal("the queue has no end")
		}
	}
	return refused
}
