package report

import (
	"net/url"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/coins"
	"github.com/greyshelf/greyshelf/internal/format/dc"
	"github.com/greyshelf/greyshelf/internal/format/highwire"
	"github.com/greyshelf/greyshelf/internal/format/schemaorg"
	"github.com/greyshelf/greyshelf/internal/publish/export"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// meta is the record in the forms that programs look for in a page.
type meta struct {
	Tags      []tag
	Linked    schemaorg.Report // JSON-LD
	Coins     string
	Published bool // programs may take the record; a draft's has none
}

type tag struct{ Name, Content, Language string }

// newMeta gives what every reader of the page may know: the file is named only
// where anybody may open it.
func newMeta(v *site.Visit, r greyshelf.Report) meta {
	if !rights.May(rights.Reader{}, r, rights.Record) {
		return meta{}
	}
	address := v.Absolute(v.ReportLink(r.ID))
	file := ""
	if files := r.Files(); len(files) > 0 && rights.May(rights.Reader{}, r, rights.File) {
		file = v.Absolute(v.FileLink(r.ID, files[0]))
	}
	m := meta{Linked: schemaorg.FromReport(r, address), Coins: coins.Title(r, address), Published: true}
	for _, t := range highwire.Tags(r, address, file) {
		m.Tags = append(m.Tags, tag{Name: t.Name, Content: t.Content})
	}
	for _, t := range dc.MetaOf(r, address) {
		m.Tags = append(m.Tags, tag{t.Name, t.Content, t.Language})
		// Programs that know the fifteen elements only look for the plain name
		// beside the refined one (DCMI's dumb-down principle).
		switch t.Name {
		case "DCTERMS.issued":
			m.Tags = append(m.Tags, tag{"DC.date", t.Content, t.Language})
		case "DCTERMS.abstract":
			m.Tags = append(m.Tags, tag{"DC.description", t.Content, t.Language})
		}
	}
	return m
}

// exportLink is a form in which the record can be had.
type exportLink struct{ Title, Link string }

// exports gives every form of the record.
func exports(v *site.Visit, r greyshelf.Report) []exportLink {
	var all []exportLink
	for _, f := range export.Formats() {
		all = append(all, exportLink{f.Title, v.Link("/r/", url.PathEscape(r.ID), "/export/", f.Name)})
	}
	return all
}
