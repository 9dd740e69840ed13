package digests

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type contactsView struct {
	Contacts []contact.Contact
	More     bool
	Counts   map[contact.State]int
	States   []contact.State
	Query    string
	Problem  string
	Brought  *contact.Brought // what became of a list that was just sent
	List     string           // a list that could not be read, to be mended
	Alerts   []count          // what became of alerts
	Trouble  []trouble
}

// mostShown bounds the contacts of a page.
const mostShown = 500

// ShowContacts answers GET /contacts.
func (p *Pages) ShowContacts(v *site.Visit) error {
	return p.contactList(v, http.StatusOK, contactsView{})
}

func (p *Pages) contactList(v *site.Visit, status int, view contactsView) error {
	if v.Contacts == nil {
		return site.NotFound(v)
	}
	view.Counts, view.Query = map[contact.State]int{}, strings.ToLower(strings.TrimSpace(v.R.URL.Query().Get("q")))
	view.States = []contact.State{contact.Active, contact.Waiting, contact.Left, contact.Bounced}
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
	if err := view.fate(v); err != nil {
		return err
	}
	slices.SortFunc(view.Contacts, func(a, b contact.Contact) int { return strings.Compare(a.Email, b.Email) })
	return v.ShowStatus(status, p.contacts, v.Text.Get("contact.title"), view)
}

// ChangeContacts answers POST /contacts: adds (who was added by the desk has
// said yes to a person), changes, ends, or erases one, or settles an alert in
// doubt, by the value of do.
func (p *Pages) ChangeContacts(v *site.Visit) error {
	if v.Contacts == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if form.Get("do") == "list" {
		return p.bring(v, form)
	}
	if do, sending, _ := strings.Cut(form.Get("do"), ":"); do == "again" || do == "arrived" {
		err = resolve(v, sending, do == "again")
	} else {
		err = changeContact(v, form)
	}
	switch kind := greyshelf.KindOf(err); kind {
	case "":
		return v.Redirect(http.StatusSeeOther, v.Link("/contacts"))
	case greyshelf.Invalid, greyshelf.Exists, greyshelf.Conflict:
		return p.contactList(v, kind.HTTPStatus(), contactsView{Problem: reason(err)})
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

// bring takes in a list of contacts that was pasted.
func (p *Pages) bring(v *site.Visit, form url.Values) error {
	list, err := contact.ReadList(strings.NewReader(form.Get("list")))
	if greyshelf.KindOf(err) == greyshelf.Invalid || greyshelf.KindOf(err) == greyshelf.TooLarge {
		return p.contactList(v, greyshelf.KindOf(err).HTTPStatus(), contactsView{Problem: reason(err), List: form.Get("list")})
	}
	if err != nil {
		return err
	}
	brought, err := v.Contacts.Bring(v.R.Context(), list, strings.Split(form.Get("groups"), ","), nil)
	if err != nil {
		return err
	}
	return p.contactList(v, http.StatusOK, contactsView{Brought: &brought})
}

// fate fills in what became of alerts.
func (view *contactsView) fate(v *site.Visit) error {
	counts, err := sending.CountAlerts(v.R.Context(), v.Catalog)
	if err != nil || v.Post == nil {
		return err
	}
	view.Alerts = inOrder(counts)
	all, err := v.Post.TroubledAlerts(v.R.Context())
	view.Trouble = troubles(v, all)
	return err
}

// troubles gives the messages with the addresses they were to go to.
func troubles(v *site.Visit, all []sending.Sending) []trouble {
	var shown []trouble
	for _, s := range all[:min(len(all), 200)] {
		t := trouble{Sending: s}
		if c, err := v.Contacts.Contact(v.R.Context(), s.Contact); err == nil {
			t.Email = c.Email
		}
		shown = append(shown, t)
	}
	return shown
}

// resolve writes down what a person found out about a message in doubt.
func resolve(v *site.Visit, id string, again bool) error {
	if v.Post == nil {
		return greyshelf.Errorf(greyshelf.Invalid, "resolve the message", id, "%s", v.Text.Get("digest.nomail"))
	}
	err := v.Post.Resolve(v.R.Context(), id, again)
	if err == nil {
		v.WasChanged()
	}
	return err
}
