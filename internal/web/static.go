package web

import (
	"strconv"

	"github.com/greyshelf/greyshelf/internal/publish/static"
	"github.com/greyshelf/greyshelf/internal/web/locale"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// StaticWords gives the words of the pages that only a static library has.
func StaticWords(text *locale.Text) static.Words {
	return static.Words{
		Language: text.Tag, Title: text.Get("static.title"), Label: text.Get("search.label"), Button: text.Get("search.go"), None: text.Get("search.nothing"),
		Found: text.Get("static.found", "{0}"), Page: text.Get("static.page", "{0}"), NoScript: text.Get("static.noscript"),
		NotHere: text.Get("static.nothere"), NotHereText: text.Get("static.nothere.text"), NotHereRights: text.Get("static.nothere.rights"),
		NotHereServer: text.Get("static.nothere.server"), Home: text.Get("error.home"), NeedsServer: text.Get("static.nothere.link"),
	}
}

// StaticPage gives the address of a page of a report on the site.
func StaticPage(report, sha string, page int) string {
	return "/r/" + report + "/f/" + site.FileName(sha) + "/p/" + strconv.Itoa(page)
}
