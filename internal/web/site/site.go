package site

import (
	"crypto/rand"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/web/locale"
)

//go:embed layout.html parts.html error.html base.css base.js icon.svg
var folder embed.FS

// Files are the frame of every page and what it needs.
func Files() fs.FS { return folder }

// Site is the library as it is shown.
type Site struct {
	Library
	Options
	locales     *locale.Set
	statics     statics
	errorPage   *Template
	sessions    *scs.SessionManager
	hasAccounts atomic.Bool // once the library has people
}

// New makes a site. rooms are the folders of the pages; their styles and
// scripts are put together behind those of the frame, in this order. It fails
// only when a file of the program itself is damaged.
func New(l Library, o Options, rooms []fs.FS) (*Site, error) {
	if o.Secret == "" {
		o.Secret = rand.Text()
	}
	if len(o.TokenKey) == 0 {
		o.TokenKey = []byte(rand.Text())
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.BasePath = strings.TrimSuffix(o.BasePath, "/")
	s := &Site{Library: l, Options: o, sessions: newSessions(l, o)}
	var err error
	if s.locales, err = locale.Load(); err != nil {
		return nil, err
	}
	if s.statics, err = newStatics(append([]fs.FS{folder}, rooms...)); err != nil {
		return nil, err
	}
	s.errorPage, err = s.Template(folder, "error.html")
	return s, err
}

// Link gives the address of a path of the site; parts are put together.
func (s *Site) Link(parts ...any) string {
	return s.BasePath + fmt.Sprint(join(parts)...)
}

// join keeps fmt.Sprint from putting spaces between operands.
func join(parts []any) []any {
	texts := make([]any, len(parts))
	for i, p := range parts {
		texts[i] = fmt.Sprint(p)
	}
	return texts
}

// ReportLink gives the permanent address of a report.
func (s *Site) ReportLink(id string) string { return s.Link("/r/", id) }

// FileLink gives the permanent address of a file: by the first sixteen digits
// of its SHA-256, which no other file of the report shares.
func (s *Site) FileLink(report string, f greyshelf.File) string {
	return s.Link("/r/", report, "/f/", FileName(f.SHA256))
}

// PageLink gives the permanent address of a page.
func (s *Site) PageLink(report, sha string, page int) string {
	return s.Link("/r/", report, "/f/", FileName(sha), "/p/", page)
}

// DescribedLink gives the address of the copy of a file with the record inside,
// "" where there is none.
func (s *Site) DescribedLink(report string, f greyshelf.File) string {
	if s.Library.Described == nil || !Describable(f) {
		return ""
	}
	return s.FileLink(report, f) + "/described"
}

// Describable reports whether a record can be written into a file, as far as
// the catalogue knows.
func Describable(f greyshelf.File) bool {
	return f.MediaType == "application/pdf" && !f.Facts.Encrypted
}

// FileName gives the digits by which addresses name a file.
func FileName(sha string) string { return sha[:min(len(sha), 16)] }

// Canonical sends readers who came by another beginning of the file's name to
// its permanent address.
func (v *Visit) Canonical(f greyshelf.File) (moved bool) {
	given := v.R.PathValue("file")
	if given == FileName(f.SHA256) {
		return false
	}
	to := *v.R.URL
	to.Path = v.BasePath + strings.Replace(to.Path, "/f/"+given, "/f/"+FileName(f.SHA256), 1)
	to.RawPath = ""
	http.Redirect(v.W, v.R, to.String(), http.StatusMovedPermanently)
	return true
}
