package endnote

import (
	"bufio"
	"io"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// place is where the value of a tag stands in a record of EndNote XML.
type place struct {
	tag  byte
	path string
}

// places gives the elements in the order of a record. Several values of a tag
// are several elements of the last name, in one of the others.
func places() []place {
	return []place{{'A', "contributors/authors/author"}, {'E', "contributors/secondary-authors/author"},
		{'T', "titles/title"}, {'B', "titles/secondary-title"}, {'S', "titles/tertiary-title"}, {'!', "titles/short-title"}, {'J', "periodical/full-title"},
		{'P', "pages"}, {'V', "volume"}, {'N', "number"}, {'7', "edition"}, {'K', "keywords/keyword"}, {'D', "dates/year"}, {'8', "dates/pub-dates/date"},
		{'C', "pub-location"}, {'I', "publisher"}, {'@', "isbn"}, {'M', "accession-num"}, {'F', "label"}, {'X', "abstract"}, {'Z', "notes"},
		{'9', "work-type"}, {'U', "urls/related-urls/url"}, {'R', "electronic-resource-num"}, {'G', "language"}}
}

// WriteXML writes the items as EndNote XML.
func WriteXML(w io.Writer, items []csl.Item) error {
	out := bufio.NewWriter(w)
	out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml><records>\n")
	for _, item := range items {
		if err := xmltree.Write(out, node(item)); err != nil {
			return err
		}
	}
	out.WriteString("</records></xml>\n") // the first error is kept until Flush
	if err := out.Flush(); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "write EndNote XML", "", err)
	}
	return nil
}

// node gives the record of an item.
func node(item csl.Item) xmltree.Node {
	all := fields(item)
	name := all[0].value
	record := xmltree.Element("record", xmltree.Text("ref-type", numberOf(name)).With("name", name))
	for _, p := range places() {
		for _, f := range all {
			if f.value = greyshelf.OneLine(f.value); f.tag == p.tag && f.value != "" {
				put(&record, strings.Split(p.path, "/"), f.value)
			}
		}
	}
	return record
}

// put adds a text at the end of the path; elements on the way are made once.
func put(n *xmltree.Node, path []string, text string) {
	if len(path) == 1 {
		n.Nodes = append(n.Nodes, xmltree.Text(path[0], text))
		return
	}
	last := len(n.Nodes) - 1
	for last >= 0 && n.Nodes[last].Name != path[0] {
		last--
	}
	if last < 0 {
		n.Nodes = append(n.Nodes, xmltree.Element(path[0]))
		last = len(n.Nodes) - 1
	}
	put(&n.Nodes[last], path[1:], text)
}

func numberOf(name string) string {
	for _, k := range kinds() {
		if k.name == name {
			return k.number
		}
	}
	return "13"
}

// ReadXML reads EndNote XML. It fails with [greyshelf.Invalid] for a document
// without records.
func ReadXML(r io.Reader) ([]csl.Item, error) {
	root, err := xmltree.Parse(r)
	if err != nil {
		return nil, err
	}
	records := root.First("records")
	if root.Name == "records" {
		records = root
	}
	if records.Name == "" {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "read EndNote XML", "", "there are no records in it")
	}
	var items []csl.Item
	for _, record := range records.All("record") {
		kind := record.First("ref-type")
		named := kind.Attr("name")
		if named == "" {
			named = strings.TrimSpace(kind.Text)
		}
		all := []field{{'0', named}}
		for _, p := range places() {
			for _, value := range values(record, strings.Split(p.path, "/")) {
				all = append(all, field{p.tag, value})
			}
		}
		items = append(items, item(all))
	}
	return items, nil
}

// values gives the texts at the end of a path.
func values(n xmltree.Node, path []string) []string {
	if len(path) == 0 {
		return []string{styled(n)}
	}
	var all []string
	for _, child := range n.All(path[0]) {
		all = append(all, values(child, path[1:])...)
	}
	return all
}

// styled gives the text of an element, which EndNote divides by its typefaces.
func styled(n xmltree.Node) string {
	text := n.Text
	for _, s := range n.All("style") {
		text += s.Text
	}
	return greyshelf.OneLine(text)
}
