// Package desk is the page on which the desk sees what waits for it and finds
// everything it can do; and the switch by which the reader at this computer
// reads as the desk, until there are accounts.
//
// It stands in the web beside the pages that it leads to, and counts what the
// queue, the notices, the digest and the webhooks keep. It stores nothing but a
// cookie in the reader's browser.
package desk

import (
	"context"
	"embed"
	"io/fs"
	"net/http"

	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed desk.html desk.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// Page is the page of the desk.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "desk.html")
	return &Page{t}, err
}

// waiting is a number of things that wait for a person.
type waiting struct {
	N      int
	Label  string
	Link   string
	Urgent bool // something went wrong
}

type view struct {
	Waits      []waiting
	Administer bool
	Notices    bool
	Digest     bool
	Import     bool
}

// mostNotices bounds how many open notices are read to be counted.
const mostNotices = 1000

// Show answers GET /desk.
func (p *Page) Show(v *site.Visit) error {
	data := view{Administer: v.MayAdminister(), Notices: v.Notices != nil, Digest: v.Digest != nil, Import: v.Library.Add != nil}
	ctx := v.R.Context()
	for _, count := range []func(context.Context, *site.Visit) ([]waiting, error){queued, noticed, composed, undelivered} {
		some, err := count(ctx, v)
		if err != nil {
			return err
		}
		for _, w := range some {
			if w.N > 0 {
				data.Waits = append(data.Waits, w)
			}
		}
	}
	return v.Show(p.template, v.Text.Get("desk.title"), data)
}

// queued counts the reports that wait, by state.
func queued(ctx context.Context, v *site.Visit) ([]waiting, error) {
	counts, err := v.Catalog.CountWaiting(ctx, catalog.QueueFilter{})
	var all []waiting
	for _, s := range catalog.QueueStates() {
		all = append(all, waiting{N: counts[s], Label: v.Text.Get("desk.queue." + string(s)), Link: v.Link("/queue?state=", string(s))})
	}
	return all, err
}

// noticed counts what readers told the desk.
func noticed(ctx context.Context, v *site.Visit) ([]waiting, error) {
	if v.Notices == nil {
		return nil, nil
	}
	open, err := v.Notices.Open(ctx, mostNotices)
	return []waiting{{N: len(open), Label: v.Text.Get("notices.title"), Link: v.Link("/notices")}}, err
}

// composed counts the issues that are not sent, and the mails whose fate a
// person has to look at.
func composed(ctx context.Context, v *site.Visit) ([]waiting, error) {
	if v.Digest == nil {
		return nil, nil
	}
	issues, err := v.Digest.Issues(ctx)
	if err != nil {
		return nil, err
	}
	counts := map[digest.State]int{}
	for _, i := range issues {
		counts[i.State]++
	}
	var all []waiting
	for _, s := range []digest.State{digest.Held, digest.Draft, digest.Scheduled} {
		all = append(all, waiting{N: counts[s], Label: v.Text.Get("desk.issue." + string(s)), Link: v.Link("/digests")})
	}
	if v.Post == nil {
		return all, nil
	}
	alerts, err := v.Post.TroubledAlerts(ctx)
	return append(all, waiting{N: len(alerts), Label: v.Text.Get("desk.alerts"), Link: v.Link("/contacts"), Urgent: true}), err
}

// undelivered counts what no webhook could be told.
func undelivered(ctx context.Context, v *site.Visit) ([]waiting, error) {
	if v.Webhooks == nil || !v.MayAdminister() {
		return nil, nil
	}
	lost, err := v.Webhooks.GivenUp(ctx)
	return []waiting{{N: len(lost), Label: v.Text.Get("desk.webhooks"), Link: v.Link("/webhooks"), Urgent: true}}, err
}

// Choose answers POST /reader with as=desk or as=anonymous.
func (p *Page) Choose(v *site.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if err := v.BecomeDesk(form.Get("as") == "desk"); err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, v.Inside(form.Get("back")))
}
