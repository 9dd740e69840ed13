// Package datacite writes the DataCite Metadata Schema, version 4.6, as XML and
// as the JSON of DataCite's interface.
//
// It is a leaf at the end of the way of the data: who registers a DOI for a
// report sends what it writes. It stores nothing and reads nothing. What the
// schema requires and a report lacks is ":unav", as its appendix 3 has it;
// without a DOI the report's address stands in its place.
package datacite

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Namespace is that of the schema's fourth version, Schema where it lies.
const (
	Namespace = "http://datacite.org/schema/kernel-4"
	Schema    = "https://schema.datacite.org/meta/kernel-4.6/metadata.xsd"
)

// The media types under which DataCite knows both forms.
const (
	MediaType     = "application/vnd.datacite.datacite+xml"
	JSONMediaType = "application/vnd.datacite.datacite+json"
)

const unavailable = ":unav"

// Resource is a report in the words of the schema. Its JSON is that of
// DataCite's interface.
type Resource struct {
	ID             string        `json:"id,omitempty"`
	DOI            string        `json:"doi,omitempty"`
	URL            string        `json:"url,omitempty"`
	Types          Types         `json:"types"`
	Creators       []Name        `json:"creators"`
	Contributors   []Name        `json:"contributors,omitempty"`
	Titles         []Title       `json:"titles"`
	Publisher      Publisher     `json:"publisher"`
	Year           int           `json:"publicationYear"`
	Subjects       []Subject     `json:"subjects,omitempty"`
	Dates          []Date        `json:"dates,omitempty"`
	Language       string        `json:"language,omitempty"`
	Identifiers    []Identifier  `json:"alternateIdentifiers,omitempty"`
	Sizes          []string      `json:"sizes,omitempty"`
	Formats        []string      `json:"formats,omitempty"`
	Version        string        `json:"version,omitempty"`
	Rights         []Rights      `json:"rightsList,omitempty"`
	Descriptions   []Description `json:"descriptions,omitempty"`
	SchemaVersion  string        `json:"schemaVersion"`
	identifierType string
}

// Types says what kind of thing it is.
type Types struct {
	General string `json:"resourceTypeGeneral"`
	Own     string `json:"resourceType,omitempty"`
}

// Name is a creator or contributor.
type Name struct {
	Name        string   `json:"name"`
	Type        string   `json:"nameType,omitempty"` // Personal, Organizational
	Given       string   `json:"givenName,omitempty"`
	Family      string   `json:"familyName,omitempty"`
	Affiliation []string `json:"affiliation,omitempty"`
	Role        string   `json:"contributorType,omitempty"`
}

// Title is a title; Type is empty for the main one.
type Title struct {
	Title    string `json:"title"`
	Type     string `json:"titleType,omitempty"`
	Language string `json:"lang,omitempty"`
}

// Publisher is who published it.
type Publisher struct {
	Name string `json:"name"`
}

// Subject is a heading.
type Subject struct {
	Subject  string `json:"subject"`
	Language string `json:"lang,omitempty"`
}

// Date is a date and what happened then.
type Date struct {
	Date string `json:"date"`
	Type string `json:"dateType"`
}

// Identifier is another number or address.
type Identifier struct {
	Value string `json:"alternateIdentifier"`
	Type  string `json:"alternateIdentifierType"`
}

// Rights is a statement or a licence.
type Rights struct {
	Rights string `json:"rights,omitempty"`
	URI    string `json:"rightsUri,omitempty"`
}

// Description is the abstract or the series.
type Description struct {
	Description string `json:"description"`
	Type        string `json:"descriptionType"`
}

// FromReport puts a report in the words of the schema. address is where the
// library shows it.
func FromReport(r greyshelf.Report, address string) Resource {
	res := Resource{DOI: r.Identifier(greyshelf.DOI), URL: xmltree.Line(address), Types: types(r.Type), Language: first(r.Languages), Version: xmltree.Line(r.Version), SchemaVersion: Namespace}
	res.ID, res.identifierType = res.DOI, "DOI"
	if res.DOI == "" {
		res.ID, res.identifierType = res.URL, "URL"
	}
	if res.ID == "" {
		res.ID = unavailable
	}
	res.names(r)
	res.titles(r)
	res.dates(r)
	for _, h := range r.Headings {
		res.Subjects = append(res.Subjects, Subject{xmltree.Line(h.Label), h.Language})
	}
	for _, id := range r.Identifiers {
		if id.Scheme != greyshelf.DOI {
			res.Identifiers = append(res.Identifiers, Identifier{xmltree.Line(id.Value), strings.ReplaceAll(string(id.Scheme), "_", " ")})
		}
	}
	if r.URL != "" {
		res.Identifiers = append(res.Identifiers, Identifier{xmltree.Line(r.URL), "URL"})
	}
	res.extent(r)
	for _, rights := range []Rights{{Rights: xmltree.Line(r.Rights.Statement)}, {Rights: string(r.Rights.Code), URI: marc.LicenceURL(r.Rights.Code)}} {
		if rights.Rights != "" {
			res.Rights = append(res.Rights, rights)
		}
	}
	for _, d := range []Description{{xmltree.Clean(strings.TrimSpace(r.Abstract)), "Abstract"}, {xmltree.Line(r.Series), "SeriesInformation"}} {
		if d.Description != "" {
			res.Descriptions = append(res.Descriptions, d)
		}
	}
	return res
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func types(own string) Types {
	general := map[string]string{"": "Report", "report": "Report", "brief": "Report", "article": "JournalArticle", "chapter": "BookChapter"}[own]
	if general == "" {
		general = "Text"
	}
	if own == "" {
		own = "report"
	}
	return Types{general, xmltree.Line(own)}
}

func (res *Resource) names(r greyshelf.Report) {
	for _, a := range r.Agents {
		n := Name{Name: xmltree.Line(a.Inverted()), Type: "Organizational"}
		if a.Kind == greyshelf.Person {
			n.Type, n.Given, n.Family = "Personal", xmltree.Line(a.Given), xmltree.Line(a.Family)
		}
		if affiliation := xmltree.Line(a.Affiliation); affiliation != "" {
			n.Affiliation = []string{affiliation}
		}
		switch {
		case n.Name == "":
		case a.Role == greyshelf.Author || a.Role == greyshelf.Speaker:
			res.Creators = append(res.Creators, n)
		case a.Role == greyshelf.Publisher && res.Publisher.Name == "":
			res.Publisher.Name = n.Name
		default:
			n.Role = map[greyshelf.Role]string{greyshelf.Publisher: "Distributor", greyshelf.Commissioning: "Sponsor", greyshelf.Hosting: "HostingInstitution"}[a.Role]
			if n.Role == "" {
				n.Role = "Other"
			}
			res.Contributors = append(res.Contributors, n)
		}
	}
	if res.Publisher.Name == "" {
		res.Publisher.Name = unavailable
	}
	if len(res.Creators) == 0 {
		res.Creators = []Name{{Name: unavailable}}
	}
}

func (res *Resource) titles(r greyshelf.Report) {
	language := first(r.Languages)
	add := func(title, kind, language string) {
		if title = xmltree.Line(title); title != "" {
			res.Titles = append(res.Titles, Title{title, kind, language})
		}
	}
	add(r.Title, "", language)
	if len(res.Titles) == 0 {
		add(unavailable, "", "")
	}
	add(r.Subtitle, "Subtitle", language)
	for _, t := range r.ParallelTitles {
		add(t, "TranslatedTitle", "")
	}
}

// dates writes when it was issued and when the library made it available. The
// year is that of the first; the schema must have one, so without it that of
// the second.
func (res *Resource) dates(r greyshelf.Report) {
	res.Year = r.Date.Year()
	if first, last := r.Date.Bounds(); first != "" {
		issued := r.Date.EDTF
		if len(issued) == 7 && issued[5] >= '2' { // a season or a quarter: RKMS-ISO8601 has spans instead
			issued = first + "/" + last
		}
		res.Dates = append(res.Dates, Date{issued, "Issued"})
	}
	if !r.Created.IsZero() {
		res.Dates = append(res.Dates, Date{r.Created.UTC().Format(time.DateOnly), "Available"})
		if res.Year == 0 {
			res.Year = r.Created.UTC().Year()
		}
	}
}

func (res *Resource) extent(r greyshelf.Report) {
	for _, size := range []string{r.Extent.Printed, r.Size.Printed} {
		if size = xmltree.Line(size); size != "" {
			res.Sizes = append(res.Sizes, size)
		}
	}
	if r.Extent.Printed == "" && r.Extent.Pages > 0 {
		res.Sizes = append(res.Sizes, greyshelf.FormatExtent(r.Extent.Pages))
	}
	if format := map[string]string{"PDF": "application/pdf", "HTML": "text/html"}[strings.ToUpper(r.Format)]; format != "" {
		res.Formats = []string{format}
	}
}

// JSON gives the JSON of DataCite's interface, indented. No sequence of it can
// end a script element.
func (res Resource) JSON() []byte {
	data, _ := json.MarshalIndent(res, "", "  ") // texts and numbers always have a JSON form
	return append(data, '\n')
}

// XML gives the resource element of the schema, in the schema's order.
func (res Resource) XML() xmltree.Node {
	n := xmltree.Element("resource").With("xmlns", Namespace, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance", "xsi:schemaLocation", Namespace+" "+Schema)
	put := func(nodes ...xmltree.Node) { n.Nodes = append(n.Nodes, nodes...) }
	put(xmltree.Text("identifier", res.ID).With("identifierType", res.identifierType))
	put(group("creators", res.Creators, func(c Name) xmltree.Node { return c.xml("creator") })...)
	put(group("titles", res.Titles, func(t Title) xmltree.Node {
		return xmltree.Text("title", t.Title).With("titleType", t.Type, "xml:lang", t.Language)
	})...)
	put(xmltree.Text("publisher", res.Publisher.Name), xmltree.Text("publicationYear", fmt.Sprintf("%04d", res.Year)))
	put(xmltree.Text("resourceType", res.Types.Own).With("resourceTypeGeneral", res.Types.General))
	put(group("subjects", res.Subjects, func(s Subject) xmltree.Node { return xmltree.Text("subject", s.Subject).With("xml:lang", s.Language) })...)
	put(group("contributors", res.Contributors, func(c Name) xmltree.Node { return c.xml("contributor") })...)
	put(group("dates", res.Dates, func(d Date) xmltree.Node { return xmltree.Text("date", d.Date).With("dateType", d.Type) })...)
	put(group("language", nonempty(res.Language), func(l string) xmltree.Node { return xmltree.Text("language", l) })...)
	put(group("alternateIdentifiers", res.Identifiers, func(id Identifier) xmltree.Node {
		return xmltree.Text("alternateIdentifier", id.Value).With("alternateIdentifierType", id.Type)
	})...)
	put(group("sizes", res.Sizes, func(s string) xmltree.Node { return xmltree.Text("size", s) })...)
	put(group("formats", res.Formats, func(f string) xmltree.Node { return xmltree.Text("format", f) })...)
	put(group("version", nonempty(res.Version), func(v string) xmltree.Node { return xmltree.Text("version", v) })...)
	put(group("rightsList", res.Rights, func(r Rights) xmltree.Node { return xmltree.Text("rights", r.Rights).With("rightsURI", r.URI) })...)
	put(group("descriptions", res.Descriptions, func(d Description) xmltree.Node {
		return xmltree.Text("description", d.Description).With("descriptionType", d.Type)
	})...)
	return n
}

func nonempty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// group puts elements into a container, which is left out when there are none;
// one of the container's own name stands alone.
func group[T any](container string, items []T, write func(T) xmltree.Node) []xmltree.Node {
	var nodes []xmltree.Node
	for _, item := range items {
		nodes = append(nodes, write(item))
	}
	if len(nodes) == 0 || nodes[0].Name == container {
		return nodes
	}
	return []xmltree.Node{xmltree.Element(container, nodes...)}
}

func (c Name) xml(element string) xmltree.Node {
	n := xmltree.Element(element, xmltree.Text(element+"Name", c.Name).With("nameType", c.Type)).With("contributorType", c.Role)
	for _, part := range [][2]string{{"givenName", c.Given}, {"familyName", c.Family}, {"affiliation", first(c.Affiliation)}} {
		if part[1] != "" {
			n.Nodes = append(n.Nodes, xmltree.Text(part[0], part[1]))
		}
	}
	return n
}
