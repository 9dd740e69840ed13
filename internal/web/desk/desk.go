// Package desk lets the reader at this computer read as the desk, until there
// are accounts.
//
// It stands in the web beside the pages. It stores nothing but a cookie in the
// reader's browser.
package desk

import (
	"net/http"
	"strings"

	"github.com/greyshelf/greyshelf/internal/web/site"
)

// Choose answers POST /reader with as=desk or as=anonymous.
func Choose(v *site.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if err := v.BecomeDesk(form.Get("as") == "desk"); err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, back(v, form.Get("back")))
}

// back gives the address that the reader came from, if it is one of the site.
func back(v *site.Visit, address string) string {
	if strings.HasPrefix(address, v.BasePath+"/") && !strings.HasPrefix(address, "//") && !strings.ContainsAny(address, "\\\r\n") {
		return address
	}
	return v.Link("/")
}
