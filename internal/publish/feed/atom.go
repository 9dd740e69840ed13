package feed

import (
	"encoding/xml"
	"time"

	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// atom is a feed document of RFC 4287.
type atom struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr,omitempty"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Author   *atomPerson `xml:"author"` // of the feed: every entry needs one somewhere (§4.1.1)
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Length int64  `xml:"length,attr,omitempty"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	Language   string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Links      []atomLink     `xml:"link"`
	Authors    []atomPerson   `xml:"author"`
	Published  string         `xml:"published,omitempty"`
	Updated    string         `xml:"updated"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
	Content    *atomContent   `xml:"content"`
}

// atomContent is plain text (§4.1.3).
type atomContent struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

func atomOf(f Feed) atom {
	a := atom{
		Language: f.Language, ID: f.ID, Title: xmltree.Clean(f.Title), Subtitle: xmltree.Clean(f.About), Updated: stamp(f.Updated),
		Author: &atomPerson{xmltree.Clean(f.Title)},
		Links:  []atomLink{{Rel: "self", Type: "application/atom+xml", Href: f.Self}, {Rel: "alternate", Type: "text/html", Href: f.Home}},
	}
	for _, l := range []atomLink{{Rel: "first", Href: f.First}, {Rel: "previous", Href: f.Previous}, {Rel: "next", Href: f.Next}} {
		if l.Href != "" {
			a.Links = append(a.Links, l)
		}
	}
	for _, i := range f.Items {
		e := atomEntry{
			Language: i.Language, ID: i.ID, Title: titled(i), Published: stamp(i.Published), Updated: stamp(i.Updated), Summary: xmltree.Clean(i.Summary),
			Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: i.URL}},
		}
		if i.File != "" {
			e.Links = append(e.Links, atomLink{Rel: "enclosure", Type: i.MediaType, Href: i.File, Length: i.Bytes})
		}
		for _, name := range i.Authors {
			e.Authors = append(e.Authors, atomPerson{xmltree.Clean(name)})
		}
		for _, tag := range i.Tags {
			e.Categories = append(e.Categories, atomCategory{xmltree.Clean(tag)})
		}
		if text := i.content(); text != "" {
			e.Content = &atomContent{"text", text}
		}
		a.Entries = append(a.Entries, e)
	}
	return a
}

// stamp writes a time as RFC 3339 §5.6 asks.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
