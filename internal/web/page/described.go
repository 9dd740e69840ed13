package page

import (
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// Described answers GET /r/ID/f/FILE/described: a copy of the PDF with the
// record inside, or a part of it (RFC 9110 §14). What the copy begins with is
// the file itself, which its own address keeps giving as it is.
func (p *Page) Described(v *site.Visit) error {
	r, f, err := file(v, rights.File)
	if err != nil || v.Canonical(f) {
		return err
	}
	original := v.FileLink(r.ID, f)
	if !site.Describable(f) || v.Library.Described == nil {
		return site.NotFound(v)
	}
	copied, err := v.Library.Described(v.R.Context(), embed.Of(rights.Shown(rights.Reader{}, r), f, publicAddress(v, r), "Greyshelf "+v.Version))
	if kind := greyshelf.KindOf(err); kind == greyshelf.Invalid || kind == greyshelf.TooLarge {
		return &site.Failure{Status: http.StatusNotFound, Key: "undescribed", Subject: r.ID, Report: &r, Reason: greyshelf.ReasonOf(err), Original: original}
	}
	if err != nil {
		return err
	}
	defer copied.Close()
	h := v.W.Header()
	h.Set("Content-Type", f.MediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": describedName(downloadName(r, f))}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("ETag", `"`+copied.Tag+`"`)
	h.Set("Cache-Control", "private, no-cache") // the next decision on the report changes it
	h.Set("Link", "<"+v.Base(v.R)+strings.TrimPrefix(original, v.BasePath)+`>; rel="canonical"`)
	http.ServeContent(v.W, v.R, "", time.Time{}, copied)
	return nil
}

// publicAddress gives the address of the report that is written into copies:
// only one that the library is known under outside this computer.
func publicAddress(v *site.Visit, r greyshelf.Report) string {
	switch host, _, _ := strings.Cut(v.R.Host, ":"); {
	case v.Address != "":
		return v.Address + "/r/" + r.ID
	case slices.Contains(v.Hosts, host):
		return v.Base(v.R) + "/r/" + r.ID
	}
	return ""
}

// describedName tells the copy from the file where both lie in one folder.
func describedName(name string) string {
	extension := path.Ext(name)
	return strings.TrimSuffix(name, extension) + "-described" + extension
}
