// Package digests is where the desk composes the issues of the digest and
// sees what became of them, and where readers find, subscribe to and leave it.
//
// It stands in the web beside the other pages. Composing changes issues
// through digest.Desk, contacts through contact.Register; what is sent, package
// sending sends. All of it works without script; script adds dragging. It
// stores nothing itself.
package digests

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"

	"github.com/greyshelf/greyshelf/internal/publish/alert"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/web/locale"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed *.html digests.css digests.js
var files embed.FS

// Files gives the templates, style and script of the pages.
func Files() fs.FS { return files }

// Pages are the pages of the digest.
type Pages struct {
	list, begin, compose, styles, rules, issue, archive, contacts, contact, subscribe, subscription *site.Template

	pace site.Pace // of those who subscribe
}

// New makes the pages.
func New(s *site.Site) (*Pages, error) {
	p := &Pages{}
	var errs []error
	for name, page := range map[string]**site.Template{
		"list.html": &p.list, "begin.html": &p.begin, "compose.html": &p.compose, "styles.html": &p.styles, "digestrules.html": &p.rules, "issue.html": &p.issue, "archive.html": &p.archive,
		"contacts.html": &p.contacts, "contact.html": &p.contact, "subscribe.html": &p.subscribe, "subscription.html": &p.subscription,
	} {
		var err error
		*page, err = s.Template(files, name, "choice.html")
		errs = append(errs, err)
	}
	return p, errors.Join(errs...)
}

// Words gives the words around an issue in a language of the site.
func Words(localeText *locale.Text) digest.Words {
	return digest.Words{
		Number: localeText.Get("digest.number", "{0}"), Online: localeText.Get("digest.online"),
		Unsubscribe: localeText.Get("digest.unsubscribe"), Change: localeText.Get("digest.change"), Why: localeText.Get("digest.why"),
	}
}

// base gives the address of the site as readers reach it.
func base(v *site.Visit) string {
	if v.Address != "" {
		return v.Address
	}
	return v.Absolute(v.BasePath)
}

type listView struct {
	Issues []listed
	Mail   bool // a mail server is set
}

type listed struct {
	digest.Issue
	Reports int
	Counts  []count
}

// count is how many messages are in a state.
type count struct {
	State sending.State
	N     int
}

// List answers GET /digests.
func (p *Pages) List(v *site.Visit) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	issues, err := v.Digest.Issues(v.R.Context())
	if err != nil {
		return err
	}
	view := listView{Mail: v.Post != nil}
	for _, i := range issues {
		counts, err := counted(v, i)
		if err != nil {
			return err
		}
		view.Issues = append(view.Issues, listed{i, len(i.Reports()), counts})
	}
	return v.Show(p.list, v.Text.Get("digest.title"), view)
}

// counted gives what became of an issue's messages.
func counted(v *site.Visit, i digest.Issue) ([]count, error) {
	counts, err := sending.Count(v.R.Context(), v.Catalog, i.ID)
	return inOrder(counts), err
}

// inOrder gives the states in which there are messages.
func inOrder(counts map[sending.State]int) []count {
	var all []count
	for _, state := range sending.States() {
		if counts[state] > 0 {
			all = append(all, count{state, counts[state]})
		}
	}
	return all
}

type beginView struct {
	IDs     []string
	Title   string
	Problem string
}

// Begin answers GET /digests/new: with the reports that were picked.
func (p *Pages) Begin(v *site.Visit) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	return v.Show(p.begin, v.Text.Get("digest.new"), beginView{IDs: v.R.URL.Query()["id"], Title: v.Text.Get("digest.default")})
}

// Create answers POST /digests: a new draft of the picked reports, of what was
// published since the last issue, or of what the rules take of it.
func (p *Pages) Create(v *site.Visit) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	i := digest.Issue{Title: form.Get("title"), Language: v.Text.Tag}
	i.Add(form["id"]...)
	if err = begun(v, &i, form.Get("do")); err != nil {
		return err
	}
	if i, err = v.Digest.New(v.R.Context(), v.Editor(), i); err != nil {
		return v.ShowStatus(http.StatusBadRequest, p.begin, v.Text.Get("digest.new"), beginView{IDs: form["id"], Title: form.Get("title"), Problem: reason(err)})
	}
	return v.Redirect(http.StatusSeeOther, v.Link("/digests/", i.ID))
}

// begun fills a new issue as its button says: the period of it begins with the
// last one.
func begun(v *site.Visit, i *digest.Issue, do string) error {
	last, err := v.Digest.Latest(v.R.Context())
	if err != nil {
		return err
	}
	i.Since = last.SentAt
	return added(v, i, do)
}

// added adds what no issue has sent yet: all of it ("since"), or what the rules
// take of it ("rules").
func added(v *site.Visit, i *digest.Issue, do string) error {
	switch do {
	case "since":
		fresh, err := v.Digest.SinceLast(v.R.Context(), i.Since)
		for _, r := range fresh {
			i.Add(r.ID)
		}
		return err
	case "rules":
		_, err := v.Digest.Fill(v.R.Context(), i, finds(v))
		return err
	}
	return nil
}

// AlertWords gives the words around the reports of an alert.
func AlertWords(localeText *locale.Text) alert.Words {
	return alert.Words{
		One: localeText.Get("alert.one", "{0}"), Many: localeText.Get("alert.many", "{0}"), Page: localeText.Get("alert.page", "{0}"),
		Why: localeText.Get("alert.why"), Unsubscribe: localeText.Get("digest.unsubscribe"), Change: localeText.Get("digest.change"),
	}
}
