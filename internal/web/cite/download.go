package cite

import (
	"bytes"
	"io"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/bibtex"
	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/format/endnote"
	"github.com/greyshelf/greyshelf/internal/format/ris"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// most is how many references one file has.
const most = 10_000

// kind is a form of references: its name in addresses, how its file is called
// and how it is written.
type kind struct {
	name, file, mediaType string
	write                 func(io.Writer, []csl.Item) error
}

func kinds() []kind {
	return []kind{
		{"bibtex", "references.bib", "application/x-bibtex; charset=utf-8", bibtex.Write},
		{"biblatex", "references-biblatex.bib", "application/x-bibtex; charset=utf-8", bibtex.WriteBibLaTeX},
		{"ris", "references.ris", "application/x-research-info-systems; charset=utf-8", ris.Write},
		{"endnote", "references.enw", "application/x-endnote-refer; charset=utf-8", endnote.Write},
		{"endnote-xml", "references-endnote.xml", "application/xml; charset=utf-8", endnote.WriteXML},
		{"csl-json", "references.json", "application/vnd.citationstyles.csl+json; charset=utf-8", csl.Write},
	}
}

// formats gives the files that can be had below an address.
func formats(address string) []Format {
	var all []Format
	for _, k := range kinds() {
		all = append(all, Format{k.name, address + "/" + k.name})
	}
	return all
}

// Download answers GET /r/{id}/cite/{format}: the reference of one report.
func (p *Page) Download(v *site.Visit) error {
	r, err := v.Report(rights.Record)
	if err != nil {
		return err
	}
	return send(v, v.R.PathValue("format"), []csl.Item{itemOf(v, r)})
}

// Selection answers GET /cite: the references of every report that the address
// names as a list does, in the form that it asks for.
func (p *Page) Selection(v *site.Visit) error {
	form := v.R.URL.Query()
	reports, err := v.Selection(form)
	if err != nil {
		return err
	}
	var items []csl.Item
	for r, err := range reports {
		if err != nil {
			return err
		}
		if len(items) == most {
			return greyshelf.Errorf(greyshelf.TooLarge, "write references", "", "one file has at most %d references; narrow the search", most)
		}
		items = append(items, itemOf(v, r))
	}
	return send(v, form.Get("format"), items)
}

// send answers with a file.
func send(v *site.Visit, name string, items []csl.Item) error {
	for _, k := range kinds() {
		if k.name != name {
			continue
		}
		var b bytes.Buffer
		if err := k.write(&b, items); err != nil {
			return err
		}
		h := v.W.Header()
		h.Set("Content-Type", k.mediaType)
		h.Set("Content-Disposition", `attachment; filename="`+k.file+`"`)
		h.Set("Cache-Control", "private, no-cache")
		_, _ = v.W.Write(b.Bytes()) // the reader may have gone
		return nil
	}
	return site.NotFound(v)
}
