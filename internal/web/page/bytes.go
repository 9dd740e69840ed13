package page

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/exchange"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// Widths gives the widths in pixels in which pages are rendered: few, so that
// the cache holds.
func Widths() []int { return []int{site.ThumbWidth, 480, 1000, 1600} }

// Image answers GET /r/ID/f/FILE/p/N/image?w=WIDTH.
func (p *Page) Image(v *site.Visit) error {
	r, f, err := file(v, rights.Page)
	if err != nil || v.Canonical(f) {
		return err
	}
	n, err := v.Number("page")
	if err != nil {
		return err
	}
	width, err := strconv.Atoi(v.R.URL.Query().Get("w"))
	if err != nil || !slices.Contains(Widths(), width) {
		return greyshelf.Errorf(greyshelf.Invalid, "render page", r.ID, "pages are rendered in the widths %v", Widths())
	}
	if n > f.Pages {
		return site.NotFound(v)
	}
	return p.image(v, f, n, width)
}

// Thumb answers GET /r/ID/thumb: the first page of the newest file.
func (p *Page) Thumb(v *site.Visit) error {
	r, err := v.Report(rights.Page)
	if err != nil {
		return err
	}
	all := r.Files()
	if len(all) == 0 || all[0].Pages == 0 {
		return site.NotFound(v)
	}
	return p.image(v, all[0], 1, site.ThumbWidth)
}

// image sends a rendered page. The bytes under an address of a page never
// change, so the reader's own browser may keep them.
func (p *Page) image(v *site.Visit, f greyshelf.File, page, width int) error {
	h := v.W.Header()
	tag := fmt.Sprintf(`"%s-%d-%d"`, site.FileName(f.SHA256), page, width)
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	if v.R.PathValue("page") == "" {
		h.Set("Cache-Control", "private, no-cache") // the newest file may be another one tomorrow
	}
	if v.R.Header.Get("If-None-Match") == tag {
		v.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	data, err := picture(v, f, page, width)
	if err != nil {
		h.Del("ETag")
		h.Set("Cache-Control", "no-store")
		return err
	}
	h.Set("Content-Type", "image/svg+xml")
	if !f.Flows() {
		h.Set("Content-Type", http.DetectContentType(data))
	}
	http.ServeContent(v.W, v.R, "", time.Time{}, bytes.NewReader(data))
	return nil
}

// picture renders a page; one of flowing text is set in SVG.
func picture(v *site.Visit, f greyshelf.File, page, width int) ([]byte, error) {
	if !f.Flows() {
		return v.Library.Image(v.R.Context(), f, page, width)
	}
	p, err := v.Pages.Page(v.R.Context(), f.SHA256, f.Text, page)
	if err != nil {
		return nil, err
	}
	return drawn(p, width), nil
}

// Download answers GET /r/ID/f/FILE with the bytes of the file, or a part of
// them (RFC 9110 §14).
func (p *Page) Download(v *site.Visit) error {
	r, f, err := file(v, rights.File)
	if err != nil || v.Canonical(f) {
		return err
	}
	data, err := v.Files.Open(v.R.Context(), f.SHA256)
	if err != nil {
		return err
	}
	defer data.Close()
	h := v.W.Header()
	h.Set("Content-Type", f.MediaType)
	if f.MediaType == "" {
		h.Set("Content-Type", "application/octet-stream")
	}
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": downloadName(r, f)}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("ETag", `"`+f.SHA256+`"`)
	h.Set("Cache-Control", "private, no-cache")
	exchange.SignpostFile(v, r, f)
	http.ServeContent(v.W, v.R, "", time.Time{}, data)
	return nil
}

// downloadName gives the name under which a file is kept by the reader: its
// own, without anything that a file system may not like.
func downloadName(r greyshelf.Report, f greyshelf.File) string {
	name := strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || strings.ContainsRune(`/\:*?"<>|`, c) {
			return '-'
		}
		return c
	}, f.Name)
	name = strings.Trim(name, " .-")
	if name == "" {
		return r.ID + extension(f.MediaType)
	}
	return name
}

func extension(mediaType string) string {
	if format := greyshelf.FormatOf(mediaType); format != "" {
		return "." + strings.ToLower(format)
	}
	return ".pdf"
}

func file(v *site.Visit, door rights.Door) (greyshelf.Report, greyshelf.File, error) {
	r, err := v.Report(door)
	if err != nil {
		return r, greyshelf.File{}, err
	}
	f, err := v.File(r)
	return r, f, err
}
