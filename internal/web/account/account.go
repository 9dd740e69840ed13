// Package account is where people sign in, accept invitations, change how they
// sign in, and where administrators say who may what.
//
// It stands in the web beside the other pages. Who a person is and what the
// secrets are worth is package people's to say. It stores nothing itself.
package account

import (
	"embed"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed *.html account.css account.js
var files embed.FS

// Files gives the templates, the style and the script of the pages.
func Files() fs.FS { return files }

// Pages are the pages of accounts.
type Pages struct {
	signIn, invitation, account, people *site.Template

	openID openID
}

// New makes the pages.
func New(s *site.Site) (*Pages, error) {
	p := &Pages{}
	for _, t := range []struct {
		template **site.Template
		name     string
	}{{&p.signIn, "signin.html"}, {&p.invitation, "invitation.html"}, {&p.account, "account.html"}, {&p.people, "people.html"}} {
		var err error
		if *t.template, err = s.Template(files, t.name); err != nil {
			return nil, err
		}
	}
	return p, nil
}

type signInView struct {
	To, Email, Problem string
	OpenID             string // name of the provider; "" for none
}

// ShowSignIn answers GET /sign-in.
func (p *Pages) ShowSignIn(v *site.Visit) error {
	if !v.HasAccounts {
		return site.NotFound(v)
	}
	return v.Show(p.signIn, v.Text.Get("signin.title"), signInView{To: v.R.URL.Query().Get("to"), OpenID: v.OpenID.Name})
}

// SignIn answers POST /sign-in.
func (p *Pages) SignIn(v *site.Visit) error {
	if !v.HasAccounts {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	person, err := v.People.SignIn(v.R.Context(), form.Get("email"), form.Get("password"), site.Place(v.R))
	switch greyshelf.KindOf(err) {
	case "":
	case greyshelf.Forbidden, greyshelf.Unavailable:
		status := http.StatusForbidden
		if greyshelf.KindOf(err) == greyshelf.Unavailable {
			status = http.StatusTooManyRequests
		}
		return v.ShowStatus(status, p.signIn, v.Text.Get("signin.title"), signInView{form.Get("to"), form.Get("email"), greyshelf.ReasonOf(err), v.OpenID.Name})
	default:
		return err
	}
	return p.enter(v, person, form.Get("to"))
}

// enter signs the person in and sends the browser on.
func (p *Pages) enter(v *site.Visit, person people.Person, to string) error {
	if err := v.SignIn(person); err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, v.Inside(to))
}

// SignOut answers POST /sign-out.
func (p *Pages) SignOut(v *site.Visit) error {
	if err := v.SignOut(); err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, v.Link("/"))
}

type invitationView struct {
	Setup               bool
	Name, Email, Secret string
	Problem             string
}

// ShowInvitation answers GET /invitation/{secret}: the set-up link, and the
// links that administrators give to others.
func (p *Pages) ShowInvitation(v *site.Visit) error {
	view, _, err := p.invited(v)
	if err != nil {
		return err
	}
	return v.Show(p.invitation, v.Text.Get("invitation.title"), view)
}

func (p *Pages) invited(v *site.Visit) (invitationView, people.Invitation, error) {
	if v.People == nil {
		return invitationView{}, people.Invitation{}, site.NotFound(v)
	}
	secret := v.R.PathValue("secret")
	i, err := v.People.Invitation(v.R.Context(), secret)
	if err != nil {
		return invitationView{}, i, err
	}
	view := invitationView{Setup: i.Person == "", Secret: secret}
	if !view.Setup {
		person, err := v.People.Person(v.R.Context(), i.Person)
		if err != nil {
			return view, i, err
		}
		view.Name, view.Email = person.Name, person.Email
	}
	return view, i, nil
}

// Accept answers POST /invitation/{secret}: the person chooses a password and
// is signed in. Whatever is wrong with the form is said before the link is
// used up.
func (p *Pages) Accept(v *site.Visit) error {
	view, i, err := p.invited(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if view.Setup {
		view.Name, view.Email = strings.TrimSpace(form.Get("name")), strings.TrimSpace(form.Get("email"))
	}
	view.Problem = problem(v, view, form)
	if view.Problem != "" {
		return v.ShowStatus(http.StatusBadRequest, p.invitation, v.Text.Get("invitation.title"), view)
	}
	person, err := v.People.Accept(v.R.Context(), i, view.Name, view.Email)
	if err != nil {
		return err
	}
	if err := v.People.SetPassword(v.R.Context(), person.ID, form.Get("password")); err != nil {
		return err
	}
	return p.enter(v, person, "")
}

// problem says what is wrong with the form of an invitation.
func problem(v *site.Visit, view invitationView, form url.Values) string {
	switch {
	case view.Setup && (view.Name == "" || !strings.Contains(view.Email, "@")):
		return v.Text.Get("invitation.who")
	case form.Get("password") != form.Get("again"):
		return v.Text.Get("password.differ")
	}
	if err := people.CheckPassword(form.Get("password")); err != nil {
		return v.Text.Get("password.short")
	}
	return ""
}
