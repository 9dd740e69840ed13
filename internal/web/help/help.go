// Package help explains the query language and the keys.
//
// It stands in the web beside the other pages. Its words are in the locale
// files; the grammar is that of package query (docs/query.md).
package help

import (
	"embed"
	"io/fs"

	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed help.html help.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// Page is the help page.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "help.html")
	return &Page{t}, err
}

type view struct {
	Forms  []form
	Fields []query.FieldName
}

// form is one form of the query language: help.KEY says what it finds.
type form struct{ Key, Example string }

// Show answers GET /help.
func (p *Page) Show(v *site.Visit) error {
	return v.Show(p.template, v.Text.Get("help.title"), view{
		Forms: []form{
			{"words", "arms embargo"}, {"phrase", `"arms embargo"`}, {"or", "embargo OR sanctions"}, {"not", "sanctions -oil"},
			{"group", "(embargo OR sanctions) iran"}, {"prefix", "secur*"}, {"fuzzy", "hezbollah~2"}, {"near", `"arms embargo"~5`},
			{"field", "title:sanctions"}, {"years", "year:2016..2018"}, {"scope", "scope:report embargo enforcement"},
		},
		Fields: query.Fields(),
	})
}
