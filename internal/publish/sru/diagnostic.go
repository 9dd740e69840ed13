package sru

import (
	"strconv"

	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// diagnostic is an error of the protocol, from the SRU Diagnostics List
// (info:srw/diagnostic/1).
type diagnostic struct {
	number  int
	details string
}

func diag(number int, details string) error { return &diagnostic{number, details} }

// Error gives number, message and details.
func (d *diagnostic) Error() string {
	return strconv.Itoa(d.number) + " " + message(d.number) + " " + d.details
}

// message gives the text of the list.
func message(number int) string {
	return map[int]string{
		2: "System temporarily unavailable", 4: "Unsupported operation", 5: "Unsupported version", 6: "Unsupported parameter value", 7: "Mandatory parameter not supplied",
		8: "Unsupported parameter", 10: "Query syntax error", 12: "Too many characters in query", 13: "Invalid or unsupported use of parentheses", 14: "Invalid or unsupported use of quotes",
		15: "Unsupported context set", 16: "Unsupported index", 19: "Unsupported relation", 20: "Unsupported relation modifier", 22: "Unsupported combination of relation and index",
		27: "Empty term unsupported", 28: "Masking character not supported", 29: "Masked words too short", 31: "Anchoring character not supported", 36: "Term in invalid format for index or relation",
		38: "Too many boolean operators in query", 39: "Proximity not supported", 46: "Unsupported boolean modifier", 48: "Query feature unsupported", 61: "First record position out of range",
		66: "Unknown schema for retrieval", 71: "Unsupported recordPacking value", 72: "XPath retrieval unsupported", 80: "Sort not supported", 82: "Unsupported sort sequence", 110: "Stylesheets not supported",
	}[number]
}

const diagnosticSpace = "http://www.loc.gov/zing/srw/diagnostic/"

func (d *diagnostic) xml() xmltree.Node {
	n := xmltree.Element("diag:diagnostic", xmltree.Text("diag:uri", "info:srw/diagnostic/1/"+strconv.Itoa(d.number))).With("xmlns:diag", diagnosticSpace)
	if d.details != "" {
		n.Nodes = append(n.Nodes, xmltree.Text("diag:details", xmltree.Line(d.details)))
	}
	n.Nodes = append(n.Nodes, xmltree.Text("diag:message", message(d.number)))
	return xmltree.Element("sru:diagnostics", n)
}
