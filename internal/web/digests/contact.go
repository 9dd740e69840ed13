package digests

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// mostSent bounds the messages that the page of a contact shows.
const mostSent = 50

type contactView struct {
	Contact contact.Contact
	States  []contact.State
	Choice  choice
	Wishes  []string
	Sent    []sending.Sending // the latest first
	More    bool
	Problem string
}

// Contact answers GET /contacts/{contact}: one contact, what it gets, and what
// became of what was sent to it.
func (p *Pages) Contact(v *site.Visit) error {
	c, err := contactAt(v)
	if err != nil {
		return err
	}
	return p.showContact(v, http.StatusOK, c, "")
}

// contactAt gives the contact that the address names. Errors: NotFound.
func contactAt(v *site.Visit) (contact.Contact, error) {
	if v.Contacts == nil {
		return contact.Contact{}, greyshelf.E(greyshelf.NotFound, "find the contact", "", nil)
	}
	return v.Contacts.Contact(v.R.Context(), v.R.PathValue("contact"))
}

func (p *Pages) showContact(v *site.Visit, status int, c contact.Contact, problem string) (err error) {
	view := contactView{Contact: c, States: []contact.State{contact.Active, contact.Waiting, contact.Left, contact.Bounced}, Wishes: wishes(v.Text, c), Problem: problem}
	if view.Choice, err = p.choice(v, c); err != nil {
		return err
	}
	if view.Sent, err = sending.To(v.R.Context(), v.Catalog, c.ID); err != nil {
		return err
	}
	slices.SortStableFunc(view.Sent, func(a, b sending.Sending) int { return b.At.Compare(a.At) })
	view.More = len(view.Sent) > mostSent
	view.Sent = view.Sent[:min(len(view.Sent), mostSent)]
	return v.ShowStatus(status, p.contact, c.Email, view)
}

// ContactData answers GET /contacts/{contact}/data: everything that is known of
// one, as JSON, to be given to the person.
func (p *Pages) ContactData(v *site.Visit) error {
	c, err := contactAt(v)
	if err != nil {
		return err
	}
	return everything(v, c)
}

// ChangeContact answers POST /contacts/{contact}: keeps the form, erases the
// contact, or settles a message in doubt, by the value of do.
func (p *Pages) ChangeContact(v *site.Visit) error {
	c, err := contactAt(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	to := v.Link("/contacts/", c.ID)
	switch do, message, _ := strings.Cut(form.Get("do"), ":"); do {
	case "erase":
		err, to = v.Contacts.Erase(v.R.Context(), c.ID), v.Link("/contacts")
	case "again", "arrived":
		err = resolve(v, message, do == "again")
	default:
		var problem string
		if c, problem, err = filledContact(v, c, form); problem != "" {
			return p.showContact(v, http.StatusBadRequest, c, problem)
		}
		if err == nil {
			_, err = v.Contacts.Put(v.R.Context(), c)
		}
	}
	switch kind := greyshelf.KindOf(err); kind {
	case "":
		return v.Redirect(http.StatusSeeOther, to)
	case greyshelf.Invalid, greyshelf.Exists, greyshelf.Conflict:
		return p.showContact(v, kind.HTTPStatus(), c, reason(err))
	}
	return err
}

// filledContact puts the form into the contact, and gives what is wrong with it
// in words.
func filledContact(v *site.Visit, c contact.Contact, form url.Values) (contact.Contact, string, error) {
	c.Name, c.Groups = form.Get("name"), strings.Split(form.Get("groups"), ",")
	c.Revision, _ = strconv.Atoi(form.Get("revision"))
	if problem := chosen(v, &c, form); problem != "" {
		return c, problem, nil
	}
	c, err := v.Contacts.Set(c, contact.State(form.Get("state")))
	return c, "", err
}
