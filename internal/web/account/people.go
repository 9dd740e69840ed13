package account

import (
	"net/http"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type peopleView struct {
	People  []people.Person
	Roles   []rights.Role
	Invited string // name of who was just invited
	Link    string // by which that person chooses how to sign in; shown once
	Problem string
}

// ShowPeople answers GET /people.
func (p *Pages) ShowPeople(v *site.Visit) error { return p.list(v, http.StatusOK, peopleView{}) }

func (p *Pages) list(v *site.Visit, status int, view peopleView) error {
	if v.People == nil {
		return site.NotFound(v)
	}
	var err error
	if view.People, err = v.People.People(v.R.Context()); err != nil {
		return err
	}
	view.Roles = []rights.Role{rights.Member, rights.Librarian, rights.Administrator}
	return v.ShowStatus(status, p.people, v.Text.Get("people.title"), view)
}

// ChangePeople answers POST /people: adds, changes or invites, by the value of
// do.
func (p *Pages) ChangePeople(v *site.Visit) error {
	if v.People == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	person := people.Person{Languages: strings.Fields(strings.ReplaceAll(form.Get("languages"), ",", " "))}
	if id := form.Get("id"); id != "" {
		if person, err = v.People.Person(v.R.Context(), id); err != nil {
			return err
		}
	}
	invite := form.Get("do") == "invite" || form.Get("do") == "add"
	if form.Get("do") != "invite" {
		role, _ := rights.ParseRole(form.Get("role"))
		person.Role, person.Disabled = role, form.Get("disabled") != ""
		if form.Get("do") == "add" {
			person.Name, person.Email = form.Get("name"), form.Get("email")
		}
		if person, err = v.People.Put(v.R.Context(), v.Editor().Name, person); err != nil {
			return p.list(v, greyshelf.KindOf(err).HTTPStatus(), peopleView{Problem: greyshelf.ReasonOf(err)})
		}
		if person.Disabled {
			if err := v.People.EndSessions(v.R.Context(), person.ID); err != nil {
				return err
			}
		}
	}
	if !invite {
		return v.Redirect(http.StatusSeeOther, v.Link("/people"))
	}
	secret, err := v.People.Invite(v.R.Context(), person.ID)
	if err != nil {
		return err
	}
	return p.list(v, http.StatusOK, peopleView{Invited: person.Name, Link: v.Absolute(v.Link("/invitation/", secret))})
}
