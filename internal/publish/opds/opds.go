// Package opds writes the library as a catalogue for reading programs: OPDS
// 1.2 (Atom) and OPDS 2.0 (JSON), feeds that lead on and feeds of reports.
//
// It belongs to the publish stage: it takes what was chosen before and what
// the reader may know of, and stores nothing. It decides nothing about rights:
// a publication names its file only where its maker has looked.
package opds

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// The media types of the catalogue: of OPDS 1.2 §2, where kind tells feeds that
// lead on from feeds of publications, and of OPDS 2.0 §1.
const (
	Navigation  = "application/atom+xml;profile=opds-catalog;kind=navigation"
	Acquisition = "application/atom+xml;profile=opds-catalog;kind=acquisition"
	JSON        = "application/opds+json"
)

// Relations of links that OPDS 1.2 §5 and OPDS 2.0 §5 name.
const (
	relAcquisition = "http://opds-spec.org/acquisition"
	relOpen        = "http://opds-spec.org/acquisition/open-access"
	relThumbnail   = "http://opds-spec.org/image/thumbnail"
	relFacet       = "http://opds-spec.org/facet"
)

// Feed is a page of the catalogue. All addresses are absolute. It has entries
// that lead on, or publications.
type Feed struct {
	ID       string // permanent identifier: the address of the first page
	Title    string
	Author   string // name of the library
	Language string // BCP 47
	Self     string
	Start    string // root of the catalogue
	Up       string // the feed above; "" for the root
	Home     string // page for people
	Search   string // address of the search: an OpenSearch description (1.2), a URI template (2.0)
	First    string // "" where there is one page only
	Previous string
	Next     string
	Updated  time.Time
	Total    int // publications on all pages; 0 = not counted
	PerPage  int // 0 with Total 0
	Page     int // from 1

	Entries      []Entry
	Facets       []Facet
	Publications []Publication
	Acquires     bool // a feed of publications, even when it has none
}

// Entry leads on to another feed.
type Entry struct {
	Title    string
	About    string // a line on what is there
	Address  string
	Relation string // [New], [Below]
	Acquires bool   // it leads to a feed of publications
	Count    int    // publications there; 0 = not known
}

// Relations of an entry (OPDS 1.2 §2.2, RFC 5023's "subsection" of RFC 5988).
const (
	New   = "http://opds-spec.org/sort/new"
	Below = "subsection"
)

// Facet is one way to narrow a feed of publications (OPDS 1.2 §4).
type Facet struct {
	Group, Title, Address string
	Count                 int
	Active                bool
}

// Publication is a report.
type Publication struct {
	ID         string // permanent identifier, an absolute address
	Page       string // for people
	Title      string
	Subtitle   string
	Summary    string // plain text
	Authors    []string
	Publishers []string
	Subjects   []string
	Language   string   // BCP 47
	Issued     string   // date as in EDTF or ISO 8601; "" when not known
	Names      []string // identifiers as URN or address
	Pages      int      // 0 = not known
	Added      time.Time
	Updated    time.Time
	File       string // address of the document; "" when the reader may not have it here
	From       string // where else it may be had: its publisher's address; "" for nowhere
	FromType   string // media type of what is there
	Final      string // media type of the document, where FromType is that of a page that leads to it; "" = not known
	Open       bool   // everybody may have it
	MediaType  string // of File
	Bytes      int64  // of File; 0 = not known
	Thumb      string // address of a picture of the first page; "" for none
	ThumbType  string // its media type
}

// listed gives the publications that can be had from here or elsewhere. OPDS 1.2
// §5 asks for at least one acquisition link in every entry, and OPDS 2.0 §5 for
// one in every publication: others are no part of such a feed.
func (f Feed) listed() []Publication {
	var all []Publication
	for _, p := range f.Publications {
		if p.File != "" || p.From != "" {
			all = append(all, p)
		}
	}
	return all
}

// total gives how many publications there are on all pages; 0 where that is not
// known because some of this page are not listed.
func (f Feed) total() int {
	if len(f.listed()) < len(f.Publications) {
		return 0
	}
	return f.Total
}

// MediaType1 gives the media type of the feed as OPDS 1.2.
func (f Feed) MediaType1() string { return kind(f.Acquires) }

func kind(acquires bool) string {
	if acquires {
		return Acquisition
	}
	return Navigation
}

// Write1 writes the feed as OPDS 1.2. Errors: Unavailable.
func Write1(w io.Writer, f Feed) error {
	_, err := io.WriteString(w, xml.Header)
	if err == nil {
		err = xml.NewEncoder(w).Encode(atomOf(f))
	}
	return wrong(err)
}

// Write2 writes the feed as OPDS 2.0. Errors: Unavailable.
func Write2(w io.Writer, f Feed) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return wrong(e.Encode(jsonOf(f)))
}

func wrong(err error) error {
	if err == nil {
		return nil
	}
	return greyshelf.E(greyshelf.Unavailable, "write the catalogue", "OPDS", err)
}

// titled gives a title that is never empty: readers show nothing else.
func titled(title, instead string) string {
	if title = strings.TrimSpace(xmltree.Clean(title)); title != "" {
		return title
	}
	return "[" + instead + "]"
}

// acquisition gives the relation and the media type of the link by which the
// publication is had, and that of what a page there leads to (OPDS 1.2 §5.2.1,
// §5.3).
func (p Publication) acquisition() (relation, address, mediaType, final string) {
	switch {
	case p.File == "":
		return relAcquisition, p.From, p.FromType, p.Final
	case p.Open:
		return relOpen, p.File, p.MediaType, ""
	}
	return relAcquisition, p.File, p.MediaType, ""
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
