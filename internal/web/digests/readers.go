package digests

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type subscribeView struct {
	Step    string // "form", "asked", "confirm", "confirmed", "leave", "left"
	Email   string
	Name    string
	Token   string
	Problem string
	Query   string // the search that is to be answered by mail
	Every   contact.Frequency

	Frequencies []contact.Frequency
}

func (p *Pages) step(v *site.Visit, status int, view subscribeView) error {
	view.Frequencies = contact.Frequencies()
	return v.ShowStatus(status, p.subscribe, v.Text.Get("subscribe.title"), view)
}

// Subscribe answers GET /subscribe.
func (p *Pages) Subscribe(v *site.Visit) error {
	if v.Post == nil || v.ReadOnly {
		return site.NotFound(v)
	}
	view := subscribeView{Step: "form", Query: strings.TrimSpace(v.R.URL.Query().Get("q"))}
	if view.Query != "" {
		view.Every = contact.Weekly
	}
	return p.step(v, http.StatusOK, view)
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
	c := contact.Contact{Email: form.Get("email"), Name: form.Get("name"), Language: v.Text.Tag, Frequency: contact.Frequency(form.Get("frequency"))}
	again := subscribeView{Step: "form", Email: c.Email, Name: c.Name, Query: strings.TrimSpace(form.Get("q")), Every: c.Frequency}
	if again.Query != "" {
		c.Interests.Searches = []string{again.Query}
		if c.Frequency == "" { // a search without alerts would be in vain
			c.Frequency = contact.Weekly
		}
	}
	if !p.pace.Allow(v) {
		again.Problem = v.Text.Get("subscribe.often")
		return p.step(v, http.StatusTooManyRequests, again)
	}
	c, ask, err := v.Contacts.Subscribe(v.R.Context(), c)
	if greyshelf.KindOf(err) == greyshelf.Invalid {
		again.Problem = reason(err)
		return p.step(v, http.StatusBadRequest, again)
	}
	if err != nil {
		return err
	}
	if ask {
		link := base(v) + "/confirm/" + c.Token
		if err := v.Post.Ask(v.R.Context(), c, v.Text.Get("subscribe.mail.subject"), v.Text.Get("subscribe.mail.text", link)); err != nil {
			v.Log.Error("the mail that asks a new reader could not be sent", "err", err)
			again.Problem = v.Text.Get("subscribe.failed")
			return p.step(v, http.StatusServiceUnavailable, again)
		}
	}
	return p.step(v, http.StatusOK, subscribeView{Step: "asked", Email: c.Email})
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
	v.W.Header().Set("Referrer-Policy", "no-referrer")
	c, err := v.Contacts.ByToken(v.R.Context(), v.R.PathValue("token"))
	if err != nil {
		return err
	}
	return p.step(v, http.StatusOK, subscribeView{Step: step, Email: c.Email, Token: c.Token})
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
	return p.step(v, http.StatusOK, subscribeView{Step: "confirmed", Email: c.Email, Token: c.Token})
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

type contactsView struct {
	Contacts []contact.Contact
	More     bool
	Counts   map[contact.State]int
	States   []contact.State
	Query    string
	Problem  string
}

// mostShown bounds the contacts of a page.
const mostShown = 500

// ShowContacts answers GET /contacts.
func (p *Pages) ShowContacts(v *site.Visit) error { return p.contactList(v, http.StatusOK, "") }

func (p *Pages) contactList(v *site.Visit, status int, problem string) error {
	if v.Contacts == nil {
		return site.NotFound(v)
	}
	view := contactsView{Counts: map[contact.State]int{}, Problem: problem, Query: strings.ToLower(strings.TrimSpace(v.R.URL.Query().Get("q"))),
		States: []contact.State{contact.Active, contact.Waiting, contact.Left, contact.Bounced}}
	for c, err := range v.Contacts.Contacts(v.R.Context()) {
		if err != nil {
			return err
		}
		view.Counts[c.State]++
		switch {
		case view.Query != "" && !strings.Contains(strings.ToLower(c.Email+" "+c.Name+" "+strings.Join(c.Groups, " ")), view.Query):
		case len(view.Contacts) == mostShown:
			view.More = true
		default:
			view.Contacts = append(view.Contacts, c)
		}
	}
	slices.SortFunc(view.Contacts, func(a, b contact.Contact) int { return strings.Compare(a.Email, b.Email) })
	return v.ShowStatus(status, p.contacts, v.Text.Get("contact.title"), view)
}

// ChangeContacts answers POST /contacts: adds (who was added by the desk has
// said yes to a person), changes, ends, or erases one, by the value of do.
func (p *Pages) ChangeContacts(v *site.Visit) error {
	if v.Contacts == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	err = changeContact(v, form)
	switch kind := greyshelf.KindOf(err); kind {
	case "":
		return v.Redirect(http.StatusSeeOther, v.Link("/contacts"))
	case greyshelf.Invalid, greyshelf.Exists, greyshelf.Conflict:
		return p.contactList(v, kind.HTTPStatus(), reason(err))
	}
	return err
}

func changeContact(v *site.Visit, form url.Values) error {
	ctx := v.R.Context()
	var c contact.Contact
	var err error
	if form.Get("do") != "add" {
		if c, err = v.Contacts.Contact(ctx, form.Get("id")); err != nil {
			return err
		}
	}
	switch form.Get("do") {
	case "add":
		c = contact.Contact{Email: form.Get("email"), Name: form.Get("name"), State: contact.Active, Confirmed: v.Now().UTC()}
	case "erase":
		return v.Contacts.Erase(ctx, c.ID)
	case "end":
		_, err = v.Contacts.Leave(ctx, c.Token)
		return err
	}
	c.Groups = strings.Split(form.Get("groups"), ",")
	_, err = v.Contacts.Put(ctx, c)
	return err
}

// Contact answers GET /contacts/{contact}: everything that is known of one, as
// JSON, to be given to the person.
func (p *Pages) Contact(v *site.Visit) error {
	if v.Contacts == nil {
		return site.NotFound(v)
	}
	c, err := v.Contacts.Contact(v.R.Context(), v.R.PathValue("contact"))
	if err != nil {
		return err
	}
	known := struct {
		Contact contact.Contact   `json:"contact"`
		Sent    []sending.Sending `json:"sent,omitempty"`
	}{Contact: c}
	if v.Post != nil {
		if known.Sent, err = v.Post.To(v.R.Context(), c.ID); err != nil {
			return err
		}
	}
	data, _ := json.MarshalIndent(known, "", "  ") // texts, numbers and times always have a JSON form
	v.W.Header().Set("Content-Type", "application/json")
	v.W.Header().Set("Content-Disposition", `attachment; filename="contact.json"`)
	v.W.Header().Set("Cache-Control", "private, no-store")
	_, _ = v.W.Write(data) // the reader may have gone
	return nil
}
