package discovery

import (
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/opds"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// thumbType is what the first page of a report is rendered as.
const thumbType = "image/png"

// publicationOf gives a report as the catalogue shows it; its file and first
// page only where the reader may open them.
func publicationOf(v *site.Visit, r greyshelf.Report) opds.Publication {
	address := v.Absolute(v.ReportLink(r.ID))
	p := opds.Publication{
		ID: address, Page: address, Title: v.TitleOf(r), Subtitle: r.Subtitle, Summary: short(r.ListAbstract()), Language: site.Language(r),
		Issued: r.Date.EDTF, Added: r.Created, Updated: r.Updated,
	}
	for _, c := range r.Agents {
		switch c.Role {
		case greyshelf.Author, greyshelf.Speaker:
			p.Authors = append(p.Authors, c.Name)
		case greyshelf.Publisher:
			p.Publishers = append(p.Publishers, c.Name)
		}
	}
	for _, h := range r.Headings {
		p.Subjects = append(p.Subjects, h.Label)
	}
	for _, id := range r.Identifiers {
		switch id.Scheme {
		case greyshelf.DOI:
			p.Names = append(p.Names, "https://doi.org/"+id.Value)
		case greyshelf.ISBN:
			p.Names = append(p.Names, "urn:isbn:"+id.Value)
		}
	}
	files := r.Files()
	elsewhere(&p, r)
	if len(files) == 0 {
		return p
	}
	p.Pages = files[0].Pages
	if v.May(r, rights.File) {
		p.File, p.MediaType, p.Bytes = v.Absolute(v.FileLink(r.ID, files[0])), files[0].MediaType, files[0].Bytes
		p.Open = rights.May(rights.Reader{}, r, rights.File)
	}
	if v.May(r, rights.Page) && p.Pages > 0 && !files[0].Flows() {
		p.Thumb, p.ThumbType = v.Absolute(v.Link("/r/", r.ID, "/thumb")), thumbType
	}
	return p
}

// elsewhere says where a report may be had beside this library: at the address
// at which it was published, which is taken to be a page that leads to it unless
// it is named as a PDF.
func elsewhere(p *opds.Publication, r greyshelf.Report) {
	if p.From = site.SafeURL(r.URL); p.From == "" {
		return
	}
	p.FromType = greyshelf.TypeHTML
	if at, err := url.Parse(p.From); err == nil && strings.EqualFold(path.Ext(at.Path), ".pdf") {
		p.FromType = greyshelf.TypePDF
		return
	}
	if files := r.Files(); len(files) > 0 {
		p.Final = files[0].MediaType
	} else if strings.EqualFold(r.Format, greyshelf.FormatOf(greyshelf.TypePDF)) {
		p.Final = greyshelf.TypePDF
	}
	if p.Final == p.FromType {
		p.Final = ""
	}
}

// changed gives when the latest of the reports changed.
func changed(reports []greyshelf.Report) time.Time {
	var latest time.Time
	for _, r := range reports {
		if r.Updated.After(latest) {
			latest = r.Updated
		}
	}
	return latest
}
