package digests

import (
	"encoding/json"
	"net/http"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/alert"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type subscriptionView struct {
	Contact contact.Contact
	Choice  choice
	Wishes  []string
	Saved   bool
	Problem string
}

// Subscription answers GET /subscription/{token}, the address in the foot of
// each mail: what its reader gets, to be changed.
func (p *Pages) Subscription(v *site.Visit) error {
	if v.Contacts == nil {
		return site.NotFound(v)
	}
	c, err := v.Contacts.ByToken(v.R.Context(), v.R.PathValue("token"))
	if err != nil {
		return err
	}
	return p.showSubscription(v, http.StatusOK, subscriptionView{Contact: c})
}

func (p *Pages) showSubscription(v *site.Visit, status int, view subscriptionView) (err error) {
	if view.Choice, err = p.choice(v, view.Contact); err != nil {
		return err
	}
	view.Wishes = wishes(v.Text, view.Contact)
	v.W.Header().Set("Referrer-Policy", "no-referrer")
	v.W.Header().Set("Cache-Control", "private, no-store")
	return v.ShowStatus(status, p.subscription, v.Text.Get("subscription.title"), view)
}

// ChangeSubscription answers POST /subscription/{token}: keeps what the reader
// chose, or erases the reader, by the value of do.
func (p *Pages) ChangeSubscription(v *site.Visit) error {
	if v.Contacts == nil || v.ReadOnly {
		return site.NotFound(v)
	}
	ctx := v.R.Context()
	form, err := v.Form()
	if err != nil {
		return err
	}
	c, err := v.Contacts.ByToken(ctx, v.R.PathValue("token"))
	if err != nil {
		return err
	}
	if form.Get("do") == "erase" {
		if err := v.Contacts.Erase(ctx, c.ID); err != nil {
			return err
		}
		return p.step(v, http.StatusOK, subscribeView{Step: "erased"})
	}
	c.Name = form.Get("name")
	if problem := chosen(v, &c, form); problem != "" {
		return p.showSubscription(v, http.StatusBadRequest, subscriptionView{Contact: c, Problem: problem})
	}
	kept, err := v.Contacts.Put(ctx, c)
	if kind := greyshelf.KindOf(err); kind == greyshelf.Invalid || kind == greyshelf.Conflict {
		return p.showSubscription(v, kind.HTTPStatus(), subscriptionView{Contact: c, Problem: reason(err)})
	}
	if err != nil {
		return err
	}
	return p.showSubscription(v, http.StatusOK, subscriptionView{Contact: kept, Saved: true})
}

// SubscriptionData answers GET /subscription/{token}/data: everything that is
// known of the reader, as JSON.
func (p *Pages) SubscriptionData(v *site.Visit) error {
	if v.Contacts == nil {
		return site.NotFound(v)
	}
	v.W.Header().Set("Referrer-Policy", "no-referrer")
	c, err := v.Contacts.ByToken(v.R.Context(), v.R.PathValue("token"))
	if err != nil {
		return err
	}
	return everything(v, c)
}

// everything answers with all that is known of a contact.
func everything(v *site.Visit, c contact.Contact) error {
	known, err := alert.KnownOf(v.R.Context(), v.Catalog, c)
	if err != nil {
		return err
	}
	data, _ := json.MarshalIndent(known, "", "  ") // texts, numbers and times always have a JSON form
	v.W.Header().Set("Content-Type", "application/json")
	v.W.Header().Set("Content-Disposition", `attachment; filename="contact.json"`)
	v.W.Header().Set("Cache-Control", "private, no-store")
	v.W.Header().Set("X-Robots-Tag", "noindex")
	_, _ = v.W.Write(data) // the reader may have gone
	return nil
}
