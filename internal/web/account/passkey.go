package account

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// Passkeys are credentials of Web Authentication (W3C, Level 3): the browser
// signs with a key that never leaves the person's device. Both ceremonies have
// two steps; what the first gives stands in the session until the second.
const (
	opPasskey    = "use a passkey"
	mostPasskey  = 64 << 10 // bytes of a browser's answer
	mostPasskeys = 20       // of one person
)

// relyingParty says for whom the browser signs: the name under which the
// reader sees the site.
func relyingParty(v *site.Visit) (*webauthn.WebAuthn, error) {
	name := v.R.Host
	if host, _, err := net.SplitHostPort(name); err == nil {
		name = host
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: name, RPDisplayName: v.Text.Get("site.name"), RPOrigins: []string{strings.TrimSuffix(v.Absolute("/"), "/")},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationPreferred},
	})
	if err != nil {
		return nil, greyshelf.E(greyshelf.Invalid, opPasskey, name, err)
	}
	return w, nil
}

// holder is a person as the library for Web Authentication sees one.
type holder struct {
	people.Person
	keys []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.ID) }
func (h holder) WebAuthnName() string                       { return h.Email }
func (h holder) WebAuthnDisplayName() string                { return h.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func (p *Pages) holder(v *site.Visit, id string) (holder, error) {
	person, err := v.People.Person(v.R.Context(), id)
	if err != nil {
		return holder{}, err
	}
	c, err := v.People.Credentials(v.R.Context(), id)
	h := holder{Person: person}
	for _, k := range c.Passkeys {
		var key webauthn.Credential
		if json.Unmarshal(k.Data, &key) == nil {
			h.keys = append(h.keys, key)
		}
	}
	return h, err
}

// BeginPasskey answers POST /account/passkey/begin: what the browser needs to
// make a key.
func (p *Pages) BeginPasskey(v *site.Visit) error {
	w, h, err := p.owner(v)
	if err != nil {
		return err
	}
	if len(h.keys) >= mostPasskeys {
		return greyshelf.Errorf(greyshelf.TooLarge, opPasskey, "", "an account has at most %d passkeys; forget one first", mostPasskeys)
	}
	options, session, err := w.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	if err != nil {
		return greyshelf.E(greyshelf.Internal, opPasskey, "", err)
	}
	return remember(v, "register", session, options)
}

// owner gives the relying party and the person who is signed in.
func (p *Pages) owner(v *site.Visit) (*webauthn.WebAuthn, holder, error) {
	if v.Reader.Person == "" {
		return nil, holder{}, site.NotFound(v)
	}
	w, err := relyingParty(v)
	if err != nil {
		return nil, holder{}, err
	}
	h, err := p.holder(v, v.Reader.Person)
	return w, h, err
}

// AddPasskey answers POST /account/passkey: keeps the key that the browser
// made.
func (p *Pages) AddPasskey(v *site.Visit) error {
	w, h, err := p.owner(v)
	if err != nil {
		return err
	}
	session, answer, err := recall(v, "register")
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBody(bytes.NewReader(answer))
	if err != nil {
		return refusedKey(err)
	}
	key, err := w.CreateCredential(h, session, parsed)
	if err != nil {
		return refusedKey(err)
	}
	data, err := json.Marshal(key)
	if err != nil {
		return greyshelf.E(greyshelf.Internal, opPasskey, "", err)
	}
	kept := people.Passkey{ID: base64.RawURLEncoding.EncodeToString(key.ID), Name: keyName(v), Created: v.Now().UTC().Truncate(time.Second), Data: data}
	err = v.People.ChangeCredentials(v.R.Context(), h.ID, func(c *people.Credentials) { c.Passkeys = append(c.Passkeys, kept) })
	if err != nil {
		return err
	}
	return reply(v, map[string]string{"to": v.Link("/account")})
}

// keyName gives the name that the person gave the key.
func keyName(v *site.Visit) string {
	name := strings.TrimSpace(v.R.URL.Query().Get("name"))
	if name == "" {
		return "passkey"
	}
	return name[:min(len(name), 100)]
}

// BeginPasskeySignIn answers POST /sign-in/passkey/begin. The browser offers
// the keys that it has for this site; nobody has to say who they are first.
func (p *Pages) BeginPasskeySignIn(v *site.Visit) error {
	if !v.HasAccounts {
		return site.NotFound(v)
	}
	w, err := relyingParty(v)
	if err != nil {
		return err
	}
	options, session, err := w.BeginDiscoverableLogin()
	if err != nil {
		return greyshelf.E(greyshelf.Internal, opPasskey, "", err)
	}
	return remember(v, "sign-in", session, options)
}

// PasskeySignIn answers POST /sign-in/passkey: signs in whose key it is.
func (p *Pages) PasskeySignIn(v *site.Visit) error {
	if !v.HasAccounts {
		return site.NotFound(v)
	}
	w, err := relyingParty(v)
	if err != nil {
		return err
	}
	session, answer, err := recall(v, "sign-in")
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBody(bytes.NewReader(answer))
	if err != nil {
		return refusedKey(err)
	}
	var found holder
	key, err := w.ValidateDiscoverableLogin(func(_, user []byte) (webauthn.User, error) {
		var err error
		found, err = p.holder(v, string(user))
		return found, err
	}, session, parsed)
	if err != nil || found.Disabled || key.Authenticator.CloneWarning {
		return refusedKey(err)
	}
	if err := p.used(v, found.ID, key); err != nil {
		return err
	}
	if err := v.SignIn(found.Person); err != nil {
		return err
	}
	return reply(v, map[string]string{"to": v.Inside(v.R.URL.Query().Get("to"))})
}

// used keeps the counter of a key, by which a copied key shows.
func (p *Pages) used(v *site.Visit, person string, key *webauthn.Credential) error {
	data, err := json.Marshal(key)
	if err != nil {
		return greyshelf.E(greyshelf.Internal, opPasskey, "", err)
	}
	id := base64.RawURLEncoding.EncodeToString(key.ID)
	return v.People.ChangeCredentials(v.R.Context(), person, func(c *people.Credentials) {
		for i := range c.Passkeys {
			if c.Passkeys[i].ID == id {
				c.Passkeys[i].Data, c.Passkeys[i].Used = data, v.Now().UTC().Truncate(time.Second)
			}
		}
	})
}

// forget takes a key of the person away.
func (p *Pages) forget(v *site.Visit, id string) error {
	return v.People.ChangeCredentials(v.R.Context(), v.Reader.Person, func(c *people.Credentials) {
		c.Passkeys = slices.DeleteFunc(c.Passkeys, func(k people.Passkey) bool { return k.ID == id })
	})
}

func refusedKey(err error) error {
	if err == nil {
		return greyshelf.Errorf(greyshelf.Forbidden, opPasskey, "", "this passkey is not accepted")
	}
	return greyshelf.Errorf(greyshelf.Forbidden, opPasskey, "", "this passkey is not accepted: %w", err)
}

// remember keeps the first step in the session and answers with the options.
func remember(v *site.Visit, step string, session *webauthn.SessionData, options any) error {
	kept, err := json.Marshal(session)
	if err != nil {
		return greyshelf.E(greyshelf.Internal, opPasskey, "", err)
	}
	v.Remember("passkey-"+step, string(kept))
	return reply(v, options)
}

// recall takes the first step out of the session and reads the browser's
// answer.
func recall(v *site.Visit, step string) (webauthn.SessionData, []byte, error) {
	var session webauthn.SessionData
	if json.Unmarshal([]byte(v.Recall("passkey-"+step)), &session) != nil {
		return session, nil, greyshelf.Errorf(greyshelf.Invalid, opPasskey, "", "that took too long; begin again")
	}
	answer, err := io.ReadAll(http.MaxBytesReader(v.W, v.R.Body, mostPasskey))
	if err != nil {
		return session, nil, greyshelf.E(greyshelf.Invalid, opPasskey, "", err)
	}
	return session, answer, nil
}

func reply(v *site.Visit, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return greyshelf.E(greyshelf.Internal, opPasskey, "", err)
	}
	v.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.W.Header().Set("Cache-Control", "no-store")
	_, _ = v.W.Write(data) // the reader may have gone
	return nil
}
