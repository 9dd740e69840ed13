package site

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf/internal/rights"
)

// deskCookie names the cookie that holds [Options.Secret].
const deskCookie = "greyshelf-desk"

// Local reports whether a request comes from this computer, addressed to this
// computer, and not through a proxy: until there are accounts, only such
// requests may change the library or read as the desk.
func Local(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !from.Addr().Unmap().IsLoopback() || !localHost(r.Host) {
		return false
	}
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	return true
}

// localHost reports whether a Host header names this computer.
func localHost(host string) bool {
	name := hostName(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(name)
	return err == nil && address.IsLoopback()
}

// hostName gives the name in a Host header without the port and brackets.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// known reports whether the site answers under the host name. A read-only site
// without a list of names answers under any: there is nothing to protect.
func (s *Site) known(host string) bool {
	if localHost(host) || s.ReadOnly && len(s.Hosts) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Hosts, func(known string) bool { return strings.EqualFold(known, hostName(host)) })
}

// ReaderOf says who sends a request: the person whose session or token it
// carries; until there are accounts the desk, where the reader at this computer
// chose so; else anybody.
func (s *Site) ReaderOf(r *http.Request) rights.Reader {
	return s.reader(r, s.accounts(r.Context()))
}

func (s *Site) reader(r *http.Request, accounts bool) rights.Reader {
	if accounts {
		return s.signedIn(r)
	}
	cookie, err := r.Cookie(deskCookie)
	if err != nil || !Local(r) || subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(s.Secret)) != 1 {
		return rights.Reader{}
	}
	return rights.Reader{Role: rights.Librarian, Name: deskName}
}

// deskName is who changes are written down under until there are accounts.
const deskName = "local"

// BecomeDesk lets the reader read as the desk, or as anybody again. Errors:
// Forbidden for a reader elsewhere.
func (v *Visit) BecomeDesk(desk bool) error {
	if !v.Local {
		return v.refused()
	}
	cookie := &http.Cookie{Name: deskCookie, Value: v.Secret, Path: v.BasePath + "/", HttpOnly: true, SameSite: http.SameSiteStrictMode}
	if !desk {
		cookie.Value, cookie.MaxAge = "", -1
	}
	http.SetCookie(v.W, cookie)
	return nil
}
