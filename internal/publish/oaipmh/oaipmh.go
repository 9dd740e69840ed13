// Package oaipmh answers harvesters: a data provider of the Open Archives
// Initiative Protocol for Metadata Harvesting, version 2.0.
//
// It stands at the end of the way of the data. It reads the catalogue in the
// order of change, page by page, and writes records in the formats of
// internal/format. Harvesters are anonymous readers: what they may know of a
// report package rights decides, and a report that once was public and is no
// longer is a deleted record. It stores nothing, also not for resumption: a
// token says itself where the list goes on. Section numbers are those of the
// protocol's document.
package oaipmh

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// MediaType is that of every answer (§3.1.2.1).
const MediaType = "text/xml; charset=utf-8"

// How much an answer holds.
const (
	recordsPerPage = 100
	setsPerPage    = 500
)

// Provider answers requests. Its fields must be set.
type Provider struct {
	Shelf  catalog.Shown
	Name   string   // repositoryName
	Admins []string // e-mail addresses; at least one (§4.2)
	Domain string   // of the identifiers oai:DOMAIN:ID; it should never change
	Key    []byte   // a secret of the library that seals resumption tokens
	Base   string   // address of the provider
	Link   func(id string) string
	Now    func() time.Time
}

// request is what was asked, checked.
type request struct {
	*Provider
	ctx  context.Context
	verb string
	args map[string]string
}

// failure is an error of the protocol (§3.6).
type failure struct{ code, text string }

func (f *failure) Error() string { return f.code + ": " + f.text }

func bad(code, text string) error { return &failure{code, text} }

// verb is what may be asked with which arguments (§4).
type verb struct {
	required, optional []string
	exclusive          bool // a resumptionToken may stand alone
	answer             func(request) ([]xmltree.Node, error)
}

func verbOf(name string) (verb, bool) {
	switch name {
	case "Identify":
		return verb{answer: request.identify}, true
	case "ListMetadataFormats":
		return verb{optional: []string{"identifier"}, answer: request.listFormats}, true
	case "ListSets":
		return verb{exclusive: true, answer: request.listSets}, true
	case "GetRecord":
		return verb{required: []string{"identifier", "metadataPrefix"}, answer: request.getRecord}, true
	case "ListIdentifiers", "ListRecords":
		return verb{required: []string{"metadataPrefix"}, optional: []string{"from", "until", "set"}, exclusive: true, answer: request.list}, true
	}
	return verb{}, false
}

// Answer answers a request with a document of the protocol, also where the
// request is wrong. Errors: those of the catalogue.
func (p *Provider) Answer(ctx context.Context, arguments url.Values) (xmltree.Node, error) {
	r := request{Provider: p, ctx: ctx}
	nodes, err := r.answer(arguments)
	asked := xmltree.Text("request", p.Base)
	if f, wrong := err.(*failure); wrong {
		nodes, err = []xmltree.Node{xmltree.Text("error", f.text).With("code", f.code)}, nil
		if f.code == "badVerb" || f.code == "badArgument" {
			r.verb, r.args = "", nil // attributes only where they are understood (§3.2)
		}
	}
	if err != nil {
		return xmltree.Node{}, err
	}
	asked = asked.With("verb", r.verb)
	for _, name := range argumentNames() {
		asked = asked.With(name, r.args[name])
	}
	const space = "http://www.openarchives.org/OAI/2.0/"
	return xmltree.Element("OAI-PMH", append([]xmltree.Node{xmltree.Text("responseDate", stamp(p.Now())), asked}, nodes...)...).With(
		"xmlns", space, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance", "xsi:schemaLocation", space+" http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"), nil
}

func argumentNames() []string {
	return []string{"identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"}
}

func (r *request) answer(arguments url.Values) ([]xmltree.Node, error) {
	if len(arguments["verb"]) != 1 {
		return nil, bad("badVerb", "one argument verb must be given")
	}
	v, known := verbOf(arguments.Get("verb"))
	if !known {
		return nil, bad("badVerb", "there is no such verb")
	}
	r.verb, r.args = arguments.Get("verb"), map[string]string{}
	for name, values := range arguments {
		if name != "verb" {
			if len(values) != 1 || values[0] == "" || !slices.Contains(argumentNames(), name) {
				return nil, bad("badArgument", "an argument is not known, empty, or given twice")
			}
			r.args[name] = values[0]
		}
	}
	if err := v.check(r.args); err != nil {
		return nil, err
	}
	nodes, err := v.answer(*r)
	if err != nil || r.verb == "" {
		return nil, err
	}
	return []xmltree.Node{xmltree.Element(r.verb, nodes...)}, nil
}

// check holds the table of arguments.
func (v verb) check(args map[string]string) error {
	allowed, required := append(v.optional, v.required...), v.required
	if _, resumed := args["resumptionToken"]; resumed && v.exclusive {
		allowed, required = []string{"resumptionToken"}, nil
	}
	for name := range args {
		if !slices.Contains(allowed, name) {
			return bad("badArgument", "the argument "+name+" may not be given here")
		}
	}
	for _, name := range required {
		if args[name] == "" {
			return bad("badArgument", "the argument "+name+" is missing")
		}
	}
	return nil
}

// stamp writes a time as the protocol does (§3.3): UTC, to the second.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// identify answers Identify (§4.2).
func (r request) identify() ([]xmltree.Node, error) {
	earliest := r.Now()
	for report, err := range r.Shelf.Shown(r.ctx, catalog.ShownFilter{Limit: 1}) {
		if err != nil {
			return nil, err
		}
		earliest = report.Updated
	}
	nodes := []xmltree.Node{xmltree.Text("repositoryName", r.Name), xmltree.Text("baseURL", r.Base), xmltree.Text("protocolVersion", "2.0")}
	for _, address := range r.Admins {
		nodes = append(nodes, xmltree.Text("adminEmail", address))
	}
	const space = "http://www.openarchives.org/OAI/2.0/oai-identifier"
	scheme := xmltree.Element("oai-identifier", xmltree.Text("scheme", "oai"), xmltree.Text("repositoryIdentifier", r.Domain), xmltree.Text("delimiter", ":"), xmltree.Text("sampleIdentifier", r.identifier("k3v7q2"))).With(
		"xmlns", space, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance", "xsi:schemaLocation", space+" http://www.openarchives.org/OAI/2.0/oai-identifier.xsd")
	return append(nodes, xmltree.Text("earliestDatestamp", stamp(earliest)), xmltree.Text("deletedRecord", "persistent"),
		xmltree.Text("granularity", "YYYY-MM-DDThh:mm:ssZ"), xmltree.Element("description", scheme)), nil
}

// listFormats answers ListMetadataFormats (§4.4): every record has every
// format.
func (r request) listFormats() ([]xmltree.Node, error) {
	if id := r.args["identifier"]; id != "" {
		if _, err := r.report(id); err != nil {
			return nil, err
		}
	}
	var nodes []xmltree.Node
	for _, f := range formats() {
		nodes = append(nodes, xmltree.Element("metadataFormat", xmltree.Text("metadataPrefix", f.prefix), xmltree.Text("schema", f.schema), xmltree.Text("metadataNamespace", f.namespace)))
	}
	return nodes, nil
}

// getRecord answers GetRecord (§4.1).
func (r request) getRecord() ([]xmltree.Node, error) {
	report, err := r.report(r.args["identifier"])
	if err != nil {
		return nil, err
	}
	f, known := formatOf(r.args["metadataPrefix"])
	if !known {
		return nil, bad("cannotDisseminateFormat", "records cannot be had in this format")
	}
	return []xmltree.Node{r.record(report, f)}, nil
}

// report finds the report of an identifier.
func (r request) report(identifier string) (found greyshelf.Report, err error) {
	id, ours := strings.CutPrefix(identifier, r.identifier(""))
	missing := bad("idDoesNotExist", "there is no such record")
	if !ours || id == "" {
		return found, missing
	}
	for report, err := range r.Shelf.Shown(r.ctx, catalog.ShownFilter{ID: id}) {
		return report, err
	}
	return found, missing
}

// identifier gives a report's identifier (OAI identifier format, version 2).
func (p *Provider) identifier(id string) string { return "oai:" + p.Domain + ":" + id }
