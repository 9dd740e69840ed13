package site

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/rights"
)

const (
	sessionCookie = "greyshelf-session"
	sessionLife   = 30 * 24 * time.Hour // at most
	sessionIdle   = 7 * 24 * time.Hour  // without a visit
	personKey     = "person"
)

// newSessions makes the keeper of sessions: the cookie holds a random token,
// the catalogue what belongs to it.
func newSessions(l Library, o Options) *scs.SessionManager {
	m := scs.New()
	m.Lifetime, m.IdleTimeout = sessionLife, sessionIdle
	m.Cookie.Name, m.Cookie.Path = sessionCookie, o.BasePath+"/"
	m.Cookie.HttpOnly, m.Cookie.SameSite = true, http.SameSiteLaxMode
	m.Store = people.Sessions{Records: l.Catalog, Now: o.Now, Person: personOfSession}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		o.Log.Error("a session could not be read or kept", "err", err)
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
	return m
}

// personOfSession reads whose session the data are.
func personOfSession(data []byte) string {
	_, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return ""
	}
	id, _ := values[personKey].(string)
	return id
}

// withSession reads the session of a request and keeps what changed in it.
// The cookie is marked Secure where the reader came by HTTPS.
func (s *Site) withSession(h http.Handler) http.Handler {
	plain := s.sessions.LoadAndSave(h)
	secured := *s.sessions
	secured.Cookie.Secure = true
	secure := secured.LoadAndSave(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if byHTTPS(r) {
			secure.ServeHTTP(w, r)
			return
		}
		plain.ServeHTTP(w, r)
	})
}

func byHTTPS(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}

// SignIn makes the visitor the person, in a new session.
func (v *Visit) SignIn(p people.Person) error {
	ctx := v.R.Context()
	if err := v.sessions.RenewToken(ctx); err != nil {
		return err
	}
	v.sessions.Put(ctx, personKey, p.ID)
	return nil
}

// SignOut ends the visitor's session.
func (v *Visit) SignOut() error { return v.sessions.Destroy(v.R.Context()) }

// Remember keeps a value in the session until Recall takes it: what stands
// between two steps of signing in.
func (v *Visit) Remember(key, value string) { v.sessions.Put(v.R.Context(), "step:"+key, value) }

// Recall takes what Remember kept; "" for nothing.
func (v *Visit) Recall(key string) string {
	return v.sessions.PopString(v.R.Context(), "step:"+key)
}

// accounts reports whether the library has people.
func (s *Site) accounts(ctx context.Context) bool {
	if s.People == nil {
		return false
	}
	if s.hasAccounts.Load() {
		return true // the last person cannot be taken away
	}
	any, err := s.People.Any(ctx)
	if err != nil {
		s.Log.Error("the people cannot be read", "err", err)
		return true // nobody is let in by a failure
	}
	s.hasAccounts.Store(any)
	return any
}

// signedIn gives the reader that a request's token or session names.
func (s *Site) signedIn(r *http.Request) rights.Reader {
	if secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		token, person, err := s.People.ByToken(r.Context(), secret)
		if err != nil {
			return rights.Reader{}
		}
		return token.Reader(person)
	}
	id := s.sessions.GetString(r.Context(), personKey)
	if id == "" {
		return rights.Reader{}
	}
	p, err := s.People.Person(r.Context(), id)
	if err != nil {
		if greyshelf.KindOf(err) != greyshelf.NotFound {
			s.Log.Error("a person cannot be read", "err", err)
		}
		return rights.Reader{}
	}
	return p.Reader()
}
