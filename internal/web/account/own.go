package account

import (
	"net/http"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type accountView struct {
	Person  people.Person
	Tokens  []people.Token
	Keys    []people.Passkey
	Secret  string // of a token that was just made; shown once
	Problem string
	Done    string
}

// Show answers GET /account.
func (p *Pages) Show(v *site.Visit) error { return p.own(v, http.StatusOK, accountView{}) }

func (p *Pages) own(v *site.Visit, status int, view accountView) error {
	if v.Reader.Person == "" {
		return site.NotFound(v)
	}
	var err error
	if view.Person, err = v.People.Person(v.R.Context(), v.Reader.Person); err != nil {
		return err
	}
	if view.Tokens, err = v.People.Tokens(v.R.Context(), v.Reader.Person); err != nil {
		return err
	}
	c, err := v.People.Credentials(v.R.Context(), v.Reader.Person)
	if err != nil {
		return err
	}
	view.Keys = c.Passkeys
	return v.ShowStatus(status, p.account, v.Text.Get("account.title"), view)
}

// Change answers POST /account: a new password, a new token, or a token less,
// by the value of do.
func (p *Pages) Change(v *site.Visit) error {
	if v.Reader.Person == "" {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	switch form.Get("do") {
	case "password":
		return p.changePassword(v, form.Get("now"), form.Get("password"), form.Get("again"))
	case "token":
		t := people.Token{Person: v.Reader.Person, Name: form.Get("name")}
		for _, scope := range form["scope"] {
			t.Scopes = append(t.Scopes, people.Scope(scope))
		}
		if days := form.Get("days"); days == "90" {
			t.Expires = v.Now().Add(90 * 24 * time.Hour)
		}
		secret, err := v.People.NewToken(v.R.Context(), t)
		if err != nil {
			return p.own(v, http.StatusBadRequest, accountView{Problem: greyshelf.ReasonOf(err)})
		}
		return p.own(v, http.StatusOK, accountView{Secret: secret})
	case "forget":
		if err := p.forget(v, form.Get("key")); err != nil {
			return err
		}
	case "drop":
		if err := v.People.DropToken(v.R.Context(), v.Reader.Person, form.Get("token")); err != nil {
			return err
		}
	}
	return v.Redirect(http.StatusSeeOther, v.Link("/account"))
}

// changePassword asks for the present password too: an unattended browser is
// not enough.
func (p *Pages) changePassword(v *site.Visit, now, password, again string) error {
	person, err := v.People.Person(v.R.Context(), v.Reader.Person)
	if err != nil {
		return err
	}
	problem := ""
	switch {
	case password != again:
		problem = v.Text.Get("password.differ")
	case people.CheckPassword(password) != nil:
		problem = v.Text.Get("password.short")
	default:
		if _, err := v.People.SignIn(v.R.Context(), person.Email, now, site.Place(v.R)); err != nil {
			problem = greyshelf.ReasonOf(err)
		}
	}
	if problem != "" {
		return p.own(v, http.StatusBadRequest, accountView{Problem: problem})
	}
	if err := v.People.SetPassword(v.R.Context(), person.ID, password); err != nil {
		return err
	}
	if err := v.SignIn(person); err != nil { // every session ended, this one goes on
		return err
	}
	return p.own(v, http.StatusOK, accountView{Done: v.Text.Get("password.changed")})
}
