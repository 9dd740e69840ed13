// Package webhooks is where an administrator says which addresses are told of
// what happens to reports, and sees how that went.
//
// It stands in the web beside the other pages. Hooks are kept and told by
// publish's package webhook.
package webhooks

import (
	"embed"
	"io/fs"
	"net/http"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/webhook"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed webhooks.html
var files embed.FS

// Files gives the template of the page.
func Files() fs.FS { return files }

// Page is the page of webhooks.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "webhooks.html")
	return &Page{t}, err
}

type view struct {
	Hooks   []hook
	Events  []webhook.Event
	Problem string
	Address string // as it was sent
}

type hook struct {
	webhook.Hook
	Deliveries []webhook.Delivery
}

// mostShown is how many deliveries of a hook are shown.
const mostShown = 50

// Show answers GET /webhooks.
func (p *Page) Show(v *site.Visit) error { return p.show(v, http.StatusOK, view{}) }

func (p *Page) show(v *site.Visit, status int, data view) error {
	if v.Webhooks == nil {
		return site.NotFound(v)
	}
	data.Events = webhook.Events()
	all, err := v.Webhooks.Hooks(v.R.Context())
	if err != nil {
		return err
	}
	for _, h := range all {
		deliveries, err := v.Webhooks.Deliveries(v.R.Context(), h.ID)
		if err != nil {
			return err
		}
		data.Hooks = append(data.Hooks, hook{h, deliveries[:min(len(deliveries), mostShown)]})
	}
	return v.ShowStatus(status, p.template, v.Text.Get("webhook.title"), data)
}

// Change answers POST /webhooks: adds a hook, switches one off or on, removes
// it, tries it, or sends a delivery again, by the value of do.
func (p *Page) Change(v *site.Visit) error {
	if v.Webhooks == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	ctx, id := v.R.Context(), form.Get("id")
	switch form.Get("do") {
	case "add":
		h := webhook.Hook{Address: form.Get("address"), Secret: form.Get("secret")}
		for _, e := range webhook.Events() {
			if slices.Contains(form["event"], string(e)) {
				h.Events = append(h.Events, e)
			}
		}
		_, err = v.Webhooks.Put(ctx, h)
	case "switch":
		var h webhook.Hook
		if h, err = v.Webhooks.Hook(ctx, id); err == nil {
			h.Off = !h.Off
			_, err = v.Webhooks.Put(ctx, h)
		}
	case "remove":
		err = v.Webhooks.Remove(ctx, id)
	case "test":
		err = v.Webhooks.Try(ctx, id)
	case "again":
		err = v.Webhooks.Again(ctx, id)
	default:
		err = greyshelf.Errorf(greyshelf.Invalid, "change a webhook", id, "the form does not say what to do")
	}
	switch kind := greyshelf.KindOf(err); kind {
	case "":
		v.WasChanged()
		return v.Redirect(http.StatusSeeOther, v.Link("/webhooks"))
	case greyshelf.Invalid, greyshelf.NotFound, greyshelf.Conflict, greyshelf.TooLarge:
		return p.show(v, kind.HTTPStatus(), view{Problem: greyshelf.ReasonOf(err), Address: form.Get("address")})
	}
	return err
}
