package opds

import "strings"

// document is a feed of OPDS 2.0 §1: a collection of the Readium Web
// Publication Manifest with other collections in it.
type document struct {
	Metadata     metadata       `json:"metadata"`
	Links        []link         `json:"links"`
	Navigation   []link         `json:"navigation,omitempty"`
	Facets       []facets       `json:"facets,omitempty"`
	Publications *[]publication `json:"publications,omitempty"`
}

type metadata struct {
	Title    string `json:"title"`
	Modified string `json:"modified,omitempty"`
	Items    int    `json:"numberOfItems,omitempty"`
	PerPage  int    `json:"itemsPerPage,omitempty"`
	Page     int    `json:"currentPage,omitempty"`
}

type link struct {
	Rel        string      `json:"rel,omitempty"`
	Href       string      `json:"href"`
	Type       string      `json:"type,omitempty"`
	Title      string      `json:"title,omitempty"`
	Templated  bool        `json:"templated,omitempty"`
	Size       int64       `json:"size,omitempty"`
	Properties *properties `json:"properties,omitempty"`
}

type properties struct {
	Items    int        `json:"numberOfItems,omitempty"`
	Indirect []indirect `json:"indirectAcquisition,omitempty"`
}

// indirect says what a page leads to (OPDS 2.0 §5.3).
type indirect struct {
	Type string `json:"type"`
}

// facets is a group of facets (OPDS 2.0 §2.4).
type facets struct {
	Metadata metadata `json:"metadata"`
	Links    []link   `json:"links"`
}

// publication is one of OPDS 2.0 §5.
type publication struct {
	Metadata about  `json:"metadata"`
	Links    []link `json:"links"`
	Images   []link `json:"images,omitempty"`
}

type about struct {
	Type        string   `json:"@type"`
	Identifier  string   `json:"identifier"`
	Title       string   `json:"title"`
	Subtitle    string   `json:"subtitle,omitempty"`
	Author      []string `json:"author,omitempty"`
	Publisher   []string `json:"publisher,omitempty"`
	Subject     []string `json:"subject,omitempty"`
	Language    string   `json:"language,omitempty"`
	Published   string   `json:"published,omitempty"`
	Modified    string   `json:"modified,omitempty"`
	Description string   `json:"description,omitempty"`
	Pages       int      `json:"numberOfPages,omitempty"`
	AltID       []string `json:"altIdentifier,omitempty"`
}

func jsonOf(f Feed) document {
	d := document{Metadata: metadata{Title: titled(f.Title, f.ID), Modified: stamp(f.Updated)}}
	if f.total() > 0 {
		d.Metadata.Items, d.Metadata.PerPage, d.Metadata.Page = f.total(), f.PerPage, max(f.Page, 1)
	}
	for _, l := range []link{
		{Rel: "self", Href: f.Self}, {Rel: "start", Href: f.Start}, {Rel: "up", Href: f.Up}, {Rel: "search", Href: f.Search, Templated: true},
		{Rel: "alternate", Href: f.Home, Type: "text/html"}, {Rel: "first", Href: f.First}, {Rel: "previous", Href: f.Previous}, {Rel: "next", Href: f.Next},
	} {
		if l.Type == "" {
			l.Type = JSON
		}
		if l.Href != "" {
			d.Links = append(d.Links, l)
		}
	}
	for _, e := range f.Entries {
		d.Navigation = append(d.Navigation, link{Rel: e.Relation, Href: e.Address, Type: JSON, Title: titled(e.Title, e.Address), Properties: counted(e.Count)})
	}
	for _, one := range f.Facets {
		if n := len(d.Facets); n == 0 || d.Facets[n-1].Metadata.Title != one.Group {
			d.Facets = append(d.Facets, facets{Metadata: metadata{Title: one.Group}})
		}
		l := link{Href: one.Address, Type: JSON, Title: titled(one.Title, "?"), Properties: counted(one.Count)}
		if one.Active {
			l.Rel = "self"
		}
		group := &d.Facets[len(d.Facets)-1]
		group.Links = append(group.Links, l)
	}
	if f.Acquires {
		all := []publication{}
		for _, p := range f.listed() {
			all = append(all, jsonPublication(p))
		}
		d.Publications = &all
	}
	return d
}

func counted(n int) *properties {
	if n == 0 {
		return nil
	}
	return &properties{Items: n}
}

func jsonPublication(p Publication) publication {
	one := publication{
		Metadata: about{Type: "http://schema.org/Report", Identifier: p.ID, Title: titled(p.Title, p.Page), Subtitle: p.Subtitle, Author: p.Authors, Publisher: p.Publishers, Subject: p.Subjects,
			Language: p.Language, Modified: stamp(p.Updated), Description: p.Summary, Pages: p.Pages, AltID: p.Names},
		Links: []link{{Rel: "alternate", Href: p.Page, Type: "text/html"}},
	}
	// A date of the manifest is one of ISO 8601; what EDTF says beyond that
	// has no place there.
	if !strings.ContainsAny(p.Issued, "?~%/X[]{},.") {
		one.Metadata.Published = p.Issued
	}
	relation, address, mediaType, final := p.acquisition()
	acquire := link{Rel: relation, Href: address, Type: mediaType}
	if p.File != "" {
		acquire.Size = p.Bytes
	}
	if final != "" {
		acquire.Properties = &properties{Indirect: []indirect{{final}}}
	}
	one.Links = append(one.Links, acquire)
	if p.Thumb != "" {
		one.Images = []link{{Href: p.Thumb, Type: p.ThumbType}}
	}
	return one
}
