package web

import (
	"errors"

	"github.com/greyshelf/greyshelf/internal/web/desk"
	"github.com/greyshelf/greyshelf/internal/web/edit"
	"github.com/greyshelf/greyshelf/internal/web/find"
	"github.com/greyshelf/greyshelf/internal/web/help"
	"github.com/greyshelf/greyshelf/internal/web/history"
	"github.com/greyshelf/greyshelf/internal/web/home"
	"github.com/greyshelf/greyshelf/internal/web/lists"
	"github.com/greyshelf/greyshelf/internal/web/page"
	"github.com/greyshelf/greyshelf/internal/web/report"
	"github.com/greyshelf/greyshelf/internal/web/site"
	"github.com/greyshelf/greyshelf/internal/web/upload"
)

// route is an address of the site.
type route struct {
	pattern string // as of http.ServeMux
	handler site.Handler
	changes bool // the library: only from this computer, see site.Site.Handle
}

// routes lists every address of the site, but the API's.
func routes(s *site.Site) ([]route, error) {
	home, err1 := home.New(s)
	find, err2 := find.New(s)
	report, err3 := report.New(s)
	edit, err4 := edit.New(s)
	history, err5 := history.New(s)
	page, err6 := page.New(s)
	lists, err7 := lists.New(s)
	upload, err8 := upload.New(s)
	help, err9 := help.New(s)
	const read, change = false, true
	return []route{
		{"GET /{$}", home.Show, read},
		{"GET /search", find.Show, read},
		{"GET /list", lists.Show, read},
		{"GET /help", help.Show, read},
		{"GET /static/{name}", site.Static, read},

		{"GET /r/{id}", report.Show, read},
		{"GET /r/{id}/thumb", page.Thumb, read},
		{"GET /r/{id}/f/{file}", page.Download, read},
		{"GET /r/{id}/f/{file}/p", page.Jump, read},
		{"GET /r/{id}/f/{file}/p/{page}", page.Show, read},
		{"GET /r/{id}/f/{file}/p/{page}/image", page.Image, read},
		{"GET /r/{id}/f/{file}/p/{page}/{span}", page.Passage, read},

		{"GET /r/{id}/edit", edit.Show, change},
		{"POST /r/{id}/edit", edit.Save, change},
		{"POST /r/{id}/state", edit.State, change},
		{"GET /r/{id}/history", history.Show, read},
		{"POST /r/{id}/undo", history.Undo, change},
		{"GET /add", upload.Show, change},
		{"POST /add", upload.Take, change},
		{"POST /reader", desk.Choose, read},

		{"/", site.NotFound, read},
	}, errors.Join(err1, err2, err3, err4, err5, err6, err7, err8, err9)
}
