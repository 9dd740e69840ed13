package oaipmh

import (
	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/dc"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/mods"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// format is a form in which records can be had.
type format struct {
	prefix, schema, namespace string
	write                     func(p *Provider, r greyshelf.Report) xmltree.Node
}

func formats() []format {
	return []format{
		{"oai_dc", dc.OAISchema, dc.OAINamespace, func(p *Provider, r greyshelf.Report) xmltree.Node { return dc.OAI(r, p.Link(r.ID)) }},
		{"mods", mods.Schema, mods.Namespace, func(p *Provider, r greyshelf.Report) xmltree.Node { return mods.FromReport(r, p.Link(r.ID)) }},
		{"marcxml", marc.Schema, marc.Namespace, func(p *Provider, r greyshelf.Report) xmltree.Node {
			return marc.FromReport(r, marc.Options{Address: p.Link(r.ID), Agency: p.Domain}).XML()
		}},
	}
}

func formatOf(prefix string) (format, bool) {
	for _, f := range formats() {
		if f.prefix == prefix {
			return f, true
		}
	}
	return format{}, false
}

// seen reports whether the public may know of a report.
func seen(r greyshelf.Report) bool { return rights.May(rights.Reader{}, r, rights.Record) }

// header writes the header of a record (§2.5). That of a deleted record says
// when it was deleted and where it stood.
func (p *Provider) header(r greyshelf.Report) xmltree.Node {
	n := xmltree.Element("header", xmltree.Text("identifier", p.identifier(r.ID)), xmltree.Text("datestamp", stamp(r.Updated)))
	for _, g := range catalog.GroupsOf(r) {
		if g.Label != "" { // those above it are implied (§2.6)
			n.Nodes = append(n.Nodes, xmltree.Text("setSpec", setSpec(g)))
		}
	}
	if !seen(r) {
		return n.With("status", "deleted")
	}
	return n
}

// record writes a record (§2.5); a deleted one has its header only.
func (p *Provider) record(r greyshelf.Report, f format) xmltree.Node {
	n := xmltree.Element("record", p.header(r))
	if seen(r) {
		n.Nodes = append(n.Nodes, xmltree.Element("metadata", f.write(p, r)))
	}
	return n
}
