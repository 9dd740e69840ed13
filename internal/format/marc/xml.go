package marc

import (
	"io"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// XML gives the record as an element of MARCXML that stands alone.
func (r Record) XML() xmltree.Node {
	n := xmltree.Element("marc:record", xmltree.Text("marc:leader", r.Leader)).With(
		"xmlns:marc", Namespace, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance", "xsi:schemaLocation", Namespace+" "+Schema)
	for _, f := range r.Fields {
		if control(f.Tag) {
			n.Nodes = append(n.Nodes, xmltree.Text("marc:controlfield", f.Value).With("tag", f.Tag))
			continue
		}
		field := xmltree.Element("marc:datafield").With("tag", f.Tag, "ind1", string(rune(f.Ind1)), "ind2", string(rune(f.Ind2)))
		for _, s := range f.Subfields {
			field.Nodes = append(field.Nodes, xmltree.Text("marc:subfield", s.Text).With("code", string(rune(s.Code))))
		}
		n.Nodes = append(n.Nodes, field)
	}
	return n
}

// Collection gives several records as one element of MARCXML.
func Collection(records ...Record) xmltree.Node {
	n := xmltree.Element("marc:collection").With("xmlns:marc", Namespace)
	for _, r := range records {
		n.Nodes = append(n.Nodes, r.XML())
	}
	return n
}

// ReadXML reads a record or a collection of MARCXML. Errors: Invalid,
// TooLarge.
func ReadXML(r io.Reader) ([]Record, error) {
	root, err := xmltree.Parse(r)
	if err != nil {
		return nil, err
	}
	all := root.All("record")
	if root.Name == "record" {
		all = []xmltree.Node{root}
	}
	if root.Space != Namespace || len(all) == 0 {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "read MARCXML", "", "there is no record of the namespace %s", Namespace)
	}
	var records []Record
	for _, n := range all {
		records = append(records, FromXML(n))
	}
	return records, nil
}

// FromXML reads a record element; what is no field of MARC is passed over.
func FromXML(n xmltree.Node) Record {
	r := Record{Leader: n.First("leader").Text}
	for _, child := range n.Nodes {
		tag := child.Attr("tag")
		if len(tag) != 3 {
			continue
		}
		switch child.Name {
		case "controlfield":
			r.Fields = append(r.Fields, Field{Tag: tag, Value: child.Text})
		case "datafield":
			f := Field{Tag: tag, Ind1: indicator(child.Attr("ind1")), Ind2: indicator(child.Attr("ind2"))}
			for _, s := range child.All("subfield") {
				if code := s.Attr("code"); len(code) == 1 {
					f.Subfields = append(f.Subfields, Subfield{code[0], s.Text})
				}
			}
			r.Fields = append(r.Fields, f)
		}
	}
	return r
}

func indicator(text string) byte {
	if len(text) != 1 {
		return ' '
	}
	return text[0]
}
