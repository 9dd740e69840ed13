// Package site is what the pages of the web have in common: the library they
// read, the frame around every page, who the reader is, what becomes of an
// error, and the style and script that are sent once for all pages.
//
// It stands under the page packages beside it (home, find, report …), which
// hold a handler, a template, a style and a script each. It stores nothing.
package site

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/curate/collection"
	"github.com/greyshelf/greyshelf/internal/curate/notice"
	"github.com/greyshelf/greyshelf/internal/files"
	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/publish/usage"
	"github.com/greyshelf/greyshelf/internal/publish/webhook"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
)

// Library is what the site shows and changes. Every field must be set, but
// People, Add, Attach, Identify and Changed may be nil.
type Library struct {
	Catalog catalog.Catalog
	Pages   pages.Store
	Files   files.Store
	Search  Searcher
	Desk    *curate.Desk
	People  *people.Register // nil where nobody can sign in
	// Digest, Contacts and Post make, address and send the digest; Post is nil
	// where no mail server is set, all are where there is no digest.
	Digest   *digest.Desk
	Contacts *contact.Register
	Post     *sending.Post
	// Notices and Collections keep what readers tell the desk and what they put
	// together; nil where nothing is kept.
	Notices     *notice.Register
	Collections *collection.Register
	Usage       *usage.Counter // nil where usage is not counted
	Webhooks    *webhook.Post  // nil where nobody is told
	// Image renders a page (from 1) of a file as PNG, width pixels wide.
	Image func(ctx context.Context, file greyshelf.File, page, width int) ([]byte, error)
	// Described copies a PDF with the record inside; nil where it cannot be done.
	Described func(context.Context, embed.Record) (*embed.Copy, error)
	// Add takes in a file that who uploads; nil where nothing can be added.
	Add func(ctx context.Context, who, name string, r io.Reader) AddResult
	// Attach takes in a further file of a report, as what the way says, under
	// the name of its part; nil where nothing can be added.
	Attach  func(ctx context.Context, who, report string, as curate.AttachAs, part, name string, r io.Reader) AddResult
	Imports Imports // brings lists of records
	// Identify compares a report with the library anew and keeps what it finds;
	// nil where nothing can be changed.
	Identify func(ctx context.Context, report string) error
	// Headings suggests subjects for a report by its words and by reports that are like
	// it; nil for none.
	Headings func(ctx context.Context, report string) ([]authority.Suggestion, error)
	// Changed is called after every change, so that the index looks; may be nil.
	Changed func()
}

// OpenID is the provider of the house at which people can sign in (OpenID
// Connect). The zero value is none.
type OpenID struct {
	Issuer string // its address, as it names itself
	Name   string // as the page for signing in calls it
	Client string // the identifier under which it knows this library
	Secret string // and the secret that it gave
}

// Searcher answers queries.
type Searcher interface {
	Search(context.Context, search.Ask) (search.Answer, error)
	MarksOnPage(ctx context.Context, query string, page greyshelf.Page, language string) ([][2]int, error)
}

// AddResult says what became of an uploaded file. Its JSON is what the script
// of the upload page reads.
type AddResult struct {
	Name   string `json:"name"`
	Status string `json:"status"` // "added", "known" or "refused"
	Report string `json:"report,omitempty"`
	File   string `json:"file,omitempty"` // SHA-256
	Title  string `json:"title,omitempty"`
	Reason string `json:"reason,omitempty"` // why it was refused

	Verdict string `json:"verdict,omitempty"` // what the file may be to another report; empty when it is new
	Like    string `json:"like,omitempty"`    // the same in the reader's language
}

// Options say how the library is shown.
type Options struct {
	Address  string   // of the site as readers reach it; "" = as the request says
	Nowhere  bool     // the site has no address that could be named: none is
	BasePath string   // path under which a proxy shows the site: "/reports"; "" for the root
	Private  bool     // only who is signed in reads the library
	OpenID   OpenID   // where people sign in besides here
	Hosts    []string // host names that are answered besides those of this computer
	ReadOnly bool     // no way to change the library
	Now      func() time.Time
	Log      *slog.Logger
	Version  string // of the program
	// Repository is how the library introduces itself to other systems.
	Repository Repository
	// Secret is the value of the cookie by which a reader at this computer reads
	// as the desk; unguessable, new at every start. Drawn by New when empty.
	Secret string
	// TokenKey is a secret that seals the resumption tokens of harvesters. Drawn
	// by New when empty: then tokens end with the process.
	TokenKey []byte
	// API makes the JSON API, given who sends a request; nil for none.
	API func(func(*http.Request) rights.Reader) http.Handler
	// MCP makes the door for language models, given who sends a request and
	// under what address the site is asked; nil for none.
	MCP func(reader func(*http.Request) rights.Reader, base func(*http.Request) string) http.Handler
}
