package static

import (
	"bytes"
	"context"
	"html"
	"net/url"
	"strings"
)

// The pages that say what the static library has not: one to which its links
// lead, and one that web servers show for addresses that lead nowhere.
const (
	notHerePage  = "not-here/index.html"
	notFoundPage = "404.html"
)

// writeNotHere writes both. A server shows the second under any address, so its
// links begin at the root of the site.
func (w *walk) writeNotHere(_ context.Context, out *folder) error {
	page, err := w.framed(notHerePage, w.Words.NotHere, w.notHereHTML(linkBetween(notHerePage, "index.html")))
	if err != nil {
		return err
	}
	if err := out.put(notHerePage, page); err != nil {
		return err
	}
	if page, err = w.framed(notFoundPage, w.Words.NotHere, w.notHereHTML(linkBetween(notFoundPage, "index.html"))); err != nil {
		return err
	}
	return out.put(notFoundPage, w.rooted(page))
}

// notHereHTML makes the middle of the page.
func (w *walk) notHereHTML(home string) string {
	text := html.EscapeString
	return `<section class="error"><h1>` + text(w.Words.NotHere) + `</h1>
<p>` + text(w.Words.NotHereText) + `</p>
<ul><li>` + text(w.Words.NotHereRights) + `</li><li>` + text(w.Words.NotHereServer) + `</li></ul>
<p><a class="button" href="` + text(home) + `">` + text(w.Words.Home) + `</a></p></section></main>`
}

// framed puts a middle, which ends with "</main>" and what follows it, into the
// frame of the site: that of the help.
func (w *walk) framed(name, title, middle string) ([]byte, error) {
	help, err := w.spool.get("/help")
	if err != nil {
		return nil, err
	}
	opening := `<main id="main" class="wrap" tabindex="-1">`
	before, rest, ok := bytes.Cut(w.page("/help", name, help), []byte("<main"))
	_, after, ok2 := bytes.Cut(rest, []byte("</main>"))
	if !ok || !ok2 {
		return []byte("<!DOCTYPE html><html lang=\"" + html.EscapeString(w.Words.Language) + "\"><meta charset=utf-8><title>" + html.EscapeString(title) + "</title>" + opening + middle), nil
	}
	return bytes.Join([][]byte{w.titled(before, title), []byte(opening + middle), after}, nil), nil
}

// titled puts a title in the place of the one that is there, up to the name of
// the site.
func (w *walk) titled(head []byte, title string) []byte {
	before, rest, ok := bytes.Cut(head, []byte("<title>"))
	old, after, ok2 := bytes.Cut(rest, []byte("</title>"))
	if !ok || !ok2 {
		return head
	}
	_, site, named := strings.Cut(string(old), " · ")
	if named {
		site = " · " + site
	}
	return bytes.Join([][]byte{before, []byte("<title>" + html.EscapeString(title) + site + "</title>"), after}, nil)
}

// rooted makes the links of a page at the root of the folder absolute: below
// the path of the address at which the site will be, else below "/".
func (w *walk) rooted(page []byte) []byte {
	return rewritten(page, func(link string) string {
		if u, err := url.Parse(link); err != nil || u.Scheme != "" || u.Host != "" || strings.HasPrefix(link, "#") || strings.HasPrefix(link, "/") {
			return link
		}
		return w.base + "/" + link
	})
}
