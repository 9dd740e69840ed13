package app

import (
	"net/mail"
	"strings"

	"github.com/knadh/koanf/v2"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/web"
)

// repositoryKeys are the keys of how the library introduces itself.
func repositoryKeys() [][2]string {
	return [][2]string{
		{"repository-name", "name under which the library introduces itself to harvesters and library systems"},
		{"repository-mail", "mail address of who keeps it (default: postmaster at its domain)"},
		{"repository-domain", "domain of the permanent identifiers that harvesters keep (default: that of the site's address); should never change"},
	}
}

// loadRepository reads those keys. Errors: Invalid.
func (c *Config) loadRepository(k *koanf.Koanf) error {
	const op = "read the configuration"
	r := web.Repository{Name: k.String("repository-name"), Mail: k.String("repository-mail"), Domain: strings.ToLower(k.String("repository-domain"))}
	if r.Mail != "" {
		if address, err := mail.ParseAddress(r.Mail); err != nil || address.Address != r.Mail {
			return greyshelf.Errorf(greyshelf.Invalid, op, "repository-mail", "%q is no mail address", r.Mail)
		}
	}
	if strings.Trim(r.Domain, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" || r.Domain != "" && !strings.Contains(r.Domain, ".") {
		return greyshelf.Errorf(greyshelf.Invalid, op, "repository-domain", "%q is no domain such as library.example.org", r.Domain)
	}
	c.Repository = r
	return nil
}
