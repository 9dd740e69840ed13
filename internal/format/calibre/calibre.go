// Package calibre reads the record that Calibre keeps beside each book: OPF
// 2.0 (metadata.opf).
//
// It is a leaf that imports the words and the reader of XML. It stores nothing
// and opens no book.
package calibre

import (
	"io"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/htmltext"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Read reads a record. Errors: Invalid, TooLarge.
func Read(r io.Reader) (greyshelf.Report, error) {
	root, err := xmltree.Parse(r)
	if err != nil {
		return greyshelf.Report{}, err
	}
	metadata := root.First("metadata")
	if root.Name != "package" || metadata.Name == "" {
		return greyshelf.Report{}, greyshelf.Errorf(greyshelf.Invalid, "read OPF", "", "there is no package with metadata in it")
	}
	var report greyshelf.Report
	for _, n := range metadata.Nodes {
		statement(&report, n)
	}
	return report, nil
}

func statement(r *greyshelf.Report, n xmltree.Node) {
	line := xmltree.Line(n.Text)
	if n.Name == "meta" {
		switch n.Attr("name") {
		case "calibre:series":
			r.Series = xmltree.Line(n.Attr("content"))
		case "calibre:series_index":
			r.SeriesNumber = strings.TrimSuffix(n.Attr("content"), ".0")
		}
		return
	}
	if line == "" {
		return
	}
	switch n.Name {
	case "title":
		if r.Title == "" {
			r.Title = line
		}
	case "creator":
		if role := n.Attr("role"); line != "Unknown" && (role == "" || role == "aut") {
			r.Agents = append(r.Agents, greyshelf.Contribution{Agent: agent(line), Role: greyshelf.Author})
		}
	case "publisher":
		r.Agents = append(r.Agents, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: line}, Role: greyshelf.Publisher})
	case "date":
		if day, _, _ := strings.Cut(line, "T"); greyshelf.ValidEDTF(day) && !strings.HasPrefix(day, "0101-") { // which stands for none
			r.Date = greyshelf.Date{EDTF: day, Printed: day}
		}
	case "description":
		r.Abstract = htmltext.Plain(n.Text)
	case "subject":
		r.Headings = append(r.Headings, greyshelf.Heading{Label: line})
	case "language":
		r.Languages = append(r.Languages, language(line))
	case "rights":
		r.Rights.Statement = line
	case "identifier":
		identifier(r, strings.ToLower(n.Attr("scheme")), line)
	}
}

func agent(name string) greyshelf.Agent {
	if greyshelf.LooksLikeBody(name) {
		return greyshelf.Agent{Kind: greyshelf.Body, Name: name}
	}
	return greyshelf.PersonFromName(name)
}

func identifier(r *greyshelf.Report, scheme, value string) {
	switch scheme {
	case "isbn", "doi", "issn":
		r.Identifiers = append(r.Identifiers, greyshelf.Identifier{Scheme: greyshelf.Scheme(scheme), Value: value})
	case "url", "uri":
		if r.URL == "" {
			r.URL = value
		}
	}
}

// language gives the tag of two letters for the codes of ISO 639-2 that
// Calibre writes for common languages.
func language(code string) string {
	short := map[string]string{"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "rus": "ru", "ara": "ar", "zho": "zh", "chi": "zh", "ita": "it", "por": "pt", "nld": "nl", "jpn": "ja", "pol": "pl", "tur": "tr", "ukr": "uk", "swe": "sv", "fas": "fa", "heb": "he"}[code]
	if short != "" {
		return short
	}
	return code
}
