package site

import (
	"net"
	"net/url"
	"strings"
)

// Repository says how the library introduces itself to other systems. What is
// empty is made of the address.
type Repository struct {
	Name   string // of the library: "Reports of the Research Desk"
	Mail   string // of who keeps it
	Domain string // of permanent identifiers, oai:DOMAIN:ID; should never change
}

// Introduce gives how the library introduces itself to the visitor: the domain
// is that of the site's address, the mail that of its postmaster (RFC 5321
// §4.5.1).
func (v *Visit) Introduce() Repository {
	r := v.Repository
	if r.Name == "" {
		r.Name = v.Text.Get("site.name")
	}
	if r.Domain == "" && !v.Nowhere {
		r.Domain = domain(v.Absolute("/"))
	}
	if r.Mail == "" && r.Domain != "" {
		r.Mail = "postmaster@" + r.Domain
	}
	return r
}

// domain gives the domain of an address. The schemas of OAI-PMH take only names
// with a dot (oai-identifier, repositoryIdentifierType), so a host without one,
// or a number, becomes a name of the domain that is kept for private use.
func domain(address string) string {
	host := "greyshelf"
	if u, err := url.Parse(address); err == nil && u.Hostname() != "" && net.ParseIP(u.Hostname()) == nil {
		host = u.Hostname()
	}
	if strings.Contains(host, ".") {
		return host
	}
	return host + ".internal"
}
