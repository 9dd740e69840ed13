package landing

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// void takes what an element without content says.
func (r *reader) void(tag atom.Atom, a attributes) {
	switch tag {
	case atom.Meta:
		r.meta(a)
	case atom.Base:
		if u := resolve(r.base, a["href"]); u != "" {
			if parsed, err := url.Parse(u); err == nil {
				r.base = parsed
			}
		}
	case atom.Link:
		r.rel(a)
	}
	if name := property(a["itemprop"]); name != "" {
		if within, _ := r.scopeAt(); within == workScope {
			r.add(Microdata, name, firstOf(a["content"], a["href"]), false)
		}
	}
}

// meta takes a meta element: its form follows from the beginning of its name.
// One with http-equiv (refresh) says nothing of a report.
func (r *reader) meta(a attributes) {
	for _, name := range append(a.tokens("name"), a.tokens("property")...) {
		name = strings.TrimSpace(name)
		switch {
		case strings.HasPrefix(name, "citation_"):
			if name == "citation_pdf_url" {
				r.link(Link{URL: a["content"], points: 100})
			}
			r.add(Highwire, name, a["content"], false)
		case strings.HasPrefix(name, "dc."), strings.HasPrefix(name, "dcterms."), strings.HasPrefix(name, "dc:"), strings.HasPrefix(name, "dcterms:"):
			r.add(DublinCore, strings.Replace(name, ":", ".", 1), a["content"], false)
		case strings.HasPrefix(name, "og:"), strings.HasPrefix(name, "article:"), strings.HasPrefix(name, "book:"):
			r.add(OpenGraph, name, a["content"], false)
		}
	}
}

// rel takes a link element: canonical address, address to cite, licence, PDF.
func (r *reader) rel(a attributes) {
	href := resolve(r.base, a["href"])
	rels := a.tokens("rel")
	is := func(rel string) bool { return slices.Contains(rels, rel) }
	if is("canonical") && r.page.Canonical == "" {
		r.page.Canonical = href
	}
	if is("cite-as") && r.page.CiteAs == "" {
		r.page.CiteAs = href
	}
	if is("license") || is("licence") || is("dcterms.license") {
		r.add(LinkRel, "license", href, false)
	}
	if isPDFType(a["type"]) && (is("alternate") || is("item") || is("enclosure")) {
		r.link(Link{URL: a["href"], Text: tidy(a["title"]), Language: language(a["hreflang"]), points: 70})
	}
}

// language takes the language of the page.
func (r *reader) language(tag string) {
	if r.lang = language(tag); r.lang != "" {
		r.add(LinkRel, "lang", r.lang, false)
	}
}

// listen decides whether the text of an element is wanted.
func (r *reader) listen(e *element, a attributes) *capture {
	if e.tag == atom.Script {
		if strings.HasPrefix(strings.TrimSpace(strings.ToLower(a["type"])), "application/ld+json") {
			return &capture{}
		}
		return nil
	}
	if e.hidden || len(r.heard) >= mostHeard {
		return nil
	}
	if c := r.item(e, a); c != nil {
		return c
	}
	if c := r.anchor(e, a); c != nil {
		return c
	}
	return visible(e, a)
}

// anchor listens to a link that may lead to a PDF, and takes a licence.
func (r *reader) anchor(e *element, a attributes) *capture {
	if e.tag != atom.A || a["href"] == "" {
		return nil
	}
	if rels := a.tokens("rel"); slices.Contains(rels, "license") {
		r.add(LinkRel, "license", resolve(r.base, a["href"]), false)
	} else if slices.Contains(rels, "author") {
		return nil
	}
	points := 0
	if isPDFType(a["type"]) {
		points = 60
	}
	if _, download := a["download"]; download {
		points += 5
	}
	if e.aside {
		points -= 60
	}
	text := tidy(firstOf(a["title"], a["aria-label"]))
	return &capture{link: &Link{URL: a["href"], Text: text, Language: language(a["hreflang"]), points: points}, limit: 2000}
}

// item listens to a property of a work in microdata or RDFa.
func (r *reader) item(e *element, a attributes) *capture {
	name := property(firstOf(a["itemprop"], a["property"]))
	if name == "" {
		return nil
	}
	within, holder := r.scopeAt()
	switch {
	case within == partScope && name == "name" && holder != nil:
		return &capture{parent: holder, limit: longestValue}
	case within != workScope:
		return nil
	}
	c := &capture{form: Microdata, name: name, limit: longestValue, value: firstOf(a["content"], a["datetime"])}
	if name == "license" {
		c.value = firstOf(a["href"], c.value)
	}
	if e.scope != noScope {
		e.scope = partScope
		c.body = bodyType(a["itemtype"]) || bodyType(a["typeof"])
	}
	return c
}

// property gives the bare name of a property: "schema:name" is "name".
func property(names string) string {
	for _, name := range strings.Fields(strings.ToLower(names)) {
		for _, prefix := range []string{"https://schema.org/", "http://schema.org/", "schema:", "dcterms:", "dc:"} {
			name = strings.TrimPrefix(name, prefix)
		}
		if field, _ := fieldOf(Microdata, name); field != "" {
			return name
		}
	}
	return ""
}

// visible listens to headings, time, a byline and a part marked as abstract.
// Marks are the usual names of classes, whatever the language of the page.
func visible(e *element, a attributes) *capture {
	switch e.tag {
	case atom.Title, atom.H1:
		return &capture{form: Visible, name: e.tag.String(), limit: 2000}
	case atom.Time:
		if !e.aside {
			return &capture{form: Visible, name: "time", limit: 200, value: a["datetime"]}
		}
	}
	if e.aside {
		return nil
	}
	for _, mark := range append(a.tokens("class"), a.tokens("id")...) {
		switch strings.NewReplacer("_", "-").Replace(mark) {
		case "byline", "by-line", "author", "authors", "article-author", "article-authors", "report-authors", "post-author":
			return &capture{form: Visible, name: "byline", limit: 1000}
		case "abstract", "summary", "executive-summary", "article-abstract", "report-summary", "report-abstract":
			return &capture{form: Visible, name: "abstract", limit: longestValue}
		}
	}
	return nil
}
