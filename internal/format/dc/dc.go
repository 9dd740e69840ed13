// Package dc writes and reads Dublin Core: the fifteen elements (ISO 15836-1)
// as OAI-PMH and SRU carry them, and the DCMI Metadata Terms as XML and as
// names and values for the head of a web page.
//
// It is a leaf at the end of the way of the data. It stores nothing. Dublin
// Core says less than a report holds: what comes back is title (with the
// subtitle), names, date, subjects, abstract, numbers, languages and rights.
package dc

import (
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// The namespaces of the elements, the terms, and the containers of OAI-PMH and
// SRU.
const (
	Elements     = "http://purl.org/dc/elements/1.1/"
	Terms        = "http://purl.org/dc/terms/"
	OAINamespace = "http://www.openarchives.org/OAI/2.0/oai_dc/"
	OAISchema    = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
	SRUNamespace = "info:srw/schema/1/dc-schema"
)

const xsi = "http://www.w3.org/2001/XMLSchema-instance"

// Value is one statement: a term, what it says, and in which language (BCP 47)
// or encoding scheme.
type Value struct {
	Term     string // of the DCMI Metadata Terms: "title", "issued"
	Text     string
	Language string // empty when not known
	Scheme   string // "dcterms:URI", "dcterms:W3CDTF"; empty for plain text
}

// FromReport gives what a report says as DCMI Metadata Terms. address is where
// the library shows it; it may be empty.
func FromReport(r greyshelf.Report, address string) []Value {
	var all list
	language := ""
	if len(r.Languages) > 0 {
		language = r.Languages[0]
	}
	all.add("title", r.FullTitle(), language, "")
	for _, t := range r.ParallelTitles {
		all.add("alternative", t, "", "")
	}
	for _, a := range r.Agents {
		switch a.Role {
		case greyshelf.Author, greyshelf.Speaker:
			all.add("creator", a.Inverted(), "", "")
		case greyshelf.Publisher:
			all.add("publisher", a.Name, "", "")
		default:
			all.add("contributor", a.Inverted(), "", "")
		}
	}
	for _, h := range r.Headings {
		all.add("subject", h.Label, h.Language, "")
	}
	all.add("abstract", r.Abstract, language, "")
	all.add("issued", r.Date.EDTF, "", scheme(r.Date.EDTF))
	all.add("type", r.Type, "", "")
	all.add("format", mediaType(r.Format), "", "")
	extent := r.Extent.Printed
	if extent == "" {
		extent = greyshelf.FormatExtent(r.Extent.Pages)
	}
	all.add("extent", extent, "", "")
	all.add("identifier", address, "", uri)
	for _, id := range r.Identifiers {
		text, scheme := number(id)
		all.add("identifier", text, "", scheme)
	}
	all.add("source", r.URL, "", uri)
	for _, tag := range r.Languages {
		all.add("language", tag, "", "dcterms:RFC5646")
	}
	all.add("isPartOf", r.Series, "", "")
	all.rights(r.Rights)
	return all
}

const uri = "dcterms:URI"

type list []Value

// add keeps what says something.
func (l *list) add(term, text, language, scheme string) {
	if text = xmltree.Clean(strings.TrimSpace(text)); text != "" {
		*l = append(*l, Value{term, text, language, scheme})
	}
}

// rights says what the document does, the licence, and who may open it in the
// words of the COAR and info:eu-repo vocabularies that harvesters look for.
func (l *list) rights(r greyshelf.Rights) {
	l.add("rights", r.Statement, "", "")
	l.add("license", marc.LicenceURL(r.Code), "", uri)
	if r.Code == greyshelf.PublicDomain {
		l.add("license", "https://creativecommons.org/publicdomain/mark/1.0/", "", uri)
	}
	l.add("rightsHolder", r.Holder, "", "")
	access := "info:eu-repo/semantics/restrictedAccess"
	switch r.EffectiveAccess() {
	case greyshelf.AccessOpen:
		access = "info:eu-repo/semantics/openAccess"
	case greyshelf.AccessEmbargo:
		access = "info:eu-repo/semantics/embargoedAccess"
	}
	l.add("accessRights", access, "", uri)
}

// scheme gives the encoding of a date: what W3CDTF cannot say has none.
func scheme(edtf string) string {
	if len(edtf) == 7 && edtf[5] >= '2' || strings.Contains(edtf, "/") || edtf == "" {
		return ""
	}
	return "dcterms:W3CDTF"
}

// number writes an identifier as a URI where its scheme has one.
func number(id greyshelf.Identifier) (text, scheme string) {
	switch id.Scheme {
	case greyshelf.DOI:
		return "https://doi.org/" + id.Value, uri
	case greyshelf.ISBN:
		return "urn:isbn:" + id.Value, uri
	case greyshelf.ISSN:
		return "urn:issn:" + id.Value, uri
	}
	return id.Value, ""
}

// mediaType gives the media type of a format as lists print it, else itself.
func mediaType(format string) string {
	switch strings.ToUpper(format) {
	case "PDF":
		return "application/pdf"
	case "HTML":
		return "text/html"
	}
	return format
}

// simple gives the element among the fifteen that a term refines (DCMI
// Metadata Terms §3, "Subproperty of").
func simple(term string) string {
	switch term {
	case "alternative":
		return "title"
	case "abstract":
		return "description"
	case "issued":
		return "date"
	case "extent":
		return "format"
	case "isPartOf":
		return "relation"
	case "license", "rightsHolder", "accessRights":
		return "rights"
	}
	return term
}

// OAI gives the report as oai_dc (OAI-PMH 2.0, implementation guidelines).
func OAI(r greyshelf.Report, address string) xmltree.Node {
	return elements("oai_dc:dc", r, address).With("xmlns:oai_dc", OAINamespace, "xmlns:dc", Elements, "xmlns:xsi", xsi, "xsi:schemaLocation", OAINamespace+" "+OAISchema)
}

// SRU gives the report as SRU carries Dublin Core (info:srw/schema/1/dc-v1.1).
func SRU(r greyshelf.Report, address string) xmltree.Node {
	return elements("srw_dc:dc", r, address).With("xmlns:srw_dc", SRUNamespace, "xmlns:dc", Elements)
}

func elements(container string, r greyshelf.Report, address string) xmltree.Node {
	n := xmltree.Element(container)
	for _, v := range FromReport(r, address) {
		n.Nodes = append(n.Nodes, xmltree.Text("dc:"+simple(v.Term), v.Text).With("xml:lang", v.Language))
	}
	return n
}

// Qualified gives the report as DCMI Metadata Terms in XML (DCMI, Guidelines
// for implementing Dublin Core in XML), in a container without a name of its
// own.
func Qualified(r greyshelf.Report, address string) xmltree.Node {
	n := xmltree.Element("metadata").With("xmlns:dcterms", Terms, "xmlns:xsi", xsi)
	for _, v := range FromReport(r, address) {
		n.Nodes = append(n.Nodes, xmltree.Text("dcterms:"+v.Term, v.Text).With("xml:lang", v.Language, "xsi:type", v.Scheme))
	}
	return n
}

// Meta is a statement for the head of a web page (DCMI, Expressing Dublin Core
// in HTML): <meta name="DC.title" content="…">.
type Meta struct{ Name, Content, Language string }

// MetaOf gives the statements for the head of a report's page: the fifteen
// elements as DC.x, what refines them as DCTERMS.x.
func MetaOf(r greyshelf.Report, address string) []Meta {
	var all []Meta
	for _, v := range FromReport(r, address) {
		name := "DC." + v.Term
		if simple(v.Term) != v.Term {
			name = "DCTERMS." + v.Term
		}
		all = append(all, Meta{name, xmltree.Line(v.Text), v.Language})
	}
	return all
}
