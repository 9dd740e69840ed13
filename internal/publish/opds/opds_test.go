package opds_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf/internal/publish/opds"
)

const base = "https://library.example.org/opds"

func sample() opds.Feed {
	at := time.Date(2020, 5, 1, 8, 0, 0, 0, time.UTC)
	return opds.Feed{
		ID: base + "/reports", Title: "Reports", Author: "Library", Language: "en", Self: base + "/reports?page=2", Start: base, Up: base, Home: "https://library.example.org/",
		Search: "https://library.example.org/opensearch.xml", First: base + "/reports", Previous: base + "/reports", Next: base + "/reports?page=3", Updated: at,
		Total: 120, PerPage: 50, Page: 2, Acquires: true,
		Facets: []opds.Facet{{Group: "Year", Title: "2009", Address: base + "/reports?year=2009", Count: 3, Active: true}, {Group: "Year", Title: "2010", Address: base + "/reports?year=2010", Count: 4}},
		Publications: []opds.Publication{
			{ID: "https://library.example.org/r/a", Page: "https://library.example.org/r/a", Title: "Ports & <b>Harbours</b>", Summary: "On water.", Authors: []string{"Ada Writer"}, Publishers: []string{"House & Sons"},
				Subjects: []string{"Harbours"}, Language: "en", Issued: "2009-05", Names: []string{"urn:isbn:9780000000002"}, Pages: 12, Added: at, Updated: at,
				File: "https://library.example.org/r/a/f/1", Open: true, MediaType: "application/pdf", Bytes: 1234, Thumb: "https://library.example.org/r/a/thumb", ThumbType: "image/jpeg"},
			{ID: "https://library.example.org/r/b", Page: "https://library.example.org/r/b", Added: at, Updated: at, Issued: "2009?", From: "https://publisher.example.org/b", FromType: "text/html", Final: "application/pdf"},
		},
	}
}

func written(t testing.TB, f opds.Feed) string {
	t.Helper()
	var b bytes.Buffer
	if err := opds.Write1(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestAcquisitionFeed holds OPDS 1.2 by section, and reads the feed back.
func TestAcquisitionFeed(t *testing.T) {
	got := written(t, sample())
	for section, want := range map[string]string{
		"§2 self link with the kind":               `<link rel="self" type="application/atom+xml;profile=opds-catalog;kind=acquisition" href="` + base + `/reports?page=2">`,
		"§2.1 start link":                          `<link rel="start" type="application/atom+xml;profile=opds-catalog;kind=navigation" href="` + base + `">`,
		"§2.4 paging by RFC 5005":                  `<link rel="next" type="application/atom+xml;profile=opds-catalog;kind=acquisition" href="` + base + `/reports?page=3">`,
		"§3 search link":                           `<link rel="search" type="application/opensearchdescription+xml"`,
		"§3 total of OpenSearch":                   `<opensearch:totalResults>120</opensearch:totalResults>`,
		"§3 first of the page":                     `<opensearch:startIndex>51</opensearch:startIndex>`,
		"§4 active facet with its group and count": `<link rel="http://opds-spec.org/facet" type="application/atom+xml;profile=opds-catalog;kind=acquisition" href="` + base + `/reports?year=2009" title="2009" opds:facetGroup="Year" opds:activeFacet="true" thr:count="3">`,
		"§5.1 identifier":                          `<dcterms:identifier>urn:isbn:9780000000002</dcterms:identifier>`,
		"§5.1 publisher":                           `<dcterms:publisher>House &amp; Sons</dcterms:publisher>`,
		"§5.1 issued":                              `<dcterms:issued>2009-05</dcterms:issued>`,
		"§5.2.1 open access":                       `<link rel="http://opds-spec.org/acquisition/open-access" type="application/pdf" href="https://library.example.org/r/a/f/1" length="1234">`,
		"§5.3 through a page of the publisher":     `<link rel="http://opds-spec.org/acquisition" type="text/html" href="https://publisher.example.org/b"><opds:indirectAcquisition type="application/pdf"></opds:indirectAcquisition></link>`,
		"§5.2.2 thumbnail":                         `<link rel="http://opds-spec.org/image/thumbnail" type="image/jpeg"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s: no %s in\n%s", section, want, got)
		}
	}
	if strings.Count(got, "opds-spec.org/acquisition/") != 1 || strings.Count(got, "opds-spec.org/acquisition") != 2 || strings.Count(got, `activeFacet`) != 1 {
		t.Errorf("a closed report has a file, or two facets are active:\n%s", got)
	}
	feed, err := gofeed.NewParser().ParseString(got)
	if err != nil {
		t.Fatal(err)
	}
	if first := feed.Items[0]; len(feed.Items) != 2 || first.Title != "Ports & <b>Harbours</b>" && first.Title != "Ports & Harbours" || first.Link != "https://library.example.org/r/a" || first.Authors[0].Name != "Ada Writer" {
		t.Errorf("read back: %+v", feed.Items[0])
	}
	if feed.Items[1].Title == "" {
		t.Error("a report without a title has none in the catalogue (RFC 4287 §4.1.2)")
	}
}

// TestEveryEntryIsAcquired: an entry has at least one acquisition link (OPDS 1.2
// §5, §5.4), so what can be had nowhere is in no feed of publications, and a page
// without it gives no total that would be wrong.
func TestEveryEntryIsAcquired(t *testing.T) {
	f := sample()
	f.Publications = append(f.Publications, opds.Publication{ID: "https://library.example.org/r/nowhere", Page: "https://library.example.org/r/nowhere", Title: "Nowhere"})
	var two bytes.Buffer
	if err := opds.Write2(&two, f); err != nil {
		t.Fatal(err)
	}
	for version, got := range map[string]string{"1.2": written(t, f), "2.0": two.String()} {
		if strings.Contains(got, "nowhere") || strings.Contains(got, "totalResults") || strings.Contains(got, `"numberOfItems":120`) || strings.Count(got, "https://publisher.example.org/b") != 1 {
			t.Errorf("%s: %s", version, got)
		}
	}
	for _, entry := range strings.Split(written(t, f), "<entry")[1:] {
		if strings.Count(entry, `rel="http://opds-spec.org/acquisition`) != 1 {
			t.Errorf("an entry without an acquisition link: %s", entry)
		}
	}
}

// TestNavigationFeed holds §2.2: entries with one link and a content.
func TestNavigationFeed(t *testing.T) {
	f := opds.Feed{ID: base, Title: "Library", Author: "Library", Self: base, Start: base, Entries: []opds.Entry{{Title: "New", About: "The latest", Address: base + "/reports", Relation: opds.New, Acquires: true, Count: 7}, {Title: "Years", Address: base + "/year", Relation: opds.Below}}}
	got := written(t, f)
	for _, want := range []string{
		`kind=navigation" href="` + base + `"`, `<link rel="http://opds-spec.org/sort/new" type="application/atom+xml;profile=opds-catalog;kind=acquisition" href="` + base + `/reports" thr:count="7">`,
		`<content type="text">The latest</content>`, `<link rel="subsection" type="application/atom+xml;profile=opds-catalog;kind=navigation" href="` + base + `/year">`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if feed, err := gofeed.NewParser().ParseString(got); err != nil || len(feed.Items) != 2 {
		t.Error(err)
	}
}

// TestJSON holds OPDS 2.0: metadata and a self link (§1), navigation with
// titles (§2.1), publications with their links (§5), facets in groups (§2.4).
func TestJSON(t *testing.T) {
	f := sample()
	f.Search = base + "2/reports{?query}"
	var b bytes.Buffer
	if err := opds.Write2(&b, f); err != nil {
		t.Fatal(err)
	}
	type link struct {
		Rel, Href, Type, Title string
		Templated              bool
		Properties             struct{ IndirectAcquisition []struct{ Type string } }
	}
	var got struct {
		Metadata struct {
			Title         string
			NumberOfItems int
		}
		Links        []link
		Facets       []struct{ Links []link }
		Publications []struct {
			Metadata struct{ Title, Published, Identifier string }
			Links    []link
			Images   []link
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	rel := map[string]link{}
	for _, l := range got.Links {
		rel[l.Rel] = l
	}
	switch {
	case got.Metadata.Title != "Reports" || got.Metadata.NumberOfItems != 120:
		t.Errorf("metadata: %+v", got.Metadata)
	case rel["self"].Type != opds.JSON || rel["self"].Href != f.Self || !rel["search"].Templated || rel["next"].Href != f.Next:
		t.Errorf("links: %+v", rel)
	case len(got.Facets) != 1 || len(got.Facets[0].Links) != 2 || got.Facets[0].Links[0].Rel != "self":
		t.Errorf("facets: %+v", got.Facets)
	case len(got.Publications) != 2 || got.Publications[0].Metadata.Published != "2009-05" || len(got.Publications[0].Images) != 1:
		t.Errorf("publications: %+v", got.Publications)
	case got.Publications[1].Metadata.Published != "" || len(got.Publications[1].Links) != 2 || got.Publications[1].Links[1].Rel != "http://opds-spec.org/acquisition" || got.Publications[1].Links[1].Properties.IndirectAcquisition[0].Type != "application/pdf":
		t.Errorf("the closed one: %+v", got.Publications[1])
	}
	b.Reset()
	if err := opds.Write2(&b, opds.Feed{Title: "None", Acquires: true}); err != nil || !strings.Contains(b.String(), `"publications":[]`) {
		t.Errorf("an empty feed: %v %s", err, b.String())
	}
}

// TestHostile: no text makes a catalogue that a parser refuses, and none leaves
// its element.
func TestHostile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, text := sample(), rapid.String().Draw(t, "text")
		f.Title, f.Author, f.Facets[0].Title, f.Facets[0].Group = text, text, text, text
		p := &f.Publications[0]
		p.Title, p.Summary, p.Authors, p.Publishers, p.Subjects, p.Names = text, text, []string{text}, []string{text}, []string{text}, []string{text}
		var one, two bytes.Buffer
		if err := errors.Join(opds.Write1(&one, f), opds.Write2(&two, f)); err != nil {
			t.Fatal(err)
		}
		entries := 0
		for d := xml.NewDecoder(&one); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local == "entry" {
				entries++
			}
		}
		if entries != 2 || !json.Valid(two.Bytes()) {
			t.Fatalf("%d entries", entries)
		}
	})
}
