// Package sru answers library systems: a server of SRU 1.2 (Search/Retrieve via
// URL, Library of Congress) with queries in CQL.
//
// It stands at the end of the way of the data. It translates CQL to the
// library's own query language, has the search answer, and writes the reports
// that are found in the formats of internal/format. What the reader may know of
// a report package rights decides. It stores nothing, also no result sets.
package sru

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/dc"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/mods"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// MediaType is that of every answer.
const MediaType = "text/xml; charset=utf-8"

const (
	namespace      = "http://www.loc.gov/zing/srw/"
	defaultRecords = 10
	mostRecords    = 100
)

// Sort is the order of an answer.
type Sort string

// The orders, as package search names them.
const (
	ByRelevance Sort = "relevance"
	ByDate      Sort = "date" // newest first
	ByTitle     Sort = "title"
)

// Server answers requests. Its fields must be set.
type Server struct {
	Title  string
	Host   string // of the server, as the explain record names it
	Port   string
	Path   string // "sru"
	Reader rights.Reader
	Link   func(id string) string
	// Find gives the identifiers of reports that a query (see docs/query.md)
	// finds, limit of them from offset, and how many there are in all.
	Find func(ctx context.Context, text string, sort Sort, limit, offset int) (ids []string, total int, err error)
	// Report gives a report. Errors: NotFound.
	Report func(ctx context.Context, id string) (greyshelf.Report, error)
}

// schema is a form in which records can be had.
type schema struct {
	name, id, location, title string
	write                     func(r greyshelf.Report, address string) xmltree.Node
}

func schemas() []schema {
	return []schema{
		{"dc", "info:srw/schema/1/dc-v1.1", "http://www.loc.gov/standards/sru/recordSchemas/dc-schema.xsd", "Dublin Core", dc.SRU},
		{"mods", "info:srw/schema/1/mods-v3.8", mods.Schema, "MODS 3.8", mods.FromReport},
		{"marcxml", "info:srw/schema/1/marcxml-v1.1", marc.Schema, "MARCXML", func(r greyshelf.Report, address string) xmltree.Node {
			return marc.FromReport(r, marc.Options{Address: address}).XML()
		}},
	}
}

// schemaOf finds a schema by its name or identifier; nothing is Dublin Core.
func schemaOf(name string) (schema, error) {
	for _, s := range schemas() {
		if name == "" || name == s.name || name == s.id {
			return s, nil
		}
	}
	return schema{}, diag(66, name)
}

// Answer answers a request, also a wrong one, with a document of the protocol.
// Errors: those of the catalogue and the search.
func (s *Server) Answer(ctx context.Context, form url.Values) (xmltree.Node, error) {
	switch form.Get("operation") {
	case "searchRetrieve":
		return s.search(ctx, form)
	case "", "explain":
		return s.explain(form), nil
	case "scan":
		return envelope("scanResponse", diag(4, "scan").(*diagnostic).xml()), nil
	}
	return envelope("explainResponse", diag(4, form.Get("operation")).(*diagnostic).xml()), nil
}

func envelope(name string, nodes ...xmltree.Node) xmltree.Node {
	return xmltree.Element("sru:"+name, append([]xmltree.Node{xmltree.Text("sru:version", "1.2")}, nodes...)...).With("xmlns:sru", namespace)
}

// retrieval is a request to search, checked.
type retrieval struct {
	query         string // in the language of the library
	sort          Sort
	start, limit  int // start from 1
	schema        schema
	stringPacking bool
}

func (s *Server) search(ctx context.Context, form url.Values) (xmltree.Node, error) {
	r, err := read(form)
	var nodes []xmltree.Node
	if err == nil {
		nodes, err = s.found(ctx, r)
	}
	wrong, isDiagnostic := err.(*diagnostic)
	if err != nil && !isDiagnostic {
		return xmltree.Node{}, err
	}
	if nodes == nil {
		nodes = []xmltree.Node{xmltree.Text("sru:numberOfRecords", "0")}
	}
	nodes = append(nodes, echo(form))
	if isDiagnostic {
		nodes = append(nodes, wrong.xml())
	}
	return envelope("searchRetrieveResponse", nodes...), nil
}

// echo repeats the request.
func echo(form url.Values) xmltree.Node {
	n := xmltree.Element("sru:echoedSearchRetrieveRequest")
	for _, name := range []string{"version", "query", "startRecord", "maximumRecords", "recordPacking", "recordSchema"} {
		if value := form.Get(name); value != "" && len(value) <= longestQuery {
			n.Nodes = append(n.Nodes, xmltree.Text("sru:"+name, value))
		} else if name == "version" || name == "query" { // the schema wants them
			n.Nodes = append(n.Nodes, xmltree.Text("sru:"+name, map[string]string{"version": "1.2"}[name]))
		}
	}
	return n
}

// read reads the parameters. Errors: *diagnostic.
func read(form url.Values) (retrieval, error) {
	r := retrieval{start: 1, limit: defaultRecords}
	if err := parameters(form); err != nil {
		return r, err
	}
	var err error
	if r.start, err = number(form, "startRecord", 1, 1); err != nil {
		return r, err
	}
	if r.limit, err = number(form, "maximumRecords", defaultRecords, 0); err != nil {
		return r, err
	}
	r.limit = min(r.limit, mostRecords)
	switch form.Get("recordPacking") {
	case "", "xml":
	case "string":
		r.stringPacking = true
	default:
		return r, diag(71, form.Get("recordPacking"))
	}
	if r.schema, err = schemaOf(form.Get("recordSchema")); err != nil {
		return r, err
	}
	tree, keys, err := parse(form.Get("query"))
	if err != nil {
		return r, err
	}
	q, err := translate(tree)
	if err != nil {
		return r, err
	}
	if q != nil {
		r.query = q.String()
	}
	r.sort, err = sorting(keys)
	return r, err
}

// parameters checks which parameters are given.
func parameters(form url.Values) error {
	switch form.Get("version") {
	case "":
		return diag(7, "version")
	case "1.1", "1.2":
	default:
		return diag(5, "1.2")
	}
	if form.Get("query") == "" {
		return diag(7, "query")
	}
	for _, refused := range []struct {
		name   string
		number int
	}{{"recordXPath", 72}, {"sortKeys", 80}, {"stylesheet", 110}} {
		if form.Get(refused.name) != "" {
			return diag(refused.number, "")
		}
	}
	known := []string{"operation", "version", "query", "startRecord", "maximumRecords", "recordPacking", "recordSchema", "recordXPath", "resultSetTTL", "sortKeys", "stylesheet", "extraRequestData"}
	for name, values := range form {
		if !slices.Contains(known, name) && !strings.HasPrefix(name, "x-") {
			return diag(8, name)
		}
		if len(values) > 1 {
			return diag(6, name)
		}
	}
	return nil
}

func number(form url.Values, name string, absent, least int) (int, error) {
	text := form.Get(name)
	if text == "" {
		return absent, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > 1_000_000_000 {
		return 0, diag(6, name)
	}
	return n, nil
}

// found searches and writes what is found.
func (s *Server) found(ctx context.Context, r retrieval) ([]xmltree.Node, error) {
	ids, total, err := s.Find(ctx, r.query, r.sort, max(r.limit, 1), r.start-1)
	if err != nil {
		return nil, err
	}
	nodes := []xmltree.Node{xmltree.Text("sru:numberOfRecords", strconv.Itoa(total))}
	if r.start > total && r.start > 1 {
		return nodes, diag(61, strconv.Itoa(r.start))
	}
	records := xmltree.Element("sru:records")
	for i, id := range ids[:min(len(ids), r.limit)] {
		report, err := s.Report(ctx, id)
		switch {
		case greyshelf.KindOf(err) == greyshelf.NotFound, err == nil && !rights.May(s.Reader, report, rights.Record):
			continue // it went since the index looked
		case err != nil:
			return nil, err
		}
		records.Nodes = append(records.Nodes, s.record(report, r, r.start+i))
	}
	if len(records.Nodes) > 0 {
		nodes = append(nodes, records)
	}
	if next := r.start + r.limit; next <= total && r.limit > 0 {
		nodes = append(nodes, xmltree.Text("sru:nextRecordPosition", strconv.Itoa(next)))
	}
	return nodes, nil
}

func (s *Server) record(report greyshelf.Report, r retrieval, position int) xmltree.Node {
	inner := r.schema.write(report, s.Link(report.ID))
	packing, data := "xml", xmltree.Element("sru:recordData", inner)
	if r.stringPacking {
		packing, data = "string", xmltree.Text("sru:recordData", inner.String())
	}
	return xmltree.Element("sru:record", xmltree.Text("sru:recordSchema", r.schema.id), xmltree.Text("sru:recordPacking", packing), data,
		xmltree.Text("sru:recordIdentifier", report.ID), xmltree.Text("sru:recordPosition", strconv.Itoa(position)))
}
