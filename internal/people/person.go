package people

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// The kinds of records that this package owns.
const (
	KindPerson      = "person"
	KindCredentials = "credentials"
	KindInvitation  = "invitation"
	KindSession     = "session"
	KindToken       = "token"
)

// Person is somebody who may sign in.
type Person struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`  // as the history shows it
	Email     string      `json:"email"` // by which the person signs in; unique, folded to lower case
	Role      rights.Role `json:"role"`
	Disabled  bool        `json:"disabled,omitempty"`  // may not sign in; the name stays in the history
	Languages []string    `json:"languages,omitempty"` // BCP 47, that the person reads
	Created   time.Time   `json:"created"`
	Revision  int         `json:"-"` // guards against lost updates
}

// Reader gives the person as package rights sees it: anybody, when disabled.
func (p Person) Reader() rights.Reader {
	if p.Disabled {
		return rights.Reader{}
	}
	return rights.Reader{Role: p.Role, Name: p.Name, Person: p.ID}
}

// Store is what this package needs of the catalogue.
type Store interface {
	catalog.Writer
	catalog.Records
}

// Register is the register of people. It is safe for concurrent use.
type Register struct {
	Store Store
	Now   func() time.Time
	NewID func() string // identifiers of decisions and persons
	guard guard
}

// New makes a register over the catalogue.
func New(store Store, now func() time.Time, newID func() string) *Register {
	return &Register{Store: store, Now: now, NewID: newID}
}

// Person gives a person. Errors: NotFound.
func (r *Register) Person(ctx context.Context, id string) (Person, error) {
	record, err := r.Store.Record(ctx, KindPerson, id)
	if err != nil {
		return Person{}, err
	}
	return personOf(record)
}

// People gives everybody, by identifier.
func (r *Register) People(ctx context.Context) ([]Person, error) {
	var all []Person
	for record, err := range r.Store.Records(ctx, catalog.RecordFilter{Kind: KindPerson}) {
		if err != nil {
			return nil, err
		}
		p, err := personOf(record)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// Any reports whether there is anybody: until then the library belongs to who
// sits at the computer.
func (r *Register) Any(ctx context.Context) (bool, error) {
	for _, err := range r.Store.Records(ctx, catalog.RecordFilter{Kind: KindPerson, Limit: 1}) {
		return err == nil, err
	}
	return false, nil
}

// ByEmail gives the person with the address. Errors: NotFound.
func (r *Register) ByEmail(ctx context.Context, email string) (Person, error) {
	for record, err := range r.Store.Records(ctx, catalog.RecordFilter{Kind: KindPerson, Key: emailKey(email), Limit: 1}) {
		if err != nil {
			return Person{}, err
		}
		return personOf(record)
	}
	return Person{}, greyshelf.Errorf(greyshelf.NotFound, "find the person", email, "nobody has this address")
}

const opPerson = "change the person"

// Put adds a person (Revision 0) or changes one, by a decision of who. Errors:
// Invalid without name or address or when no administrator would be left,
// Exists when another person has the address, Conflict.
func (r *Register) Put(ctx context.Context, who string, p Person) (Person, error) {
	p.Name, p.Email = strings.TrimSpace(p.Name), foldEmail(p.Email)
	if p.Name == "" || !strings.Contains(p.Email, "@") || len(p.Name) > 200 || len(p.Email) > 254 || strings.ContainsAny(p.Name+p.Email, "\r\n\x00") {
		return p, greyshelf.Errorf(greyshelf.Invalid, opPerson, p.Email, "a person needs a name and an e-mail address")
	}
	if other, err := r.ByEmail(ctx, p.Email); err == nil && other.ID != p.ID {
		return p, greyshelf.Errorf(greyshelf.Exists, opPerson, p.Email, "%s has this address already", other.Name)
	}
	if p.ID == "" {
		p.ID, p.Created = r.NewID(), r.Now().UTC().Truncate(time.Second)
	}
	if err := r.keepsAdministrator(ctx, p); err != nil {
		return p, err
	}
	_, err := r.Store.Commit(ctx, catalog.Commit{
		Decision: greyshelf.Decision{ID: r.NewID(), At: r.Now(), Who: who, Method: greyshelf.ByPerson},
		Records:  []catalog.Record{p.record()},
	})
	p.Revision++
	return p, err
}

// keepsAdministrator refuses a change after which nobody could change people.
func (r *Register) keepsAdministrator(ctx context.Context, changed Person) error {
	if changed.Role == rights.Administrator && !changed.Disabled {
		return nil
	}
	all, err := r.People(ctx)
	if err != nil {
		return err
	}
	was := false
	for _, p := range all {
		administers := p.Role == rights.Administrator && !p.Disabled
		if administers && p.ID != changed.ID {
			return nil
		}
		was = was || administers
	}
	if len(all) == 0 || was {
		return greyshelf.Errorf(greyshelf.Invalid, opPerson, changed.Name, "one administrator must be left; make somebody else administrator first")
	}
	return nil
}

func (p Person) record() catalog.Record {
	data, _ := json.Marshal(p) // texts, a flag and a time always have a JSON form
	return catalog.Record{Kind: KindPerson, ID: p.ID, Keys: []string{emailKey(p.Email)}, Data: data, Revision: p.Revision}
}

func personOf(record catalog.Record) (Person, error) {
	var p Person
	if err := json.Unmarshal(record.Data, &p); err != nil {
		return p, greyshelf.E(greyshelf.Internal, "read the person", record.ID, err)
	}
	p.Revision = record.Revision
	return p, nil
}

func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func emailKey(email string) string { return "email:" + foldEmail(email) }
