package oaipmh

import (
	"encoding/hex"
	"strings"

	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// The sets at the top, and the groups of the catalogue that they hold (§2.6).
var tops = []struct{ spec, kind, name string }{
	{"subject", catalog.GroupHeading, "Subjects"},
	{"publisher", catalog.GroupPublisher, "Publishers"},
}

// setSpec names the set of a group: "subject:water_policy". What a setSpec may
// not hold is written as "!" and two hexadecimal digits, so that two labels
// never share a name.
func setSpec(g catalog.Group) string {
	for _, top := range tops {
		if top.kind == g.Kind && g.Label == "" {
			return top.spec
		} else if top.kind == g.Kind {
			return top.spec + ":" + encode(g.Label)
		}
	}
	return ""
}

// groupOf gives the group of a setSpec; false for one that never was written
// here.
func groupOf(spec string) (catalog.Group, bool) {
	head, tail, below := strings.Cut(spec, ":")
	for _, top := range tops {
		if top.spec != head {
			continue
		}
		label, ok := decode(tail)
		g := catalog.Group{Kind: top.kind, Label: label}
		return g, ok && below == (label != "") && setSpec(g) == spec
	}
	return catalog.Group{}, false
}

func encode(label string) string {
	var b strings.Builder
	for i := 0; i < len(label); i++ {
		c := label[i]
		switch {
		case c == ' ':
			b.WriteByte('_')
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.':
			b.WriteByte(c)
		default:
			b.WriteString("!" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	return b.String()
}

func decode(name string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		switch name[i] {
		case '_':
			b.WriteByte(' ')
		case '!':
			if i+3 > len(name) {
				return "", false
			}
			c, err := hex.DecodeString(name[i+1 : i+3])
			if err != nil {
				return "", false
			}
			b.Write(c)
			i += 2
		default:
			b.WriteByte(name[i])
		}
	}
	return b.String(), true
}

// listSets answers ListSets (§4.6), by kind and label.
func (r request) listSets() ([]xmltree.Node, error) {
	at := token{Verb: r.verb}
	if text, resumed := r.args["resumptionToken"]; resumed {
		var ok bool
		if at, ok = r.readToken(text); !ok {
			return nil, badToken()
		}
	}
	groups, err := r.Shelf.Groups(r.ctx, catalog.Group{Kind: at.Set, Label: at.ID}, setsPerPage+1)
	if err != nil {
		return nil, err
	}
	if len(groups) == 0 {
		return nil, bad("noSetHierarchy", "there are no sets yet")
	}
	var nodes []xmltree.Node
	for i, g := range groups {
		if i == setsPerPage {
			last := groups[i-1]
			next := token{Verb: r.verb, Set: last.Kind, ID: last.Label, Cursor: at.Cursor + setsPerPage}
			return append(nodes, r.resumption(next, at.Cursor)), nil
		}
		name := g.Label
		for _, top := range tops {
			if g.Kind == top.kind && name == "" {
				name = top.name
			}
		}
		nodes = append(nodes, xmltree.Element("set", xmltree.Text("setSpec", setSpec(g)), xmltree.Text("setName", name)))
	}
	return r.last(nodes, at.Cursor), nil
}
