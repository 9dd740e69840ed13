// Package report is the page of a report: its record, where every value comes
// from, its citation and entry, its editions and files, its pages.
//
// It stands in the web beside the other pages and reads only; changing a
// record is package edit, its decisions are package history.
package report

import (
	"cmp"
	"embed"
	"io/fs"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/cite"
	"github.com/greyshelf/greyshelf/internal/web/exchange"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed report.html report.css report.js
var files embed.FS

// Files gives the template, style and script of the page.
func Files() fs.FS { return files }

// pagesAtOnce is how many thumbnails stand on the page; the rest is folded.
const pagesAtOnce = 12

// Page is the page of a report.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "report.html")
	return &Page{t}, err
}

type view struct {
	site.Brief
	Report    greyshelf.Report
	Rows      []row
	Abstract  origins
	Annotated origins // where the librarian's own abstract comes from
	Related   []related
	Series    []member
	TitleFrom origins
	Access    greyshelf.Access
	Closed    string // words that explain what is not open; "" when all is
	Cite      cite.Part
	Entry     string
	Address   string // permanent, absolute
	Meta      meta
	Exports   []exportLink // the record in every format
	Editions  []edition
	First     *file // the newest file; nil without one
	MayEdit   bool
	MayAttach bool // files may be added to it, in these ways
	Ways      []curate.AttachAs
	Matches   int // reports of which nobody has decided yet whether they are the same
}

type edition struct {
	greyshelf.Edition
	Files []file
}

type file struct {
	greyshelf.File
	Link    string // the first page; "" where it is closed
	Get     string // the bytes
	Kind    string // "PDF", or the media type where it has no short name
	Copy    string // the PDF with this record inside; "" where there is none
	Pages   []pageLink
	More    []pageLink
	Outline []outline
}

type pageLink struct {
	Number int
	Label  string
	Link   string
	Thumb  string

	Section bool // of flowing text
}

type outline struct {
	Title string
	Level int
	Page  int
	Link  string // "" where it leads nowhere
}

// Show answers GET /r/ID.
func (p *Page) Show(v *site.Visit) error {
	r, err := v.Report(rights.Record)
	if err != nil {
		return err
	}
	data := view{
		Brief: v.Brief(r), Report: rights.Shown(v.Reader, r), Access: r.Rights.EffectiveAccess(), Entry: entry.Render(entry.FromReport(r)),
		Address: v.Absolute(v.ReportLink(r.ID)), MayEdit: rights.May(v.Editor(), r, rights.Edit) && v.MayChange(),
		MayAttach: v.Library.Attach != nil, Ways: curate.AttachWays(),
	}
	if !v.May(r, rights.Page) {
		data.Closed = site.ClosedKey(r.Rights)
	}
	if data.Cite, err = cite.NewPart(v, r, v.ReportLink(r.ID), "#cite"); err != nil {
		return err
	}
	data.Meta, data.Exports = newMeta(v, r), exports(v, r)
	if err := exchange.Signpost(v, r); err != nil {
		return err
	}
	from, err := provenance(v, r)
	if err != nil {
		return err
	}
	data.Rows = rows(data.Report, from)
	data.Abstract, data.TitleFrom = from("abstract", about(greyshelf.FieldAbstract)), from("title", about(greyshelf.FieldTitle))
	data.Annotated = from("annotation", about())
	if data.Related, err = relations(v, r); err != nil {
		return err
	}
	if data.Series, err = series(v, r); err != nil {
		return err
	}
	if data.MayEdit {
		if data.Matches, err = open(v, r); err != nil {
			return err
		}
	}
	for _, e := range data.Report.Editions {
		one, err := newEdition(v, r, e)
		if err != nil {
			return err
		}
		data.Editions = append(data.Editions, one)
		if data.First == nil && len(one.Files) > 0 {
			data.First = &one.Files[0]
		}
	}
	return v.Show(p.template, data.Title, data)
}

// open counts the matches that a person should decide.
func open(v *site.Visit, r greyshelf.Report) (int, error) {
	found, err := v.Matches(r)
	n := 0
	for _, m := range found {
		if m.Verdict.Near() {
			n++
		}
	}
	return n, err
}

// tell says where the value of a field comes from, as far as the reader may
// see it; of the findings those about the value.
type tell func(field string, about func(greyshelf.Finding) bool) origins

// provenance gives what tells of the values of a report.
func provenance(v *site.Visit, r greyshelf.Report) (tell, error) {
	decisions, err := v.Catalog.Decisions(v.R.Context(), r.ID, 0)
	if err != nil {
		return nil, err
	}
	sets, err := v.Catalog.Findings(v.R.Context(), r.ID)
	if err != nil {
		return nil, err
	}
	if decisions, err = curate.Sourced(v.R.Context(), v.Catalog, r.ID, decisions); err != nil {
		return nil, err
	}
	all := curate.Origins(r, decisions, sets)
	return func(field string, about func(greyshelf.Finding) bool) origins {
		o, ok := all[field]
		if !ok {
			return origins{}
		}
		o.Findings = slices.DeleteFunc(slices.Clone(o.Findings), func(f greyshelf.Finding) bool { return !about(f) })
		out := newOrigins(v, r, o)
		for _, set := range sets {
			if set.File == o.File && o.File != "" {
				out.Others = append(out.Others, others(v, r, set, about)...)
			}
		}
		return out
	}, nil
}

func newEdition(v *site.Visit, r greyshelf.Report, e greyshelf.Edition) (edition, error) {
	out := edition{Edition: e}
	for _, f := range e.Files {
		one := file{File: f, Kind: cmp.Or(greyshelf.FormatOf(f.MediaType), f.MediaType)}
		if v.May(r, rights.File) {
			one.Get, one.Copy = v.FileLink(r.ID, f), v.DescribedLink(r.ID, f)
		}
		if !v.May(r, rights.Page) {
			out.Files = append(out.Files, one)
			continue
		}
		if f.Pages > 0 {
			one.Link = v.PageLink(r.ID, f.SHA256, 1)
		}
		links, err := pageLinks(v, r, f)
		if err != nil {
			return out, err
		}
		one.Pages = links[:min(len(links), pagesAtOnce)]
		one.More = links[len(one.Pages):]
		for _, o := range f.Outline {
			item := outline{Title: o.Title, Level: min(max(o.Level, 1), 6), Page: o.Page}
			if o.Page > 0 {
				item.Link = v.PageLink(r.ID, f.SHA256, o.Page)
			}
			one.Outline = append(one.Outline, item)
		}
		out.Files = append(out.Files, one)
	}
	return out, nil
}

// pageLinks gives the pages of a file with their printed labels.
func pageLinks(v *site.Visit, r greyshelf.Report, f greyshelf.File) ([]pageLink, error) {
	var links []pageLink
	for p, err := range v.Pages.Pages(v.R.Context(), f.SHA256, f.Text) {
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			break // no text was kept
		}
		if err != nil {
			return nil, err
		}
		link := v.PageLink(r.ID, f.SHA256, p.Index)
		links = append(links, pageLink{Number: p.Index, Label: p.Label, Link: link, Thumb: v.PageLink(r.ID, f.SHA256, p.Index) + site.ThumbQuery, Section: f.Facts.Sections})
	}
	return slices.Clip(links), nil
}
