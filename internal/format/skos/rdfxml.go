package skos

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

const xmlNS = "http://www.w3.org/XML/1998/namespace"

// rdfxml reads RDF/XML (W3C Recommendation of 2014), as far as vocabularies
// use it: no containers are made, rdf:bagID and reification are passed over.
type rdfxml struct {
	d      *xml.Decoder
	out    sink
	blanks int
}

// scope is what an element hands to those inside it.
type scope struct {
	base, language string
	depth          int
}

func readRDFXML(r io.Reader, base string, out sink) error {
	x := &rdfxml{d: xml.NewDecoder(r), out: out}
	for {
		token, err := x.d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return x.wrong(err.Error())
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		in := scope{base: base}.within(start)
		if start.Name.Space == rdfNS && start.Name.Local == "RDF" {
			err = x.children(in, func(e xml.StartElement) error { _, err := x.node(e, in); return err })
		} else {
			_, err = x.node(start, scope{base: base})
		}
		if err != nil {
			return err
		}
	}
}

func (x *rdfxml) wrong(what string) error {
	line, _ := x.d.InputPos()
	return invalid(line, "%s", what)
}

// within gives the scope inside an element.
func (s scope) within(e xml.StartElement) scope {
	for _, a := range e.Attr {
		switch {
		case a.Name.Space == xmlNS && a.Name.Local == "lang":
			s.language = a.Value
		case a.Name.Space == xmlNS && a.Name.Local == "base":
			s.base = a.Value
		}
	}
	s.depth++
	return s
}

// children calls do for each element inside the one that was begun.
func (x *rdfxml) children(in scope, do func(xml.StartElement) error) error {
	if in.depth > mostDepth {
		return x.wrong("elements are nested too deeply")
	}
	for {
		token, err := x.d.Token()
		if err != nil {
			return x.wrong(err.Error())
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := do(token); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// node reads an element that stands for a thing, with its properties.
func (x *rdfxml) node(e xml.StartElement, in scope) (term, error) {
	in = in.within(e)
	subject := x.subject(e, in)
	if name := e.Name.Space + e.Name.Local; name != rdfNS+"Description" {
		if err := x.out(subject, rdfType, term{value: name}); err != nil {
			return subject, err
		}
	}
	if err := x.attributes(subject, e, in); err != nil {
		return subject, err
	}
	return subject, x.children(in, func(e xml.StartElement) error { return x.property(subject, e, in) })
}

func (x *rdfxml) subject(e xml.StartElement, in scope) term {
	for _, a := range e.Attr {
		if a.Name.Space != rdfNS {
			continue
		}
		switch a.Name.Local {
		case "about", "resource":
			return term{value: resolve(in.base, a.Value)}
		case "ID":
			return term{value: resolve(in.base, "#"+a.Value)}
		case "nodeID":
			return term{value: "_:" + a.Value, kind: blank}
		}
	}
	x.blanks++
	return term{value: "_:[" + strconv.Itoa(x.blanks), kind: blank}
}

// attributes gives the properties that are written as attributes.
func (x *rdfxml) attributes(subject term, e xml.StartElement, in scope) error {
	for _, a := range e.Attr {
		switch a.Name.Space {
		case "", "xmlns", xmlNS, rdfNS:
			continue
		}
		if err := x.out(subject, a.Name.Space+a.Name.Local, term{value: a.Value, kind: literal, language: in.language}); err != nil {
			return err
		}
	}
	return nil
}

// property reads an element that stands for a property of the subject.
func (x *rdfxml) property(subject term, e xml.StartElement, in scope) error {
	in = in.within(e)
	predicate := e.Name.Space + e.Name.Local
	parse := ""
	points := false
	for _, a := range e.Attr {
		if a.Name.Space == rdfNS {
			points = points || a.Name.Local == "resource" || a.Name.Local == "nodeID"
			if a.Name.Local == "parseType" {
				parse = a.Value
			}
		}
	}
	switch {
	case points:
		object := x.subject(e, in)
		if err := x.out(subject, predicate, object); err != nil {
			return err
		}
		return x.d.Skip()
	case parse == "Resource":
		object := x.subject(xml.StartElement{}, in)
		if err := x.out(subject, predicate, object); err != nil {
			return err
		}
		return x.children(in, func(e xml.StartElement) error { return x.property(object, e, in) })
	case parse == "Literal":
		return x.d.Skip()
	}
	return x.content(subject, predicate, in)
}

// content reads a property's text, or the things inside it.
func (x *rdfxml) content(subject term, predicate string, in scope) error {
	if in.depth > mostDepth {
		return x.wrong("elements are nested too deeply")
	}
	var text strings.Builder
	things := 0
	for {
		token, err := x.d.Token()
		if err != nil {
			return x.wrong(err.Error())
		}
		switch token := token.(type) {
		case xml.CharData:
			if text.Len()+len(token) > longestTerm {
				return x.wrong("a text is too long")
			}
			text.Write(token)
		case xml.StartElement:
			things++
			object, err := x.node(token, in)
			if err == nil {
				err = x.out(subject, predicate, object)
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			if things > 0 {
				return nil
			}
			return x.out(subject, predicate, term{value: text.String(), kind: literal, language: in.language})
		}
	}
}
