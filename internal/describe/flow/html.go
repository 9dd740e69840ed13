package flow

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/landing"
)

func openHTML(ctx context.Context, data []byte) (describe.File, error) {
	if len(data) > mostMarkup {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, "open", "", "the web page is larger than %s", greyshelf.FormatSize(mostMarkup))
	}
	data = decoded(data)
	g := &gatherer{ctx: ctx}
	if err := readHTML(g, data, nil); err != nil {
		return nil, err
	}
	return newFile(g, describe.Info{MediaType: greyshelf.TypeHTML, Stated: htmlStated(data)})
}

// decoded gives markup in UTF-8, by what it says of its encoding.
func decoded(data []byte) []byte {
	if utf8.Valid(data) {
		return bytes.TrimPrefix(data, []byte("\ufeff"))
	}
	encoding, _, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "")
	text, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return data
	}
	return text
}

// htmlStated gives what the head and the marked parts of the page state. A
// file has no address of its own, so it gives none.
func htmlStated(data []byte) []greyshelf.Finding {
	base := &url.URL{Scheme: "https", Host: "file.invalid"}
	stated, err := landing.Read(data[:min(len(data), landing.MaxBytes)], "text/html; charset=utf-8", base)
	if err != nil {
		return nil
	}
	return findings(stated, func(form string) string {
		switch landing.Form(form) {
		case landing.Highwire, landing.DublinCore, landing.SchemaOrg:
			return "html-meta@1"
		case landing.OpenGraph:
			return "html-opengraph@1"
		}
		return "html-visible@1"
	})
}

// findings gives the findings of what was stated, each under the method that
// name gives for its form.
func findings(stated landing.Page, name func(form string) string) []greyshelf.Finding {
	var all []greyshelf.Finding
	for _, f := range landing.Findings(stated) {
		if f.Field == greyshelf.FieldURL {
			continue
		}
		form := strings.TrimSuffix(strings.TrimPrefix(f.Method, "landing-"), "@1")
		if f.Field == greyshelf.FieldRights && landing.Form(form) == landing.LinkRel {
			continue // may be the site's
		}
		f.Method = name(form)
		all = append(all, f)
	}
	return all
}

// htmlReader reads the text of markup, HTML or XHTML, token by token.
type htmlReader struct {
	*gatherer
	labels map[string]string // printed labels of pages by the id of what stands where they begin; nil without

	skip  string // element whose content is passed over, with elements of its name within
	depth int
}

// readHTML adds the text of markup to g.
func readHTML(g *gatherer, data []byte, labels map[string]string) error {
	r := htmlReader{gatherer: g, labels: labels}
	z := html.NewTokenizer(bytes.NewReader(data))
	z.SetMaxBuf(mostMarkup)
	for {
		kind := z.Next()
		if err := g.step(); err != nil {
			return err
		}
		var err error
		switch kind {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return g.begin(0)
			}
			return greyshelf.Errorf(greyshelf.Invalid, "read", "", "its markup cannot be read: %v", z.Err())
		case html.TextToken:
			if r.skip == "" {
				err = g.write(strings.ReplaceAll(string(z.Text()), "\n", " "))
			}
		case html.StartTagToken:
			err = r.start(z.Token(), false)
		case html.SelfClosingTagToken:
			z.NextIsNotRawText() // <title/> of XHTML holds nothing
			err = r.start(z.Token(), true)
		case html.EndTagToken:
			err = r.end(z.Token())
		}
		if err != nil {
			return err
		}
	}
}

// start takes the beginning of an element.
func (r *htmlReader) start(t html.Token, closed bool) error {
	if r.skip != "" {
		if t.Data == r.skip && !closed {
			r.depth++
		}
		return nil
	}
	if label, ok := r.pageBreak(t); ok {
		if err := r.breakPage(label); err != nil {
			return err
		}
		if !closed && !void(t.DataAtom) && t.DataAtom != atom.Body && t.DataAtom != atom.Section && t.DataAtom != atom.P {
			r.skip, r.depth = t.Data, 1 // its text is the label
		}
		return nil
	}
	if passedOver(t) && !closed && !void(t.DataAtom) {
		r.skip, r.depth = t.Data, 1
		return nil
	}
	switch level := headingLevel(t.DataAtom); {
	case level > 0:
		return r.begin(level)
	case t.DataAtom == atom.Br:
		return r.write("\n")
	case t.DataAtom == atom.Td || t.DataAtom == atom.Th:
		return r.write(" ")
	case r.level > 0 && inline(t.DataAtom):
		return nil
	case breaks(t.DataAtom):
		return r.begin(0)
	}
	return nil
}

// end takes the end of an element.
func (r *htmlReader) end(t html.Token) error {
	switch {
	case r.skip != "":
		if t.Data == r.skip {
			if r.depth--; r.depth == 0 {
				r.skip = ""
			}
		}
		return nil
	case headingLevel(t.DataAtom) > 0 || breaks(t.DataAtom) && r.level == 0:
		return r.begin(0)
	}
	return nil
}

// pageBreak reports whether a printed page begins with the element, and its
// label (EPUB structural semantics: pagebreak; DPUB-ARIA: doc-pagebreak).
func (r *htmlReader) pageBreak(t html.Token) (label string, ok bool) {
	at := map[string]string{}
	for _, a := range t.Attr {
		at[a.Key] = a.Val
	}
	if listed, found := r.labels[at["id"]]; found && at["id"] != "" {
		return listed, true
	}
	if !hasWord(at["epub:type"], "pagebreak") && !hasWord(at["role"], "doc-pagebreak") {
		return "", false
	}
	label = at["title"]
	if label == "" {
		label = at["aria-label"]
	}
	words := strings.Fields(label)
	if len(words) == 0 {
		return "", true
	}
	return strings.Trim(words[len(words)-1], " .,:"), true // "Page 12." is page 12
}

func hasWord(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// passedOver reports whether the content of the element is no text of the
// report, or not to be seen.
func passedOver(t html.Token) bool {
	switch t.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Nav,
		atom.Select, atom.Button, atom.Textarea, atom.Audio, atom.Video, atom.Canvas, atom.Title, atom.Noframes, atom.Noembed, atom.Xmp, atom.Dialog:
		return true
	case atom.Html, atom.Body:
		return false
	}
	for _, a := range t.Attr {
		if a.Key == "hidden" {
			return true
		}
	}
	return false
}

func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// void reports whether an element never has content (HTML §13.1.2).
func void(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

// inline reports whether an element within a heading leaves it whole, though
// it would part paragraphs.
func inline(a atom.Atom) bool { return a == atom.Div || a == atom.Center }

// breaks reports whether a paragraph ends before and after an element.
func breaks(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Caption, atom.Thead, atom.Tbody,
		atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer, atom.Main, atom.Blockquote, atom.Pre, atom.Figure, atom.Figcaption,
		atom.Address, atom.Hr, atom.Body, atom.Html, atom.Form, atom.Fieldset, atom.Details, atom.Summary, atom.Center, atom.Hgroup:
		return true
	}
	return false
}
