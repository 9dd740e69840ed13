package dc

import (
	"io"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Read reads elements and terms of Dublin Core in any container and gives what
// they say of a report. Errors: Invalid (no XML, no Dublin Core), TooLarge.
func Read(r io.Reader) (greyshelf.Report, error) {
	root, err := xmltree.Parse(r)
	if err != nil {
		return greyshelf.Report{}, err
	}
	report, ok := FromXML(root)
	if !ok {
		return report, greyshelf.Errorf(greyshelf.Invalid, "read Dublin Core", "", "there is no element of Dublin Core")
	}
	return report, nil
}

// FromXML gives what the children of a container say; false when none is of
// Dublin Core.
func FromXML(container xmltree.Node) (greyshelf.Report, bool) {
	var r greyshelf.Report
	any := false
	for _, n := range container.Nodes {
		if n.Space != Elements && n.Space != Terms {
			continue
		}
		any = true
		if text := strings.TrimSpace(xmltree.Clean(n.Text)); text != "" {
			read(&r, n.Name, text)
		}
	}
	return r, any
}

// read puts one statement where it belongs. The first title, date and source
// count; further titles are parallel ones.
func read(r *greyshelf.Report, term, text string) {
	line := xmltree.Line(text)
	switch term {
	case "title":
		if r.Title == "" {
			r.Title = line
			return
		}
		fallthrough
	case "alternative":
		r.ParallelTitles = append(r.ParallelTitles, line)
	case "creator":
		r.Agents = append(r.Agents, agent(line, greyshelf.Author))
	case "publisher":
		r.Agents = append(r.Agents, agent(line, greyshelf.Publisher))
	case "subject":
		r.Headings = append(r.Headings, greyshelf.Heading{Label: line})
	case "description", "abstract":
		if r.Abstract == "" {
			r.Abstract = text
		}
	case "date", "issued", "created", "available":
		readDate(r, line)
	case "type":
		if r.Type == "" && !strings.Contains(line, ":") {
			r.Type = line
		}
	case "identifier":
		readNumber(r, line)
	case "source":
		if r.URL == "" && web(line) {
			r.URL = line
		}
	case "relation", "isPartOf":
		if r.Series == "" && !web(line) {
			r.Series = line
		}
	default:
		readMore(r, term, line)
	}
}

func readMore(r *greyshelf.Report, term, line string) {
	switch term {
	case "language":
		r.Languages = append(r.Languages, line)
	case "format", "extent":
		switch {
		case line == "application/pdf":
			r.Format = "PDF"
		case line == "text/html":
			r.Format = "HTML"
		default:
			if extent, ok := greyshelf.ParseExtent(line); ok {
				r.Extent = extent
			}
		}
	case "rights", "license":
		code := marc.LicenceCode(line)
		if strings.Contains(line, "creativecommons.org/publicdomain/mark/") {
			code = greyshelf.PublicDomain
		}
		switch {
		case code != "" && r.Rights.Code == "":
			r.Rights.Code = code
		case !web(line) && !strings.HasPrefix(line, "info:") && r.Rights.Statement == "":
			r.Rights.Statement = line
		}
	case "rightsHolder":
		r.Rights.Holder = line
	}
}

// agent reads a name: a body, or a person in inverted or natural order.
func agent(name string, role greyshelf.Role) greyshelf.Contribution {
	c := greyshelf.Contribution{Role: role}
	switch {
	case role == greyshelf.Publisher || greyshelf.LooksLikeBody(name):
		c.Agent = greyshelf.Agent{Kind: greyshelf.Body, Name: name}
	case strings.Contains(name, ","):
		c.Agent = greyshelf.PersonFromInverted(name)
	default:
		c.Agent = greyshelf.PersonFromName(name)
	}
	return c
}

func readDate(r *greyshelf.Report, line string) {
	if r.Date != (greyshelf.Date{}) {
		return
	}
	day, _, _ := strings.Cut(line, "T") // a time says nothing of a report
	switch date, ok := greyshelf.ParseDate(line); {
	case greyshelf.ValidEDTF(day):
		r.Date.EDTF = day
	case ok:
		r.Date = date
	}
}

// readNumber knows a number by its form; a web address is where the report is.
func readNumber(r *greyshelf.Report, line string) {
	lower := strings.ToLower(line)
	scheme, value := greyshelf.Scheme(""), line
	switch {
	case greyshelf.NormaliseDOI(line) != "":
		scheme = greyshelf.DOI
	case strings.HasPrefix(lower, "urn:isbn:"), strings.HasPrefix(lower, "urn:issn:"):
		scheme, value = greyshelf.Scheme(lower[4:8]), line[9:]
	case strings.HasPrefix(lower, "isbn"):
		scheme = greyshelf.ISBN
	case strings.HasPrefix(lower, "issn"):
		scheme = greyshelf.ISSN
	case web(line):
		if r.URL == "" {
			r.URL = line
		}
		return
	case !strings.Contains(line, ":"):
		scheme = greyshelf.ReportNumber
	}
	if id, ok := greyshelf.ParseIdentifier(scheme, value); ok {
		r.Identifiers = append(r.Identifiers, id)
	}
}

func web(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")
}
