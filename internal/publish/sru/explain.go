package sru

import (
	"net/url"
	"strconv"

	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// The identifiers of the context sets.
var contextSets = []struct{ name, id string }{
	{"cql", "info:srw/cql-context-set/1/cql-v1.2"},
	{"dc", "info:srw/cql-context-set/1/dc-v1.1"},
	{"sort", "info:srw/cql-context-set/1/sort-v1.0"},
}

// explain answers the operation explain: what the server is and can, as a
// ZeeRex record.
func (s *Server) explain(form url.Values) xmltree.Node {
	switch packing := form.Get("recordPacking"); {
	case form.Get("version") != "" && form.Get("version") != "1.1" && form.Get("version") != "1.2":
		return envelope("explainResponse", diag(5, "1.2").(*diagnostic).xml())
	case packing != "" && packing != "xml" && packing != "string":
		return envelope("explainResponse", diag(71, packing).(*diagnostic).xml())
	}
	text, element := xmltree.Text, xmltree.Element
	server := element("zr:serverInfo", text("zr:host", s.Host), text("zr:port", s.Port), text("zr:database", s.Path)).With("protocol", "SRU", "version", "1.2", "transport", "http", "method", "GET")
	config := element("zr:configInfo", text("zr:default", strconv.Itoa(defaultRecords)).With("type", "numberOfRecords"), text("zr:setting", strconv.Itoa(mostRecords)).With("type", "maximumRecords"))
	for _, relation := range []string{"=", "==", "exact", "adj", "any", "all", "<", "<=", ">", ">=", "within"} {
		config.Nodes = append(config.Nodes, text("zr:supports", relation).With("type", "relation"))
	}
	for _, boolean := range []string{"and", "or", "not"} {
		config.Nodes = append(config.Nodes, text("zr:supports", boolean).With("type", "booleanOperator"))
	}
	record := element("zr:explain", server, element("zr:databaseInfo", text("zr:title", s.Title).With("lang", "en", "primary", "true")), indexInfo(), schemaInfo(), config).With("xmlns:zr", "http://explain.z3950.org/dtd/2.0/")
	packing, data := "xml", element("sru:recordData", record)
	if form.Get("recordPacking") == "string" {
		packing, data = "string", text("sru:recordData", record.String())
	}
	return envelope("explainResponse", element("sru:record", text("sru:recordSchema", "http://explain.z3950.org/dtd/2.0/"), text("sru:recordPacking", packing), data))
}

func indexInfo() xmltree.Node {
	n := xmltree.Element("zr:indexInfo")
	for _, set := range contextSets {
		n.Nodes = append(n.Nodes, xmltree.Element("zr:set").With("name", set.name, "identifier", set.id))
	}
	for _, i := range indexes() {
		name := i.name
		if name == "serverchoice" {
			name = "serverChoice"
		}
		n.Nodes = append(n.Nodes, xmltree.Element("zr:index", xmltree.Text("zr:title", i.title).With("lang", "en"),
			xmltree.Element("zr:map", xmltree.Text("zr:name", name).With("set", i.set))).With("search", "true", "scan", "false", "sort", strconv.FormatBool(i.name == "title" || i.name == "date")))
	}
	return n
}

func schemaInfo() xmltree.Node {
	n := xmltree.Element("zr:schemaInfo")
	for _, s := range schemas() {
		n.Nodes = append(n.Nodes, xmltree.Element("zr:schema", xmltree.Text("zr:title", s.title).With("lang", "en")).With("identifier", s.id, "name", s.name, "location", s.location, "sort", "false", "retrieve", "true"))
	}
	return n
}
