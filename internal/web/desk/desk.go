// Package desk lets the reader at this computer read as the desk, until there
// are accounts.
//
// It stands in the web beside the pages. It stores nothing but a cookie in the
// reader's browser.
package desk

import (
	"net/http"

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
	return v.Redirect(http.StatusSeeOther, v.Inside(form.Get("back")))
}
