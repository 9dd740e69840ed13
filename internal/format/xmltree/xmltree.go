// Package xmltree writes and reads XML as a tree of elements: what the XML
// formats beside it (dc, mods, marc, datacite) and the protocols that carry
// them are made of. Prefixes are written as given; names are read with their
// namespaces.
//
// It is a leaf that imports the words only. It stores nothing, checks no
// schema, resolves no entities and fetches nothing.
package xmltree

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// Limits of what [Parse] reads.
const (
	mostBytes = 32 << 20
	mostNodes = 500_000
	mostDepth = 64
)

// Node is an element.
type Node struct {
	Space string // its namespace, where it was read
	Name  string // "dc:title" where it is written, "title" where it was read
	Attrs []Attr
	Text  string // its character data, without that of its children
	Nodes []Node
}

// Attr is an attribute. Where it was read, Name has no prefix.
type Attr struct{ Name, Value string }

// Element makes an element that holds others.
func Element(name string, nodes ...Node) Node { return Node{Name: name, Nodes: nodes} }

// Text makes an element that holds text.
func Text(name, text string) Node { return Node{Name: name, Text: text} }

// With gives the element with more attributes, name and value in turn; those
// with an empty value are left out.
func (n Node) With(pairs ...string) Node {
	n.Attrs = n.Attrs[:len(n.Attrs):len(n.Attrs)]
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			n.Attrs = append(n.Attrs, Attr{pairs[i], pairs[i+1]})
		}
	}
	return n
}

// Attr gives the value of an attribute, or "".
func (n Node) Attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// All gives the children with the name.
func (n Node) All(name string) []Node {
	var found []Node
	for _, child := range n.Nodes {
		if child.Name == name {
			found = append(found, child)
		}
	}
	return found
}

// First gives the first child along the path of names; the zero Node without.
func (n Node) First(path ...string) Node {
	for _, name := range path {
		all := n.All(name)
		if len(all) == 0 {
			return Node{}
		}
		n = all[0]
	}
	return n
}

// Find gives the first element of the name in the namespace ("" = any) that is
// n or stands inside it, in the order of the document.
func (n Node) Find(space, name string) (Node, bool) {
	if n.Name == name && (space == "" || n.Space == space) {
		return n, true
	}
	for _, child := range n.Nodes {
		if found, ok := child.Find(space, name); ok {
			return found, true
		}
	}
	return Node{}, false
}

// Clean drops what XML 1.0 (fifth edition, §2.2) does not allow, such as
// control characters, and bytes that are no UTF-8. Line ends become "\n".
func Clean(text string) string {
	if strings.Contains(text, "\r") {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r < 0x20 && r != '\t' && r != '\n' || r >= 0x7f && r <= 0x9f || r >= 0xfffe && r <= 0xffff {
			return -1
		}
		return r
	}, text)
}

// Line is [Clean] text on one line: runs of white space are one space.
func Line(text string) string { return strings.Join(strings.Fields(Clean(text)), " ") }

// Write writes the element, indented, without an XML declaration. Errors:
// those of w.
func Write(w io.Writer, n Node) error {
	b := bufio.NewWriter(w)
	write(b, n, 0)
	return b.Flush()
}

// String gives the element as [Write] writes it.
func (n Node) String() string {
	var b strings.Builder
	_ = Write(&b, n) // a Builder takes everything
	return b.String()
}

// Document writes the element as a document: with an XML declaration.
func Document(w io.Writer, n Node) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return Write(w, n)
}

// write never fails: the buffer keeps the first error for its Flush.
func write(b *bufio.Writer, n Node, depth int) {
	indent := strings.Repeat("  ", depth)
	b.WriteString(indent + "<" + n.Name)
	for _, a := range n.Attrs {
		b.WriteString(" " + a.Name + `="`)
		escape(b, a.Value)
		b.WriteByte('"')
	}
	if n.Text == "" && len(n.Nodes) == 0 {
		b.WriteString("/>\n")
		return
	}
	b.WriteByte('>')
	escape(b, n.Text)
	if len(n.Nodes) > 0 {
		b.WriteByte('\n')
		for _, child := range n.Nodes {
			write(b, child, depth+1)
		}
		b.WriteString(indent)
	}
	b.WriteString("</" + n.Name + ">\n")
}

func escape(b *bufio.Writer, text string) { _ = xml.EscapeText(b, []byte(Clean(text))) }

// Parse reads a document in UTF-8. Errors: Invalid (no XML, another encoding,
// a document type declaration), TooLarge.
func Parse(r io.Reader) (Node, error) {
	const op = "read XML"
	limited := &io.LimitedReader{R: r, N: mostBytes + 1}
	d := xml.NewDecoder(limited)
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		return nil, errors.New("the encoding must be UTF-8, it is " + charset)
	}
	p := parser{decoder: d}
	root, err := p.document()
	switch {
	case limited.N <= 0 || errors.Is(err, errTooLarge):
		return Node{}, greyshelf.Errorf(greyshelf.TooLarge, op, "", "the document is larger or deeper than is read")
	case greyshelf.KindOf(err) == greyshelf.Unavailable:
		return Node{}, err
	case err != nil:
		return Node{}, greyshelf.E(greyshelf.Invalid, op, "", err)
	}
	return root, nil
}

var errTooLarge = errors.New("too large")

type parser struct {
	decoder *xml.Decoder
	nodes   int
}

func (p *parser) document() (Node, error) {
	for {
		token, err := p.decoder.Token()
		if err == io.EOF {
			return Node{}, errors.New("there is no element")
		}
		if err != nil {
			return Node{}, err
		}
		switch t := token.(type) {
		case xml.Directive:
			return Node{}, errors.New("a document type declaration is not read")
		case xml.StartElement:
			return p.element(t, 0)
		}
	}
}

func (p *parser) element(start xml.StartElement, depth int) (Node, error) {
	n := Node{Space: start.Name.Space, Name: start.Name.Local}
	for _, a := range start.Attr {
		n.Attrs = append(n.Attrs, Attr{a.Name.Local, a.Value})
	}
	if p.nodes++; p.nodes > mostNodes || depth > mostDepth {
		return n, errTooLarge
	}
	var text strings.Builder
	for {
		token, err := p.decoder.Token()
		if err != nil {
			return n, err
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			child, err := p.element(t, depth+1)
			if err != nil {
				return n, err
			}
			n.Nodes = append(n.Nodes, child)
		case xml.EndElement:
			n.Text = text.String()
			return n, nil
		}
	}
}
