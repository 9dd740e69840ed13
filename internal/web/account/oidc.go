package account

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

const (
	opOpenID      = "sign in at the provider"
	openIDTimeout = 15 * time.Second
)

// openID signs people in at the provider of the house (OpenID Connect Core 1.0,
// code flow with PKCE, RFC 7636). The provider says who somebody is; what they
// may do is said here, so only people of the library come in: by the subject
// that they came with before, or by a confirmed address.
type openID struct {
	mu       sync.Mutex
	provider *oidc.Provider // nil until it has answered once
}

// discover asks the provider for its addresses, once.
func (o *openID) discover(ctx context.Context, issuer string) (*oidc.Provider, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.provider != nil {
		return o.provider, nil
	}
	// The provider keeps the client for its keys, so it may not end with this
	// request.
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), &http.Client{Timeout: openIDTimeout})
	provider, err := oidc.NewProvider(ctx, issuer)
	if err != nil {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, opOpenID, issuer, "the provider does not answer as one: %w", err)
	}
	o.provider = provider
	return provider, nil
}

func (p *Pages) openIDConfig(v *site.Visit) (*oidc.Provider, *oauth2.Config, error) {
	if v.OpenID.Issuer == "" || !v.HasAccounts {
		return nil, nil, site.NotFound(v)
	}
	provider, err := p.openID.discover(v.R.Context(), v.OpenID.Issuer)
	if err != nil {
		return nil, nil, err
	}
	return provider, &oauth2.Config{
		ClientID: v.OpenID.Client, ClientSecret: v.OpenID.Secret, Endpoint: provider.Endpoint(),
		RedirectURL: v.Absolute(v.Link("/sign-in/openid/back")), Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}, nil
}

// OpenID answers GET /sign-in/openid: sends the browser to the provider.
func (p *Pages) OpenID(v *site.Visit) error {
	_, config, err := p.openIDConfig(v)
	if err != nil {
		return err
	}
	state, nonce, verifier := oauth2.GenerateVerifier(), oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
	v.Remember("openid", strings.Join([]string{state, nonce, verifier, url.QueryEscape(v.R.URL.Query().Get("to"))}, " "))
	return v.Redirect(http.StatusSeeOther, config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)))
}

// OpenIDBack answers GET /sign-in/openid/back: the provider has sent the
// browser back with a code.
func (p *Pages) OpenIDBack(v *site.Visit) error {
	provider, config, err := p.openIDConfig(v)
	if err != nil {
		return err
	}
	begun := strings.Split(v.Recall("openid"), " ")
	answer := v.R.URL.Query()
	if len(begun) != 4 || begun[0] == "" || answer.Get("state") != begun[0] {
		return greyshelf.Errorf(greyshelf.Invalid, opOpenID, "", "this answer does not belong to a sign-in that was begun in this browser; begin again")
	}
	if answer.Get("error") != "" {
		return p.turnedAway(v, v.Text.Get("openid.refused"))
	}
	claims, err := claimsOf(v, provider, config, answer.Get("code"), begun[1], begun[2])
	if err != nil {
		return err
	}
	person, err := p.personOf(v, claims)
	if greyshelf.KindOf(err) == greyshelf.NotFound || err == nil && person.Disabled {
		return p.turnedAway(v, v.Text.Get("openid.unknown"))
	}
	if err != nil {
		return err
	}
	to, _ := url.QueryUnescape(begun[3]) // what is unreadable leads to the first page
	return p.enter(v, person, to)
}

// claims are what the provider says of a person.
type claims struct {
	Issuer, Subject string
	Email           string `json:"email"`
	Verified        bool   `json:"email_verified"`
}

// claimsOf trades the code for an ID token and checks it: signature, issuer,
// audience, expiry and nonce (OpenID Connect Core §3.1.3.7).
func claimsOf(v *site.Visit, provider *oidc.Provider, config *oauth2.Config, code, nonce, verifier string) (claims, error) {
	var c claims
	ctx, cancel := context.WithTimeout(v.R.Context(), openIDTimeout)
	defer cancel()
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return c, greyshelf.Errorf(greyshelf.Forbidden, opOpenID, "", "the provider does not accept the answer: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: config.ClientID}).Verify(ctx, raw)
	if err != nil || id.Nonce != nonce {
		return c, greyshelf.Errorf(greyshelf.Forbidden, opOpenID, "", "the provider's token is not right")
	}
	if err := id.Claims(&c); err != nil {
		return c, greyshelf.E(greyshelf.Forbidden, opOpenID, "", err)
	}
	if c.Email == "" { // some providers say it only when asked for the person
		if info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(token)); err == nil && info.Subject == id.Subject {
			c.Email, c.Verified = info.Email, info.EmailVerified
		}
	}
	c.Issuer, c.Subject = id.Issuer, id.Subject
	return c, nil
}

// personOf finds who came before with the subject; else whoever has the
// address, if the provider has confirmed it, and remembers the subject. Errors:
// NotFound.
func (p *Pages) personOf(v *site.Visit, c claims) (people.Person, error) {
	ctx := v.R.Context()
	person, err := v.People.BySubject(ctx, c.Issuer, c.Subject)
	if greyshelf.KindOf(err) != greyshelf.NotFound || !c.Verified || c.Email == "" {
		return person, err
	}
	if person, err = v.People.ByEmail(ctx, c.Email); err != nil {
		return person, err
	}
	return person, v.People.ChangeCredentials(ctx, person.ID, func(kept *people.Credentials) {
		kept.Subjects = append(kept.Subjects, people.Subject(c.Issuer, c.Subject))
	})
}

// turnedAway shows the page for signing in with a reason.
func (p *Pages) turnedAway(v *site.Visit, reason string) error {
	return v.ShowStatus(http.StatusForbidden, p.signIn, v.Text.Get("signin.title"), signInView{Problem: reason, OpenID: v.OpenID.Name})
}
