package flow

import (
	"bytes"
	"encoding/xml"
	"path"
	"strings"

	"golang.org/x/net/html"

	"github.com/greyshelf/greyshelf"
)

// printedPages gives the printed page labels of an EPUB by the path of the
// text and the id where the page begins ("" = at its beginning): of its page
// list (EPUB 3.3 §7.4.2.2), else of its NCX (NISO Z39.86 §8.4.3). A list that
// cannot be read is as none.
func printedPages(g *gatherer, a *archive, b *book) map[string]map[string]string {
	labels := map[string]map[string]string{}
	put := func(dir, href, label string) {
		_, id, _ := strings.Cut(href, "#")
		at := resolved(dir, href)
		if at == "" || label == "" {
			return
		}
		if labels[at] == nil {
			labels[at] = map[string]string{}
		}
		labels[at][id] = label
	}
	for _, it := range b.items {
		if !hasWord(it.properties, "nav") {
			continue
		}
		if data, err := a.part(it.path); err == nil {
			pageList(g, decoded(data), func(href, label string) { put(path.Dir(it.path), href, label) })
		}
	}
	if ncx, ok := b.items[b.ncx]; ok && len(labels) == 0 {
		if data, err := a.part(ncx.path); err == nil {
			_ = pageTargets(g, data, func(href, label string) { put(path.Dir(ncx.path), href, label) })
		}
	}
	return labels
}

// pageList reads the links of the page list of a navigation document.
func pageList(g *gatherer, data []byte, put func(href, label string)) {
	z := html.NewTokenizer(bytes.NewReader(data))
	z.SetMaxBuf(mostMarkup)
	within, href, text := false, "", strings.Builder{}
	for n := 0; n < 40*mostPages && g.step() == nil; n++ {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken:
			t := z.Token()
			for _, a := range t.Attr {
				switch {
				case t.Data == "nav" && (a.Key == "epub:type" && hasWord(a.Val, "page-list") || a.Key == "role" && hasWord(a.Val, "doc-pagelist")):
					within = true
				case t.Data == "a" && a.Key == "href" && within:
					href = a.Val
					text.Reset()
				}
			}
		case html.TextToken:
			if href != "" && text.Len() < 100 {
				text.Write(z.Text())
			}
		case html.EndTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "a":
				if href != "" {
					put(href, clean(text.String()))
				}
				href = ""
			case "nav":
				within = false
			}
		}
	}
}

// pageTargets reads the page list of an NCX.
func pageTargets(g *gatherer, data []byte, put func(href, label string)) error {
	within, inText, label, n := false, false, "", 0
	return eachToken(g, "NCX", data, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "pageTarget":
				within, label = true, ""
			case t.Name.Local == "text":
				inText = within
			case t.Name.Local == "content" && within:
				if n++; n > mostPages {
					return greyshelf.Errorf(greyshelf.TooLarge, "open", "", "its list of pages is too long")
				}
				put(attribute(t, "src"), clean(label))
			}
		case xml.CharData:
			if inText && len(label) < 100 {
				label += string(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "text":
				inText = false
			case "pageTarget":
				within = false
			}
		}
		return nil
	})
}
