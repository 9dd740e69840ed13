// Package schemaorg writes reports as JSON-LD in the vocabulary of schema.org,
// as search engines and reference managers read it in the head of a page.
//
// It is a leaf at the end of the way of the data. It stores nothing and reads
// nothing. Notes of the desk, files and states are never in it.
package schemaorg

import (
	"encoding/json"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// MediaType is that of JSON-LD.
const MediaType = "application/ld+json"

// Report is schema.org/Report (or another CreativeWork) as JSON-LD.
type Report struct {
	Context     string     `json:"@context"`
	Type        string     `json:"@type"`
	ID          string     `json:"@id,omitempty"`
	URL         string     `json:"url,omitempty"`
	Name        string     `json:"name,omitempty"`
	Headline    string     `json:"headline,omitempty"`
	Alternate   []string   `json:"alternateName,omitempty"`
	Author      []Agent    `json:"author,omitempty"`
	Publisher   []Agent    `json:"publisher,omitempty"`
	Funder      []Agent    `json:"sponsor,omitempty"`
	Provider    []Agent    `json:"provider,omitempty"`
	Published   string     `json:"datePublished,omitempty"`
	Modified    string     `json:"dateModified,omitempty"`
	Abstract    string     `json:"abstract,omitempty"`
	Keywords    []string   `json:"keywords,omitempty"`
	Language    []string   `json:"inLanguage,omitempty"`
	Pages       int        `json:"numberOfPages,omitempty"`
	Number      string     `json:"reportNumber,omitempty"`
	ISBN        []string   `json:"isbn,omitempty"`
	Identifiers []Property `json:"identifier,omitempty"`
	SameAs      []string   `json:"sameAs,omitempty"`
	Series      *Series    `json:"isPartOf,omitempty"`
	Version     string     `json:"version,omitempty"`
	Licence     string     `json:"license,omitempty"`
	Notice      string     `json:"copyrightNotice,omitempty"`
	Holder      *Agent     `json:"copyrightHolder,omitempty"`
	Free        *bool      `json:"isAccessibleForFree,omitempty"`
}

// Agent is a schema.org/Person or Organization.
type Agent struct {
	Type        string `json:"@type"`
	Name        string `json:"name"`
	Given       string `json:"givenName,omitempty"`
	Family      string `json:"familyName,omitempty"`
	Affiliation *Agent `json:"affiliation,omitempty"`
}

// Property is a schema.org/PropertyValue.
type Property struct {
	Type  string `json:"@type"`
	ID    string `json:"propertyID"`
	Value string `json:"value"`
}

// Series is a schema.org/CreativeWorkSeries.
type Series struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// FromReport puts a report in the vocabulary. address is where the library
// shows it.
func FromReport(r greyshelf.Report, address string) Report {
	line := xmltree.Line
	title := line(r.Title)
	if r.Subtitle != "" {
		title += ": " + line(r.Subtitle)
	}
	s := Report{
		Context: "https://schema.org", Type: kind(r.Type), ID: address, URL: address, Name: title, Headline: line(r.Title),
		Author: append(agents(r, greyshelf.Author), agents(r, greyshelf.Speaker)...), Publisher: agents(r, greyshelf.Publisher), Funder: agents(r, greyshelf.Commissioning), Provider: agents(r, greyshelf.Hosting),
		Abstract: xmltree.Clean(r.Abstract), Language: r.Languages, Pages: r.Extent.Pages, Version: line(r.Version), Licence: marc.LicenceURL(r.Rights.Code), Notice: line(r.Rights.Statement),
	}
	for _, t := range r.ParallelTitles {
		s.Alternate = append(s.Alternate, line(t))
	}
	for _, h := range r.Headings {
		s.Keywords = append(s.Keywords, line(h.Label))
	}
	s.dates(r)
	s.numbers(r)
	if r.Series != "" {
		s.Series = &Series{"CreativeWorkSeries", line(r.Series)}
	}
	if holder := line(r.Rights.Holder); holder != "" {
		s.Holder = &Agent{Type: "Organization", Name: holder}
		if !greyshelf.LooksLikeBody(holder) {
			s.Holder.Type = "Thing"
		}
	}
	free := r.Rights.EffectiveAccess() == greyshelf.AccessOpen
	s.Free = &free
	return s
}

func kind(own string) string {
	switch own {
	case "article":
		return "Article"
	case "chapter":
		return "Chapter"
	case "web page":
		return "WebPage"
	}
	return "Report"
}

func agents(r greyshelf.Report, role greyshelf.Role) []Agent {
	var all []Agent
	for _, c := range r.Agents {
		if c.Role != role || xmltree.Line(c.Name) == "" {
			continue
		}
		a := Agent{Type: "Organization", Name: xmltree.Line(c.Name)}
		if c.Kind == greyshelf.Person {
			a = Agent{Type: "Person", Name: a.Name, Given: xmltree.Line(c.Given), Family: xmltree.Line(c.Family)}
		}
		if c.Affiliation != "" {
			a.Affiliation = &Agent{Type: "Organization", Name: xmltree.Line(c.Affiliation)}
		}
		all = append(all, a)
	}
	return all
}

// dates writes what ISO 8601 can say: a season is its year, a span its start.
func (s *Report) dates(r greyshelf.Report) {
	from, _, _ := strings.Cut(r.Date.EDTF, "/")
	if len(from) == 7 && from[5] >= '2' {
		from = from[:4]
	}
	s.Published = from
	if !r.Updated.IsZero() {
		s.Modified = r.Updated.UTC().Format("2006-01-02")
	}
}

func (s *Report) numbers(r greyshelf.Report) {
	for _, id := range r.Identifiers {
		value := xmltree.Line(id.Value)
		switch id.Scheme {
		case greyshelf.ISBN:
			s.ISBN = append(s.ISBN, value)
		case greyshelf.ReportNumber:
			s.Number = value
		case greyshelf.DOI:
			s.SameAs = append(s.SameAs, "https://doi.org/"+value)
		}
		s.Identifiers = append(s.Identifiers, Property{"PropertyValue", string(id.Scheme), value})
	}
	if url := xmltree.Line(r.URL); strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		s.SameAs = append(s.SameAs, url)
	}
}

// JSON gives the report as JSON-LD, indented. No sequence of it can end a
// script element or a comment.
func (s Report) JSON() []byte {
	data, _ := json.MarshalIndent(s, "", "  ") // texts and numbers always have a JSON form
	return append(data, '\n')
}
