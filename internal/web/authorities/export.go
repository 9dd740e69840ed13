package authorities

import (
	"context"
	"io"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// format is a form in which records are given out.
type format struct {
	Key, Name         string
	mediaType, ending string
	write             func(context.Context, io.Writer, catalog.Records, []greyshelf.Authority) error
}

// formats gives the forms in the order in which they are shown.
func formats() []format {
	return []format{
		{"skos", "SKOS", "text/turtle; charset=utf-8", ".ttl", authority.WriteSKOS},
		{"marcxml", "MARCXML", marc.XMLMediaType, ".xml", authority.WriteMARC},
		{"marc", "MARC 21", marc.MediaType, ".mrc", authority.WriteBinaryMARC},
	}
}

// ExportAll answers GET /authorities/export/{format}: every record, or those of
// a type, as a file. One is made at a time.
func (p *Page) ExportAll(v *site.Visit) error {
	of := greyshelf.AuthorityType(v.R.URL.Query().Get("type"))
	if of != "" && !slices.Contains(greyshelf.AuthorityTypes(), of) {
		return site.NotFound(v)
	}
	if !p.exporting.TryLock() {
		return greyshelf.Errorf(greyshelf.Unavailable, "export the authorities", string(of), "another one is being made; try again in a moment")
	}
	defer p.exporting.Unlock()
	return p.export(v, "authorities", func() ([]greyshelf.Authority, error) {
		return authority.List(v.R.Context(), v.Catalog, of, 0, 0)
	})
}

// ExportOne answers GET /a/ID/export/{format}: one record as a file.
func (p *Page) ExportOne(v *site.Visit) error {
	a, _, answered, err := get(v)
	if err != nil || answered {
		return err
	}
	return p.export(v, "authority-"+a.ID, func() ([]greyshelf.Authority, error) { return []greyshelf.Authority{a}, nil })
}

func (p *Page) export(v *site.Visit, name string, read func() ([]greyshelf.Authority, error)) error {
	at := slices.IndexFunc(formats(), func(f format) bool { return f.Key == v.R.PathValue("format") })
	if at < 0 {
		return site.NotFound(v)
	}
	all, err := read()
	if err != nil {
		return err
	}
	f, h := formats()[at], v.W.Header()
	h.Set("Content-Type", f.mediaType)
	h.Set("Content-Disposition", `attachment; filename="`+name+f.ending+`"`)
	return f.write(v.R.Context(), v.W, v.Catalog, all)
}
