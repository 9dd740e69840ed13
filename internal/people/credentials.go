package people

import (
	"context"
	"encoding/json"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Credentials are by what a person signs in. They are kept without history.
type Credentials struct {
	Password string    `json:"password,omitempty"` // digest, PHC string format
	Passkeys []Passkey `json:"passkeys,omitempty"`
	Subjects []string  `json:"subjects,omitempty"` // OpenID Connect: issuer, a space, subject
}

// Passkey is a credential of WebAuthn (Web Authentication Level 3, §4).
type Passkey struct {
	ID      string          `json:"id"`   // credential ID, base64url without padding
	Name    string          `json:"name"` // as the person calls it
	Created time.Time       `json:"created"`
	Used    time.Time       `json:"used,omitzero"`
	Data    json.RawMessage `json:"data"` // as the WebAuthn library keeps it
}

// Credentials gives by what the person signs in; the zero value for nothing.
func (r *Register) Credentials(ctx context.Context, id string) (Credentials, error) {
	c, _, err := r.readCredentials(ctx, id)
	return c, err
}

func (r *Register) readCredentials(ctx context.Context, id string) (c Credentials, revision int, err error) {
	if id == "" {
		return c, 0, nil
	}
	record, err := r.Store.Record(ctx, KindCredentials, id)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return c, 0, nil
	}
	if err == nil {
		err = json.Unmarshal(record.Data, &c)
	}
	return c, record.Revision, err
}

// ChangeCredentials changes by what the person signs in; a change that another
// one overtook is made again on the new form. Errors: Exists when another
// person has a passkey or subject.
func (r *Register) ChangeCredentials(ctx context.Context, id string, change func(*Credentials)) error {
	const tries = 5
	var err error
	for range tries {
		var c Credentials
		var revision int
		if c, revision, err = r.readCredentials(ctx, id); err != nil {
			return err
		}
		change(&c)
		if err := r.unclaimed(ctx, id, c); err != nil {
			return err
		}
		data, _ := json.Marshal(c) // texts, times and JSON always have a JSON form
		err = r.Store.PutRecords(ctx, catalog.Record{Kind: KindCredentials, ID: id, Keys: c.keys(), Data: data, Revision: revision})
		if kind := greyshelf.KindOf(err); kind != greyshelf.Conflict && kind != greyshelf.Exists {
			return err
		}
	}
	return err
}

// unclaimed refuses what another person signs in by.
func (r *Register) unclaimed(ctx context.Context, id string, c Credentials) error {
	for _, key := range c.keys() {
		for record, err := range r.Store.Records(ctx, catalog.RecordFilter{Kind: KindCredentials, Key: key}) {
			if err != nil {
				return err
			}
			if record.ID != id {
				return greyshelf.Errorf(greyshelf.Exists, "change how to sign in", id, "another person signs in by this already")
			}
		}
	}
	return nil
}

func (c Credentials) keys() []string {
	var keys []string
	for _, p := range c.Passkeys {
		keys = append(keys, "passkey:"+p.ID)
	}
	for _, s := range c.Subjects {
		keys = append(keys, "subject:"+s)
	}
	return keys
}

// ByPasskey gives the person with the passkey. Errors: NotFound.
func (r *Register) ByPasskey(ctx context.Context, id string) (Person, error) {
	return r.holderOf(ctx, "passkey:"+id)
}

// BySubject gives the person whom an OpenID provider knows by the subject.
// Errors: NotFound.
func (r *Register) BySubject(ctx context.Context, issuer, subject string) (Person, error) {
	return r.holderOf(ctx, "subject:"+Subject(issuer, subject))
}

// Subject writes a subject of an OpenID provider as [Credentials] keep it.
func Subject(issuer, subject string) string { return issuer + " " + subject }

func (r *Register) holderOf(ctx context.Context, key string) (Person, error) {
	for record, err := range r.Store.Records(ctx, catalog.RecordFilter{Kind: KindCredentials, Key: key, Limit: 1}) {
		if err != nil {
			return Person{}, err
		}
		return r.Person(ctx, record.ID)
	}
	return Person{}, greyshelf.Errorf(greyshelf.NotFound, "sign in", "", "nobody signs in by this")
}
