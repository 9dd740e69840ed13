// Package zoterordf reads the RDF that Zotero exports: its items with their
// attachments and notes.
//
// It is a leaf that imports the words and the reader of XML. It stores nothing
// and opens no attachment: it gives their paths as written, and who calls it
// looks whether they lie beside the export. The database of Zotero
// (zotero.sqlite) is not read.
package zoterordf

import (
	"io"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/htmltext"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Item is one item of an export.
type Item struct {
	Report greyshelf.Report
	Files  []string // paths of its attachments, as written
	Raw    string
}

// Read reads an export. An item that is only an attachment, a note or a
// container of others is not given for itself. Errors: Invalid, TooLarge.
func Read(r io.Reader) ([]Item, error) {
	root, err := xmltree.Parse(r)
	if err != nil {
		return nil, err
	}
	if root.Name != "RDF" {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "read Zotero RDF", "", "it is no RDF")
	}
	e := export{by: map[string]xmltree.Node{}}
	for _, n := range root.Nodes {
		if about := n.Attr("about"); about != "" {
			e.by[about] = n
		}
	}
	var all []Item
	for _, n := range root.Nodes {
		switch n.Name {
		case "Attachment", "Memo", "Collection", "Journal", "Series", "Periodical":
			continue
		}
		if kind := text(n, "itemType"); kind == "attachment" || kind == "note" || kind == "" && text(n, "title") == "" {
			continue
		}
		all = append(all, e.item(n))
	}
	return all, nil
}

// export is the resources of an export by their names.
type export struct{ by map[string]xmltree.Node }

// pointed gives what the children of a name hold or point to.
func (e export) pointed(n xmltree.Node, name string) []xmltree.Node {
	var all []xmltree.Node
	for _, child := range n.All(name) {
		if to, ok := e.by[child.Attr("resource")]; ok {
			all = append(all, to)
		}
		all = append(all, child.Nodes...)
	}
	return all
}

func text(n xmltree.Node, path ...string) string { return xmltree.Line(n.First(path...).Text) }

func (e export) item(n xmltree.Node) Item {
	item := Item{Raw: n.String()}
	r := &item.Report
	r.Title, r.Abstract, r.Type = text(n, "title"), strings.TrimSpace(n.First("abstract").Text), kind(n)
	r.Version, r.Rights.Statement, r.Note = text(n, "edition"), text(n, "rights"), strings.TrimSpace(n.First("description").Text)
	if l := text(n, "language"); l != "" {
		r.Languages = []string{l}
	}
	e.agents(n, &item)
	if printed := text(n, "date"); printed != "" {
		r.Date = date(printed)
	}
	if pages, err := strconv.Atoi(text(n, "numPages")); err == nil && pages > 0 {
		r.Extent = greyshelf.Extent{Pages: pages, Printed: greyshelf.FormatExtent(pages)}
	}
	for _, subject := range n.All("subject") {
		label := xmltree.Line(subject.Text)
		if label == "" {
			label = text(subject, "AutomaticTag", "value")
		}
		if label != "" {
			r.Headings = append(r.Headings, greyshelf.Heading{Label: label})
		}
	}
	for _, part := range e.pointed(n, "isPartOf") {
		if part.Name == "Series" && r.Series == "" {
			r.Series, r.SeriesNumber = text(part, "title"), text(part, "number")
		}
		identifiers(part, r)
	}
	identifiers(n, r)
	if number := text(n, "number"); number != "" {
		r.Identifiers = append(r.Identifiers, greyshelf.Identifier{Scheme: greyshelf.ReportNumber, Value: number})
	}
	e.beside(n, &item)
	return item
}

// date reads the date as Zotero writes it: free text, or ISO 8601.
func date(printed string) greyshelf.Date {
	if greyshelf.ValidEDTF(printed) {
		return greyshelf.Date{Printed: printed, EDTF: printed}
	}
	if d, ok := greyshelf.ParseDate(printed); ok {
		return d
	}
	return greyshelf.Date{Printed: printed}
}

func kind(n xmltree.Node) string {
	if of := text(n, "type"); of != "" && len(of) < 60 {
		return strings.ToLower(of)
	}
	switch k := text(n, "itemType"); k {
	case "report", "book", "thesis", "webpage", "presentation", "manuscript", "hearing", "bill", "statute":
		return k
	case "journalArticle", "magazineArticle", "newspaperArticle":
		return "article"
	case "bookSection":
		return "chapter"
	case "":
		if n.Name == "Report" {
			return "report"
		}
	}
	return ""
}

func (e export) agents(n xmltree.Node, item *Item) {
	for _, list := range n.All("authors") {
		for _, li := range list.First("Seq").All("li") {
			person := li.First("Person")
			given := text(person, "givenName")
			if given == "" {
				given = text(person, "givenname")
			}
			agent := greyshelf.Agent{Kind: greyshelf.Person, Family: text(person, "surname"), Given: given}
			agent.Name = strings.TrimSpace(agent.Given + " " + agent.Family)
			if given == "" && (strings.Contains(agent.Family, " ") || greyshelf.LooksLikeBody(agent.Family)) {
				agent = greyshelf.Agent{Kind: greyshelf.Body, Name: agent.Family}
			}
			if agent.Name == "" {
				continue
			}
			item.Report.Agents = append(item.Report.Agents, greyshelf.Contribution{Agent: agent, Role: greyshelf.Author})
		}
	}
	for _, p := range n.All("publisher") {
		name := text(p, "Organization", "name")
		if name == "" {
			name = xmltree.Line(p.Text)
		}
		if name != "" {
			item.Report.Agents = append(item.Report.Agents, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: greyshelf.Publisher})
		}
	}
}

// identifiers reads "DOI 10.…", "ISBN …", "ISSN …" and addresses.
func identifiers(n xmltree.Node, r *greyshelf.Report) {
	for _, id := range n.All("identifier") {
		if address := text(id, "URI", "value"); address != "" {
			if r.URL == "" {
				r.URL = address
			}
			continue
		}
		scheme, value, _ := strings.Cut(xmltree.Line(id.Text), " ")
		of := map[string]greyshelf.Scheme{"DOI": greyshelf.DOI, "ISBN": greyshelf.ISBN, "ISSN": greyshelf.ISSN}[strings.ToUpper(scheme)]
		if of == "" {
			continue
		}
		for one := range strings.FieldsSeq(value) { // several ISBN stand in one field
			r.Identifiers = append(r.Identifiers, greyshelf.Identifier{Scheme: of, Value: one})
		}
	}
}

// beside takes attachments and notes.
func (e export) beside(n xmltree.Node, item *Item) {
	for _, a := range e.pointed(n, "link") {
		if path := a.First("resource").Attr("resource"); path != "" && !strings.Contains(path, "://") {
			item.Files = append(item.Files, strings.TrimPrefix(path, "attachments:"))
		}
	}
	for _, memo := range e.pointed(n, "isReferencedBy") {
		if note := htmltext.Plain(memo.First("value").Text); note != "" {
			item.Report.Note = strings.TrimSpace(item.Report.Note + "\n\n" + note)
		}
	}
}
