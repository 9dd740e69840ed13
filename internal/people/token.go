package people

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// Scope is what a token may do at most; never more than its person.
type Scope string

// The scopes.
const (
	ScopeRead  Scope = "read"  // what its person may read
	ScopeAdd   Scope = "add"   // and add drafts
	ScopeWrite Scope = "write" // and change reports
	ScopeAdmin Scope = "admin" // and everything else that its person may
)

// Token is the name of a program's access: the secret itself is shown once.
type Token struct {
	ID      string    `json:"id"`     // digest of the secret
	Person  string    `json:"person"` // whose it is
	Name    string    `json:"name"`   // what it is for
	Scopes  []Scope   `json:"scopes"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"` // zero = never
}

// tokenPrefix makes secrets recognisable, to people and to secret scanners.
const tokenPrefix = "gst_"

// NewToken makes a token of the person and gives its secret. Errors: Invalid
// without name or with an unknown scope, NotFound.
func (r *Register) NewToken(ctx context.Context, t Token) (string, error) {
	const op = "make a token"
	t.Name = strings.TrimSpace(t.Name)
	if t.Name == "" || len(t.Name) > 200 || len(t.Scopes) == 0 {
		return "", greyshelf.Errorf(greyshelf.Invalid, op, t.Name, "a token needs a name and at least one scope")
	}
	for _, s := range t.Scopes {
		if !slices.Contains([]Scope{ScopeRead, ScopeAdd, ScopeWrite, ScopeAdmin}, s) {
			return "", greyshelf.Errorf(greyshelf.Invalid, op, t.Name, "there is no scope %q", s)
		}
	}
	if _, err := r.Person(ctx, t.Person); err != nil {
		return "", err
	}
	secret := tokenPrefix + newSecret()
	t.ID, t.Created = secretID(secret), r.Now().UTC().Truncate(time.Second)
	data, _ := json.Marshal(t)
	return secret, r.Store.PutRecords(ctx, catalog.Record{Kind: KindToken, ID: t.ID, Keys: []string{"of:" + t.Person}, Data: data})
}

// Tokens gives the tokens of the person, oldest first.
func (r *Register) Tokens(ctx context.Context, person string) ([]Token, error) {
	var all []Token
	for record, err := range r.Store.Records(ctx, catalog.RecordFilter{Kind: KindToken, Key: "of:" + person}) {
		if err != nil {
			return nil, err
		}
		var t Token
		if err := json.Unmarshal(record.Data, &t); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b Token) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

// DropToken makes a token of the person worthless.
func (r *Register) DropToken(ctx context.Context, person, id string) error {
	tokens, err := r.Tokens(ctx, person)
	if err != nil || !slices.ContainsFunc(tokens, func(t Token) bool { return t.ID == id }) {
		return err
	}
	return drop(ctx, r.Store, KindToken, id)
}

// ByToken gives the token with the secret and its person. Errors: Forbidden
// for a secret that is none, is too old or whose person may not sign in.
func (r *Register) ByToken(ctx context.Context, secret string) (Token, Person, error) {
	refused := greyshelf.Errorf(greyshelf.Forbidden, "use a token", "", "the token is not known or has expired; make a new one on the page of your account")
	var t Token
	if !strings.HasPrefix(secret, tokenPrefix) || len(secret) > 200 {
		return t, Person{}, refused
	}
	record, err := r.Store.Record(ctx, KindToken, secretID(secret))
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return t, Person{}, refused
	}
	if err == nil {
		err = json.Unmarshal(record.Data, &t)
	}
	if err != nil {
		return t, Person{}, err
	}
	if !t.Expires.IsZero() && r.Now().After(t.Expires) {
		return t, Person{}, refused
	}
	p, err := r.Person(ctx, t.Person)
	if err != nil || p.Disabled {
		return t, Person{}, refused
	}
	return t, p, nil
}

// Reader gives the reader that a program with the token of the person is: the
// person, cut down to what the scopes allow.
func (t Token) Reader(p Person) rights.Reader {
	reader := p.Reader()
	most := rights.Member
	if slices.Contains(t.Scopes, ScopeWrite) {
		most = rights.Librarian
	}
	if slices.Contains(t.Scopes, ScopeAdmin) {
		most = rights.Administrator
	}
	reader.Role = min(reader.Role, most)
	return reader
}

// Allows reports whether the token has the scope or a wider one.
func (t Token) Allows(s Scope) bool {
	order := []Scope{ScopeRead, ScopeAdd, ScopeWrite, ScopeAdmin}
	return slices.ContainsFunc(t.Scopes, func(has Scope) bool { return slices.Index(order, has) >= slices.Index(order, s) })
}
