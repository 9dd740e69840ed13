// Package feed writes what is new in the library as Atom (RFC 4287), RSS 2.0
// and JSON Feed 1.1, in pages (RFC 5005 §3).
//
// It belongs to the publish stage: it takes items that were chosen before and
// that everybody may read, and stores nothing.
package feed

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// The formats of a feed.
const (
	Atom = "atom"
	RSS  = "rss"
	JSON = "json"
)

// Formats gives the names of the formats.
func Formats() []string { return []string{Atom, RSS, JSON} }

// MediaType gives the media type of a format; "" for an unknown one.
func MediaType(format string) string {
	switch format {
	case Atom:
		return "application/atom+xml; charset=utf-8"
	case RSS:
		return "application/rss+xml; charset=utf-8"
	case JSON:
		return "application/feed+json; charset=utf-8"
	}
	return ""
}

// Feed is a page of a feed. All addresses are absolute.
type Feed struct {
	ID       string // permanent identifier: the address of the first page
	Title    string
	About    string // a line on what the feed holds
	Language string // BCP 47
	Home     string // page for people
	Self     string // this page of the feed
	First    string // first page; "" where there is one page only
	Previous string // newer items; ""
	Next     string // older items; ""
	Updated  time.Time
	Items    []Item
}

// Item is a report in a feed, or an issue of a digest.
type Item struct {
	ID        string // permanent identifier, an absolute address
	URL       string // page for people
	Title     string
	Summary   string // plain text
	Passages  []Passage
	Authors   []string
	Tags      []string // headings
	Language  string   // BCP 47
	Published time.Time
	Updated   time.Time
	File      string // address of the document; "" when it is not open
	MediaType string // of File
	Bytes     int64  // of File; 0 = not known
}

// Passage is where a report answers the search of which a feed tells.
type Passage struct {
	Where string // "p. 12"; "" for the record
	Text  string // plain text
	URL   string // of the page, where readers may open it; else of the report
}

// content gives the passages, each with its page and address; "" without any.
func (i Item) content() string {
	var b strings.Builder
	for n, p := range i.Passages {
		if n > 0 {
			b.WriteString("\n\n")
		}
		if p.Where != "" {
			b.WriteString(xmltree.Clean(p.Where) + ": ")
		}
		b.WriteString(strings.Join(strings.Fields(xmltree.Clean(p.Text)), " ") + "\n" + p.URL)
	}
	return b.String()
}

// whole gives the summary with the passages, for formats that have one text.
func (i Item) whole() string { return strings.TrimSpace(i.Summary + "\n\n" + i.content()) }

// Write writes the feed in the format. Errors: Invalid for an unknown format,
// Unavailable.
func Write(w io.Writer, format string, f Feed) error {
	const op = "write the feed"
	var err error
	switch format {
	case Atom:
		err = writeXML(w, atomOf(f))
	case RSS:
		err = writeXML(w, rssOf(f))
	case JSON:
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		err = e.Encode(jsonOf(f))
	default:
		return greyshelf.Errorf(greyshelf.Invalid, op, format, "the formats are %s", strings.Join(Formats(), ", "))
	}
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, format, err)
	}
	return nil
}

func writeXML(w io.Writer, document any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(document)
}

// titled gives a title that is never empty: readers show nothing else.
func titled(i Item) string {
	if title := strings.TrimSpace(xmltree.Clean(i.Title)); title != "" {
		return title
	}
	return "[" + i.URL + "]"
}
