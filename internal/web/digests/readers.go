package digests

import (
	"net/http"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type subscribeView struct {
	Step    string // "form", "asked", "confirm", "confirmed", "leave", "left", "erased"
	Email   string
	Name    string
	Token   string
	Problem string
	Choice  choice
	Wishes  []string // what was asked for, in words
}

// step shows a step of a reader's way. What it shows is the reader's own: it
// stays in no cache, and its address goes nowhere.
func (p *Pages) step(v *site.Visit, status int, view subscribeView) error {
	v.W.Header().Set("Referrer-Policy", "no-referrer")
	v.W.Header().Set("Cache-Control", "private, no-store")
	return v.ShowStatus(status, p.subscribe, v.Text.Get("subscribe.title"), view)
}

// Subscribe answers GET /subscribe, with what the address names: q a search,
// heading, publisher. Without any it offers the digest.
func (p *Pages) Subscribe(v *site.Visit) error {
	if v.Post == nil || v.ReadOnly {
		return site.NotFound(v)
	}
	form := v.R.URL.Query()
	c := contact.Contact{Language: v.Text.Tag, Frequency: contact.Weekly, Interests: interests(form)}
	if c.AlertsOnly = !c.Interests.None(); !c.AlertsOnly {
		c.Frequency = ""
	}
	choice, err := p.choice(v, c)
	if err != nil {
		return err
	}
	return p.step(v, http.StatusOK, subscribeView{Step: "form", Choice: choice})
}

// TakeSubscription answers POST /subscribe: sends the mail by which the reader
// says yes. The answer is the same whether or not the address is known.
func (p *Pages) TakeSubscription(v *site.Visit) error {
	if v.Post == nil || v.ReadOnly {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	c := contact.Contact{Email: form.Get("email"), Name: form.Get("name")}
	again := func(status int, problem string) error {
		choice, err := p.choice(v, c)
		if err != nil {
			return err
		}
		return p.step(v, status, subscribeView{Step: "form", Email: form.Get("email"), Name: c.Name, Choice: choice, Problem: problem})
	}
	if problem := chosen(v, &c, form); problem != "" {
		return again(http.StatusBadRequest, problem)
	}
	if !p.pace.Allow(v) {
		return again(http.StatusTooManyRequests, v.Text.Get("subscribe.often"))
	}
	known, ask, err := v.Contacts.Subscribe(v.R.Context(), c)
	if greyshelf.KindOf(err) == greyshelf.Invalid {
		return again(http.StatusBadRequest, reason(err))
	}
	if err != nil {
		return err
	}
	if ask {
		known.Name = unlinked(known.Name)
		letter, err := question(v, known)
		if err == nil {
			err = v.Post.Ask(v.R.Context(), known, letter)
		}
		if err != nil {
			v.Log.Error("the mail that asks a new reader could not be sent", "err", err)
			return again(http.StatusServiceUnavailable, v.Text.Get("subscribe.failed"))
		}
	}
	return p.step(v, http.StatusOK, subscribeView{Step: "asked", Wishes: wishes(v.Text, c)})
}

// ShowConfirm answers GET /confirm/{token}: with a button, because programs that
// look through mail follow links.
func (p *Pages) ShowConfirm(v *site.Visit) error { return p.byToken(v, "confirm") }

// ShowLeave answers GET /unsubscribe/{token}.
func (p *Pages) ShowLeave(v *site.Visit) error { return p.byToken(v, "leave") }

func (p *Pages) byToken(v *site.Visit, step string) error {
	if v.Contacts == nil {
		return site.NotFound(v)
	}
	c, err := v.Contacts.ByToken(v.R.Context(), v.R.PathValue("token"))
	if err != nil {
		return err
	}
	return p.step(v, http.StatusOK, subscribeView{Step: step, Email: c.Email, Token: c.Token, Wishes: wishes(v.Text, c.Granted())})
}

// Confirm answers POST /confirm/{token}.
func (p *Pages) Confirm(v *site.Visit) error {
	if v.Contacts == nil || v.ReadOnly {
		return site.NotFound(v)
	}
	c, err := v.Contacts.Confirm(v.R.Context(), v.R.PathValue("token"))
	if err != nil {
		return err
	}
	return p.step(v, http.StatusOK, subscribeView{Step: "confirmed", Email: c.Email, Token: c.Token, Wishes: wishes(v.Text, c)})
}

// Leave answers POST /unsubscribe/{token}, also of a mail program on behalf of
// its reader (RFC 8058), which sends no cookie and follows no redirect. It
// works however the library is served.
func (p *Pages) Leave(v *site.Visit) error {
	if v.Contacts == nil {
		return site.NotFound(v)
	}
	c, err := v.Contacts.Leave(v.R.Context(), v.R.PathValue("token"))
	if err != nil {
		return err
	}
	return p.step(v, http.StatusOK, subscribeView{Step: "left", Email: c.Email})
}
