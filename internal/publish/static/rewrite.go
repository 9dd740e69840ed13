package static

import (
	"bytes"
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// links gives the wanted addresses that a page leads to.
func (w *walk) links(page string, data []byte) []string {
	var all []string
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return all
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "form" || t.Data == "script" {
				continue
			}
			for _, a := range t.Attr {
				if a.Key != "href" && a.Key != "src" {
					continue
				}
				to, ok := w.inside(page, a.Val)
				if ok && !w.wanted(to) {
					to = instead(to)
				}
				if ok && to != "" && w.wanted(to) && (t.Data != "link" || w.Address != "" || stylesheet(t)) {
					all = append(all, to)
				}
			}
		}
	}
}

func stylesheet(t html.Token) bool {
	rel := attribute(t, "rel")
	return rel == "stylesheet" || rel == "icon" || rel == "prev" || rel == "next"
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// page writes a page as it lies in a file: links relative, without forms but
// the search, and without the site's script. A link to what is not in the
// static library leads to the page that says so, and says so itself.
func (w *walk) page(address, name string, data []byte) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(data))
	skip := ""       // the element that is left out until its end
	nowhere := false // within a link to what is not here
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out.Bytes()
		}
		raw := bytes.Clone(z.Raw())
		t := z.Token()
		switch {
		case skip != "":
			if kind == html.EndTagToken && t.Data == skip {
				skip = ""
			}
		case kind == html.StartTagToken && t.Data == "script" && attribute(t, "type") != "application/ld+json":
			skip = "script"
		case kind == html.StartTagToken && t.Data == "form" && !w.searches(address, t):
			skip = "form"
		case kind == html.StartTagToken || kind == html.SelfClosingTagToken:
			changed, keep, same := w.tag(address, name, t)
			if same {
				out.Write(raw)
			} else if keep {
				out.WriteString(changed.String())
			}
			nowhere = nowhere && t.Data != "a" || hasClass(changed, notInStatic)
		case kind == html.EndTagToken && t.Data == "a" && nowhere:
			out.WriteString(`<span class="unseen"> (` + html.EscapeString(w.Words.NeedsServer) + `)</span></a>`)
			nowhere = false
		default:
			out.Write(raw)
		}
	}
}

// searches reports whether a form is the search of the whole library.
func (w *walk) searches(page string, t html.Token) bool {
	to, ok := w.inside(page, attribute(t, "action"))
	return ok && to == "/search" && !strings.Contains(attribute(t, "class"), "inreport")
}

// tag writes the addresses of one tag anew. What leads to nothing here loses
// its address, or goes as a whole where it is nothing without one.
func (w *walk) tag(page, name string, t html.Token) (changed html.Token, keep, same bool) {
	same = true
	var kept []html.Attribute
	for _, a := range t.Attr {
		switch a.Key {
		case "href", "src", "action", "formaction":
		default:
			kept = append(kept, a)
			continue
		}
		to, within := w.inside(page, a.Val)
		if !within || strings.HasPrefix(a.Val, "#") {
			kept = append(kept, a)
			continue
		}
		same = false
		if link, ok := w.link(name, to, a.Val, t); ok {
			a.Val = link
			kept = append(kept, a)
		} else if t.Data == "link" || t.Data == "img" || t.Data == "image" {
			return t, false, false
		} else if t.Data == "a" {
			a.Val = linkBetween(name, notHerePage)
			kept = append(kept, a)
			kept = append(without(kept, "download"), html.Attribute{Key: "title", Val: w.Words.NeedsServer})
			kept = withClass(kept, notInStatic)
		}
	}
	t.Attr = kept
	return t, true, same
}

// link gives what stands in a file for an address of the site.
func (w *walk) link(name, to, written string, t html.Token) (string, bool) {
	if t.Data == "form" || to == "/search" {
		return linkBetween(name, searchPage), true
	}
	if t.Data == "link" && attribute(t, "rel") == "canonical" && w.host != nowhere {
		return strings.TrimRight(cmp.Or(w.Address, w.Home), "/") + to, true
	}
	link, ok := w.relative(name, to)
	if u, err := url.Parse(written); ok && err == nil && u.Fragment != "" {
		link += "#" + u.EscapedFragment()
	}
	return link, ok
}

// whole is the rest of a whole address of what belongs to a report or a digest,
// or of a feed, behind that of the site.
var whole = regexp.MustCompile(`^/(?:r|d|feed)/[^\s"'<>&\\]+`)

// atFiles makes whole addresses of files lead to where these lie: a server
// finds a page under the address of its folder, other files only under their
// names. Programs find PDFs by such addresses, in feeds and in the head of pages.
func (w *walk) atFiles(data []byte) []byte {
	if w.Address == "" {
		return data
	}
	site := strings.TrimRight(w.Address, "/")
	var out bytes.Buffer
	for {
		at := bytes.Index(data, []byte(site+"/"))
		if at < 0 {
			out.Write(data)
			return out.Bytes()
		}
		at += len(site)
		out.Write(data[:at])
		data = data[at:]
		found := whole.Find(data)
		if name, ok := w.names[string(found)]; ok && !strings.HasSuffix(name, ".html") {
			out.WriteString("/" + name)
			data = data[len(found):]
		}
	}
}

// notInStatic is the class of links to what is not here.
const notInStatic = "notinstatic"

func hasClass(t html.Token, class string) bool {
	return strings.Contains(" "+attribute(t, "class")+" ", " "+class+" ")
}

func without(all []html.Attribute, key string) []html.Attribute {
	return slices.DeleteFunc(all, func(a html.Attribute) bool { return a.Key == key })
}

func withClass(all []html.Attribute, class string) []html.Attribute {
	for i := range all {
		if all[i].Key == "class" {
			all[i].Val += " " + class
			return all
		}
	}
	return append(all, html.Attribute{Key: "class", Val: class})
}

// rewritten gives a page with every address in it changed.
func rewritten(page []byte, change func(string) string) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		raw := bytes.Clone(z.Raw())
		t, same := z.Token(), true
		for i, a := range t.Attr {
			if a.Key == "href" || a.Key == "src" || a.Key == "action" {
				t.Attr[i].Val, same = change(a.Val), false
			}
		}
		if same || kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			out.Write(raw)
		} else {
			out.WriteString(t.String())
		}
	}
	return out.Bytes()
}
