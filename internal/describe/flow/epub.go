package flow

import (
	"context"
	"encoding/xml"
	"net/url"
	"path"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/landing"
)

// longestMeta bounds a value of metadata in bytes.
const longestMeta = 40_000

// mostStated bounds how many values of metadata are looked at.
const mostStated = 400

// book is what the package document of an EPUB says (EPUB 3.3 §5; EPUB 2's OPF
// alike).
type book struct {
	stated []landing.Value
	items  map[string]item // by id
	spine  []string        // ids in reading order
	ncx    string          // id of the table of EPUB 2
}

type item struct{ path, mediaType, properties string }

func openEPUB(ctx context.Context, a *archive) (describe.File, error) {
	g := &gatherer{ctx: ctx}
	if a.parts["META-INF/rights.xml"] != nil { // of a reading system's copy protection
		return nil, greyshelf.Errorf(greyshelf.Invalid, "open", "", "it is protected against copying; it cannot be read")
	}
	root, err := rootFile(g, a)
	if err != nil {
		return nil, err
	}
	b, err := readPackage(g, a, root)
	if err != nil {
		return nil, err
	}
	labels := printedPages(g, a, b)
	read := 0
	for _, id := range b.spine {
		it, ok := b.items[id]
		if !ok || !strings.Contains(it.mediaType, "html") || hasWord(it.properties, "nav") {
			continue
		}
		data, err := a.part(it.path)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue // the rest goes on
		}
		if err != nil {
			return nil, err
		}
		if err := g.breakPart(); err != nil {
			return nil, err
		}
		if label, ok := labels[it.path][""]; ok {
			if err := g.breakPage(label); err != nil {
				return nil, err
			}
		}
		if err := readHTML(g, decoded(data), labels[it.path]); err != nil {
			return nil, err
		}
		read++
	}
	if read == 0 {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "open", "", "the EPUB names no text that can be read")
	}
	stated := findings(landing.Page{Values: b.stated}, func(string) string { return "opf@1" })
	return newFile(g, describe.Info{MediaType: greyshelf.TypeEPUB, Stated: stated})
}

// rootFile gives the path of the package document (EPUB OCF §4.2.6.3.1).
func rootFile(g *gatherer, a *archive) (string, error) {
	const name = "META-INF/container.xml"
	data, err := a.part(name)
	if err != nil {
		return "", err
	}
	root := ""
	err = eachToken(g, name, data, func(t xml.Token, _ int) error {
		if start, ok := t.(xml.StartElement); ok && start.Name.Local == "rootfile" && root == "" {
			root = path.Clean(attribute(start, "full-path"))
		}
		return nil
	})
	if err == nil && root == "" {
		err = greyshelf.Errorf(greyshelf.Invalid, "open", "", "the EPUB does not say where its package document is")
	}
	return root, err
}

// readPackage reads the package document.
func readPackage(g *gatherer, a *archive, name string) (*book, error) {
	data, err := a.part(name)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		err = greyshelf.Errorf(greyshelf.Invalid, "open", "", "the EPUB has no package document")
	}
	if err != nil {
		return nil, err
	}
	b := &book{items: map[string]item{}}
	r := packageReader{book: b, dir: path.Dir(name)}
	return b, eachToken(g, name, data, r.take)
}

// packageReader reads the tokens of a package document.
type packageReader struct {
	*book
	dir    string
	name   string // element of metadata that is open: "dc.title"; "" without
	scheme string // of an identifier, as EPUB 2 names it: "isbn"
	text   strings.Builder
}

func (r *packageReader) take(t xml.Token, _ int) error {
	switch t := t.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.CharData:
		if r.name != "" && r.text.Len()+len(t) <= longestMeta {
			r.text.Write(t)
		}
	case xml.EndElement:
		r.keep(clean(strings.ReplaceAll(r.text.String(), "\n", " ")))
		r.name = ""
		r.text.Reset()
	}
	return nil
}

// keep takes a value of metadata. An identifier says of what scheme it is, in
// itself or in an attribute.
func (r *packageReader) keep(text string) {
	if r.name == "" || text == "" || len(r.stated) == mostStated {
		return
	}
	if r.name == "dc.identifier" {
		if len(text) > 4 && strings.EqualFold(text[:4], "urn:") {
			text = text[4:]
		}
		switch r.scheme {
		case "isbn", "issn", "doi":
			if !strings.Contains(text, ":") {
				text = r.scheme + ":" + text
			}
		}
	}
	r.stated = append(r.stated, landing.Value{Form: landing.DublinCore, Name: r.name, Text: text})
}

// dublinCore is the namespace of the elements of the Dublin Core.
const dublinCore = "http://purl.org/dc/elements/1.1/"

func (r *packageReader) start(t xml.StartElement) {
	switch {
	case t.Name.Space == dublinCore:
		r.name, r.scheme = epubName(t), strings.ToLower(attribute(t, "scheme"))
	case t.Name.Local == "item":
		if href := resolved(r.dir, attribute(t, "href")); href != "" && len(r.items) < mostEntries {
			r.items[attribute(t, "id")] = item{href, attribute(t, "media-type"), attribute(t, "properties")}
		}
	case t.Name.Local == "spine":
		r.ncx = attribute(t, "toc")
	case t.Name.Local == "itemref" && len(r.spine) < mostEntries:
		r.spine = append(r.spine, attribute(t, "idref"))
	}
}

// epubName gives the name under which an element of metadata is understood; ""
// for what says nothing of the report: who else helped, when the file changed.
func epubName(t xml.StartElement) string {
	name := "dc." + t.Name.Local
	role, event := attribute(t, "role"), attribute(t, "event")
	switch {
	case name == "dc.creator" && role != "" && role != "aut" && role != "cre":
		return ""
	case name == "dc.date" && event != "" && event != "publication" && event != "original-publication":
		return ""
	}
	return name
}

// resolved gives the path in the archive that a reference from a folder means;
// "" for one that leads out of it.
func resolved(dir, href string) string {
	href, _, _ = strings.Cut(href, "#")
	text, err := url.PathUnescape(href)
	if err != nil || text == "" || strings.Contains(text, "://") {
		return ""
	}
	p := path.Join(dir, text)
	if strings.HasPrefix(p, "../") || strings.HasPrefix(p, "/") {
		return ""
	}
	return p
}
