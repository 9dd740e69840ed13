package opds

import (
	"encoding/xml"

	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// atom is an OPDS catalogue feed document (OPDS 1.2 §2 over RFC 4287). The
// prefixes are declared at the root and written as they are.
type atom struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Terms    string      `xml:"xmlns:dcterms,attr"`
	OPDS     string      `xml:"xmlns:opds,attr"`
	Thread   string      `xml:"xmlns:thr,attr"`
	Search   string      `xml:"xmlns:opensearch,attr"`
	Language string      `xml:"xml:lang,attr,omitempty"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Updated  string      `xml:"updated"`
	Author   *atomAuthor `xml:"author"`
	Total    int         `xml:"opensearch:totalResults,omitempty"`
	PerPage  int         `xml:"opensearch:itemsPerPage,omitempty"`
	First    int         `xml:"opensearch:startIndex,omitempty"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Title  string `xml:"title,attr,omitempty"`
	Length int64  `xml:"length,attr,omitempty"`
	Group  string `xml:"opds:facetGroup,attr,omitempty"`
	Active string `xml:"opds:activeFacet,attr,omitempty"`
	Count  int    `xml:"thr:count,attr,omitempty"`

	Indirect *atomIndirect `xml:"opds:indirectAcquisition"`
}

// atomIndirect says what a page leads to (OPDS 1.2 §5.4).
type atomIndirect struct {
	Type string `xml:"type,attr"`
}

type atomEntry struct {
	Language    string         `xml:"xml:lang,attr,omitempty"`
	ID          string         `xml:"id"`
	Title       string         `xml:"title"`
	Updated     string         `xml:"updated"`
	Published   string         `xml:"published,omitempty"`
	Authors     []atomAuthor   `xml:"author"`
	Identifiers []string       `xml:"dcterms:identifier"`
	Publishers  []string       `xml:"dcterms:publisher"`
	Lang        string         `xml:"dcterms:language,omitempty"`
	Issued      string         `xml:"dcterms:issued,omitempty"`
	Categories  []atomCategory `xml:"category"`
	Summary     *atomText      `xml:"summary"`
	Content     *atomText      `xml:"content"`
	Links       []atomLink     `xml:"link"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

func atomOf(f Feed) atom {
	a := atom{
		Terms: "http://purl.org/dc/terms/", OPDS: "http://opds-spec.org/2010/catalog", Thread: "http://purl.org/syndication/thread/1.0", Search: "http://a9.com/-/spec/opensearch/1.1/",
		Language: f.Language, ID: f.ID, Title: titled(f.Title, f.ID), Updated: stamp(f.Updated), Author: &atomAuthor{titled(f.Author, f.Start)},
		Total: f.total(), Links: feedLinks(f),
	}
	if f.total() > 0 {
		a.PerPage, a.First = f.PerPage, (max(f.Page, 1)-1)*f.PerPage+1
	}
	for _, e := range f.Entries {
		one := atomEntry{ID: e.Address, Title: titled(e.Title, e.Address), Updated: stamp(f.Updated),
			Links: []atomLink{{Rel: e.Relation, Type: kind(e.Acquires), Href: e.Address, Count: e.Count}}}
		if about := xmltree.Clean(e.About); about != "" {
			one.Content = &atomText{"text", about}
		}
		a.Entries = append(a.Entries, one)
	}
	for _, p := range f.listed() {
		a.Entries = append(a.Entries, atomPublication(p))
	}
	return a
}

func feedLinks(f Feed) []atomLink {
	var all []atomLink
	for _, l := range []atomLink{
		{Rel: "self", Type: kind(f.Acquires), Href: f.Self}, {Rel: "start", Type: Navigation, Href: f.Start}, {Rel: "up", Type: Navigation, Href: f.Up},
		{Rel: "search", Type: "application/opensearchdescription+xml", Href: f.Search}, {Rel: "alternate", Type: "text/html", Href: f.Home},
		{Rel: "first", Type: kind(f.Acquires), Href: f.First}, {Rel: "previous", Type: kind(f.Acquires), Href: f.Previous}, {Rel: "next", Type: kind(f.Acquires), Href: f.Next},
	} {
		if l.Href != "" {
			all = append(all, l)
		}
	}
	for _, one := range f.Facets {
		l := atomLink{Rel: relFacet, Type: Acquisition, Href: one.Address, Title: titled(one.Title, "?"), Group: xmltree.Clean(one.Group), Count: one.Count}
		if one.Active {
			l.Active = "true"
		}
		all = append(all, l)
	}
	return all
}

func atomPublication(p Publication) atomEntry {
	e := atomEntry{
		Language: p.Language, ID: p.ID, Title: titled(p.Title, p.Page), Updated: stamp(p.Updated), Published: stamp(p.Added),
		Lang: p.Language, Issued: p.Issued, Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: p.Page}},
	}
	for _, name := range p.Names {
		e.Identifiers = append(e.Identifiers, xmltree.Clean(name))
	}
	for _, name := range p.Authors {
		e.Authors = append(e.Authors, atomAuthor{titled(name, p.Page)})
	}
	for _, name := range p.Publishers {
		e.Publishers = append(e.Publishers, xmltree.Clean(name))
	}
	for _, s := range p.Subjects {
		s = xmltree.Clean(s)
		e.Categories = append(e.Categories, atomCategory{s, s})
	}
	if text := xmltree.Clean(p.Summary); text != "" {
		e.Summary = &atomText{"text", text}
	}
	relation, address, mediaType, final := p.acquisition()
	acquire := atomLink{Rel: relation, Type: mediaType, Href: address}
	if p.File != "" {
		acquire.Length = p.Bytes
	}
	if final != "" {
		acquire.Indirect = &atomIndirect{final}
	}
	e.Links = append(e.Links, acquire)
	if p.Thumb != "" {
		e.Links = append(e.Links, atomLink{Rel: relThumbnail, Type: p.ThumbType, Href: p.Thumb})
	}
	return e
}
