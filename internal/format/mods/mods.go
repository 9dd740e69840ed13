// Package mods writes and reads records of the Metadata Object Description
// Schema, version 3.8.
//
// It is a leaf at the end of the way of the data: exports, OAI-PMH and SRU
// send what it writes; imports read. It stores nothing. Notes of the desk,
// files and states are never in a record.
package mods

import (
	"fmt"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Namespace is that of MODS 3, Schema where the schema of 3.8 lies, MediaType
// that of RFC 6207.
const (
	Namespace = "http://www.loc.gov/mods/v3"
	Schema    = "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
	MediaType = "application/mods+xml"
)

// relators are the terms and codes of the MARC Code List for Relators.
var relators = map[greyshelf.Role][2]string{
	greyshelf.Author: {"author", "aut"}, greyshelf.Publisher: {"publisher", "pbl"}, greyshelf.Commissioning: {"commissioning body", "pat"},
	greyshelf.Hosting: {"host institution", "his"}, greyshelf.Speaker: {"speaker", "spk"},
}

// FromReport makes the record of a report. address is where the library shows
// it; it may be empty. The elements stand in the order of the MODS User
// Guidelines.
func FromReport(r greyshelf.Report, address string) xmltree.Node {
	w := &writer{}
	w.titles(r)
	for _, a := range r.Agents {
		w.put(name(a))
		w.put(others(a))
	}
	w.text("mods:typeOfResource", "text")
	w.text("mods:genre", r.Type)
	w.put(origin(r))
	for _, tag := range r.Languages {
		w.put(xmltree.Element("mods:language", leaf("mods:languageTerm", tag).With("type", "code", "authority", "rfc5646")))
	}
	w.put(physical(r))
	for _, paragraph := range strings.Split(xmltree.Clean(r.Abstract), "\n") {
		w.text("mods:abstract", paragraph)
	}
	for _, h := range r.Headings {
		w.put(xmltree.Element("mods:subject", leaf("mods:topic", h.Label)).With("lang", h.Language))
	}
	if r.Series != "" {
		w.put(xmltree.Element("mods:relatedItem", xmltree.Element("mods:titleInfo", leaf("mods:title", r.Series))).With("type", "series"))
	}
	for _, id := range r.Identifiers {
		w.text("mods:identifier", id.Value, "type", strings.ReplaceAll(string(id.Scheme), "_", " "))
	}
	w.locations(r.URL, address)
	w.rights(r.Rights)
	w.put(about(r))
	return xmltree.Element("mods:mods", w.nodes...).With("xmlns:mods", Namespace, "xmlns:xlink", "http://www.w3.org/1999/xlink",
		"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance", "version", "3.8", "xsi:schemaLocation", Namespace+" "+Schema)
}

// writer collects elements that say something.
type writer struct{ nodes []xmltree.Node }

func (w *writer) put(n xmltree.Node) {
	if n.Name != "" && (n.Text != "" || len(n.Nodes) > 0) {
		w.nodes = append(w.nodes, n)
	}
}

func (w *writer) text(name, text string, attrs ...string) { w.put(leaf(name, text).With(attrs...)) }

func leaf(name, text string) xmltree.Node { return xmltree.Text(name, xmltree.Line(text)) }

// element makes an element of those parts that say something.
func element(name string, parts ...xmltree.Node) xmltree.Node {
	w := &writer{}
	for _, p := range parts {
		w.put(p)
	}
	return xmltree.Element(name, w.nodes...)
}

func (w *writer) titles(r greyshelf.Report) {
	w.put(element("mods:titleInfo", leaf("mods:title", r.Title), leaf("mods:subTitle", r.Subtitle)))
	for _, t := range r.ParallelTitles {
		w.put(element("mods:titleInfo", leaf("mods:title", t)).With("type", "translated"))
	}
}

// name writes an agent. The display form is the name as printed.
func name(c greyshelf.Contribution) xmltree.Node {
	w := &writer{}
	kind := "corporate"
	if c.Kind == greyshelf.Person {
		kind = "personal"
	}
	if c.Kind == greyshelf.Person && c.Family != "" {
		w.text("mods:namePart", c.Given, "type", "given")
		w.text("mods:namePart", c.Family, "type", "family")
		w.text("mods:displayForm", c.Name)
	} else {
		w.text("mods:namePart", c.Name)
	}
	if len(w.nodes) == 0 {
		return xmltree.Node{}
	}
	w.text("mods:affiliation", c.Affiliation)
	relator := relators[c.Role]
	w.put(element("mods:role", leaf("mods:roleTerm", relator[0]).With("type", "text", "authority", "marcrelator"), leaf("mods:roleTerm", relator[1]).With("type", "code", "authority", "marcrelator")))
	w.text("mods:description", c.Stated)
	return xmltree.Element("mods:name", w.nodes...).With("type", kind)
}

// others says that the document names an agent "et al.".
func others(c greyshelf.Contribution) xmltree.Node {
	if !c.EtAl {
		return xmltree.Node{}
	}
	return element("mods:name", leaf("mods:etal", "et al."))
}

// origin writes publishers, dates and version.
func origin(r greyshelf.Report) xmltree.Node {
	w := &writer{}
	for _, a := range r.AgentsWith(greyshelf.Publisher) {
		w.text("mods:publisher", a.Name)
	}
	from, to, span := strings.Cut(r.Date.EDTF, "/")
	if span {
		w.text("mods:dateIssued", from, "encoding", "edtf", "keyDate", "yes", "point", "start")
		w.text("mods:dateIssued", to, "encoding", "edtf", "point", "end")
	} else {
		w.text("mods:dateIssued", from, "encoding", "edtf", "keyDate", "yes")
	}
	w.text("mods:dateIssued", r.Date.Printed)
	w.text("mods:edition", r.Version)
	if len(w.nodes) > 0 {
		w.text("mods:issuance", "monographic")
	}
	return xmltree.Element("mods:originInfo", w.nodes...)
}

// physical writes format, extent and size: first as printed, then counted
// where the printed form does not say it.
func physical(r greyshelf.Report) xmltree.Node {
	w := &writer{}
	w.text("mods:form", r.Format)
	media := map[string]string{"PDF": "application/pdf", "HTML": "text/html"}[strings.ToUpper(r.Format)]
	w.text("mods:internetMediaType", media)
	w.text("mods:extent", r.Extent.Printed)
	if read, _ := greyshelf.ParseExtent(r.Extent.Printed); read.Pages != r.Extent.Pages && r.Extent.Pages > 0 {
		w.text("mods:extent", fmt.Sprint(r.Extent.Pages), "unit", "pages")
	}
	w.text("mods:extent", r.Size.Printed, "unit", "file size")
	if read, _ := greyshelf.ParseSize(r.Size.Printed); read.Bytes != r.Size.Bytes && r.Size.Bytes > 0 {
		w.text("mods:extent", fmt.Sprint(r.Size.Bytes), "unit", "bytes")
	}
	if len(w.nodes) > 0 {
		w.text("mods:digitalOrigin", "born digital")
	}
	return xmltree.Element("mods:physicalDescription", w.nodes...)
}

func (w *writer) locations(published, address string) {
	w.put(element("mods:location", leaf("mods:url", published).With("usage", "primary display")))
	w.put(element("mods:location", leaf("mods:url", address).With("access", "object in context")))
}

// rights writes the statement, the code with the licence's address, the holder.
func (w *writer) rights(r greyshelf.Rights) {
	w.text("mods:accessCondition", r.Statement, "type", "use and reproduction")
	w.text("mods:accessCondition", string(r.Code), "type", "use and reproduction", "displayLabel", "code", "xlink:href", marc.LicenceURL(r.Code))
	w.text("mods:accessCondition", r.Holder, "type", "use and reproduction", "displayLabel", "rights holder")
}

// about writes whose record this is and of when.
func about(r greyshelf.Report) xmltree.Node {
	w := &writer{}
	for _, t := range []struct {
		name string
		at   time.Time
	}{{"mods:recordCreationDate", r.Created}, {"mods:recordChangeDate", r.Updated}} {
		if !t.at.IsZero() {
			w.text(t.name, t.at.UTC().Format(time.RFC3339), "encoding", "w3cdtf")
		}
	}
	w.text("mods:recordIdentifier", r.ID)
	w.text("mods:recordOrigin", "Described in Greyshelf")
	return xmltree.Element("mods:recordInfo", w.nodes...)
}
