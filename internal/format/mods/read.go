package mods

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Read reads a record, or every record of a collection. Errors: Invalid,
// TooLarge.
func Read(r io.Reader) ([]greyshelf.Report, error) {
	root, err := xmltree.Parse(r)
	if err != nil {
		return nil, err
	}
	records := root.All("mods")
	if root.Name == "mods" {
		records = []xmltree.Node{root}
	}
	if root.Space != Namespace || len(records) == 0 {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "read MODS", "", "there is no record of the namespace %s", Namespace)
	}
	var all []greyshelf.Report
	for _, n := range records {
		all = append(all, FromXML(n))
	}
	return all, nil
}

// FromXML gives what a mods element says of a report; what it does not say
// stays absent.
func FromXML(n xmltree.Node) greyshelf.Report {
	r := greyshelf.Report{
		ID: line(n.First("recordInfo", "recordIdentifier")), Type: line(n.First("genre")), Version: line(n.First("originInfo", "edition")),
		Format: line(n.First("physicalDescription", "form")), Date: date(n), Rights: rights(n),
	}
	for _, info := range n.All("titleInfo") {
		title := line(info.First("title"))
		if article := line(info.First("nonSort")); article != "" {
			title = article + " " + title
		}
		switch {
		case info.Attr("type") == "translated" || r.Title != "" && info.Attr("type") == "":
			r.ParallelTitles = append(r.ParallelTitles, title)
		case info.Attr("type") == "":
			r.Title, r.Subtitle = title, line(info.First("subTitle"))
		}
	}
	var paragraphs []string
	for _, a := range n.All("abstract") {
		if text := line(a); text != "" {
			paragraphs = append(paragraphs, text)
		}
	}
	r.Abstract = strings.Join(paragraphs, "\n")
	r.Agents, r.Headings, r.Identifiers, r.Languages = agents(n), headings(n), identifiers(n), languages(n)
	r.Extent, r.Size = extents(n)
	for _, item := range n.All("relatedItem") {
		if item.Attr("type") == "series" && r.Series == "" {
			r.Series = line(item.First("titleInfo", "title"))
		}
	}
	for _, location := range n.All("location") {
		for _, url := range location.All("url") {
			if r.URL == "" && url.Attr("access") != "object in context" {
				r.URL = line(url)
			}
		}
	}
	r.Updated, _ = time.Parse(time.RFC3339, line(n.First("recordInfo", "recordChangeDate")))
	return r
}

func line(n xmltree.Node) string { return xmltree.Line(n.Text) }

func agents(n xmltree.Node) []greyshelf.Contribution {
	var all []greyshelf.Contribution
	for _, name := range n.All("name") {
		if len(name.All("etal")) > 0 {
			if len(all) > 0 {
				all[len(all)-1].EtAl = true
			}
			continue
		}
		if c := agent(name); c.Name != "" {
			all = append(all, c)
		}
	}
	for _, publisher := range n.First("originInfo").All("publisher") {
		all = withPublisher(all, line(publisher))
	}
	return all
}

// withPublisher adds a publisher of the imprint unless a name says it.
func withPublisher(all []greyshelf.Contribution, name string) []greyshelf.Contribution {
	for _, c := range all {
		if c.Role == greyshelf.Publisher && c.Name == name {
			return all
		}
	}
	if name == "" {
		return all
	}
	return append(all, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: greyshelf.Publisher})
}

func agent(n xmltree.Node) greyshelf.Contribution {
	c := greyshelf.Contribution{Role: role(n), Affiliation: line(n.First("affiliation")), Stated: line(n.First("description"))}
	c.Kind = greyshelf.Person
	if n.Attr("type") == "corporate" || n.Attr("type") == "conference" {
		c.Kind = greyshelf.Body
	}
	var whole []string
	for _, part := range n.All("namePart") {
		switch part.Attr("type") {
		case "given":
			c.Given = strings.TrimSpace(c.Given + " " + line(part))
		case "family":
			c.Family = line(part)
		case "":
			whole = append(whole, line(part))
		}
	}
	c.Name = line(n.First("displayForm"))
	switch {
	case c.Family != "" && c.Name == "":
		c.Name = strings.TrimSpace(c.Given + " " + c.Family)
	case c.Family == "" && c.Kind == greyshelf.Body:
		c.Name = strings.Join(whole, ". ")
	case c.Family == "" && len(whole) > 0 && strings.Contains(whole[0], ", "):
		c.Agent = greyshelf.PersonFromInverted(whole[0])
	case c.Family == "" && c.Name == "":
		c.Name = strings.Join(whole, " ")
	}
	return c
}

// role reads the code or the term of a role; an agent without any is taken for
// an author.
func role(n xmltree.Node) greyshelf.Role {
	for _, r := range n.All("role") {
		for _, term := range r.All("roleTerm") {
			for role, relator := range relators {
				if text := strings.ToLower(line(term)); text == relator[0] || text == relator[1] {
					return role
				}
			}
		}
	}
	return greyshelf.Author
}

// date reads the encoded date and the printed one.
func date(n xmltree.Node) greyshelf.Date {
	var d greyshelf.Date
	for _, origin := range n.All("originInfo") {
		for _, issued := range origin.All("dateIssued") {
			text := line(issued)
			switch {
			case issued.Attr("encoding") == "" && d.Printed == "":
				d.Printed = text
			case issued.Attr("point") == "end" && d.EDTF != "":
				d.EDTF += "/" + text
			case issued.Attr("encoding") != "" && d.EDTF == "":
				d.EDTF = text
			}
		}
	}
	if !greyshelf.ValidEDTF(d.EDTF) {
		d.EDTF = ""
		if read, ok := greyshelf.ParseDate(d.Printed); ok {
			d.EDTF = read.EDTF
		}
	}
	return d
}

func headings(n xmltree.Node) []greyshelf.Heading {
	var all []greyshelf.Heading
	for _, subject := range n.All("subject") {
		var parts []string
		for _, part := range subject.Nodes {
			if text := line(part); text != "" && (part.Name == "topic" || part.Name == "geographic" || part.Name == "temporal") {
				parts = append(parts, text)
			}
		}
		if len(parts) > 0 {
			all = append(all, greyshelf.Heading{Label: strings.Join(parts, " -- "), Language: subject.Attr("lang")})
		}
	}
	return all
}

func identifiers(n xmltree.Node) []greyshelf.Identifier {
	var all []greyshelf.Identifier
	for _, node := range n.All("identifier") {
		scheme := greyshelf.Scheme(strings.ReplaceAll(strings.ToLower(node.Attr("type")), " ", "_"))
		if id, ok := greyshelf.ParseIdentifier(scheme, line(node)); ok && node.Attr("invalid") != "yes" {
			all = append(all, id)
		}
	}
	return all
}

func languages(n xmltree.Node) []string {
	var all []string
	for _, language := range n.All("language") {
		for _, term := range language.All("languageTerm") {
			tag := line(term)
			if term.Attr("authority") == "iso639-2b" {
				tag = marc.LanguageTag(tag)
			}
			if term.Attr("type") == "code" && tag != "" {
				all = append(all, tag)
				break
			}
		}
	}
	return all
}

// extents reads what is printed, then what is counted.
func extents(n xmltree.Node) (extent greyshelf.Extent, size greyshelf.Size) {
	for _, node := range n.First("physicalDescription").All("extent") {
		text := line(node)
		switch node.Attr("unit") {
		case "pages":
			extent.Pages, _ = strconv.Atoi(text)
		case "bytes":
			size.Bytes, _ = strconv.ParseInt(text, 10, 64)
		case "file size":
			read, _ := greyshelf.ParseSize(text)
			size = greyshelf.Size{Printed: text, Bytes: read.Bytes}
		case "":
			read, _ := greyshelf.ParseExtent(text)
			extent = greyshelf.Extent{Printed: text, Pages: read.Pages}
		}
	}
	return extent, size
}

func rights(n xmltree.Node) greyshelf.Rights {
	var r greyshelf.Rights
	for _, node := range n.All("accessCondition") {
		text := line(node)
		switch {
		case node.Attr("displayLabel") == "code":
			r.Code = greyshelf.RightsCode(text)
		case node.Attr("displayLabel") == "rights holder":
			r.Holder = text
		case r.Statement == "" && node.Attr("type") == "use and reproduction":
			r.Statement = text
			if r.Code == "" {
				r.Code = marc.LicenceCode(node.Attr("href"))
			}
		}
	}
	return r
}
