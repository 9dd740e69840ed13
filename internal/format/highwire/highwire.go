// Package highwire writes the citation_* tags for the head of a report's page,
// by which Google Scholar and reference managers take a record (Google Scholar,
// Inclusion Guidelines for Webmasters, "Indexing"; the names are those of
// HighWire Press).
//
// It is a leaf at the end of the way of the data. It stores nothing.
package highwire

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Tag is a <meta name="…" content="…">.
type Tag struct{ Name, Content string }

// Tags gives the tags of a report. address is where the library shows it, file
// the address of its PDF, "" where that is not open to everybody. What the
// report does not state has no tag; authors come in their order, as "Family,
// Given".
func Tags(r greyshelf.Report, address, file string) []Tag {
	var all []Tag
	add := func(name, content string) {
		if content = strings.Join(strings.Fields(content), " "); content != "" {
			all = append(all, Tag{name, content})
		}
	}
	add("citation_title", r.FullTitle())
	for _, c := range r.Agents {
		if c.Role == greyshelf.Author || c.Role == greyshelf.Speaker {
			add("citation_author", c.Inverted())
			add("citation_author_institution", c.Affiliation)
		}
	}
	for _, p := range r.AgentsWith(greyshelf.Publisher) {
		add("citation_publisher", p.Name)
		add("citation_technical_report_institution", p.Name)
	}
	add("citation_technical_report_number", r.Identifier(greyshelf.ReportNumber))
	add("citation_publication_date", strings.ReplaceAll(plainDate(r.Date.EDTF), "-", "/"))
	add("citation_series_title", r.Series)
	add("citation_doi", r.Identifier(greyshelf.DOI))
	add("citation_isbn", r.Identifier(greyshelf.ISBN))
	add("citation_issn", r.Identifier(greyshelf.ISSN))
	for i, language := range r.Languages {
		if i == 0 {
			add("citation_language", language)
		}
	}
	for _, h := range r.Headings {
		add("citation_keywords", h.Label)
	}
	add("citation_abstract", r.Abstract)
	add("citation_abstract_html_url", address)
	add("citation_pdf_url", file)
	return all
}

// plainDate gives a year, a month or a day of an EDTF date; "" for what is
// neither (a span, a season).
func plainDate(edtf string) string {
	date := strings.TrimRight(edtf, "?~%")
	switch len(date) {
	case 4, 10:
	case 7:
		if date[5:] > "12" {
			return date[:4]
		}
	default:
		return ""
	}
	if strings.Trim(date, "0123456789-") != "" {
		return ""
	}
	return date
}
