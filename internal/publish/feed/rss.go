package feed

import (
	"encoding/xml"
	"time"

	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// rss is a document of RSS 2.0 (RSS Advisory Board, 2.0.11), with the element
// atom:link that its Best Practices Profile asks for.
type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language,omitempty"`
	Built       string    `xml:"lastBuildDate,omitempty"`
	Links       []rssLink `xml:"atom:link"`
	Items       []rssItem `xml:"item"`
}

type rssLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type rssItem struct {
	Title       string        `xml:"title"`
	Link        string        `xml:"link"`
	GUID        rssGUID       `xml:"guid"`
	Published   string        `xml:"pubDate,omitempty"`
	Creators    []string      `xml:"dc:creator"` // author would have to be an e-mail address
	Categories  []string      `xml:"category"`
	Description string        `xml:"description,omitempty"`
	Enclosure   *rssEnclosure `xml:"enclosure"`
}

type rssGUID struct {
	Permanent bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

type rssEnclosure struct {
	URL    string `xml:"url,attr"`
	Length int64  `xml:"length,attr"`
	Type   string `xml:"type,attr"`
}

func rssOf(f Feed) rss {
	c := rssChannel{
		Title: xmltree.Clean(f.Title), Link: f.Home, Description: xmltree.Clean(f.About), Language: f.Language, Built: mailStamp(f.Updated),
		Links: []rssLink{{Rel: "self", Type: "application/rss+xml", Href: f.Self}},
	}
	for _, l := range []rssLink{{Rel: "first", Href: f.First}, {Rel: "previous", Href: f.Previous}, {Rel: "next", Href: f.Next}} {
		if l.Href != "" {
			c.Links = append(c.Links, l)
		}
	}
	for _, i := range f.Items {
		item := rssItem{
			Title: titled(i), Link: i.URL, GUID: rssGUID{Permanent: i.ID == i.URL, Value: i.ID}, Published: mailStamp(i.Published),
			Description: escaped(i.whole()),
		}
		for _, name := range i.Authors {
			item.Creators = append(item.Creators, xmltree.Clean(name))
		}
		for _, tag := range i.Tags {
			item.Categories = append(item.Categories, xmltree.Clean(tag))
		}
		if i.File != "" {
			item.Enclosure = &rssEnclosure{i.File, i.Bytes, i.MediaType}
		}
		c.Items = append(c.Items, item)
	}
	return rss{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", DC: "http://purl.org/dc/elements/1.1/", Channel: c}
}

// mailStamp writes a time as RSS asks: RFC 822 with a year of four digits.
func mailStamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC1123Z)
}

// escaped makes HTML of a text: readers take an RSS description as HTML.
func escaped(text string) string {
	var b []byte
	for _, r := range xmltree.Clean(text) {
		switch r {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '\n':
			b = append(b, "<br>"...)
		default:
			b = append(b, string(r)...)
		}
	}
	return string(b)
}
