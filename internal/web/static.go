package web

import (
	"strconv"

	"github.com/greyshelf/greyshelf/internal/publish/static"
	"github.com/greyshelf/greyshelf/internal/web/locale"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// StaticWords gives the words of the search page of a static library.
func StaticWords(text *locale.Text) static.Words {
	return static.Words{
		Language: text.Tag, Title: text.Get("static.title"), Label: text.Get("search.label"), Button: text.Get("search.go"), None: text.Get("search.nothing"),
		Found: text.Get("static.found", "{0}"), Page: text.Get("static.page", "{0}"), NoScript: text.Get("static.noscript"),
	}
}

// StaticPage gives the address of a page of a report on the site.
func StaticPage(report, sha string, page int) string {
	return "/r/" + report + "/f/" + site.FileName(sha) + "/p/" + strconv.Itoa(page)
}
