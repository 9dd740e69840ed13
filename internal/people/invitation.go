package people

import (
	"context"
	"encoding/json"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// invitationLife is how long an invitation can be accepted.
const invitationLife = 7 * 24 * time.Hour

// Invitation lets somebody choose how to sign in, once. Without a person it
// sets the library up: who accepts it becomes the first administrator.
type Invitation struct {
	Person  string    `json:"person,omitempty"` // identifier; empty = the set-up link
	Expires time.Time `json:"expires"`

	secret   string
	revision int
}

// Setup gives the secret of a new set-up link, or "" when the library has
// people already. Every call makes the links before it worthless.
func (r *Register) Setup(ctx context.Context) (string, error) {
	if any, err := r.Any(ctx); any || err != nil {
		return "", err
	}
	return r.invite(ctx, "")
}

// Invite gives the secret of a link by which the person chooses how to sign
// in: for new people and for those who forgot.
func (r *Register) Invite(ctx context.Context, person string) (string, error) {
	if _, err := r.Person(ctx, person); err != nil {
		return "", err
	}
	return r.invite(ctx, person)
}

func (r *Register) invite(ctx context.Context, person string) (string, error) {
	key := "for:" + person
	if err := dropAll(ctx, r.Store, catalog.RecordFilter{Kind: KindInvitation, Key: key}); err != nil {
		return "", err
	}
	secret := newSecret()
	data, _ := json.Marshal(Invitation{Person: person, Expires: r.Now().Add(invitationLife).UTC()})
	return secret, r.Store.PutRecords(ctx, catalog.Record{Kind: KindInvitation, ID: secretID(secret), Keys: []string{key}, Data: data})
}

// Invitation gives the invitation with the secret. Errors: NotFound, also for
// one that was used or is too old.
func (r *Register) Invitation(ctx context.Context, secret string) (Invitation, error) {
	gone := greyshelf.Errorf(greyshelf.NotFound, "accept the invitation", "", "this link was used, replaced or is too old; ask for a new one")
	record, err := r.Store.Record(ctx, KindInvitation, secretID(secret))
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return Invitation{}, gone
	}
	var i Invitation
	if err == nil {
		err = json.Unmarshal(record.Data, &i)
	}
	if err != nil {
		return i, err
	}
	if over(i.Expires, r.Now(), invitationLife) {
		return i, gone
	}
	i.secret, i.revision = secret, record.Revision
	return i, nil
}

// Accept uses the invitation up and gives the person it is for. The set-up
// link makes the first administrator of name and email. Two who accept at once
// cannot both succeed. Errors: NotFound, Invalid.
func (r *Register) Accept(ctx context.Context, i Invitation, name, email string) (Person, error) {
	if i.Person == "" {
		if any, err := r.Any(ctx); any || err != nil {
			return Person{}, greyshelf.Errorf(greyshelf.NotFound, "set the library up", "", "the library has an administrator already; ask there for an invitation")
		}
	}
	if err := r.Store.PutRecords(ctx, catalog.Record{Kind: KindInvitation, ID: secretID(i.secret), Revision: i.revision}); err != nil {
		return Person{}, err
	}
	if i.Person != "" {
		return r.Person(ctx, i.Person)
	}
	return r.Put(ctx, name, Person{Name: name, Email: email, Role: rights.Administrator})
}
