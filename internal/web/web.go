// Package web shows the library to browsers: the pages on which reports are
// found, read, cited, listed, added and corrected.
//
// It stands at the end of the way of the data, beside the API. The pages are
// plain HTML made here; script only makes them quicker. Every page is a folder
// with its handler, template, style and script; what they share is package
// site; every visible string is in locale; routes.go lists every address. It
// stores nothing: it reads through the ports, changes through curate.Desk, and
// what a reader may see is decided by package rights.
package web

import (
	"io/fs"
	"net/http"

	"github.com/greyshelf/greyshelf/internal/web/account"
	"github.com/greyshelf/greyshelf/internal/web/authorities"
	"github.com/greyshelf/greyshelf/internal/web/cite"
	"github.com/greyshelf/greyshelf/internal/web/collections"
	"github.com/greyshelf/greyshelf/internal/web/desk"
	"github.com/greyshelf/greyshelf/internal/web/digests"
	"github.com/greyshelf/greyshelf/internal/web/edit"
	"github.com/greyshelf/greyshelf/internal/web/find"
	"github.com/greyshelf/greyshelf/internal/web/findings"
	"github.com/greyshelf/greyshelf/internal/web/help"
	"github.com/greyshelf/greyshelf/internal/web/history"
	"github.com/greyshelf/greyshelf/internal/web/home"
	"github.com/greyshelf/greyshelf/internal/web/imports"
	"github.com/greyshelf/greyshelf/internal/web/lists"
	"github.com/greyshelf/greyshelf/internal/web/matches"
	"github.com/greyshelf/greyshelf/internal/web/notices"
	"github.com/greyshelf/greyshelf/internal/web/page"
	"github.com/greyshelf/greyshelf/internal/web/queue"
	"github.com/greyshelf/greyshelf/internal/web/report"
	"github.com/greyshelf/greyshelf/internal/web/rules"
	"github.com/greyshelf/greyshelf/internal/web/site"
	"github.com/greyshelf/greyshelf/internal/web/statistics"
	"github.com/greyshelf/greyshelf/internal/web/subject"
	"github.com/greyshelf/greyshelf/internal/web/upload"
	"github.com/greyshelf/greyshelf/internal/web/webhooks"
)

// Library is what the site shows and changes, see [site.Library].
type Library = site.Library

// Options say how it is shown, see [site.Options].
type Options = site.Options

// OpenID is the provider of the house, see [site.OpenID].
type OpenID = site.OpenID

// Repository says how the library introduces itself, see [site.Repository].
type Repository = site.Repository

// Imports brings lists, see [site.Imports].
type Imports = site.Imports

// AddResult says what became of an uploaded file, see [site.AddResult].
type AddResult = site.AddResult

// New makes the handler of the whole site. It panics only when a template of
// the program itself is damaged, which its tests would have shown.
func New(l Library, o Options) http.Handler {
	s, err := site.New(l, o, folders())
	if err != nil {
		panic(err)
	}
	all, err := routes(s)
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	for _, r := range all {
		mux.Handle(r.pattern, counted(l.Usage, r.pattern, s.ReaderOf, s.Handle(r.handler, r.access)))
	}
	if o.API != nil {
		mux.Handle("/api/v1/", s.ForReaders(o.API(s.ReaderOf)))
	}
	if o.MCP != nil {
		mux.Handle("/mcp", s.ForReaders(o.MCP(s.ReaderOf, s.Base)))
	}
	return s.Guard(mux)
}

// folders gives the folders of the pages, in the order in which their styles
// are put together.
func folders() []fs.FS {
	return []fs.FS{home.Files(), find.Files(), report.Files(), cite.Files(), edit.Files(), history.Files(), matches.Files(), page.Files(), findings.Files(), lists.Files(), upload.Files(), imports.Files(), help.Files(), account.Files(), authorities.Files(), digests.Files(), notices.Files(), collections.Files(), subject.Files(), queue.Files(), rules.Files(), statistics.Files(), webhooks.Files(), desk.Files()}
}
