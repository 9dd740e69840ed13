// Package findings is the page on which a person checks a description: every
// value that was found in a file, chosen or not, and beside it the page with
// the quotation marked.
//
// It stands in the web beside the other pages and reads only; changing a
// record is package edit.
package findings

import (
	"embed"
	"io/fs"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/page"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed findings.html findings.css findings.js
var files embed.FS

// Files gives the template, style and script of the page.
func Files() fs.FS { return files }

// Page is the page of findings.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "findings.html")
	return &Page{t}, err
}

type view struct {
	ID, Title, Language string

	Files  []fileLink // where there are several
	Sets   []set      // that of the newest description first
	Empty  bool       // nothing was found
	Doubts int        // chosen values of the first set that are not sure
	Chosen *finding   // the one whose evidence is shown
	Sheet  *sheet     // the page with the quotation; nil where the evidence is not on a page
	Closed bool       // the reader, as they read now, may not see pages
	Here   string     // address of the page with the file
}

type fileLink struct {
	Name, Link string
	Current    bool
}

// sheet is the picture of a page with the quotation marked.
type sheet struct {
	Page          int
	Width, Height string // points
	Image, Link   string
	Marks         []page.Rect
}

// Show answers GET /r/ID/findings?file=SHA256&n=K.
func (p *Page) Show(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	sets, err := v.Catalog.Findings(v.R.Context(), r.ID)
	if err != nil {
		return err
	}
	data := view{ID: r.ID, Title: v.TitleOf(r), Language: site.Language(r), Closed: !v.May(r, rights.Page), Here: v.Link("/r/", r.ID, "/findings")}
	file, err := p.file(v, r, &data)
	if err != nil {
		return err
	}
	data.Sets = arranged(r, file, sets, data.Here)
	number, err := strconv.Atoi(v.R.URL.Query().Get("n"))
	if err != nil {
		number = 1
	}
	data.choose(number)
	for _, s := range data.Sets[:min(1, len(data.Sets))] {
		data.Doubts = s.doubts()
	}
	if data.Chosen != nil && data.Chosen.Page > 0 && !data.Closed {
		if data.Sheet, err = newSheet(v, r, data.Chosen); err != nil {
			return err
		}
	}
	return v.Show(p.template, v.Text.Get("findings.title")+" · "+data.Title, data)
}

// file gives the file that the address names, else the first; the zero value
// for a report without files. It puts the links to all of them into the view.
func (p *Page) file(v *site.Visit, r greyshelf.Report, data *view) (greyshelf.File, error) {
	all := r.Files()
	wanted := strings.ToLower(v.R.URL.Query().Get("file"))
	var file greyshelf.File
	switch f, ok := r.File(wanted); {
	case wanted != "" && !ok:
		return f, site.NotFound(v)
	case ok:
		file = f
	case len(all) > 0:
		file = all[0]
	}
	for _, f := range all {
		if len(all) > 1 {
			name := f.Name
			if name == "" {
				name = site.FileName(f.SHA256)
			}
			data.Files = append(data.Files, fileLink{name, data.Here + "?file=" + site.FileName(f.SHA256), f.SHA256 == file.SHA256})
		}
	}
	if len(all) > 1 {
		data.Here += "?file=" + site.FileName(file.SHA256)
	}
	return file, nil
}

// choose takes the finding with the number, else the first.
func (d *view) choose(number int) {
	d.Empty = true
	var chosen *finding
	for i := range d.Sets {
		for j := range d.Sets[i].Groups {
			group := d.Sets[i].Groups[j].Findings
			for k := range group {
				d.Empty = false
				if chosen == nil || group[k].N == number {
					chosen = &group[k]
				}
			}
		}
	}
	if d.Chosen = chosen; chosen != nil {
		chosen.Current = true
	}
}

// newSheet makes the sheet of a finding's page; nil where the file or the page
// is not kept any more.
func newSheet(v *site.Visit, r greyshelf.Report, f *finding) (*sheet, error) {
	file, ok := r.File(f.file)
	if !ok {
		return nil, nil
	}
	p, err := v.Pages.Page(v.R.Context(), file.SHA256, file.Text, f.Page)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s := &sheet{Page: f.Page, Link: v.PageLink(r.ID, file.SHA256, f.Page)}
	s.Image = s.Link + "/image?w=1000"
	s.Width, s.Height = page.Size(p)
	start, end, found := place(p, f.Finding)
	switch {
	case found:
		s.Marks = page.Rects(p, p.Boxes(start, end))
		s.Link += "/" + site.Span(start, end)
	case f.Box != greyshelf.Box{}:
		s.Marks = page.Rects(p, []greyshelf.Box{f.Box})
	}
	return s, nil
}
