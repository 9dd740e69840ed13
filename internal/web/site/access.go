package site

import (
	"net/http"
	"net/url"

	"github.com/greyshelf/greyshelf/internal/rights"
)

// Access says who may use an address of the site at all. What they see of a
// report there, package rights says.
type Access int

// Who may use an address. Until there are accounts, who sits at this computer
// is the desk and its administrator.
const (
	ForAll            Access = iota // also where the library is not public: signing in, styles
	ForReaders                      // who may read the library: anybody, if it is public
	ForMembers                      // who is signed in
	ForDesk                         // librarians; changes what the library holds
	ForAdministrators               // changes who may what
)

// Changes reports whether an address changes the library.
func (a Access) Changes() bool { return a >= ForDesk }

// admit lets the visitor in, or says why not. A visitor who would only have to
// sign in is sent there: then the answer is given and nothing is left to do.
func (v *Visit) admit(a Access) (answered bool, err error) {
	if v.allows(a) {
		return false, nil
	}
	signIn := v.HasAccounts && v.Reader.Person == "" && !(v.ReadOnly && a.Changes())
	if !signIn || v.R.Method != http.MethodGet && v.R.Method != http.MethodHead {
		return false, v.refused()
	}
	return true, v.Redirect(http.StatusSeeOther, v.Link("/sign-in?to=", url.QueryEscape(v.Link(v.R.URL.RequestURI()))))
}

func (v *Visit) allows(a Access) bool {
	switch a {
	case ForAll:
		return true
	case ForReaders:
		return !v.Private || v.Editor().Role >= rights.Member
	case ForMembers:
		return v.Editor().Role >= rights.Member
	case ForDesk:
		return v.MayChange()
	case ForAdministrators:
		return v.MayAdminister()
	}
	return false
}

// ForReaders lets only those to h who may read the library. Programs are told
// by the status.
func (s *Site) ForReaders(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.visit(w, r).allows(ForReaders) {
			w.Header().Set("WWW-Authenticate", `Bearer realm="greyshelf"`)
			http.Error(w, "this library is not public; send a token of your account", http.StatusUnauthorized)
			return
		}
		h.ServeHTTP(w, r)
	})
}
